import assert from 'node:assert/strict';
import fc from 'fast-check';
import { placeFinding } from '../../../../src/core/sourceControl/placeFinding';
import { readDiff } from '../../../../src/core/sourceControl/readDiff';

const [file] = readDiff(
  'diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -4,2 +4,3 @@\n four\n-old\n+five\n+six\n',
);

describe('placeFinding', () => {
  it('finds the reviewed line where it is now', () => {
    assert.equal(placeFinding(['new', 'one', 'two', 'three', 'four', 'five', 'six'], file, 5), 5);
    assert.equal(placeFinding(['five', 'x', 'x', 'x', '  five', 'x'], file, 5), 4);
  });

  it('takes the nearest line that exists for another one', () => {
    assert.equal(placeFinding(['one', 'two'], file, 900), 1);
    assert.equal(placeFinding(['one', 'two'], undefined, 2), 1);
    assert.equal(placeFinding([], file, 5), 0);
  });

  it('always gives a line of the file', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('four', 'five', 'six', 'x'), { minLength: 1 }),
        fc.integer(),
        (lines, line) => {
          const place = placeFinding(lines, file, line);
          assert.ok(place >= 0 && place < lines.length);
        },
      ),
    );
  });
});
