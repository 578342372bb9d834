import type { Pace } from './pace';
import { countPostings, frequencyOf, readPostings } from './readPostings';
import { mostChunksOfSegment, type Segment } from './segment';
import type { SegmentEntry } from './segmentSet';
import { TopList } from './topList';
import { QueryTable } from './encodeVector';

/** What is searched for. */
interface CodebaseQuery {
  /** The terms of the question; see `countTerms`. */
  readonly terms: ReadonlyMap<number, number>;
  /** The rotated vector of the question; absent for a search without embeddings. */
  readonly vector?: Float32Array;
}

/** A chunk that was found. */
export interface Hit {
  readonly uri: string;
  /** In UTF-16 units. */
  readonly start: number;
  readonly length: number;
  /** See `hashText`. */
  readonly hash: readonly [number, number];
}

/** The usual constants of BM25: how fast repetitions of a term lose weight, and how much long chunks lose. */
const saturation = 1.2;
const lengthWeight = 0.75;

/** The most terms of a question that are looked up: the rarest ones. */
const mostTerms = 64;

/** How many chunks of each ranking are fused. */
const mostRanked = 100;

/** A chunk with a lower share of the best score of its ranking has little to do with the question. */
const leastShare = 0.4;

/** How many chunks the coarse estimate passes to the exact one. */
const mostCandidates = 1_000;

/** The usual constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009). */
const rankOffset = 60;

/**
 * Ranks the chunks of an index: by their words (BM25), by the similarity of their vectors, and then by both ranks together.
 * Best first.
 *
 * @param limit The most hits.
 */
export async function searchSegments(
  entries: readonly SegmentEntry[],
  query: CodebaseQuery,
  limit: number,
  pace: Pace,
): Promise<Hit[]> {
  const rankings = [await rankByWords(entries, query.terms, pace)];
  if (query.vector !== undefined) rankings.push(await rankByVector(entries, query.vector, pace));
  const fused = new Map<number, number>();
  for (const ranking of rankings)
    for (const [rank, id] of ranking.entries())
      fused.set(id, (fused.get(id) ?? 0) + 1 / (rankOffset + rank + 1));
  return [...fused]
    .sort(([, one], [, other]) => other - one)
    .slice(0, limit)
    .flatMap(([id]) => hitOf(entries, id) ?? []);
}

function hitOf(entries: readonly SegmentEntry[], id: number): Hit | undefined {
  const segment = entries[Math.floor(id / mostChunksOfSegment)]?.segment;
  const chunk = id % mostChunksOfSegment;
  const uri = segment?.files[segment.fileOf[chunk] ?? -1]?.uri;
  if (segment === undefined || uri === undefined) return undefined;
  return {
    uri,
    start: segment.starts[chunk] ?? 0,
    length: segment.lengths[chunk] ?? 0,
    hash: [segment.hashes[chunk * 2] ?? 0, segment.hashes[chunk * 2 + 1] ?? 0],
  };
}

function isCurrent({ segment, current }: SegmentEntry, chunk: number): boolean {
  return current[segment.fileOf[chunk] ?? 0] === 1;
}

/** The ids of the best chunks: the position of the entry × 2,048 + the chunk. */
async function rankByWords(
  entries: readonly SegmentEntry[],
  wanted: ReadonlyMap<number, number>,
  pace: Pace,
): Promise<number[]> {
  let chunks = 0;
  let length = 0;
  for (const { segment } of entries) {
    chunks += segment.termCounts.length;
    length = segment.termCounts.reduce((sum, terms) => sum + terms, length);
  }
  const lengthShare = length === 0 ? 0 : (lengthWeight * chunks) / length;
  const terms = await weighTerms(entries, wanted, chunks, pace);
  const best = new TopList(mostRanked);
  const scores = new Float32Array(mostChunksOfSegment);
  const found = new Uint16Array(mostChunksOfSegment);
  const codes = new Uint8Array(mostChunksOfSegment);
  for (const [position, entry] of entries.entries()) {
    if (pace.isDue()) await pace.rest();
    const { postingStarts, postings, termCounts } = entry.segment;
    scores.fill(0);
    const { threshold } = best;
    for (const { weight, indexes, mostAdded } of terms) {
      const index = indexes[position] ?? -1;
      if (index < 0) continue;
      const [from, to] = [postingStarts[index] ?? 0, postingStarts[index + 1] ?? 0];
      const count = readPostings(postings, from, to, found, codes);
      for (let at = 0; at < count; at += 1) {
        const chunk = found[at] ?? 0;
        const score = scores[chunk] ?? 0;
        // It cannot be one of the best any more.
        if (score + mostAdded <= threshold) continue;
        const frequency = frequencyOf(codes[at] ?? 0);
        const longer = 1 - lengthWeight + lengthShare * (termCounts[chunk] ?? 0);
        scores[chunk] = score + (weight * frequency * (saturation + 1)) / (frequency + saturation * longer);
      }
    }
    for (let chunk = 0; chunk < termCounts.length; chunk += 1) {
      const score = scores[chunk] ?? 0;
      if (score > 0 && score > best.threshold && isCurrent(entry, chunk))
        best.offer(position * mostChunksOfSegment + chunk, score);
    }
  }
  return relevantOf(best);
}

