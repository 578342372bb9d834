import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { markMatches } from '../../../../src/webview/kit/markMatches';
import { findTrigger } from '../../../../src/webview/composer/trigger';

/** The sign and the query for a text with `|` where the cursor is. */
function found(marked: string): string | null {
  const cursor = marked.indexOf('|');
  const trigger = findTrigger(marked.replace('|', ''), cursor);
  return trigger === null ? null : `${trigger.sign}${trigger.query}`;
}

describe('trigger', () => {
  for (const [text, expected] of [
    ['@|', '@'],
    ['see @src/a|', '@src/a'],
    ['see @re|ader', '@re'],
    ['(@a|', '@a'],
    ['看@文|', '@文'],
    ['看＠文|', '@文'],
    ['a@b|', null],
    ['1.2@3|', null],
    ['@a b|', null],
    ['#|', '#'],
    ['# |', null],
    ['##|', null],
    ['page#part|', null],
    ['/|', '/'],
    ['/te|sts', '/te'],
    ['／te|', '/te'],
    ['/usr/|', null],
    ['a /b|', null],
    ['\n/b|', null],
    ['', null],
  ] as const) {
    it(`finds ${expected ?? 'nothing'} in "${text}"`, () => {
      equal(found(text), expected);
    });
  }

  it('finds only what ends at the cursor, in a word of the text itself', () => {
    const texts = fc.string({ unit: fc.constantFrom('@', '#', '/', 'a', 'é', '文', ' ', '\n', '.', '(') });
    fc.assert(
      fc.property(texts, fc.nat(), (text, n) => {
        const cursor = n % (text.length + 1);
        const trigger = findTrigger(text, cursor);
        if (trigger === null) return;
        equal(trigger.end, cursor);
        equal(text.slice(trigger.start, cursor), trigger.sign + trigger.query);
        ok(!/\s/u.test(trigger.query));
        if (trigger.sign === '/') equal(trigger.start, 0);
      }),
    );
  });

  it('never takes a search that the host would refuse', () => {
    equal(findTrigger(`@${'a'.repeat(201)}`, 202), null);
    equal(findTrigger(`@${'a'.repeat(200)}`, 201)?.query.length, 200);
  });
});

describe('markMatches', () => {
  it('cuts a name into pieces that are the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, query) => {
        const pieces = markMatches(name, query);
        equal(pieces.map(({ text }) => text).join(''), name);
        ok(pieces.every(({ matched }, n) => matched !== pieces[n + 1]?.matched));
      }),
    );
  });

  it('marks what was typed, and of a path its last part', () => {
    const matched = (name: string, query: string): readonly string[] =>
      markMatches(name, query)
        .filter((piece) => piece.matched)
        .map(({ text }) => text);
    deepStrictEqual(matched('format.ts', 'form'), ['form']);
    deepStrictEqual(matched('format.ts', 'src/form'), ['form']);
    deepStrictEqual(matched('format.ts', 'xyz'), []);
  });
});
