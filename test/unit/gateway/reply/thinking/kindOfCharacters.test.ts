import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { kindOfCharacters } from '../../../../../src/gateway/reply/thinking/kindOfCharacters';

describe('kindOfCharacters', () => {
  it('tells whether a text must be escaped in JSON, may hold a mark, or neither', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom('<', '[', '◁', '`', '~', '"', '\\', '\n', '\u0000', '你好', 'word', ' ', '😀'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join('');
        const isEscaped =
          JSON.stringify(text.replaceAll(/[\ud800-\udfff\u007f-\u009f]/g, '')).length >
          text.replaceAll(/[\ud800-\udfff\u007f-\u009f]/g, '').length + 2;
        const expected = isEscaped ? 'escaped' : /[<[◁`~]/.test(text) ? 'marked' : 'ordinary';
        equal(kindOfCharacters(text), expected);
      }),
    );
  });
});