/** The ids of the best chunks, without those that are much worse than the first. */
function relevantOf(best: TopList): number[] {
  const ranked = best.sorted();
  const least = leastShare * (ranked[0]?.score ?? 0);
  return ranked.filter(({ score }) => score > 0 && score >= least).map(({ id }) => id);
}

/** A term of the question. */
interface WeightedTerm {
  /** Rare terms weigh more. */
  readonly weight: number;
  /** The position of the term in each segment; -1 where it is not. */
  readonly indexes: Int32Array;
  /** The most that this term and all lighter ones can add to a score. */
  readonly mostAdded: number;
}

async function weighTerms(
  entries: readonly SegmentEntry[],
  wanted: ReadonlyMap<number, number>,
  chunks: number,
  pace: Pace,
): Promise<WeightedTerm[]> {
  const terms: Omit<WeightedTerm, 'mostAdded'>[] = [];
  for (const term of wanted.keys()) {
    if (pace.isDue()) await pace.rest();
    const indexes = new Int32Array(entries.length);
    let holding = 0;
    for (const [position, { segment }] of entries.entries()) {
      const index = indexOfTerm(segment, term);
      indexes[position] = index;
      if (index >= 0)
        holding += countPostings(
          segment.postings,
          segment.postingStarts[index] ?? 0,
          segment.postingStarts[index + 1] ?? 0,
        );
    }
    if (holding > 0)
      terms.push({ weight: Math.log(1 + (chunks - holding + 0.5) / (holding + 0.5)), indexes });
  }
  const heaviest = terms.sort((one, other) => other.weight - one.weight).slice(0, mostTerms);
  return heaviest.map((term, index) => ({
    ...term,
    mostAdded: heaviest.slice(index).reduce((sum, { weight }) => sum + weight * (saturation + 1), 0),
  }));
}

/** Binary search; -1 if the segment does not hold the term. */
function indexOfTerm({ terms }: Segment, term: number): number {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = terms[middle] ?? 0;
    if (found === term) return middle;
    if (found < term) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** As `rankByWords`. First a coarse estimate of all chunks, then an exact one of the best 1,000. */
async function rankByVector(
  entries: readonly SegmentEntry[],
  vector: Float32Array,
  pace: Pace,
): Promise<number[]> {
  const layout = entries[0]?.segment.layout;
  if (layout === undefined || layout.size === 0 || vector.length !== layout.coordinates) return [];
  const table = new QueryTable(vector, layout);
  const candidates = new TopList(mostCandidates);
  const estimates = new Float32Array(mostChunksOfSegment);
  for (const [position, entry] of entries.entries()) {
    if (pace.isDue()) await pace.rest();
    const { planes, scales } = entry.segment;
    table.estimateCoarsely(planes, scales.length, estimates);
    let { threshold } = candidates;
    for (let chunk = 0; chunk < scales.length; chunk += 1) {
      const estimate = estimates[chunk] ?? 0;
      if (!(estimate > threshold) || (scales[chunk] ?? 0) === 0 || !isCurrent(entry, chunk)) continue;
      candidates.offer(position * mostChunksOfSegment + chunk, estimate);
      ({ threshold } = candidates);
    }
  }
  const best = new TopList(mostRanked);
  for (const [index, id] of candidates.ids().entries()) {
    if (index % 64 === 0 && pace.isDue()) await pace.rest();
    const segment = entries[Math.floor(id / mostChunksOfSegment)]?.segment;
    const chunk = id % mostChunksOfSegment;
    if (segment === undefined) continue;
    const { planes, scales } = segment;
    best.offer(id, table.similarity(planes, scales.length, chunk, scales[chunk] ?? 0));
  }
  return relevantOf(best);
}
