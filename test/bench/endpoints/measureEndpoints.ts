/**
 * Measures what the endpoints beside chat need: the engine for tasks, a large picture, and the index of `#codebase`. The times of the
 * tasks and of the index are the processor's, so that other programs do not count. Arguments: the top of the checkout, the folder of the
 * bundles. Sends its figures to the parent process.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { arrangePlanes } from '../../../src/core/codebase/arrangePlanes';
import { chunkFile } from '../../../src/core/codebase/chunkFile';
import { countTerms } from '../../../src/core/codebase/countTerms';
import { hashText } from '../../../src/core/codebase/hashText';
import type { Pace } from '../../../src/core/codebase/pace';
import { Rotation } from '../../../src/core/codebase/rotation';
import { searchSegments } from '../../../src/core/codebase/searchSegments';
import { SegmentBuilder } from '../../../src/core/codebase/segmentBuilder';
import { SegmentSet } from '../../../src/core/codebase/segmentSet';
import { encodeVector, layoutFor, QueryTable } from '../../../src/core/codebase/encodeVector';
import { startBrowser } from '../browser/benchTab';
import { bundlePages, bundlePanel } from '../browser/bundlePages';
import { contestantPrograms } from '../browser/contestantTab';
import { figureOf, type Figure } from '../figure';
import { threadTime } from '../processorTime';
import { quantileOf } from '../quantile';
import { benchClient } from './benchClient';
import { readSources, vectorSource, width } from './codebaseCorpus';
import { measurePicture } from './measurePicture';
import { measureTasks } from './measureTasks';

const sizes = [1_000, 10_000, 100_000];
const queries = 40;

/** The compiler is at work in the first queries, which are not counted. */
const warmUps = 5;

/** The floor compares this many vectors again and again: a hundred thousand of them as float32 have 600 MB. */
const floorVectors = 10_000;

/** A search may take this many times the floor. It is shorter the larger the index is. */
const mostOfFloor = 1.5;

/** How many of the ten nearest vectors count for the recall, and among how many. */
const nearest = 10;
const recallVectors = 10_000;

/** Slices as the extension has them, and how long the longest was. */
class MeasuredPace implements Pace {
  longest = 0;
  private start = threadTime() / 1_000;

  readonly isDue = (): boolean => threadTime() / 1_000 - this.start > 4;

  readonly rest = async (): Promise<void> => {
    this.longest = Math.max(this.longest, threadTime() / 1_000 - this.start);
    await setImmediate();
    this.start = threadTime() / 1_000;
  };
}

async function measureCodebase(checkout: string): Promise<Figure[]> {
  const sources = await readSources(checkout);
  const vectorOf = vectorSource();
  const figures: Figure[] = [];
  for (const size of sizes) figures.push(...(await measureIndex(size, sources, vectorOf)));
  figures.push(figureOf('codebase-recall-at-10', '%', measureRecall(vectorOf), { goals: { atLeast: 90 } }));
  return figures;
}

async function measureIndex(
  size: number,
  sources: readonly string[],
  vectorOf: (chunk: number) => Float32Array,
): Promise<Figure[]> {
  const pace = new MeasuredPace();
  const begun = threadTime() / 1_000;
  const { set, making } = await buildIndex(size, sources, vectorOf, pace);
  const built = threadTime() / 1_000 - begun - making;
  const bytes = set.entries.reduce((sum, { segment }) => sum + segment.bytes.length, 0);
  const rotation = new Rotation(width);
  const times: number[] = [];
  for (let query = 0; query < warmUps + queries; query += 1) {
    const vector = vectorOf(query * 37);
    const asked = threadTime() / 1_000;
    const question = { terms: countTerms('where is the answer of a gateway read, and who calls readReply?') };
    await searchSegments(
      set.entries,
      { ...question, vector: rotation.rotate(vector) },
      40,
      new MeasuredPace(),
    );
    if (query >= warmUps) times.push(threadTime() / 1_000 - asked);
  }
  return [
    figureOf(`codebase-build-${size}`, 'ms', built, { floor: floorOfBuild(size, sources, vectorOf) }),
    figureOf(`codebase-build-slice-${size}`, 'ms', pace.longest),
    figureOf(`codebase-bytes-${size}`, 'B/chunk', bytes / size, { goals: { atMost: 1_024 } }),
    figureOf(`codebase-query-p95-${size}`, 'ms', quantileOf(times, 0.95), {
      floor: floorTime(size, vectorOf),
      goals: { times: { floor: mostOfFloor } },
    }),
  ];
}

