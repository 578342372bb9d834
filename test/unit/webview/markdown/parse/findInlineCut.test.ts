import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findInlineCut } from '../../../../../src/webview/markdown/parse/findInlineCut';
import { parseBlocks, parseInline } from '../../../../../src/webview/markdown/parse/parseBlocks';

const env = { references: { REF: { href: 'https://example.org/', title: '' } } };

/** The inline tokens of a text, neighbouring texts joined. */
function tokensOf(content: string, prefix: string): string[] {
  const [block] = parseBlocks(prefix + content, {});
  const inline = block?.tokens.find(({ type }) => type === 'inline');
  if (block === undefined || inline === undefined) return [];
  // Set by hand, because a block's content is trimmed and that of a part is not.
  inline.content = content;
  parseInline(block.tokens, env);
  return (inline.children ?? []).map(({ type, content: text, attrs }) => JSON.stringify([type, text, attrs]));
}

/** Joins the text tokens on both sides of a cut. */
function join(before: readonly string[], after: readonly string[]): string[] {
  const [last, first] = [before.at(-1), after[0]].map((token) =>
    token === undefined ? undefined : (JSON.parse(token) as [type: string, text: string, attributes: null]),
  );
  if (last?.[0] !== 'text' || first?.[0] !== 'text') return [...before, ...after];
  return [...before.slice(0, -1), JSON.stringify(['text', last[1] + first[1], null]), ...after.slice(1)];
}

const part = fc.constantFrom(
  'word',
  'two words',
  '*',
  '**',
  '_',
  '~~',
  '`',
  '``',
  '[ref]',
  '![',
  '![a `b](x)',
  '[',
  ']',
  '](',
  ')',
  '(x)',
  '**bold**',
  '*em phasis*',
  '`co de`',
  '[a b](https://example.org "t t")',
  'https://example.org/a_b',
  '<https://example.org>',
  '\\',
  '\\*',
  '&amp;',
  '!',
  'snake_case',
  '.',
);
const text = fc
  .array(fc.tuple(part, fc.constantFrom('', ' ', ' ', ' ', '  ', '\n')), { minLength: 3, maxLength: 30 })
  .map((parts) => `w${parts.flat().join('')}`.trim());

describe('findInlineCut', () => {
  it('cuts where both sides parse on their own to what they parse to together', () => {
    fc.assert(
      fc.property(text, (content) => {
        const cut = findInlineCut(content, 4, env);
        fc.pre(cut > 0);
        const [before, after] = [content.slice(0, cut), content.slice(cut)];
        assert.deepEqual(join(tokensOf(before, 'w'), tokensOf(after, 'w')), tokensOf(content, 'w'));
      }),
      { numRuns: 3000 },
    );
  });

  it('finds a place in ordinary text', () => {
    const content = 'Some words with **bold** and `code` in them, on and on. '.repeat(10).trim();
    assert.ok(findInlineCut(content, 50, env) > 400);
  });

  it('finds none inside emphasis that is still open', () => {
    assert.equal(findInlineCut(`**${'words '.repeat(50)}`.trim(), 10, env), 0);
  });
});
