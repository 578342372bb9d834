import type { Env } from 'markdown-it';
import { inlineRemainder } from './parseBlocks';

/**
 * Finds a place where a long open paragraph can be divided, so that what stands before it will never
 * be parsed or laid out again: both sides parse on their own to what they parse to together.
 *
 * @param content The paragraph's content so far, trimmed.
 * @param keptAtEnd How much of its end a cut leaves alone, in characters.
 * @returns The length of the part before the cut (which ends after a space, or before a line end), or
 *   0 when there is no safe place.
 */
export function findInlineCut(content: string, keptAtEnd: number, env: Env): number {
  for (let limit = content.length - keptAtEnd; limit > keptAtEnd; limit = Math.floor(limit / 2)) {
    const cut = cutBefore(content, limit);
    if (cut > 0 && isComplete(content.slice(0, cut), env)) return cut;
  }
  return 0;
}

/** The last place at or before `limit` that lies between two words. */
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

/** A line with a pipe may turn out to be the head of a table, and one with a tag the beginning of a folded part: they are then needed whole. */
function isInBlockLine(content: string, position: number): boolean {
  const line = content.slice(content.lastIndexOf('\n', position - 1) + 1, position);
  return line.includes('|') || line.trimStart().startsWith('<');
}

/** Whether nothing that follows can change how this text parses. */
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
