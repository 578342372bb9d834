import { equal, ok } from 'node:assert/strict';
import { type PanelPage } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

describe('a selection that is copied', () => {
  const panels = new TestPanels();
  let panel: PanelPage;

  async function show(text: string): Promise<void> {
    panel = await panels.open({ width: 420, height: 1200 });
    await panel.show(
      conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', text), ended('a1')),
    );
    // What copies is loaded when the page is idle.
    await panel.page.waitForLoadState('networkidle');
    await panel.settle();
  }

  /** Selects from a place to another and copies; the whole answer without them. */
  async function copy(from?: string, to?: string): Promise<{ text: string; html: string }> {
    return await panel.page.evaluate(
      ([start, end]) => {
        const root = document.querySelector('.answer .markdown, .markdown');
        if (root === null) throw new Error('No answer.');
        const range = document.createRange();
        range.selectNodeContents(root);
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
          if (start !== undefined && node.data.includes(start))
            range.setStart(node, node.data.indexOf(start));
          if (end !== undefined && node.data.includes(end))
            range.setEnd(node, node.data.indexOf(end) + end.length);
        }
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
        const clipboardData = new DataTransfer();
        const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
        root.dispatchEvent(event);
        return { text: clipboardData.getData('text/plain'), html: clipboardData.getData('text/html') };
      },
      [from, to] as const,
    );
  }

  const whole: readonly (readonly [name: string, source: string, copied: string])[] = [
    [
      'code without its header',
      '先装：\n\n```bash\nnpm i\n```\n\n再看这里。',
      '先装：\n\nnpm i\n\n再看这里。',
    ],
    ['two code blocks', '```ts\nlet a;\n\n  b();\n```\n\n```\nx\n```\n', 'let a;\n\n  b();\n\nx'],
    [
      'code between items',
      '1. 甲\n\n   ```sh\n   ls -l\n   cd\n   ```\n2. 乙',
      '1. 甲\n\n   ls -l\n   cd\n\n2. 乙',
    ],
    ['lists with their numbers', '98. 九八\n99. 九九\n100. 一百', '98. 九八\n99. 九九\n100. 一百'],
    ['lists in lists', '- 一\n  - 二\n    1. 三\n- 四', '- 一\n  - 二\n    1. 三\n- 四'],
    ['tasks', '- [x] 已办\n- [ ] **待办**', '- [x] 已办\n- [ ] 待办'],
    ['tables with tabs', '| 甲 | 乙 |\n|---|---|\n| 1 | `a|b` |\n| 2<br>3 | |', '甲\t乙\n1\ta|b\n2 3\t'],
    ['lines', '床前明月光，\n疑是地上霜。\n\n第二段<br>新行', '床前明月光，\n疑是地上霜。\n\n第二段\n新行'],
    ['the spaces of code', '输入 `a    b`，或 `x  y`。', '输入 a    b，或 x  y。'],
    ['the spaces of code at the beginning of a line', '`a   b` ist so', 'a   b ist so'],
    ['the spaces of a command', 'Run `ls   -l    dir` now.', 'Run ls   -l    dir now.'],
    ['the spaces of code in a list', '- `x   y`\n- `z`', '- x   y\n- z'],
    ['the spaces of code in a heading', '## `a  b` 的用法', 'a  b 的用法'],
    ['the spaces of code in a cell', '| 甲 |\n|---|\n| `x   y` |', '甲\nx   y'],
    ['the spaces of bold code', '**`a   b`** и *`c  d`*', 'a   b и c  d'],
    ['the spaces of code in a quote', '> `p    q`', 'p    q'],
    ['the spaces of code with two marks', '写 ``a   `b`   c``。', '写 a   `b`   c。'],
    ['the spaces of a regular expression', '`/^ {2,}a  b/` を使う', '/^ {2,}a  b/ を使う'],
    ['the spaces of code in a link', '[`a   b`](https://example.com)', 'a   b'],
    ['one space where words have several', 'a    b', 'a b'],
    ['headings and rules', '# 标题\n\n段\n\n---\n\n## 二', '标题\n\n段\n\n---\n\n二'],
    ['formulas as written', '设 $x^2$ 与\n\n$$\ny = 1\n$$\n\n完', '设 $x^2$ 与\n\n$$\ny = 1\n$$\n\n完'],
    ['quotes', '> 引用\n> 二\n\n后', '引用\n二\n\n后'],
    [
      'the title of a folded part',
      '<details>\n<summary>答案</summary>\n\n藏着\n\n</details>\n\n后',
      '答案\n\n后',
    ],
    ['an unfolded part', '<details open>\n<summary>答案</summary>\n\n可见\n\n</details>', '答案\n\n可见'],
    ['references of footnotes', '文[^1]。\n\n[^1]: 注', '文[^1]。\n\n1. 注'],
    ['marks', 'H<sub>2</sub>O **粗** ~~删~~ <kbd>Ctrl</kbd>', 'H2O 粗 删 Ctrl'],
    [
      'a diagram as its source',
      '图：\n\n```mermaid\nflowchart LR\n  A --> B\n```\n',
      '图：\n\nflowchart LR\n  A --> B',
    ],
    ['other directions', 'שלום עולם!\n\n1. מרחבا', 'שלום עולם!\n\n1. מרחבا'],
  ];

  for (const [name, source, copied] of whole) {
    it(`keeps ${name}`, async () => {
      await show(source);
      if (name.includes('diagram')) await panel.page.getByRole('img', { name: 'Diagram' }).waitFor();
      if (name.includes('formulas')) await panel.page.locator('math').nth(1).waitFor({ state: 'attached' });
      equal((await copy()).text, copied);
    });
  }

  it('is as long as what is selected', async () => {
    await show('前文一二三。\n\n1. 甲乙丙\n2. 丁戊己\n\n```\nline one\nline two\n```\n');
    equal((await copy('二三', '乙')).text, '二三。\n\n1. 甲乙');
    equal((await copy('乙丙', '丁戊')).text, '乙丙\n2. 丁戊');
    equal((await copy('丁戊', 'line one')).text, '2. 丁戊己\n\nline one');
    equal((await copy('one', 'line two')).text, 'one\nline two');
    equal((await copy('甲乙', '乙')).text, '甲乙');
  });

  it('has the same as HTML, without buttons, names of languages and what answers are made of', async () => {
    await show('前 **粗**\n\n```ts\nlet a;\n```\n\n| a |\n|---|\n| 1 |');
    const { html } = await copy();
    ok(html.includes('<strong>粗</strong>') && html.includes('<td') && html.includes(' a;'), html);
    ok(!/button|TypeScript|class=/.test(html), html);
  });

  it('is copied by the keyboard', async () => {
    await show('先装：\n\n```bash\nnpm i\n```\n\n再看这里。');
    await copy();
    await panel.leaveComposer();
    await panel.page.keyboard.press('Control+C');
    await panel.composer.focus();
    await panel.page.keyboard.press('Control+V');
    equal(await panel.composer.inputValue(), '先装：\n\nnpm i\n\n再看这里。');
  });

  it('is left to the browser in a text field', async () => {
    await show('文');
    await panel.composer.fill('草稿');
    await panel.composer.selectText();
    await panel.page.keyboard.press('Control+C');
    await panel.composer.fill('');
    await panel.page.keyboard.press('Control+V');
    equal(await panel.composer.inputValue(), '草稿');
  });
});
