import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyLineEdits } from '../../../../../src/core/edits/lines/lineEdit';
import { compareLines } from '../../../../../src/core/edits/lines/compareLines';
import { rebaseChange } from '../../../../../src/core/edits/plan/rebaseChange';
import { editedFile } from '../sampleFile';

describe('rebaseChange', () => {
  it('applies a change to a text that has changed at another place', () => {
    fc.assert(
      fc.property(editedFile, fc.integer({ min: 1, max: 5 }), ({ before, after }, count) => {
        const header = Array.from({ length: count }, (_, index) => `// header ${index}`);
        const moved = rebaseChange(before, after, [...header, ...before]);
        if (moved !== undefined) assert.deepEqual(moved, [...header, ...after]);
        assert.deepEqual(rebaseChange(before, after, before), after);
      }),
    );
  });

  it('returns undefined if the text has changed at the same place', () => {
    assert.equal(rebaseChange(['a', 'b', 'c'], ['a', 'B', 'c'], ['a', 'other', 'c']), undefined);
  });
});

describe('compareLines', () => {
  it('finds edits that turn one text into the other', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        assert.deepEqual(applyLineEdits(before, compareLines(before, after)), after);
      }),
    );
  });
});

describe('rebaseChange in a file with equal parts', () => {
  const part = ['case x:', '  run();', '  break;', '', '', ''];
  const base = [...part, ...part, ...part];
  const change = (lines: readonly string[], at: number): readonly string[] => lines.with(at, '  RUN2();');
  const rows: readonly (readonly [string, readonly string[], readonly string[] | undefined])[] = [
    ['asks when one more was pasted at the top', [...part, ...base], undefined],
    ['asks when one more was pasted at the end', [...base, ...part], undefined],
    ['asks when one of them was deleted', [...part, ...part], undefined],
    ['asks when two more were pasted', [...part, ...part, ...base], undefined],
    ['asks when the line itself changed', base.with(7, '  other();'), undefined],
    ['asks when the lines around it went', base.toSpliced(6, 3), undefined],
    ['follows lines that came above all', ['// head', ...base], change(['// head', ...base], 8)],
    [
      'follows lines that came between',
      base.toSpliced(6, 0, 'a', 'b'),
      change(base.toSpliced(6, 0, 'a', 'b'), 9),
    ],
    ['stays when lines came below', [...base, 'tail'], change([...base, 'tail'], 7)],
    [
      'follows a changed line in another part',
      base.with(1, '  walk();'),
      change(base.with(1, '  walk();'), 7),
    ],
    ['finds that the same was done meanwhile', change(base, 7), change(base, 7)],
  ];
  for (const [title, current, expected] of rows)
    it(title, () => {
      assert.deepEqual(rebaseChange(base, change(base, 7), current), expected);
    });
});
