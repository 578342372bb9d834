import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import { Emitter } from '../../shared/kit/emitter';
import type { AppliedBlock } from '../../shared/messages/toView';
import { StoredValue, type Memory } from '../memory/storedValue';

/** The most blocks that are remembered. The oldest ones are forgotten. */
const mostBlocks = 500;

const storedSchema = v.array(v.object({ answer: v.string(), block: v.string(), files: v.array(v.string()) }));

/** The code blocks whose change the user accepted in this workspace. They are kept with the workspace. */
export class AppliedCode {
  /** Fires when a block was added. */
  readonly changed: Emitter<void>;
  private readonly stored: StoredValue<readonly AppliedBlock[]>;

  constructor(memory: Memory, log: Log) {
    this.stored = new StoredValue<readonly AppliedBlock[]>(memory, log, {
      key: 'appliedCode',
      schema: storedSchema,
      fallback: [],
      name: 'the applied code blocks',
    });
    this.changed = new Emitter((error) => {
      log.error(`A listener of the applied code failed: ${String(error)}`);
    });
  }

  /** The applied blocks of the answers with these ids. */
  of(answers: ReadonlyMap<string, unknown>): readonly AppliedBlock[] {
    return this.stored.get().filter(({ answer }) => answers.has(answer));
  }

  /** Remembers a block. A block that was applied before gets the new files. */
  add(applied: AppliedBlock): void {
    const others = this.stored
      .get()
      .filter(({ answer, block }) => answer !== applied.answer || block !== applied.block);
    this.stored.set([...others, applied].slice(-mostBlocks));
    this.changed.fire();
  }
}
