import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import type { Hit } from '../../../../src/core/codebase/searchSegments';
import { selectPassages } from '../../../../src/core/codebase/selectPassages';

function hit(uri: string, start: number, length = 100): Hit {
  return { uri, start, length, hash: [0, 0] };
}

describe('selectPassages', () => {
  it('joins chunks that follow each other, in the place of the better one', () => {
    deepStrictEqual(selectPassages([hit('a', 100), hit('b', 0), hit('a', 200), hit('a', 0)]), [
      { uri: 'a', start: 0, end: 300 },
      { uri: 'b', start: 0, end: 100 },
    ]);
  });

  it('attaches at most 10 passages, 4 chunks of a file and 24,000 characters', () => {
    strictEqual(selectPassages(Array.from({ length: 30 }, (_, at) => hit(`f${at}`, 0))).length, 10);
    strictEqual(selectPassages(Array.from({ length: 30 }, (_, at) => hit('f', at * 500))).length, 4);
    const long = selectPassages(Array.from({ length: 30 }, (_, at) => hit(`f${at}`, 0, 4_000)));
    ok(long.reduce((sum, { start, end }) => sum + end - start, 0) <= 24_000);
  });
});
