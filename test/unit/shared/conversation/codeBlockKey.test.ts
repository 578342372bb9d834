import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeBlockKey } from '../../../../src/shared/conversation/codeBlockKey';

describe('the key of a code block', () => {
  it('is the same for the same text and info string, and short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, info) => {
        const key = codeBlockKey({ text, info });
        assert.equal(key, codeBlockKey({ info, text }));
        assert.match(key, /^[a-z0-9-]{5,30}$/);
      }),
    );
  });

  it('differs for different blocks', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (one, other, info) => {
        fc.pre(one !== other);
        assert.notEqual(codeBlockKey({ text: one, info }), codeBlockKey({ text: other, info }));
      }),
    );
    assert.notEqual(codeBlockKey({ text: 'b', info: 'a' }), codeBlockKey({ text: 'a', info: 'b' }));
  });
});
