import { estimateTokenCount } from 'tokenx';
import type { EditPlace } from './editPlace';

/** The code around a place that the model is shown. */
interface ShownCode {
  /** The first lines of the file, if they are not in `before`. */
  readonly head: readonly string[];
  /** The lines right before the place. */
  readonly before: readonly string[];
  /** The lines right after the place. */
  readonly after: readonly string[];
}

/** Imports are in the first lines of a file. */
const headLines = 30;
/** This part of the budget goes to the head; the rest mostly to the lines before the place. */
const headShare = 0.15;
const beforeShare = 0.65;

/**
 * Chooses the lines around a place that fit into a budget, nearest first.
 *
 * @param budget In tokens.
 */
export function shownCode({ file, start, end }: EditPlace, budget: number): ShownCode {
  const whole = Math.max(0, budget);
  const forHead = start > headLines ? whole * headShare : 0;
  const before = take(file.slice(0, start).toReversed(), (whole - forHead) * beforeShare);
  const after = take(file.slice(end), whole - forHead - before.tokens);
  // What the lines after did not need goes to the lines before.
  const rest = whole - forHead - before.tokens - after.tokens;
  const more = take(file.slice(0, start - before.lines.length).toReversed(), rest);
  const near = [...before.lines, ...more.lines].toReversed();
  const head = take(file.slice(0, Math.min(headLines, start - near.length)), forHead);
  return { head: head.lines, before: near, after: after.lines };
}

/** The first lines that fit into a budget. */
function take(
  lines: readonly string[],
  budget: number,
): { readonly lines: readonly string[]; readonly tokens: number } {
  let tokens = 0;
  for (const [index, line] of lines.entries()) {
    // A line of a megabyte is not counted: each token has at most a few characters.
    const next = line.length > budget * 10 ? budget + 1 : estimateTokenCount(line) + 1;
    if (tokens + next > budget) return { lines: lines.slice(0, index), tokens };
    tokens += next;
  }
  return { lines, tokens };
}
