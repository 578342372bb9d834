import type { Env } from 'markdown-it';
import { inlineRemainder } from './parseBlocks';

/**
 * Finds a place at which a long open paragraph can be split, so that the part before it never needs to be parsed or
 * laid out again. Both parts, parsed alone, give the same result as parsed together.
 *
 * @param content The paragraph's content so far, trimmed.
 * @param keptAtEnd How many characters at the end stay in the second part.
 * @returns The length of the first part, which ends after a space or before a line end; 0 if there is no safe place.
 */
export function findInlineCut(content: string, keptAtEnd: number, env: Env): number {
  for (let limit = content.length - keptAtEnd; limit > keptAtEnd; limit = Math.floor(limit / 2)) {
    const cut = cutBefore(content, limit);
    if (cut > 0 && isComplete(content.slice(0, cut), env)) return cut;
  }
  return 0;
}

/** The last place between two words at or before `limit`. */
function cutBefore(content: string, limit: number): number {
  for (let position = limit; position > 0; position -= 1) {
    const before = content.charAt(position - 1);
    const after = content.charAt(position);
    const atLineEnd = after === '\n' && !/[\s\\>]/.test(before);
    const atSpace = before === ' ' && !/\s/.test(after) && !/\s/.test(content.charAt(position - 2));
    if ((atLineEnd || atSpace) && !isInBlockLine(content, position)) return position;
  }
  return 0;
}

/**
 * A line with a pipe can become the head of a table, and a line with a tag can begin, divide or end a folded part. They are needed
 * whole.
 */
function isInBlockLine(content: string, position: number): boolean {
  const line = content.slice(content.lastIndexOf('\n', position - 1) + 1, position);
  return line.includes('|') || /^\s*<\/?(?:details|summary)/i.test(line);
}

/** True if no later text can change how this text is parsed. */
function isComplete(text: string, env: Env): boolean {
  const { openMarkers, plainTexts, mayOpenAt } = inlineRemainder(text, env);
  if (openMarkers.length > 0 || mayOpenAt < text.length) return false;
  const plain = plainTexts.join('');
  if (plain.includes('`') || plain.includes('](')) return false;
  let depth = 0;
  for (const bracket of plain.match(/[[\]]/g) ?? []) {
    depth = bracket === '[' ? depth + 1 : Math.max(0, depth - 1);
  }
  return depth === 0;
}
