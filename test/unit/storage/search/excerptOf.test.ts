import { equal, ok } from 'node:assert/strict';
import { excerptOf } from '../../../../src/storage/search/excerptOf';
import { foldText } from '../../../../src/storage/search/foldText';

describe('the excerpt of a search result', () => {
  const excerpt = (text: string, ...words: string[]): string | null => excerptOf(text, foldText(text), words);

  it('is a short text as a whole, on one line', () => {
    equal(excerpt('Why is\n\n  the Sky blue?', 'sky'), 'Why is the Sky blue?');
  });

  it('is around the first of the words, and shows where text is left out', () => {
    const found = excerpt(`${'before '.repeat(50)}a needle ${'after '.repeat(50)}`, 'after', 'needle') ?? '';
    ok(found.startsWith('…') && found.endsWith('…') && found.includes('a needle after'), found);
    ok(found.length <= 122, found);
  });

  it('is missing if the text has none of the words', () => {
    equal(excerpt('Why is the sky blue?', 'sea'), null);
  });

  it('finds the place in a text whose letters and accents are separate characters', () => {
    const found = excerpt(`${'e\u0301'.repeat(300)} needle ${'after '.repeat(50)}`, 'needle') ?? '';
    ok(found.includes(' needle after'), found);
  });

  it('divides no character', () => {
    for (let shift = 0; shift < 2; shift += 1) {
      const found =
        excerpt(`${'a'.repeat(shift)}${'🌈'.repeat(100)}needle${'🌈'.repeat(100)}`, 'needle') ?? '';
      ok(found.isWellFormed() && found.includes('needle'), found);
    }
  });
});
