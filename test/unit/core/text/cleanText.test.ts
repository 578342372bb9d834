import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cleanText } from '../../../../src/core/text/cleanText';

describe('cleanText', () => {
  it('removes invisible characters of every kind', () => {
    for (const unseen of [
      '\u3164',
      '\u115f',
      '\u034f',
      '\u2800',
      '\ufe0f',
      '\u180b',
      '\u{e0100}',
      '\u00ad',
      '\u200b',
      '\u202e',
      '\u{e0041}',
    ])
      assert.equal(cleanText(`rm${unseen} -rf x`), 'rm -rf x', JSON.stringify(unseen));
  });

  it('leaves nothing to remove for a second time', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        '\n',
        '\r',
        '\u001b',
        '[201~',
        '\u001b]0;',
        '\u0007',
        '\t',
        '\u2028',
        '\u0085',
        '\u009b',
        '\\',
        ' ',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const clean = cleanText(pieces.join(''));
        assert.equal(cleanText(clean), clean);
        assert.doesNotMatch(clean, /(?!\n)[\p{Cc}\u2028\u2029]/u);
      }),
      { numRuns: 3_000 },
    );
  });
});