/** Builds an index. `making` is the time for making vectors in milliseconds, which a gateway does otherwise. */
async function buildIndex(
  size: number,
  sources: readonly string[],
  vectorOf: (chunk: number) => Float32Array,
  pace: Pace,
): Promise<{ readonly set: SegmentSet; readonly making: number }> {
  const set = new SegmentSet();
  const rotation = new Rotation(width);
  const layout = layoutFor(rotation.kept);
  let builder = new SegmentBuilder(rotation.kept);
  let making = 0;
  let chunks = 0;
  for (let file = 0; chunks < size; file += 1) {
    const text = `// copy${file}\n${sources[file % sources.length] ?? ''}`;
    const parts = chunkFile(text).slice(0, size - chunks);
    if (!builder.hasRoomFor(parts.length)) {
      set.add(await builder.build(pace));
      builder = new SegmentBuilder(rotation.kept);
    }
    const facts = [];
    for (const { start, end } of parts) {
      const begun = threadTime() / 1_000;
      const vector = vectorOf(chunks);
      making += threadTime() / 1_000 - begun;
      if (pace.isDue()) await pace.rest();
      const part = text.slice(start, end);
      const code = new Uint8Array(layout.size);
      const scale = encodeVector(rotation.rotate(vector), layout, code);
      facts.push({
        start,
        length: end - start,
        hash: hashText(part),
        terms: countTerms(part),
        vector: { code, scale },
      });
      chunks += 1;
    }
    builder.addFile({ uri: `file:///src/file${file}.ts`, size: text.length, modifiedAt: file }, facts);
  }
  set.add(await builder.build(pace));
  return { set, making };
}

/**
 * The time for what no index can leave out, in milliseconds: finding the words of each chunk with one expression, and reading each vector
 * once to store it as bytes.
 */
function floorOfBuild(
  size: number,
  sources: readonly string[],
  vectorOf: (chunk: number) => Float32Array,
): number {
  let time = 0;
  let words = 0;
  const code = new Int8Array(width);
  for (let chunk = 0, file = 0; chunk < size; file += 1) {
    const text = sources[file % sources.length] ?? '';
    for (const { start, end } of chunkFile(text).slice(0, size - chunk)) {
      const vector = vectorOf(chunk);
      const begun = threadTime() / 1_000;
      words += text.slice(start, end).match(/\w+/g)?.length ?? 0;
      for (let at = 0; at < width; at += 1) code[at] = (vector[at] ?? 0) * 32;
      time += threadTime() / 1_000 - begun;
      chunk += 1;
    }
  }
  if (words === 0) throw new Error('The sources have no words.');
  return time;
}

/** The time of a plain loop over float32 vectors, in milliseconds. */
function floorTime(size: number, vectorOf: (chunk: number) => Float32Array): number {
  const count = Math.min(size, floorVectors);
  const all = new Float32Array(count * width);
  for (let index = 0; index < count; index += 1) all.set(vectorOf(index), index * width);
  const query = vectorOf(7);
  let best = -Infinity;
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const begun = threadTime() / 1_000;
    for (let done = 0; done < size; done += count) {
      for (let index = 0; index < count; index += 1) {
        let sum = 0;
        const start = index * width;
        for (let at = 0; at < width; at += 1) sum += (query[at] ?? 0) * (all[start + at] ?? 0);
        if (sum > best) best = sum;
      }
    }
    times.push(threadTime() / 1_000 - begun);
  }
  return Math.min(...times);
}

/** How many of the ten most similar vectors the codes find, in percent. */
function measureRecall(vectorOf: (chunk: number) => Float32Array): number {
  const rotation = new Rotation(width);
  const layout = layoutFor(rotation.kept);
  const codes = new Uint8Array(recallVectors * layout.size);
  const rotated = Array.from({ length: recallVectors }, (_, index) => rotation.rotate(vectorOf(index)));
  const scales = rotated.map((vector, index) =>
    encodeVector(vector, layout, codes.subarray(index * layout.size, (index + 1) * layout.size)),
  );
  const planes = new Uint8Array(codes.length);
  arrangePlanes(codes, recallVectors, layout, planes);
  let found = 0;
  for (let query = 0; query < queries; query += 1) {
    const vector = rotation.rotate(vectorOf(recallVectors + query));
    const table = new QueryTable(vector, layout);
    const exact = rotated.map((other) => other.reduce((sum, one, at) => sum + one * (vector[at] ?? 0), 0));
    const estimated = scales.map((scale, index) => table.similarity(planes, recallVectors, index, scale));
    const wanted = new Set(best(exact));
    found += best(estimated).filter((index) => wanted.has(index)).length;
  }
  return (100 * found) / (queries * nearest);
}

function best(scores: readonly number[]): number[] {
  return [...scores.keys()].sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0)).slice(0, nearest);
}

/** What needs a gateway, which runs in a process of its own. */
async function measureClient(checkout: string, bundles: string): Promise<Figure[]> {
  const server = fork(join(bundles, 'serveEndpoints.cjs'));
  const client = benchClient();
  const browser = await startBrowser();
  try {
    const [port] = (await once(server, 'message')) as [number];
    const origin = `http://127.0.0.1:${port}`;
    const files = new Map([
      ...(await bundlePages(checkout, contestantPrograms)),
      ...(await bundlePanel(checkout)),
    ]);
    return [
      ...(await measureTasks(origin, client)),
      ...(await measurePicture(origin, client, browser, files)),
    ];
  } finally {
    await browser.close();
    await client.dispose();
    server.disconnect();
  }
}

async function main(checkout: string, bundles: string): Promise<void> {
  process.send?.([...(await measureClient(checkout, bundles)), ...(await measureCodebase(checkout))]);
}

void main(process.argv[2] ?? '.', process.argv[3] ?? '.');
