import { equal, throws } from 'node:assert/strict';
import { withFigures } from '../../../scripts/writeBenchmarkDocs.mjs';
import { figureOf } from '../../bench/figure';

const page = [
  '# Benchmarks',
  '',
  '<!-- figures of client -->',
  'old',
  '<!-- end -->',
  '',
  'By hand.',
  '',
  '<!-- figures of start -->',
  'kept',
  '<!-- end -->',
  '',
].join('\n');

describe('the page of the benchmarks', () => {
  it('gets the tables of what was measured, and keeps all else', () => {
    const figures = [
      figureOf('client-burst', 'µs', 3, { floor: 2, peers: { other: 12 }, goals: { atMost: 2 } }),
    ];
    const measured = { name: 'client', figures, versions: ['Chromium 156'] };
    equal(
      withFigures(page, measured, ['2 × processor', '8 GB'], new Date('2026-11-25T12:00:00Z')),
      page.replace(
        'old',
        `
Measured on 2026-11-25, 2 × processor, 8 GB, Chromium 156.

| figure | Parley | goal | floor | peers |
| --- | --- | --- | --- | --- |
| \`client-burst\` | 3.00 µs | ≤ 2 µs ✗ | 2.00 (× 1.50) | other 12.0 (× 0.250) |
`,
      ),
    );
  });

  it('is left alone when it has no place for them', () => {
    throws(() => withFigures(page, { name: 'other', figures: [], versions: [] }, [], new Date()));
  });
});
