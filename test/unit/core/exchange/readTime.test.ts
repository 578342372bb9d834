import assert from 'node:assert/strict';
import { readTime } from '../../../../src/core/exchange/readTime';

describe('readTime', () => {
  for (const [time, unit, expected] of [
    [1_700_000_000, 1_000, 1_700_000_000_000],
    ['1700000000.5', 1_000, 1_700_000_000_500],
    [1_700_000_000_000, 1, 1_700_000_000_000],
    ['1700000000000', 1, 1_700_000_000_000],
    ['2023-11-14T22:13:20Z', 1, 1_700_000_000_000],
    ['2023-11-14T22:13:20Z', 1_000, 1_700_000_000_000],
    ['', 1, undefined],
    [null, 1, undefined],
    [undefined, 1_000, undefined],
    ['yesterday', 1, undefined],
    [Infinity, 1, undefined],
    [1e18, 1_000, undefined],
  ] as const)
    it(`reads ${JSON.stringify(time)} with the unit ${unit} ms as ${String(expected)}`, () => {
      assert.equal(readTime(time, unit), expected);
    });
});
