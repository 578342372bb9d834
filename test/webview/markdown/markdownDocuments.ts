import fc from 'fast-check';

/** Pieces of Markdown, whole and broken, that meet each other in the generated documents. */
const fragments = [
  'plain words',
  'a longer run of plain words, so that a paragraph grows beyond any limit',
  '**bold**',
  '*emph*',
  '***both***',
  '~~gone~~',
  '`code`',
  '``co`de``',
  'snake_case_word',
  '[text](https://example.org/a_b "title")',
  '[late][ref]',
  '[ref]',
  '[other ref]: <https://example.org/other> "its title"',
  '[ref]: https://example.org/ref',
  "[ref]: /url\n'a title\nover lines'",
  "[ref]: /url\n'a title\n===\nnever closed",
  '![alt *x*](https://example.org/p.png)',
  '<https://example.org>',
  'https://example.org/x_y_z.',
  '&amp; &nbsp; &#35;',
  'line\\\nbreak',
  'line  \nbreak',
  '# heading',
  '###### six #',
  'setext\n===',
  'setext\n---',
  '---',
  '***',
  '- item',
  '- [ ] task',
  '- [x] done',
  '* star',
  '+ plus',
  '1. one',
  '2) two',
  '7. seven',
  '   - indented item',
  '  continued',
  '    indented code',
  '\tindented by tab',
  '- item\n\n  second paragraph',
  '- ```js\n  let a = 1;\n  ```',
  '- a | b\n--- | ---\n1 | 2',
  '> quote',
  '> - item in quote',
  '> ```\n> code in quote',
  '```ts\nconst a = `x`;\n/* two\nlines */\n```',
  '```',
  '~~~py\ndef f():\n    return """a\nb"""',
  '~~~',
  '````md\n```\n````',
  '  ```\n  code\n ```',
  '| a | b |\n| - | :-: |\n| 1 | 2 |',
  '| 1 | `a\\|b` |',
  '|---|---|',
  'a | b',
  '| one \\| cell |',
  'note[^1]',
  'named[^Long-name] and **[^1]**',
  'never[^defined]',
  '[link[^1]](https://example.org)',
  '[^1]: A footnote',
  '[^1]:',
  '[^long-name]: with *emphasis* and [^1]\n\n    more',
  '    [^1]: deep',
  '- [^1]: in an item',
  '> [^long-name]: in a quote',
  '> [!NOTE]',
  '> [!WARNING]\n> careful',
  '> [!tip] no title',
  '[!CAUTION]',
  '$x^2$',
  '$a_1*b*$',
  '$5 and $6',
  '$',
  '$$',
  '$$ a',
  'b $$',
  '$$x$$',
  'words $$y',
  '$$\n- a\n= b\n$$',
  '\\(x\\)',
  '\\(',
  '\\)',
  '\\[',
  '\\]',
  '\\[\n\\frac{1}{2}\n\\]',
  '\\[ z \\].',
  '$\\wrong{$',
  '  $$\n  in item\n  $$',
  'words: $$\n- a\n\n> b\n$$ words',
  'words $$',
  '$$\n\nx = 1',
  '\\begin{align}\n- a\n\n= b',
  '\\end{align}',
  '```diff\n-a\n+b\n```',
  '<b>html</b>',
  '<b>',
  '</b>',
  '<u>under',
  'x<sub>2</sub>',
  '<kbd>Ctrl</kbd>',
  'one<br>two',
  '<br/>',
  '<details>\n<summary>title</summary>\n\nfolded **x**\n\n</details>',
  '<details open><summary>a</summary>b</details>',
  '<details>',
  '<summary>s',
  '</details>',
  '| `a | b` | $P(A|B)$ | more |',
  '| `x|y | z |',
  '98. ninety-eight\n99. ninety-nine\n100. hundred',
  '<!-- comment -->',
  '\\*escaped\\*',
  '*',
  '**',
  '_',
  '`',
  '~~',
  '[',
  '](',
  ')',
  '|',
  '![',
  '\r\n',
  '\r',
  '\0',
  '😀',
  '中文**粗体**。',
  '**“好”**后**注意：**文',
  '2*3*4 x**2 **/*.ts',
  '**/abc',
  'שלום **עולם**!',
];

const separators = ['', ' ', '  ', '\n', '\n', '\n', '\n\n', '\n\n', '\n\n\n'];

/** Documents made of Markdown fragments, given in pieces of up to 40 characters. */
export const streamedDocuments: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...fragments), fc.constantFrom(...separators)), { maxLength: 24 }),
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
  )
  .map(([parts, lengths]) => cut(parts.flat().join(''), lengths));

