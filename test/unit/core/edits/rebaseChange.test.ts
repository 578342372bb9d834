import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyLineEdits } from '../../../../src/core/edits/lineEdit';
import { compareLines, rebaseChange } from '../../../../src/core/edits/rebaseChange';
import { editedFile } from './sampleFile';

describe('rebaseChange', () => {
  it('carries a change over to a text that was changed elsewhere', () => {
    fc.assert(
      fc.property(editedFile, fc.integer({ min: 1, max: 5 }), ({ before, after }, count) => {
        const header = Array.from({ length: count }, (_, index) => `// header ${index}`);
        const moved = rebaseChange(before, after, [...header, ...before]);
        if (moved !== undefined) assert.deepEqual(moved, [...header, ...after]);
        assert.deepEqual(rebaseChange(before, after, before), after);
      }),
    );
  });

  it('gives up where the text changed just there', () => {
    assert.equal(rebaseChange(['a', 'b', 'c'], ['a', 'B', 'c'], ['a', 'other', 'c']), undefined);
  });
});

describe('compareLines', () => {
  it('finds edits that make the one of the other', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        assert.deepEqual(applyLineEdits(before, compareLines(before, after)), after);
      }),
    );
  });
});
