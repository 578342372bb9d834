import * as v from 'valibot';
import { addToTally, type CompletionTally } from '../../core/completions/completionTally';
import type { CompletionUsage } from '../../core/completions/writeCompletionRequest';
import type { Log } from '../../core/ports/log';
import { StoredValue, type Memory } from '../memory/storedValue';

/** These field names are stored on the user's disk: they must not change. */
const tallySchema = v.object({
  day: v.string(),
  requests: v.number(),
  tokens: v.number(),
  isEstimated: v.boolean(),
});

/** The requests for completions of today, in all windows. */
export class StoredTally {
  private readonly stored: StoredValue<CompletionTally | undefined>;

  constructor(memory: Memory, log: Log) {
    this.stored = new StoredValue<CompletionTally | undefined>(memory, log, {
      key: 'completionTally',
      schema: v.optional(tallySchema),
      fallback: undefined,
      name: 'the number of completions',
    });
  }

  /** The tally of today; undefined if nothing was sent today. */
  get today(): CompletionTally | undefined {
    const tally = this.stored.get();
    return tally?.day === dayOf(new Date()) ? tally : undefined;
  }

  /** Adds a request. */
  add(usage: CompletionUsage): void {
    this.stored.set(addToTally(this.stored.get(), dayOf(new Date()), usage));
  }
}

/** The day in the user's time zone. */
function dayOf(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
