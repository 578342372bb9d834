import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutText } from '../../../../src/core/text/cutText';

describe('cutText', () => {
  it('cuts at the end of a line', () => {
    assert.equal(cutText('1234567890\n1234567890\n', 11), '1234567890');
  });

  it('cuts inside a long line instead of dropping the whole line', () => {
    const minified = `/* licence */\n${'x'.repeat(100_000)}`;
    assert.equal(cutText(minified, 60_000).length, 60_000);
    const notebook = `{"cells":[{"source":["a"]},\n{"png":"${'A'.repeat(90_000)}"}]}`;
    assert.equal(cutText(notebook, 60_000).length, 60_000);
    assert.equal(cutText('一'.repeat(100_000), 60_000).length, 60_000);
  });

  it('returns the beginning of the text, uses most of the limit and splits no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 2, max: 200 }),
        (text, limit) => {
          const cut = cutText(text, limit);
          assert.ok(text.startsWith(cut));
          assert.ok(cut.length <= limit);
          if (text.length > limit) assert.ok(cut.length >= limit * 0.9 - 1);
          assert.ok(!/[\uD800-\uDBFF]$/.test(cut) || cut === text);
        },
      ),
    );
  });
});
