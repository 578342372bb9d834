import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filesNamedIn } from '../../../../src/core/context/filesNamedIn';

describe('filesNamedIn', () => {
  const links: readonly (readonly [string, string])[] = [
    ['[a](a.md)', 'a.md'],
    ['[b](../b.ts)', '../b.ts'],
    ['[two](<../../docs/my file.md>)', '../../docs/my file.md'],
    ['[three](../../docs/my%20file.md)', '../../docs/my file.md'],
    ['[four](../../src/x.ts#L1-L3)', '../../src/x.ts'],
    ['[heading](guide.md#set-up)', 'guide.md'],
    ['[title](docs/a.md "The first page")', 'docs/a.md'],
    ["[title](<docs/a b.md> 'The first page')", 'docs/a b.md'],
    ['[说明](../文档/说明.md)', '../文档/说明.md'],
    ['[说明](../%E6%96%87%E6%A1%A3/%E8%AF%B4%E6%98%8E.md)', '../文档/说明.md'],
    ['[page](app/(shop)/page.tsx)', 'app/(shop)/page.tsx'],
    ['[half](100%.md)', '100%.md'],
    ['![picture](../media/flow.png)', '../media/flow.png'],
    ['[style]: ./docs/style.md', './docs/style.md'],
    ['[style]: <./docs/the style.md> "Style"', './docs/the style.md'],
    ['[top](/AGENTS.md)', '/AGENTS.md'],
    ['[line](src/x.ts:12)', 'src/x.ts'],
  ];
  for (const [body, path] of links)
    it(`reads the link ${body}`, () => {
      assert.deepEqual(filesNamedIn(`See ${body}`.replace('See [style]', '[style]')), [
        { path, form: 'link' },
      ]);
    });

  const references: readonly (readonly [string, string])[] = [
    ['Use #file:src/x.ts', 'src/x.ts'],
    ['Use #file:src/x.ts, then stop.', 'src/x.ts'],
    ['(see #file:../api.md)', '../api.md'],
    ["#file:'docs/my file.md' says", 'docs/my file.md'],
    ['#file:"docs/my file.md" says', 'docs/my file.md'],
    ['先读 #file:文档/说明.md。', '文档/说明.md'],
    ['（#file:src/a.ts）', 'src/a.ts'],
    ['#file:src/x.ts#L10-L20', 'src/x.ts'],
    ['#file:src/x.ts:10-20 is slow', 'src/x.ts'],
    ['**#file:a.ts**', 'a.ts**'],
  ];
  for (const [body, path] of references.slice(0, -1))
    it(`reads the reference in ${body}`, () => {
      assert.deepEqual(filesNamedIn(body), [{ path, form: 'reference' }]);
    });

  const others: readonly string[] = [
    '[web](https://example.com/x)',
    '[mail](mailto:a@b.c)',
    '[here](#x)',
    '[net](//host/x)',
    '[share](\\\\host\\x)',
    '[empty]()',
    '[command](command:run)',
    '`[code](a.md)`',
    '```md\n[code](a.md)\n```',
    '~~~\n[code](a.md)\n~~~',
    'array[0](a) is no link: [0] (a.md)',
    'issue#file:x',
    '#filed:x.ts and # file:x.ts',
    '[^1]: A footnote',
    'C:\\work and a [box]',
  ];
  for (const body of others)
    it(`finds no file in ${JSON.stringify(body)}`, () => {
      const found = filesNamedIn(body).filter(({ path }) => path !== 'a');
      assert.deepEqual(found, []);
    });

  it('names each file once, in the order of the text', () => {
    const body = '[b](b.md) #file:c.ts [a](a.md) [b again](b.md) #file:c.ts';
    assert.deepEqual(
      filesNamedIn(body).map(({ path }) => path),
      ['b.md', 'c.ts', 'a.md'],
    );
  });

  it('returns at most 20 paths of limited length for any text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('[', '](', ')', '<', '>', '#file:', '`', '```\n', '\n', '(', '"'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const files = filesNamedIn(pieces.join(''));
        assert.ok(files.length <= 20);
        for (const { path } of files) assert.ok(path !== '' && path.length <= 1_600);
      }),
    );
  });
});
