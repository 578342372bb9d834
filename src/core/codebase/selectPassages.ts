import type { Hit } from './searchSegments';

/** A part of a file that is attached: one chunk, or several that follow each other. */
interface Passage {
  readonly uri: string;
  /** In UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Limits of the attached passages. More code makes the prompt expensive and rarely improves the answer. */
const mostPassages = 10;
const mostCharacters = 24_000;
/** The other files get a chance as well. */
const mostChunksOfFile = 4;

/** Chooses what to attach of the hits, best first, and joins chunks that follow each other in a file. */
export function selectPassages(hits: readonly Hit[]): Passage[] {
  const passages: Passage[] = [];
  const chunksOf = new Map<string, number>();
  let characters = 0;
  for (const { uri, start, length } of hits) {
    const chunks = chunksOf.get(uri) ?? 0;
    if (chunks >= mostChunksOfFile || characters + length > mostCharacters) continue;
    const end = start + length;
    const touching = passages.filter(
      (each) => each.uri === uri && (each.end === start || each.start === end),
    );
    const first = touching[0];
    if (first === undefined && passages.length === mostPassages) continue;
    chunksOf.set(uri, chunks + 1);
    characters += length;
    const joined = {
      uri,
      start: Math.min(start, ...touching.map((each) => each.start)),
      end: Math.max(end, ...touching.map((each) => each.end)),
    };
    if (first === undefined) passages.push(joined);
    else {
      passages[passages.indexOf(first)] = joined;
      for (const other of touching.slice(1)) passages.splice(passages.indexOf(other), 1);
    }
  }
  return passages;
}
