import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestBinaryText, textOfBinary } from '../../../../src/core/context/textOfBinary';

describe('text of a file that is none', () => {
  it('keeps what people can read, and one mark for each stretch of what they cannot', () => {
    assert.deepEqual(textOfBinary('\0\x01\x02ELF\uFFFD\uFFFDlibc.so\n\tusage: äß 中文 😀\0'), {
      text: '\uFFFDELF\uFFFDlibc.so\n\tusage: äß 中文 😀\uFFFD',
      truncated: false,
    });
  });

  it('is never longer than its limit, never ends in half a character, and says when it was cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(3), (text, shift) => {
        const whole = 'x'.repeat(longestBinaryText - shift) + text;
        const made = textOfBinary(whole);
        assert.ok(made.text.length <= longestBinaryText && made.text.isWellFormed());
        assert.ok(made.truncated || made.text.length <= whole.length);
      }),
    );
    assert.equal(textOfBinary('x'.repeat(longestBinaryText + 1)).truncated, true);
  });
});
