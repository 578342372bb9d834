import type { Usage } from '../../../shared/answer/usage';

/** The state of the answers when a usage arrives. */
interface AnswersSoFar {
  /** How many of the `n` answers have their finish reason. */
  readonly finished: number;
  /** The length of text and reasoning of all answers, in UTF-16 code units. */
  readonly size: number;
}

/** The usage of one answer alone. */
interface Share {
  readonly usage: Usage;
  /** The length of all answers at that time. */
  readonly size: number;
}

/**
 * Combines the usages in a reply. Most gateways send the usage of all `n` answers in the last chunk. Some send the usage so far
 * in every chunk. llama-server sends the usage of each answer alone, directly after its end.
 */
export class UsageTally {
  private latest: Usage | undefined;
  private shares: Share[] = [];
  private finished = 0;

  /** Adds one usage. */
  add(usage: Usage, soFar: AnswersSoFar): void {
    this.latest = { ...this.latest, ...usage };
    const ended = soFar.finished - this.finished;
    this.finished = soFar.finished;
    if (ended === 1) this.shares.push({ usage, size: soFar.size });
    // A usage without a newly finished answer is the usage of all answers.
    else if (soFar.finished > 0) this.shares = [];
  }

  /** The usage of all answers together; undefined if the gateway sent none. */
  total(answers: number): Usage | undefined {
    const { latest } = this;
    if (latest === undefined) return undefined;
    const isShared = answers > 1 && this.shares.length === answers && !areSums(this.shares);
    return isShared ? sumOf(this.shares, latest) : latest;
  }
}

/** Adds the usages of single answers. The prompt is the same for all answers and counts once. */
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
 * True if each usage includes the ones before it. Then the counts are proportional to the length of all text so far. Otherwise
 * each count is proportional to the text since the previous one.
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
