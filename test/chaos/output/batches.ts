import type { HostileInput } from './hostileInputs';

/** In inputs, and in characters of them: what one conversation shows without much ado. */
const most = 30;
const mostCharacters = 60_000;

/** Groups inputs for conversations of some length, in their order. */
export function batchesOf(inputs: readonly HostileInput[]): HostileInput[][] {
  const batches: HostileInput[][] = [];
  let batch: HostileInput[] = [];
  let characters = 0;
  for (const input of inputs) {
    const isFull = batch.length >= most || characters + input.text.length > mostCharacters;
    if (isFull && batch.length > 0) {
      batches.push(batch);
      batch = [];
      characters = 0;
    }
    batch.push(input);
    characters += input.text.length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
