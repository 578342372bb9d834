import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { countTerms } from '../../../../src/core/codebase/countTerms';
import { mergeSegments } from '../../../../src/core/codebase/mergeSegments';
import { Rotation } from '../../../../src/core/codebase/rotation';
import { searchSegments } from '../../../../src/core/codebase/searchSegments';
import { SegmentSet } from '../../../../src/core/codebase/segmentSet';
import { buildSegment, wholePace } from '../../../support/codebase/buildSegment';

async function setOf(...segments: Readonly<Record<string, string>>[]): Promise<SegmentSet> {
  const set = new SegmentSet();
  for (const files of segments) set.add(await buildSegment(files));
  return set;
}

async function find(set: SegmentSet, question: string, limit = 10): Promise<string[]> {
  const hits = await searchSegments(set.entries, { terms: countTerms(question) }, limit, wholePace);
  return hits.map(({ uri }) => uri);
}

/** Two dimensions, by which of two words is more frequent. */
function colour(text: string): Float32Array {
  return Float32Array.of(1 + text.split('red').length, 1 + text.split('blue').length);
}

/** The score of each text for the words of a question that are in it once or never: BM25, without any shortcut. */
function scoreByWords(files: readonly [string, string][], question: readonly string[]): [string, number][] {
  const texts = files.map(([uri, text]) => ({ uri, words: text.split(/\s+/).filter(Boolean) }));
  const usual = texts.reduce((sum, { words }) => sum + words.length, 0) / texts.length;
  const scores = texts.map(({ uri }): [string, number] => [uri, 0]);
  for (const word of question) {
    const holding = texts.filter(({ words }) => words.includes(word)).length;
    const weight = Math.log(1 + (texts.length - holding + 0.5) / (holding + 0.5));
    for (const [index, { words }] of texts.entries()) {
      const score = scores[index];
      if (score === undefined || !words.includes(word)) continue;
      score[1] += (weight * 2.2) / (1 + 1.2 * (0.25 + (0.75 * words.length) / usual));
    }
  }
  return scores;
}

