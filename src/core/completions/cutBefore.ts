import { estimateTokenCount } from 'tokenx';
import { withoutHalfPairs } from './endsInWord';

/** A text before the cursor loses this many lines at once, so that its beginning stays the same for a while and gateways can cache it. */
const groupOfLines = 16;
/** No tokenizer makes a token of more characters on average. Cuts hopeless lengths before counting. */
const mostPerToken = 16;

/**
 * The end of a text that fits into a number of tokens. It begins at the start of a line, or inside the line of the cursor if that
 * alone is too long.
 */
export function cutBefore(text: string, tokens: number): string {
  const bounded = withoutHalfPairs(text.slice(-tokens * mostPerToken));
  const lines = bounded.split('\n');
  let total = 0;
  let first = lines.length;
  while (first > 0) {
    const count = countLine(lines[first - 1] ?? '');
    if (total + count > tokens) break;
    total += count;
    first -= 1;
  }
  if (first === lines.length) return lastTokens(lines.at(-1) ?? '', tokens);
  if (first === 0 && bounded.length === text.length) return text;
  // The text begins at the same line while the user types, so the cut moves once in a while and not with each line.
  const kept = lines.length - first;
  const removed = kept > 3 * groupOfLines ? (groupOfLines - (first % groupOfLines)) % groupOfLines : 0;
  return lines.slice(first + removed).join('\n');
}

/** The beginning of a text that fits into a number of tokens. It ends with a line, or inside the line of the cursor. */
export function cutAfter(text: string, tokens: number): string {
  const bounded = withoutHalfPairs(text.slice(0, tokens * mostPerToken));
  const lines = bounded.split('\n');
  let total = 0;
  let count = 0;
  for (const line of lines) {
    total += countLine(line);
    if (total > tokens) break;
    count += 1;
  }
  if (count === 0) return firstTokens(lines[0] ?? '', tokens);
  return count === lines.length ? bounded : lines.slice(0, count).join('\n');
}

/** Estimates the tokens of a text. */
export function countTokens(text: string): number {
  return text === '' ? 0 : estimateTokenCount(text);
}

/** A line end is at most one more token. */
function countLine(line: string): number {
  return countTokens(line) + 1;
}

function lastTokens(line: string, tokens: number): string {
  const length = longestFitting(line.length, (each) => countTokens(line.slice(-each)) <= tokens);
  return length === 0 ? '' : withoutHalfPairs(line.slice(-length));
}

function firstTokens(line: string, tokens: number): string {
  return withoutHalfPairs(
    line.slice(
      0,
      longestFitting(line.length, (each) => countTokens(line.slice(0, each)) <= tokens),
    ),
  );
}

/** The largest length that fits, if each shorter one fits, too. */
function longestFitting(most: number, fits: (length: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
