import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { languageSample } from './languageSamples';
import { placed } from './placementTable';

/** `PARLEY_EDIT_RUNS=1000000` sets a larger number of runs. */
const runs = Number(process.env['PARLEY_EDIT_RUNS'] ?? 3_000);

describe('planApply for generated files in ten languages', () => {
  it('makes exactly the edit or asks for every form of block, and rarely asks', function () {
    this.timeout(Math.max(60_000, runs * 20));
    const counts = new Map<string, { runs: number; asked: number }>();
    fc.assert(
      fc.property(languageSample, ({ info, form, before, after, block }) => {
        const result = placed(before, block, info);
        const count = counts.get(form) ?? { runs: 0, asked: 0 };
        counts.set(form, count);
        count.runs++;
        if (result === 'unclear') {
          count.asked++;
          return;
        }
        assert.equal(result, after, `${info} ${form}\n${block}`);
      }),
      { numRuns: runs },
    );
    const asked = [...counts.values()].reduce((sum, count) => sum + count.asked, 0);
    if (process.env['PARLEY_EDIT_RUNS'] !== undefined) console.log(Object.fromEntries(counts));
    assert.ok(asked <= runs * 0.15, `${asked} of ${runs} were asked`);
  });
});
