import assert from 'node:assert/strict';
import fc from 'fast-check';
import { continuation } from '../../../../src/core/sourceControl/continuation';

describe('continuation', () => {
  for (const [what, begun, message, whole] of [
    ['nothing was begun', '', 'Fix it', 'Fix it'],
    ['the message begins with it', 'Fix the par', 'Fix the parser', 'Fix the parser'],
    ['the message begins with it in another case', 'fix: Read', 'fix: read dates', 'fix: Read dates'],
    ['a space was typed after it', 'feat(parser): ', 'feat(parser): read dates', 'feat(parser): read dates'],
    ['the model wrote only the rest', 'feat(parser): ', 'read dates', 'feat(parser): read dates'],
    ['the model wrote only the rest after a colon', 'fix:', 'read dates', 'fix: read dates'],
    [
      'the subject is finished',
      'Fix the parser\n\n',
      'Fix the parser\n\n- Dates',
      'Fix the parser\n\n- Dates',
    ],
    ['the model wrote another message', 'WIP parser', 'Fix dates', 'WIP parser\n\nFix dates'],
    ['it is Chinese', '修复', '修复解析器', '修复解析器'],
    [
      'a merge message is in the box',
      "Merge branch 'x'",
      "Merge branch 'x'\n\n- Dates",
      "Merge branch 'x'\n\n- Dates",
    ],
  ] as const)
    it(`continues the text when ${what}`, () => {
      assert.equal(begun + continuation(begun, message), whole);
    });

  it('waits until the message is longer than what was begun', () => {
    assert.equal(continuation('Fix the parser', 'Fix the'), '');
  });

  it('adds exactly the rest to any beginning of the message', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), (text, at) => {
        const message = text.trim();
        const begun = message.slice(0, at % (message.length + 1));
        const whole = begun + continuation(begun, message);
        assert.equal(whole.replaceAll(/\s/g, ''), message.replaceAll(/\s/g, ''));
      }),
    );
  });
});
