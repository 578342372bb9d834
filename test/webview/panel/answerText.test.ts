import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { screenshotFolder } from '../../support/screenshot';
import { AnswerPanel } from './answerPanel';
import type { PanelPage, PanelPageOptions } from './panelPage';
import { ended, said } from './samples';
import { themeNames } from './themes';

/** One of each: what has tags, long numbers, wide tables, other directions. */
const mixedAnswer = [
  '**注意：**这是说明，他说**“你好”**然后走了。H<sub>2</sub>O，按 <kbd>Ctrl</kbd>+<kbd>C</kbd>，<u>下划线</u>，<mark>标记</mark>，~~旧价：~~新价。',
  '步骤如下：\n1）打开设置\n2）选择网关',
  '<details open>\n<summary>答案</summary>\n\n内容 `a    b`\n\n</details>',
  '98. 九八\n99. 九九\n100. 一百',
  '1000. 一千\n1001. 一千零一',
  '| 名称 | 说明 | 状态 | 备注 | 地址 |\n|---|---|---|---|---|\n| 功能一 | 这里是一段比较长的中文说明，用来观察换行 | 已完成 | 这里也有一段不短的备注 | https://example.com/a/very/long/path |',
  'Here is the translation:\n\nمرحبا بالعالم، هذا اختبار (test).\n\n1. שלום עולם!\n2. English again.\n\n> اقتباس قصير.',
].join('\n\n');

