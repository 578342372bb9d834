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

/** The values that VS Code has not confirmed yet, by their keys. All values of a key share them. */
const unconfirmed = new WeakMap<Memory, Map<string, { readonly value: unknown }>>();

/**
 * One value in a memory of VS Code that outlives the window.
 *
 * VS Code replaces all values of an extension with those of another window, or of its own earlier update, when these are reported
 * back. A value that was set meanwhile would be read as the old one for a moment, or even be lost, so it is kept here until VS Code
 * has it.
 */
export class StoredValue<Value> {
  private readonly pending: Map<string, { readonly value: unknown }>;

  constructor(
    private readonly memory: Memory,
    private readonly log: Log,
    private readonly options: StoredValueOptions<Value>,
  ) {
    this.pending = unconfirmed.get(memory) ?? new Map<string, { readonly value: unknown }>();
    unconfirmed.set(memory, this.pending);
  }

  /** Reads and checks the value. */
  get(): Value {
    const { key, schema, fallback } = this.options;
    const pending = this.pending.get(key);
    const result = v.safeParse(schema, pending === undefined ? this.memory.get(key) : pending.value);
    return result.success ? result.output : fallback;
  }

  /** Replaces the value. `get` returns it at once; if VS Code can't store it, the log says so. */
  set(value: Value): void {
    const { key, name } = this.options;
    const pending = { value };
    this.pending.set(key, pending);
    this.store(pending)
      .catch((error: unknown) => {
        this.log.warn(`Couldn't store ${name}: ${String(error)}`);
      })
      .finally(() => {
        if (this.pending.get(key) === pending) this.pending.delete(key);
      });
  }

  private async store(pending: { readonly value: Value }): Promise<void> {
    const { key } = this.options;
    await this.memory.update(key, pending.value);
    const isLost = JSON.stringify(this.memory.get(key)) !== JSON.stringify(pending.value);
    if (isLost && this.pending.get(key) === pending) await this.memory.update(key, pending.value);
  }
}
