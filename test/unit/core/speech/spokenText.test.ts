import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { spokenText } from '../../../../src/core/speech/spokenText';

/** What is written, and what is spoken. */
const cases: Record<string, [markdown: string, spoken: string]> = {
  'emphasis without its marks': ['Use **bold** and *italic* and ~~old~~.', 'Use bold and italic and old.'],
  'a heading as a sentence': ['## First steps\n\nGo on.', 'First steps.\nGo on.'],
  'a Chinese heading with a Chinese full stop': ['## 安装步骤\n\n先看文档。', '安装步骤。\n先看文档。'],
  'no fenced code': ['Before:\n\n```js\nconst secret = 1;\n```\n\nAfter.', 'Before:\nAfter.'],
  'no fenced code that is not closed': ['Before:\n\n~~~~\nconst secret = 1;', 'Before:'],
  'no indented code': ['Before.\n\n    const secret = 1;\n\nAfter.', 'Before.\nAfter.'],
  'no code in a list': ['- Run:\n  ```sh\n  rm -rf x\n  ```\n- Done', 'Run:\nDone.'],
  'no diagram': ['```mermaid\ngraph TD; A-->B\n```\nSee above.', 'See above.'],
  'names in inline code': ['Call `Array.map()` or `npm install`.', 'Call Array.map or npm install.'],
  'no expressions in inline code': ['Write `a[i] = {b: 1}` there.', 'Write there.'],
  'the text of a link without its address': ['See [the guide](https://example.com/a?b=c).', 'See the guide.'],
  'the site of a bare address': ['See https://www.example.com/long/path?x=1 now.', 'See example.com now.'],
  'the site of an address in angle brackets': ['See <https://example.com/path>.', 'See example.com.'],
  'the site of a link whose text is an address': [
    '[https://example.com/a/b](https://example.com/a/b)',
    'example.com.',
  ],
  'no address of a reference': ['See [it][1].\n\n[1]: https://example.com/path', 'See it.'],
  'the description of a picture': ['![A cat](https://example.com/cat.png)', 'A cat.'],
  'the cells of a table without its marks': [
    '| Name | Age |\n|:--|--:|\n| Ann | 30 |\n| Bo | |',
    'Name, Age.\nAnn, 30.\nBo.',
  ],
  'the numbers of a list': ['3. Install\n4. Run it!', '3. Install.\n4. Run it!'],
  'the tasks of a list without their boxes': ['- [x] Write\n- [ ] Test', 'Write.\nTest.'],
  'a quotation': ['> It works.', 'It works.'],
  'an alert without its mark': ['> [!NOTE]\n> Save first.', 'Save first.'],
  'no rule': ['One.\n\n---\n\nTwo.', 'One.\nTwo.'],
  'no formula in dollar signs': ['The mass $m_0 c^2$ is known.', 'The mass is known.'],
  'a single letter in dollar signs': ['Let $n$ be prime.', 'Let n be prime.'],
  'no formula in brackets': ['So \\(a_b * c_d\\) and \\[x^2\\] hold.', 'So and hold.'],
  'no formula block': ['So:\n\n$$\na\n- b\n= c\n$$\n\nDone.', 'So:\nDone.'],
  'no formula block in brackets': ['So:\n\\[\nE = mc^2\n\\]\nDone.', 'So:\nDone.'],
  'prices, which are no formulas': ['It costs $5 or $10 a day.', 'It costs $5 or $10 a day.'],
  'no tags': ['Press <kbd>Ctrl</kbd> now.<br>Then go.', 'Press Ctrl now. Then go.'],
  'the text of an HTML block without its code': [
    '<details><summary>More</summary>\n```js\nconst secret = 1;\n```\n</details>',
    'More.',
  ],
  'no script': ['<script>const secret = 1;</script>\n\nDone.', 'Done.'],
  'no emoji': ['Done ✅ 👩‍💻 🇨🇳 1️⃣!', 'Done 1!'],
  'no footnote marks': ['True[^1].\n\n[^1]: Because it is.', 'True.\nBecause it is.'],
  'no citation marks': ['It rains【3†source】.', 'It rains.'],
  'lines of a Chinese paragraph without a space': ['今天\n天气很好。', '今天天气很好。'],
  'lines of an English paragraph with a space': ['It\nrains.', 'It rains.'],
  'nothing if there is only code': ['```\nx\n```', ''],
  'nothing if there are only signs': ['--- … ***', ''],
};

describe('The spoken text of an answer', () => {
  for (const [name, [markdown, spoken]] of Object.entries(cases)) {
    it(`has ${name}`, () => {
      equal(spokenText(markdown), spoken);
    });
  }

  it('has no line of any code block, whatever is around it', () => {
    const word = fc.constantFrom(
      '**',
      '`',
      '_',
      '$',
      '\\(',
      '|',
      '# ',
      '> ',
      '- ',
      '<b>',
      'text',
      '文字',
      '[a](',
      ')',
      ' ',
    );
    const line = fc.array(word, { maxLength: 6 }).map((words) => words.join(''));
    const fence = fc.constantFrom('```', '~~~~', '`````');
    fc.assert(
      fc.property(line, fence, line, line, (before, mark, code, after) => {
        const source = `${before}\n\n${mark}\n${code} secretcode\n${mark}\n\n${after}`;
        ok(!spokenText(source).includes('secretcode'), source);
      }),
    );
  });

  it('ends for every text, in lines that each have a letter or a digit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const spoken = spokenText(text);
        ok(spoken === '' || spoken.split('\n').every((line) => /[\p{L}\p{N}]/u.test(line)));
        ok(!/\*\*|~~|`/.test(spoken));
      }),
    );
  });

  it('takes a time in proportion to the length of a hostile text', () => {
    for (const piece of ['$', '\\(', '\\[\n', '$$a\n', '<', '【', '[^', '`', '|a', '- 1. ', 'http://'])
      ok(spokenText(piece.repeat(100_000 / piece.length)).length <= 400_000, piece);
  });
});
