import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SourceNormaliser } from '../../../../../src/webview/markdown/parse/sourceNormaliser';

describe('SourceNormaliser', () => {
  it('gives the same text however the source is cut', () => {
    const part = fc.constantFrom('\r', '\n', '\r\n', '\0', 'a', '\ud83d', '\ude00', '');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const normaliser = new SourceNormaliser();
        const pieces = parts.map((text) => normaliser.push(text));
        const expected = parts
          .join('')
          .replaceAll('\r\n', '\n')
          .replaceAll('\r', '\n')
          .replaceAll('\0', '\ufffd');
        assert.equal(pieces.join('') + normaliser.end(), expected);
      }),
    );
  });

  it('never hands out half a character', () => {
    const normaliser = new SourceNormaliser();
    assert.equal(normaliser.push('a\ud83d'), 'a');
    assert.equal(normaliser.push('\ude00'), '😀');
  });
});
