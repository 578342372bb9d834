import { deepStrictEqual } from 'node:assert/strict';
import { addToTally } from '../../../../src/core/completions/completionTally';

describe('the tally of completions', () => {
  const counted = { promptTokens: 100, completionTokens: 20, isEstimated: false };

  it('adds up the requests and tokens of a day, and stays an estimate once a part is one', () => {
    const first = addToTally(undefined, '2026-11-30', { ...counted, isEstimated: true });
    deepStrictEqual(addToTally(first, '2026-11-30', counted), {
      ...{ day: '2026-11-30', requests: 2, tokens: 240, isEstimated: true },
    });
  });

  it('begins again on a new day', () => {
    const before = addToTally(undefined, '2026-11-30', { ...counted, isEstimated: true });
    deepStrictEqual(addToTally(before, '2026-12-01', counted), {
      ...{ day: '2026-12-01', requests: 1, tokens: 120, isEstimated: false },
    });
  });
});
