import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The width of the vectors: that of the most common embedding model. */
export const width = 1_536;

const centres = 400;
const pooled = 500;

/** Numbers from 0 to 1 that are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A normal distribution whose deviation falls with the coordinate, as that of embeddings does. */
function gaussian(random: () => number): Float32Array {
  return Float32Array.from(
    { length: width },
    (_, index) =>
      (Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random())) / (1 + index) ** 0.35,
  );
}

/** Makes vectors in clusters: the chunks of a subject are similar. */
export function vectorSource(): (chunk: number) => Float32Array {
  const random = numbers(42);
  const subjects = Array.from({ length: centres }, () => gaussian(random));
  const pool = Array.from({ length: pooled }, () => gaussian(random));
  return (chunk) => {
    const pick = numbers(chunk + 1);
    const subject = subjects[Math.floor(pick() * centres)] ?? new Float32Array(width);
    const one = pool[Math.floor(pick() * pooled)] ?? subject;
    const other = pool[Math.floor(pick() * pooled)] ?? subject;
    return subject.map(
      (coordinate, index) => 0.8 * coordinate + 0.5 * (one[index] ?? 0) + 0.5 * (other[index] ?? 0),
    );
  };
}

/** The project's own source files: the text of each. */
export async function readSources(checkout: string): Promise<readonly string[]> {
  const names = (await Array.fromAsync(glob('src/**/*.{ts,tsx}', { cwd: checkout }))).sort();
  return await Promise.all(names.map((name) => readFile(join(checkout, name), 'utf8')));
}
