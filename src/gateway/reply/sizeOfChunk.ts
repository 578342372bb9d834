import type { Chunk } from './chunk';

/** What a chunk of `length` characters adds to an answer. Where it is more than text, its envelope counts, too. */
export function sizeOfChunk({ choices }: Chunk, length: number): number {
  let size = 0;
  for (const { text, reasoning, tokens, media, toolCalls, sound } of choices) {
    if (tokens.length + media.length + toolCalls.length > 0 || sound !== undefined) return length;
    size += text.length + reasoning.length;
  }
  return size === 0 ? length : size;
}
