import assert from 'node:assert/strict';
import fc from 'fast-check';
import { indentationOnlyLines } from '../../../../../src/core/edits/lines/indentationOnlyLines';

function count(base: string, proposed: string): number {
  return indentationOnlyLines(base.split('\n'), proposed.split('\n'));
}

describe('indentationOnlyLines', () => {
  for (const [what, base, proposed, expected] of [
    ['a line that moves out of its if', 'if x:\n    a()\n    b()', 'if x:\n    a()\nb()', 1],
    ['a block that goes one deeper', 'a\nb\nc', '  a\n  b\nc', 2],
    ['tabs in place of blanks', '  a\n  b', '\ta\n\tb', 2],
    ['white space at the end', 'a \nb', 'a\nb', 1],
    ['one beside lines that come and go', 'a\nold\nb\nc', 'new\na\n  b\nc\nd', 1],
    ['none where nothing changes', 'a\n b', 'a\n b', 0],
    ['none where words change, too', 'if x:\n    a()', 'if x:\na(1)', 0],
    ['none where lines are added', 'a\nc', 'a\n  b\nc', 0],
    ['none where lines are taken away', 'a\n  b\nc', 'a\nc', 0],
    ['an empty line that gets blanks', 'a\n\nb', 'a\n  \nb', 1],
  ] as const)
    it(`counts ${what}`, () => {
      assert.equal(count(base, proposed), expected);
    });

  it('counts all lines of a text that is indented as a whole', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^ {0,4}[a-c]{0,2}$/), { maxLength: 30 }), (lines) => {
        assert.equal(
          indentationOnlyLines(
            lines,
            lines.map((line) => `  ${line}`),
          ),
          lines.length,
        );
        assert.equal(indentationOnlyLines(lines, lines), 0);
      }),
    );
  });
});
