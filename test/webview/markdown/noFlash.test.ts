import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import { cut } from './markdownDocuments';
import { openMarkdownPage } from './markdownPage';

/** Well-formed pieces of answers, in which nothing stays open. */
const paragraphs = [
  '**注意：**这是说明。他说**“你好”**然后走了。**术语（Term）**是指某物。使用**`npm`**安装。*斜体。*后文 ~~旧价：~~新价',
  '**마크다운(Markdown)**은 언어다. 그는 **"안녕"**이라고 했다.',
  'これは**「重要」**です。*強調*の文と~~取り消し~~の文。',
  '从$5到$10，或$20，再加$3.5。',
  'It costs $5 and $6, or US$7, in $HOME and ${VAR}.',
  '公式 $x^2$，再看 $a_1$。和 \\(y=1\\)，完。',
  '见[^3]。后文，又见[^12]。',
  '见[文档](https://e.com/a_(b))后，和[a[0]](https://e.com "标题")，[**粗**体](https://e.com/x)。',
  '![图](https://e.com/p.png) 与 ![](https://e.com/q.png)。',
  '<https://e.com/a> 或 https://e.com/b_c，还有 a@b.c。',
  'list[0] and map[key][1], an interval [0, 1) and f(x)[i].',
  'H<sub>2</sub>O，10 m<sup>2</sup>，按 <kbd>Ctrl</kbd>+<kbd>C</kbd>，<u>下划线</u>，<mark>标记 **粗**</mark>，<b>粗</b>',
  '第一行<br>第二行<br/>第三行',
  '泛型 List<String> 与 Map<K, V>，1 < 2 且 3 > 2，<answer>原样</answer>。',
  'snake_case_name, 2*3*4, x**2 + y**2, COUNT(*) and *.ts, **/*.js in src/**/*.ts.',
  '转义 \\*星号\\* 与 \\_下划线\\_，路径 C:\\Users\\me。',
  'AT&T &amp; R&D，&lt;div&gt;，&#35; 与 &nbsp;。',
  '`a    b` 与 ``code with ` tick``，`x`。',
  'Hello! Is it 5 * 3? Yes: 15. 100% sure; #1, @you, ~5, a|b.',
  '步骤如下：\n1）打开设置\n2）选择网关\n\n• 甲\n• 乙',
  'עברית **חשוב:** כן. مرحبا *بالعالم*، `code`.',
  '***both*** and **bold *nested* bold** and *em **strong** em*.',
];

const blocks = [
  '*   **标题**：内容\n*   **二**：再来',
  '* **a**\n* *b*\n* c',
  '1. *甲*：一\n2. **乙**：二\n   - 子项\n   - **子**：二',
  '- [ ] 待办\n- [x] **完成**\n- [链接](https://e.com)',
  '- - 嵌套\n  - 二',
  '98. 九八\n99. 九九\n100. 一百',
  '# 标题\n\n## **二** `级`\n\n### 3. 三',
  '---',
  '* * *',
  '> 引用 **粗**\n> 第二行\n>\n> - 项',
  '> [!NOTE]\n> 注意 **这里**',
  '```ts\nconst a = 1;\n```',
  '- 项\n\n  ```sh\n  ls\n  ```\n- 二',
  '~~~\nplain\n~~~',
  '| 项 | 说明 |\n|---|---|\n| 甲 | 第一点<br>第二点 |\n| **乙** | `a|b` |',
  '| 运算 | 例 | 说明 |\n|---|---|---|\n| 管道 | `ls | wc` | 统计行数 |\n| 概率 | $P(A|B)$ | 条件概率 |',
  '| a | b |\n|:-:|--:|\n| 1 | 2 | 3 |',
  '$$\nx = 1\n$$',
  '\\[\ny = 2\n\\]',
  '<details>\n<summary>答案</summary>\n\n内容**粗**\n\n- 项\n\n</details>',
  '<details open><summary>**题**</summary>内容</details>',
  '[42]: https://e.com/docs "标题"',
];

const documents = [...paragraphs, ...blocks];

/** Plain words and the marks that can give them another meaning. */
const wordsAndMarks = [
  ...[
    'word',
    ' and',
    ' a ',
    ' ',
    '  ',
    '12',
    '1.',
    '- ',
    '.',
    ', ',
    '?',
    ';',
    "'",
    '"',
    ')',
    '-',
    '内容',
    '。',
  ],
  ...['\n', '\n\n', '\n- ', '\n1. ', '\n> ', '\n# ', '\n    ', '\n| ', '\n---', '\n[a]: ', '\n- [ ] '],
  ...['*', '**', '_', '__', '~~', '`', '[', ']', '](', '(', '!', '<', '>', '</b>', '<b>', '<br>', '|', '\\'],
  ...[
    'http://',
    'https://e.com',
    '//e',
    'mailto:',
    '@',
    ':',
    '/',
    '&',
    '&amp;',
    '#',
    '$',
    '$x$',
    '[^1]',
    '[1]',
  ],
];

