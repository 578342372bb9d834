import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeBetween, movedRegion } from '../../../../src/core/sourceControl/textRegion';

describe('textRegion', () => {
  it('keeps the content of a region while text around it changes, or says that the content was touched', () => {
    const input = fc.record({
      before: fc.string(),
      inside: fc.string(),
      after: fc.string(),
      offset: fc.nat(60),
      removed: fc.nat(5),
      inserted: fc.string({ maxLength: 5 }),
    });
    fc.assert(
      fc.property(input, ({ before, inside, after, offset, removed, inserted }) => {
        const text = before + inside + after;
        const at = Math.min(offset, text.length);
        const length = Math.min(removed, text.length - at);
        const changed = text.slice(0, at) + inserted + text.slice(at + length);
        const region = { start: before.length, end: before.length + inside.length };
        const moved = movedRegion(region, { offset: at, removed: length, inserted });
        if (moved !== undefined) assert.equal(changed.slice(moved.start, moved.end), inside);
        else assert.ok(at < region.end && at + length > region.start);
      }),
    );
  });

  it('finds the replacement between two texts', () => {
    assert.equal(changeBetween('same', 'same'), undefined);
    assert.deepEqual(changeBetween('Fix it', 'Fix it now'), { offset: 6, removed: 0, inserted: ' now' });
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const change = changeBetween(before, after);
        if (change === undefined) return;
        const { offset, removed, inserted } = change;
        assert.equal(before.slice(0, offset) + inserted + before.slice(offset + removed), after);
      }),
    );
  });
});