/** Documents in which one open block grows long. */
export const longBlocks: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.constantFrom('- ', '3. ', '| ', '', '> ', '   * '),
    fc.array(fc.tuple(fc.constantFrom(...fragments), fc.constantFrom('\n', '\n', ' ', '\n\n')), {
      minLength: 8,
      maxLength: 40,
    }),
    fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 }),
  )
  .map(([marker, parts, lengths]) => {
    const head = marker === '| ' ? '| a | b |\n|---|---|\n' : '';
    const isFlowing = (text: string): boolean => marker !== '' || /^[\w*~`[&<(]/.test(text);
    const body = parts
      .filter(([text]) => isFlowing(text))
      .map(([text, separator]) => `${marker}${text}${marker === '' ? ' ' : separator}`)
      .join('');
    return cut(head + body, lengths);
  });

const inlineFragments = [
  ...[
    'plain words that go on for a while',
    'a longer run of plain words, so that a group of lines gets full',
  ],
  ...[
    '**bold**',
    '*emph',
    'and on*',
    '**',
    '`code`',
    '`',
    '[late][ref]',
    '[ref]',
    '[text](https://example.org)',
  ],
  ...[
    '$x$',
    '$',
    'https://example.org/x',
    '<p id="p1">',
    '<b>bold</b>',
    '<sub>',
    '<summary>',
    'a | b',
    '&amp;',
    '![a',
  ],
];

/** Paragraphs of many lines, with a reference that is defined after them. */
export const longParagraphs: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...inlineFragments), fc.constantFrom('\n', '\n', ' ', '  \n')), {
      minLength: 60,
      maxLength: 150,
    }),
    fc.boolean(),
    fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 30 }),
  )
  .map(([parts, isDefined, lengths]) => {
    const body = parts.map(([text, separator]) => `${text}${separator}`).join('');
    return cut(`${body}\n\n${isDefined ? '[ref]: https://example.org' : 'more'}`, lengths);
  });

/** Long tables, and what can follow their rows. */
export const longTables: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.integer({ min: 1, max: 130 }),
    fc.array(
      fc.constantFrom(
        '\n',
        '\n\n',
        'words\n',
        '| x | [ref] | `a` |\n',
        '| y |\n',
        '# head\n',
        '|---|---|\n',
        '- item\n',
      ),
      { maxLength: 12 },
    ),
    fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 }),
  )
  .map(([count, rest, lengths]) => {
    const rows = Array.from({ length: count }, (_, row) => `| ${row} | **b** | [ref] |\n`);
    return cut(`| a | b | c |\n|---|:-:|---|\n${rows.join('')}${rest.join('')}\n[ref]: /url\n`, lengths);
  });

const mathLines = [
  '$$',
  '$$',
  '$$ ',
  'so: $$',
  '$$ so',
  'x = 1',
  'x $$',
  '- a',
  '  - b',
  '  $$',
  '> $$',
  '> x',
  '\\[',
  '\\]',
  'so: \\[',
  '\\begin{cases}',
  '\\end{cases}',
  '# head',
  '```',
  '===',
  '[ref]: /url',
  "'title'",
  'a | b',
  '--- | ---',
  '',
  '',
  '',
];

/** Documents that are full of marks of displayed formulas. */
export const mathDocuments: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.array(fc.constantFrom(...mathLines), { minLength: 3, maxLength: 24 }),
    fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 30 }),
  )
  .map(([lines, lengths]) => cut(lines.join('\n'), lengths));

const openings = [
  '- ',
  '- ',
  '  - ',
  '  - ',
  '    - ',
  '  ',
  '    ',
  '3. ',
  '   ',
  '   1) ',
  '> ',
  '> - ',
  '>   - ',
  '>   ',
  '> > ',
  '  > ',
  '- > ',
  '  - [ ] ',
  '- - ',
  '',
];

/** Documents in which lists and quotes stand in each other and grow long. */
export const nestedBlocks: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom(...openings),
        fc.constantFrom(
          'item',
          'some words',
          '**bold** [late][ref]',
          '# head',
          '```',
          '| a |',
          '---',
          'a | b',
        ),
        fc.constantFrom('\n', '\n', '\n', '\n\n', '\n>\n'),
      ),
      { minLength: 4, maxLength: 40 },
    ),
    fc.constantFrom('', '', '\n[ref]: https://example.org/ref\n'),
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
  )
  .map(([lines, end, lengths]) => cut(lines.flat().join('') + end, lengths));

/** Cuts a text into pieces of these lengths, over and over. */
export function cut(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let start = 0, index = 0; start < text.length; index += 1) {
    const length = lengths[index % lengths.length] ?? 1;
    pieces.push(text.slice(start, start + length));
    start += length;
  }
  return pieces;
}
