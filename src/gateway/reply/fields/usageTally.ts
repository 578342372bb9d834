import type { Usage } from '../../../shared/answer/usage';

/** How far the answers of a reply have come when a count of tokens arrives. */
export interface AnswersSoFar {
  /** How many of the `n` answers have their finish reason. */
  readonly finished: number;
  /** Characters of text and reasoning of all answers. */
  readonly size: number;
}

/** What one answer alone is said to have used. */
interface Share {
  readonly usage: Usage;
  /** Characters that had come by then. */
  readonly size: number;
}

/**
 * Puts together what a reply says about its tokens. Most gateways count all `n` answers in the last chunk, some count in
 * every chunk what was used so far, and llama-server counts each answer alone, right after its end.
 */
export class UsageTally {
  private latest: Usage | undefined;
  private shares: Share[] = [];
  private finished = 0;

  /** Takes one count. */
  add(usage: Usage, soFar: AnswersSoFar): void {
    this.latest = { ...this.latest, ...usage };
    const ended = soFar.finished - this.finished;
    this.finished = soFar.finished;
    if (ended === 1) this.shares.push({ usage, size: soFar.size });
    // After the last answer's own count comes the one of all.
    else if (soFar.finished > 0) this.shares = [];
  }

  /** The counts of all answers together; undefined when the gateway sent none. */
  total(answers: number): Usage | undefined {
    const { latest } = this;
    if (latest === undefined) return undefined;
    const isShared = answers > 1 && this.shares.length === answers && !areSums(this.shares);
    return isShared ? sumOf(this.shares, latest) : latest;
  }
}

/** The prompt is the same for all answers and is paid for once. */
function sumOf(shares: readonly Share[], latest: Usage): Usage {
  const completionTokens = add(shares.map(({ usage }) => usage.completionTokens));
  const reasoningTokens = add(shares.map(({ usage }) => usage.reasoningTokens));
  const { promptTokens } = latest;
  return {
    ...latest,
    ...(completionTokens !== undefined && { completionTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
    ...(completionTokens !== undefined &&
      promptTokens !== undefined && { totalTokens: promptTokens + completionTokens }),
  };
}

function add(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === counts.length ? known.reduce((sum, count) => sum + count, 0) : undefined;
}

/**
 * True when each count holds those before it. Then the counts grow as all the text that has come does; counts of single
 * answers grow as the texts between them.
 */
function areSums(shares: readonly Share[]): boolean {
  const counts = shares.map(({ usage }) => usage.completionTokens ?? 0);
  if (counts.some((count, index) => index > 0 && count <= (counts[index - 1] ?? 0))) return false;
  const first = shares[0];
  const last = shares.at(-1);
  const before = shares.at(-2);
  if (first === undefined || last === undefined || before === undefined || first.size === 0) return false;
  const perCharacter = (counts[0] ?? 0) / first.size;
  const count = counts.at(-1) ?? 0;
  return (
    Math.abs(count - perCharacter * last.size) < Math.abs(count - perCharacter * (last.size - before.size))
  );
}
