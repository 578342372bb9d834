import * as v from 'valibot';
import type { Log } from '../../core/ports/log';

/** What a stored value needs of VS Code's `Memento`. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** How a value is stored. */
interface StoredValueOptions<Value> {
  /** The key in the memory. It is on users' disks: never change it. */
  readonly key: string;
  /** What is stored may come from another version of Parley, so every read checks it. */
  readonly schema: v.GenericSchema<unknown, Value>;
  /** The value if nothing is stored, or something of another shape. */
  readonly fallback: Value;
  /** Names the value in the log. */
  readonly name: string;
}

/** One value in a memory of VS Code that outlives the window. */
export class StoredValue<Value> {
  constructor(
    private readonly memory: Memory,
    private readonly log: Log,
    private readonly options: StoredValueOptions<Value>,
  ) {}

  /** Reads and checks the value. */
  get(): Value {
    const { key, schema, fallback } = this.options;
    const result = v.safeParse(schema, this.memory.get(key));
    return result.success ? result.output : fallback;
  }

  /** Replaces the value. `get` returns it at once; if VS Code can't store it, the log says so. */
  set(value: Value): void {
    const { key, name } = this.options;
    this.memory.update(key, value).then(undefined, (error: unknown) => {
      this.log.warn(`Couldn't store ${name}: ${String(error)}`);
    });
  }
}
