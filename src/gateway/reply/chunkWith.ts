import { emptyChoice, silent, type Chunk, type ChunkChoice } from './chunk';

/** A chunk of an answer with these facts and nothing else. */
export function chunkWith(facts: Partial<Chunk>): Chunk {
  return { ...silent, isChat: true, ...facts };
}

/** A chunk with these pieces of the answer, in this order. */
export function chunkOf(choices: readonly ChunkChoice[]): Chunk {
  return chunkWith({ choices });
}

/** A piece of the answer with these facts and nothing else. */
export function choiceWith(facts: Partial<ChunkChoice>): ChunkChoice {
  return { ...emptyChoice, ...facts };
}

/** A chunk that shows nothing, but is a sign that the model works. */
export const workingChunk: Chunk = chunkOf([choiceWith({ hasMore: true })]);