describe('the text of an answer', () => {
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let answer: Locator;

  async function show(text: string, options: PanelPageOptions = {}): Promise<void> {
    ({ panel, answer } = await answers.show(text, options));
    await panel.settle();
  }

  for (const theme of themeNames) {
    it(`looks right in ${theme}, and does not make the panel scroll sideways`, async () => {
      await show(mixedAnswer, { theme, width: 300, height: 1300 });
      await mkdir(screenshotFolder, { recursive: true });
      await panel.page.screenshot({ path: join(screenshotFolder, `answer-text-${theme}.png`) });
      const overflow = await panel.feed.evaluate((feed) => feed.scrollWidth - feed.clientWidth);
      ok(overflow <= 0, `the panel scrolls sideways by ${overflow}`);
    });
  }

  describe('numbers of lists', () => {
    /** The room before the items, and the width of the longest number in their font, in pixels. */
    async function room(): Promise<{ room: number; number: number }> {
      return await answer
        .locator('ol')
        .last()
        .evaluate((list) => {
          const last = list.lastElementChild;
          if (!(list instanceof HTMLOListElement) || last === null) throw new Error('No item.');
          const text = `${String(list.start + list.children.length - 1)}. `;
          const context = document.createElement('canvas').getContext('2d');
          if (context === null) throw new Error('No canvas.');
          context.font = getComputedStyle(last).font;
          const edge = list.closest('.markdown-section')?.getBoundingClientRect().left ?? 0;
          return { room: last.getBoundingClientRect().left - edge, number: context.measureText(text).width };
        });
    }

    for (const [name, source] of [
      ['10', '9. 九\n10. 十'],
      ['101', '98. 九八\n99. 九九\n100. 一百\n101. 一零一'],
      ['2024', '2024. 这一年'],
      ['1000', '1000. 一千'],
      ['99999', '99999. 九万'],
      ['999999999', '999999999. 多'],
      ['120 of a long list', Array.from({ length: 120 }, () => '1. 项').join('\n')],
      ['1005 of a long list', Array.from({ length: 1_005 }, () => '1. item of a list').join('\n')],
      ['105 in loose lists', Array.from({ length: 105 }, () => '1. 项').join('\n\n')],
      ['100 in a quote', '> 100. 一百'],
      ['1000 in a list', '- 项\n\n  1000. 一千'],
      ['100 in Japanese', '99. 九十九番\n100. 百番'],
      ['100 in Korean', '99. 아흔아홉\n100. 백'],
    ] as const) {
      for (const family of ['sans-serif', 'monospace']) {
        it(`are whole: ${name}, in ${family}`, async () => {
          await show(source);
          await panel.page
            .addStyleTag({ content: `body { font-family: ${family} !important }` })
            .catch(() => undefined);
          const measured = await room();
          ok(measured.room + 0.5 >= measured.number, JSON.stringify(measured));
        });
      }
    }

    it('are whole when a long list grows while it is streamed', async () => {
      ({ panel, answer } = await answers.open());
      await answers.happen();
      for (let from = 1; from < 130; from += 10) {
        const items = Array.from(
          { length: 10 },
          (_, index) => `${from + index}. 第 ${from + index} 项，再写几个字\n`,
        );
        await panel.happen(said('a1', items.join('')));
      }
      await panel.settle();
      const measured = await room();
      ok(measured.room + 0.5 >= measured.number, JSON.stringify(measured));
    });
  });

  describe('columns of tables', () => {
    /** Widths of the columns in ems of the cells, without their padding. */
    async function widths(): Promise<number[]> {
      return await answer
        .locator('tbody tr')
        .first()
        .locator('td')
        .evaluateAll((found) =>
          found.map((cell) => {
            const { paddingLeft, paddingRight, fontSize } = getComputedStyle(cell);
            return (
              (cell.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)) /
              Number.parseFloat(fontSize)
            );
          }),
        );
    }

    const wide =
      '| 名称 | 说明 | 状态 | 备注 | 地址 |\n|---|---|---|---|---|\n| 功能一 | 这里是一段比较长的中文说明，用来观察换行 | 已完成 | 这里也有一段不短的备注 | https://example.com/a/very/long/path |';
    for (const width of [240, 320, 420, 700]) {
      it(`hold some eight characters in a panel of ${width} pixels`, async () => {
        await show(wide, { width });
        const [, text = 0, , note = 0] = await widths();
        const lines = await answer.locator('td').evaluateAll((cells) =>
          cells.map((cell) => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getClientRects().length;
          }),
        );
        deepStrictEqual([lines[0], lines[2]], [1, 1], 'short words stay on one line');
        ok(text >= 8 && note >= 8, `${text} ${note}`);
      });
    }

    for (const [language, row] of [
      [
        'Traditional Chinese',
        '| 功能 | 這裡是一段比較長的中文說明，用來觀察換行 | 完成 | https://example.com/a/very/long/path/of/many/parts |',
      ],
      [
        'Japanese',
        '| 機能 | これはかなり長い日本語の説明文で、折り返しを見るためのものです | 完了 | https://example.com/a/very/long/path/of/many/parts |',
      ],
      [
        'Korean',
        '| 기능 | 이것은줄바꿈을보기위한꽤긴한국어설명문입니다그렇습니다 | 완료 | https://example.com/a/very/long/path/of/many/parts |',
      ],
      [
        'English',
        '| Feature | a rather long explanation in English that wraps | done | https://example.com/a/very/long/path/of/many/parts |',
      ],
    ] as const) {
      it(`are readable in ${language}`, async () => {
        await show(`| a | b | c | d |\n|---|---|---|---|\n${row}`, { width: 300 });
        const [, text = 0] = await widths();
        ok(text >= 8, String(text));
      });
    }

    it('are no wider than some forty characters, and as narrow as their words', async () => {
      await show(`| a | b |\n|---|---|\n| 1 | ${'word '.repeat(60)} |`, { width: 420 });
      const [first = 0, second = 0] = await widths();
      ok(second <= 30, String(second));
      ok(first <= 6, String(first));
    });
  });

  it('shows all spaces of code in a line', async () => {
    await show("输入 `a    b`，或 `printf 'x    y'`。\n\n| a |\n|---|\n| `x   y` |");
    deepStrictEqual(await answer.locator('code').allInnerTexts(), ['a    b', "printf 'x    y'", 'x   y']);
    const [four = 0, one = 0] = await answer
      .locator('code')
      .first()
      .evaluate((code) => {
        const before = code.getBoundingClientRect().width;
        code.textContent = 'a b';
        return [before, code.getBoundingClientRect().width] as readonly number[];
      });
    ok(four > one + 10);
  });

  const spaced: readonly (readonly [name: string, source: string, shown: readonly string[]])[] = [
    ['in a list', '- `a   b`\n- `c    d`', ['a   b', 'c    d']],
    ['in a heading', '## `git  log` 的输出', ['git  log']],
    ['in a quote', '> `x    y`', ['x    y']],
    ['in a link', '[`p   q`](https://example.com)', ['p   q']],
    ['in bold and italic words', '**`a   b`** и *`c  d`*', ['a   b', 'c  d']],
    ['between two marks', '``a   `b`   c``', ['a   `b`   c']],
    ['that are full width', '全角 `甲　　乙`', ['甲　　乙']],
    ['that are tabs', 'tab `a\t\tb`', ['a\t\tb']],
    ['of a table of numbers', 'cols `1   22    333`', ['1   22    333']],
    ['after Japanese words', '次の`名前    値`です', ['名前    値']],
    ['within a footnote', 'x[^1]\n\n[^1]: `k    v`', ['k    v']],
    ['less one at each end, as CommonMark says', '`` `a`  b ``', ['`a`  b']],
  ];
  for (const [name, source, shown] of spaced) {
    it(`shows all spaces of code in a line: ${name}`, async () => {
      await show(source);
      deepStrictEqual(await answer.locator('code').allInnerTexts(), shown);
    });
  }

  describe('direction', () => {
    for (const [source, expected] of [
      [
        'Here is the translation:\n\nمرحبا بالعالم، هذا اختبار (test).\n\n1. שלום עולם!',
        ['ltr', 'rtl', 'rtl'],
      ],
      ['שלום\n\nHello', ['rtl', 'ltr']],
      ['- אחת\n- two\n- 三', ['rtl', 'ltr', 'ltr']],
      ['# כותרת\n\n## Title', ['rtl', 'ltr']],
      ['| א | b |\n|---|---|\n| ג | د |', ['rtl', 'ltr', 'rtl', 'rtl']],
      ['> اقتباس\n\n> quote', ['rtl', 'ltr']],
      ['`npm install` מתקין חבילות', ['rtl']],
      ['123. מספר', ['rtl']],
      ['**مهم:** text', ['rtl']],
      ['هذا `code` هنا', ['rtl']],
      ['中文 שלום', ['ltr']],
      ['- [ ] משימה', ['rtl']],
      ['<details open>\n<summary>שאלה</summary>\n\nanswer\n\n</details>', ['rtl', 'ltr']],
    ] as const) {
      it(`is ${expected.join(', ')} in ${JSON.stringify(source)}`, async () => {
        await show(source);
        const found = await answer
          .locator(':is(.markdown-block:is(p, h3, h4), li, th, td, blockquote, summary, details > p)')
          .evaluateAll((blocks) => blocks.map((block) => getComputedStyle(block).direction));
        deepStrictEqual(found, expected);
      });
    }

    it('of code is always from left to right', async () => {
      await show('שלום `a.b(c)!`\n\n```\nשלום(x);\n```\n');
      const found = await answer
        .locator('code')
        .evaluateAll((codes) => codes.map((code) => getComputedStyle(code).direction));
      deepStrictEqual(found, ['ltr', 'ltr']);
    });

    it('puts the marker of an item where its text begins', async () => {
      await show('- אחת\n- two');
      const [right, left] = await answer.locator('li').evaluateAll((items) =>
        items.map((item) => {
          const { marginLeft, marginRight } = getComputedStyle(item);
          return [Number.parseFloat(marginLeft) > 0, Number.parseFloat(marginRight) > 0];
        }),
      );
      deepStrictEqual(
        [right, left],
        [
          [false, true],
          [true, false],
        ],
      );
    });
  });

  it('breaks lines where the source does', async () => {
    await show('床前明月光，\n疑是地上霜。\n\n- 一\n  二\n\n> 三\n> 四\n\n| a |\n|---|\n| 1<br>2 |\n');
    const lines = await answer
      .locator(':is(p, td)')
      .evaluateAll((blocks) =>
        blocks.map((block) =>
          Math.round(
            block.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(block).lineHeight),
          ),
        ),
      );
    deepStrictEqual(lines.slice(0, 3), [2, 2, 2]);
    ok((lines[3] ?? 0) >= 2);
    equal(await answer.locator('td').innerText(), '1\n2');
  });

  it('folds a part, and shows it when its title is pressed', async () => {
    await show('<details>\n<summary>答案</summary>\n\n内容**粗**\n\n</details>\n\n后');
    const content = answer.getByText('内容');
    equal(await content.isVisible(), false);
    await answer.getByText('答案').click();
    equal(await content.isVisible(), true);
    await answer.getByText('答案').press('Enter');
    equal(await content.isVisible(), false);
  });

  it('keeps a part unfolded while the answer goes on', async () => {
    ({ panel, answer } = await answers.open());
    await answers.happen(said('a1', '<details>\n<summary>答案</summary>\n\n内容'));
    await answer.getByText('答案').click();
    await panel.happen(said('a1', '更多\n\n第二段\n\n</details>\n\n后文'), ended('a1'));
    await panel.settle();
    equal(await answer.getByText('第二段').isVisible(), true);
  });
});
