import { commentedPath } from './looksLikePath';

/**
 * Removes the comment with the file's path from the first line of a block, and the blank lines after it. Keeps it if the file
 * itself begins with such a comment.
 */
export function withoutPathComment(block: readonly string[], file: readonly string[]): readonly string[] {
  const first = block.findIndex((line) => line.trim() !== '');
  const line = block[first];
  if (line === undefined || commentedPath(line) === undefined) return block;
  const own = file.find((other) => other.trim() !== '' && !other.startsWith('#!'));
  if (own !== undefined && commentedPath(own) !== undefined) return block;
  const rest = block.slice(first + 1);
  const next = rest.findIndex((other) => other.trim() !== '');
  // A block of this comment alone stays.
  return next === -1 ? block : rest.slice(next);
}