describe('searchSegments', () => {
  it('ranks the file with the exact identifier first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}[A-Z][a-z]{3,8}[A-Z][a-z]{3,8}$/), {
          minLength: 2,
          maxLength: 12,
          selector: (identifier) => identifier.toLowerCase(),
        }),
        async (identifiers) => {
          const files = Object.fromEntries(
            identifiers.map((identifier, index) => [
              `f:${index}`,
              `const value = ${identifier}(file, options);\nreturn value;\n`,
            ]),
          );
          const set = await setOf(files);
          for (const [index, identifier] of identifiers.entries())
            strictEqual((await find(set, `where is ${identifier} called?`))[0], `f:${index}`);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('ranks many chunks as BM25 does, although it skips terms that cannot change the ranking', async () => {
    const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];
    // The first words are in few texts, the last ones in most.
    const text = fc
      .tuple(...words.map((_, index) => fc.integer({ min: 0, max: 9 }).map((roll) => roll <= index)))
      .map((present) => words.filter((_, index) => present[index]).join(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 250, maxLength: 400 }),
        fc.subarray(words, { minLength: 1 }),
        async (texts, question) => {
          const files = texts.map((content, index): [string, string] => [
            `f:${index}`,
            `${content}\nx${index}`,
          ]);
          const half = Math.floor(files.length / 2);
          const set = await setOf(
            Object.fromEntries(files.slice(0, half)),
            Object.fromEntries(files.slice(half)),
          );
          const scores = new Map(scoreByWords(files, question));
          const best = [...scores.values()].sort((one, other) => other - one);
          const found = await find(set, question.join(' '), 30);
          for (const [rank, uri] of found.entries())
            ok(Math.abs((scores.get(uri) ?? 0) - (best[rank] ?? 0)) < 1e-3);
          const related = best.filter((score) => score > 0 && score > 0.41 * (best[0] ?? 0)).length;
          ok(found.length >= Math.min(30, related));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('finds parts of identifiers and Chinese words', async () => {
    const set = await setOf({
      'f:parser': 'export class MarkdownParser {}',
      'f:config': '// 读取配置文件\nreadConfig();',
      'f:other': 'let x = 1;',
    });
    deepStrictEqual(await find(set, 'the parser'), ['f:parser']);
    deepStrictEqual(await find(set, '配置在哪里读取'), ['f:config']);
    deepStrictEqual(await find(set, 'nothing like this'), []);
  });

  it('finds only the last version of a file, and no removed file', async () => {
    const set = await setOf({ 'f:a': 'oldName', 'f:b': 'oldName' }, { 'f:a': 'newName' });
    deepStrictEqual(await find(set, 'oldName'), ['f:b']);
    deepStrictEqual((await find(set, 'name')).sort(), ['f:a', 'f:b']);
    strictEqual((await find(set, 'newName'))[0], 'f:a');
    set.removeFile('f:b');
    deepStrictEqual(await find(set, 'old'), []);
  });

  it('finds by vectors what shares no word with the question, and puts first what both rankings find', async () => {
    const set = new SegmentSet();
    set.add(
      await buildSegment(
        { 'f:warm': 'red red red sunset', 'f:cold': 'blue blue blue ice', 'f:word': 'red evening red red' },
        colour,
      ),
    );
    const query = { terms: countTerms('evening'), vector: new Rotation(2).rotate(Float32Array.of(4, 1)) };
    const hits = await searchSegments(set.entries, query, 3, wholePace);
    deepStrictEqual(
      hits.map(({ uri }) => uri),
      ['f:word', 'f:warm', 'f:cold'],
    );
  });

  it('ignores a vector of another width', async () => {
    const set = new SegmentSet();
    set.add(await buildSegment({ 'f:a': 'red' }, colour));
    const query = {
      terms: countTerms('blue'),
      vector: new Rotation(100).rotate(new Float32Array(100).fill(1)),
    };
    deepStrictEqual(await searchSegments(set.entries, query, 3, wholePace), []);
  });

  it('finds the same by vectors after small segments were merged', async () => {
    const set = new SegmentSet();
    for (let index = 0; index < 12; index += 1) {
      const [red, blue] = ['red '.repeat(index), 'blue '.repeat(12 - index)];
      set.add(await buildSegment({ [`f:${index}`]: red + blue, [`g:${index}`]: `other ${red}` }, colour));
    }
    set.removeFile('f:3');
    const vector = new Rotation(2).rotate(Float32Array.of(1, 1));
    const hitUris = async (): Promise<string[]> =>
      (await searchSegments(set.entries, { terms: new Map(), vector }, 8, wholePace)).map(({ uri }) => uri);
    const before = await hitUris();
    const merger = await mergeSegments(set.entries, wholePace);
    ok(merger?.merged !== undefined);
    set.add(merger.merged);
    for (const segment of merger.replaced) set.drop(segment);
    strictEqual(before.length, 8);
    deepStrictEqual(await hitUris(), before);
  });

  it('finds the same after small segments were merged', async () => {
    const files = Array.from({ length: 12 }, (_, index) => ({
      [`f:${index}`]: `function number${index}() { return sharedName; }`,
      'f:changing': `version${index} of sharedName`,
    }));
    const set = await setOf(...files);
    set.removeFile('f:3');
    const before = (await find(set, 'sharedName', 50)).sort();
    const merger = await mergeSegments(set.entries, wholePace);
    ok(merger?.merged !== undefined);
    set.add(merger.merged);
    for (const segment of merger.replaced) set.drop(segment);
    strictEqual(set.entries.length, 1);
    deepStrictEqual((await find(set, 'sharedName', 50)).sort(), before);
    deepStrictEqual(await find(set, 'version11'), ['f:changing']);
    strictEqual(await mergeSegments(set.entries, wholePace), undefined);
  });
});
