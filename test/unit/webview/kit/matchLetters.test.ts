import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { markMatches } from '../../../../src/webview/kit/markMatches';
import { matchLetters } from '../../../../src/webview/kit/matchLetters';

describe('matching letters', () => {
  it('takes letters that stand together, at the beginning of a word first', () => {
    deepStrictEqual(matchLetters('reform.format.ts', 'form'), [7, 8, 9, 10]);
    deepStrictEqual(matchLetters('reform', 'form'), [2, 3, 4, 5]);
  });

  it('takes letters that stand apart, in their order', () => {
    deepStrictEqual(matchLetters('modelPicker.ts', 'mpts'), [0, 5, 12, 13]);
    equal(matchLetters('modelPicker.ts', 'tsm'), undefined);
  });

  it('finds every text in itself, and only its own letters, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary', maxLength: 6 }),
        (text, query) => {
          const places = matchLetters(text, query) ?? [];
          const found = places.map((place) => text.charAt(place).toLowerCase()).join('');
          ok(found === '' || found === query.toLowerCase().replaceAll(/\s+/gu, ''));
          deepStrictEqual(
            places,
            places.toSorted((left, right) => left - right),
          );
        },
      ),
    );
  });

  it('marks pieces that together are the name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 4 }), (name, query) => {
        equal(
          markMatches(name, query)
            .map(({ text }) => text)
            .join(''),
          name,
        );
      }),
    );
    deepStrictEqual(markMatches('format.ts', 'src/form'), [
      { text: 'form', matched: true },
      { text: 'at.ts', matched: false },
    ]);
  });
});
