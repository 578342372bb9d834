import { commentedPath } from './looksLikePath';

/**
 * A block without the comment on its first line that names its file, and the blank lines after it. A file that has such a comment
 * itself has it as code.
 */
export function withoutPathComment(block: readonly string[], file: readonly string[]): readonly string[] {
  const first = block.findIndex((line) => line.trim() !== '');
  const line = block[first];
  if (line === undefined || commentedPath(line) === undefined) return block;
  const own = file.find((other) => other.trim() !== '' && !other.startsWith('#!'));
  if (own !== undefined && commentedPath(own) !== undefined) return block;
  const rest = block.slice(first + 1);
  const next = rest.findIndex((other) => other.trim() !== '');
  // A lone comment is what the block consists of.
  return next === -1 ? block : rest.slice(next);
}