describe('What is drawn of a stream', function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    page = await openMarkdownPage(browser);
  });

  after(async () => {
    await browser.close();
  });

  async function assertSteady(documentsInPieces: readonly string[][], openLimit: number): Promise<void> {
    const found = await page.evaluate(([pieces, limit]) => window.markdown.flashes(pieces, limit), [
      [...documentsInPieces],
      openLimit,
    ] as const);
    assert.equal(found.length, documentsInPieces.length);
    found.forEach((problems, index) => {
      assert.equal(problems, '', JSON.stringify(documentsInPieces[index]?.join('')));
    });
  }

  for (const source of documents) {
    it(`is not taken back: ${JSON.stringify(source)}`, async () => {
      const inText = `前文。\n\n${source}\n\n后文。`;
      await assertSteady([cut(source, [1]), cut(inText, [1]), cut(source, [3])], 600);
    });
  }

  // Pieces as models send them; footnotes stand at the end, where they stay.
  for (const pieces of [
    ['*', '   ', '**', '标题', '**', '：内容', '\n', '*', '   ', '**', '二', '**'],
    ['* ', '**', 'Name', '**', ': text', '\n', '* ', '**'],
    ['1. ', '*', '甲', '*', '\n', '1. *'],
    ['从', '$', '5', '到', '$', '10', '，', '或', '$', '20'],
    ['from ', '$', '5', ' to ', '$', '10', ', or ', '$', '20', ' and US', '$', '7'],
    ['第 ', '$', 'n', '$', ' 项，', '$', 'n', '$', 'th'],
    ['$$', '\n', 'x = 1', '\n', '$$', ' 其中', ' x 是数。', '\n\n', '后'],
    ['[', 'x', '](', 'https', '://', 'e.com', '/a_(', 'b', ')', ')', ' 后'],
    ['[', 'a', '[', '0', ']', '](', 'https://e.com', ')', ' 后'],
    ['见', '[^', '3', ']', '。', '后文'],
    [
      '见',
      '[^',
      '1',
      ']',
      '和',
      '[^',
      '2',
      ']',
      '。',
      '\n\n',
      '[^',
      '1',
      ']:',
      ' 第一',
      ' **注',
      '**',
      '\n',
      '[^2]: 第二',
    ],
    ['使用', '**', '`', 'npm', '`', '**', '安装', '**', '“', '包', '”', '**', '。'],
    ['H', '<', 'sub', '>', '2', '</', 'sub', '>', 'O', '<', 'br', '>', '二'],
    [
      '<',
      'details',
      '>',
      '\n',
      '<',
      'summary',
      '>',
      '答',
      '案',
      '</',
      'summary',
      '>',
      '\n\n',
      '内容',
      '\n\n',
      '</',
      'details',
      '>',
      '\n',
      '后',
    ],
    ['| a | b |\n|---|---|\n', '| ', '`', 'x', ' | ', 'y', '`', ' | ', 'z', ' |', '\n'],
    [
      '| a | b |\n|---|---|\n',
      '| 1 | 2 |\n',
      '\n',
      '| ',
      '甲',
      ' | ',
      '乙',
      ' |\n',
      '|---|',
      '---|\n',
      '| 3 | 4 |\n',
    ],
  ]) {
    it(`is not taken back when it comes as ${JSON.stringify(pieces)}`, async () => {
      for (const limit of [24, 600]) await assertSteady([pieces, cut(pieces.join(''), [1])], limit);
    });
  }

  async function assertNoDetours(documentsInPieces: readonly string[][]): Promise<void> {
    const found = await page.evaluate((pieces) => window.markdown.detours(pieces), [...documentsInPieces]);
    assert.equal(found.length, documentsInPieces.length);
    for (const difference of found) assert.equal(difference, '');
  }

  it('is at each moment what the text so far is in one piece', async () => {
    await assertNoDetours(
      documents.flatMap((source) => [cut(source, [1]), cut(source, [3]), cut(source, [7])]),
    );
  });

  it('shows a number that becomes the marker of a list, at any depth, as in one piece', async () => {
    const texts = [
      '\n1. >1.',
      '> 1) x',
      '- 2.',
      '> - 12. a',
      '1. 2. 3.',
      '> 7',
      '- 5 - 6',
      '2024. 甲',
      '> 3. 乙',
    ];
    await assertNoDetours(texts.flatMap((text) => [cut(text, [1]), cut(text, [2]), cut(text, [3, 1])]));
  });

  it('is at each moment what the text so far is in one piece, whatever words follow each other', async () => {
    const words = fc.constantFrom(...wordsAndMarks);
    const texts = fc
      .tuple(fc.array(words, { maxLength: 30 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }))
      .map(([chosen, lengths]) => cut(chosen.join(''), lengths));
    await fc.assert(fc.asyncProperty(fc.array(texts, { minLength: 40, maxLength: 40 }), assertNoDetours), {
      numRuns: 40,
    });
  });

  it('is not taken back in answers of many blocks, in pieces of any length, whichever block is divided', async () => {
    const answers = fc
      .tuple(
        fc.shuffledSubarray(documents, { minLength: 2, maxLength: 7 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 }),
      )
      .map(([chosen, lengths]) => cut(chosen.join('\n\n'), lengths));
    await fc.assert(
      fc.asyncProperty(
        fc.array(answers, { minLength: 10, maxLength: 10 }),
        fc.constantFrom(24, 100, 600),
        assertSteady,
      ),
      { numRuns: 12 },
    );
  });
});
