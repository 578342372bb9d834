import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import { openMarkdownPage } from './markdownPage';

describe('The Markdown view', function () {
  this.timeout(30_000);
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];

  before(async () => {
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    page = await openMarkdownPage(browser);
    requests.length = 0;
    page.on('request', (request) => {
      if (!request.url().startsWith('http://markdown.test/')) requests.push(request.url());
    });
  });

  afterEach(async () => {
    await page.close();
  });

  /** Renders pieces; the view stays open unless `end` is set. */
  async function render(pieces: readonly string[], end = true): Promise<void> {
    await page.evaluate(
      async ([texts, isEnd]) => {
        const view = window.markdown.createView(60);
        for (const text of texts) view.append(text);
        if (isEnd) view.end();
        if (isEnd) await window.markdown.settled();
      },
      [pieces, end] as const,
    );
  }

  async function asked(): Promise<string[]> {
    return await page.evaluate(() => window.markdown.asked);
  }

  it('opens web and mail links through the host, and leaves others dead', async () => {
    await render([
      '[web](https://example.org/a) [mail](mailto:a@b.c) [cmd](command:quit) [js](javascript:alert(1)) [file](src/a.ts)',
    ]);
    await page.getByText('web', { exact: true }).click();
    await page.getByText('web', { exact: true }).click({ button: 'middle' });
    await page.getByRole('link', { name: 'mail' }).focus();
    await page.keyboard.press('Enter');
    for (const name of ['cmd', 'js', 'file']) await page.getByText(name, { exact: true }).click();
    assert.deepEqual(await asked(), [
      'open https://example.org/a',
      'open https://example.org/a',
      'open mailto:a@b.c',
    ]);
    assert.equal(await page.getByRole('link').count(), 2);
    assert.equal(await page.getByText('cmd').getAttribute('title'), 'command:quit');
    assert.equal(page.url(), 'http://markdown.test/');
  });

  it('brings thousands of footnotes into their place: each compared with each would take a minute', async () => {
    const notes = Array.from({ length: 8_000 }, (_, index) => `[^${index}]`);
    await render([`${notes.join(' ')}\n\n${notes.map((note) => `${note}: x\n`).join('\n')}`]);
    assert.equal(await page.locator('.footnotes > ol > li').count(), 8_000);
    assert.equal(await page.locator('.footnote-reference').last().textContent(), '8000');
  });

  it('never makes markup of what the model wrote, but for a few tags without their attributes', async () => {
    await render([
      '<img src=x onerror=alert(1)> <b onclick="alert(1)" style="color:red">b</b>\n\n<script>1</script>\n\n```html\n<i>i</i>\n```\n\n<details onclick="x" open><summary class="y">t</summary>c</details>\n',
    ]);
    assert.equal(await page.locator('.markdown :is(img, script, i)').count(), 0);
    assert.match(await page.locator('.markdown').innerText(), /<img src=x onerror=alert\(1\)> b\n/);
    for (const name of ['b', 'details', 'summary']) {
      const names = await page.locator(`.markdown ${name}`).evaluate((found) => found.getAttributeNames());
      assert.deepEqual(
        names.filter((attribute) => !['class', 'dir', 'open'].includes(attribute)),
        [],
      );
      assert.equal(await page.locator(`.markdown ${name}.y`).count(), 0);
    }
  });

  it('shows a picture as a link with its host, and loads nothing', async () => {
    await render(['![A chart](https://example.org/chart.png) ![](data:image/png;base64,AAAA)']);
    await page.getByRole('link', { name: 'A chart (example.org)' }).click();
    assert.deepEqual(await asked(), ['open https://example.org/chart.png']);
    assert.deepEqual(requests, []);
  });

  it('copies and inserts exactly the code between the fences', async () => {
    await render(['```ts\nlet a;\n\n  // `x` <b>\n', '```\n\n> ```\n> quoted\n> ```\n']);
    const block = page.getByRole('group', { name: 'TypeScript' });
    await block.getByRole('button', { name: 'Copy Code' }).click();
    await block.getByRole('button', { name: 'Copied' }).waitFor();
    await block.getByRole('button', { name: 'Insert at Cursor' }).click();
    await page.getByRole('group', { name: 'Code' }).getByRole('button', { name: 'Copy Code' }).click();
    const code = 'let a;\n\n  // `x` <b>';
    assert.deepEqual(await asked(), [`copy ${code}`, `insert ${code}`, 'copy quoted']);
    await block.getByRole('button', { name: 'Copy Code' }).waitFor();
  });

  it('gives the code of a selection back line by line, over groups of lines', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
    await render(['```ts\n', ...lines.map((line) => `${line}\n`), '```\n']);
    const selected = await page.evaluate(() => {
      const code = document.querySelector('pre code');
      if (code !== null) getSelection()?.selectAllChildren(code);
      return getSelection()?.toString();
    });
    assert.equal(selected?.trimEnd(), lines.join('\n'));
  });

  it('colours lines as they close, while the fence is open', async () => {
    await render(['```ts\nlet warm = 1;\n```\n']);
    await render(['```ts\nconst text = `a\n', 'b` + 1;\nconst unfin'], false);
    const html = await page.locator('pre').last().innerHTML();
    assert.match(
      html,
      /<span class="hljs-keyword">const<\/span> text = <span class="hljs-string">`a\n<\/span>/,
    );
    assert.match(html, /<span class="hljs-string">b`<\/span> \+ <span class="hljs-number">1<\/span>/);
    assert.match(html, /const unfin<\/span>/);
  });

  it('colours code that came before the highlighter was there', async () => {
    await render(['```python\ndef f():\n', '    return 1\n'], false);
    await page.locator('.hljs-keyword', { hasText: 'return' }).waitFor();
  });

  it('colours a very long block, up to a limit', async () => {
    const line = 'const value = "text";\n';
    await render([`\`\`\`js\n${line.repeat(10_000)}\`\`\`\n`]);
    const groups = page.locator('.code-lines');
    assert.ok((await groups.nth(20).locator('.hljs-keyword').count()) > 0);
    assert.equal(await groups.last().locator('span').count(), 0);
  });

  it('makes tasks labelled checkboxes that cannot be changed', async () => {
    await render(['- [x] written *well*\n- [ ] tested\n- [y] no task\n']);
    assert.equal(await page.getByRole('checkbox').count(), 2);
    assert.ok(await page.getByRole('checkbox', { name: 'written well' }).isChecked());
    assert.ok(await page.getByRole('checkbox', { name: 'tested' }).isDisabled());
  });

  it('puts headings below those of the panel', async () => {
    await render(['# One\n\n## Two\n\nThree\n===\n\n##### Five\n']);
    const levels = await page
      .locator(':is(h1, h2, h3, h4, h5, h6)')
      .evaluateAll((headings) => headings.map(({ tagName }) => tagName));
    assert.deepEqual(levels, ['H3', 'H4', 'H3', 'H6']);
  });

  it('never touches a closed block again', async () => {
    const changes = await page.evaluate(() => {
      const view = window.markdown.createView();
      view.append('First *paragraph*.\n\n- a\n- b\n\n| a |\n|---|\n| 1 |\n\nOpen');
      const closed = [...view.element.querySelectorAll('.markdown-block')].slice(0, 3);
      const observer = new MutationObserver(() => undefined);
      for (const block of closed) {
        observer.observe(block, { childList: true, subtree: true, attributes: true, characterData: true });
      }
      view.append(' paragraph.\n\n```js\nlet a;\n```\n\nmore');
      view.append(' text, [undefined] too.\n');
      view.end();
      return observer.takeRecords().length + closed.filter(({ isConnected }) => !isConnected).length;
    });
    assert.equal(changes, 0);
  });

  it('keeps a selection in the paragraph that is still growing', async () => {
    const selected = await page.evaluate(() => {
      const view = window.markdown.createView();
      view.append('Some **bold** words');
      const bold = view.element.querySelector('strong');
      if (bold !== null) getSelection()?.selectAllChildren(bold);
      view.append(' and **more');
      view.append(' words** to\ncome');
      return getSelection()?.toString();
    });
    assert.equal(selected, 'bold');
  });

  it('gives a long paragraph the size and the selected text of one block of lines', async () => {
    const lines = Array.from({ length: 120 }, (_, index) => `line ${index} of **many**, with \`code\``);
    await render(lines.map((line) => `${line}\n`));
    const paragraph = page.locator('p');
    const look = async (): Promise<{ readonly height: number | undefined; readonly text: string }> => ({
      height: (await paragraph.boundingBox())?.height,
      text: await paragraph.evaluate((element) => {
        getSelection()?.selectAllChildren(element);
        return String(getSelection());
      }),
    });
    const inGroups = await look();
    assert.ok((await page.locator('.markdown-lines').count()) > 1);
    await page.addStyleTag({ content: '.markdown-lines { display: inline }' });
    assert.deepEqual(inGroups, await look());
    assert.equal(inGroups.text.split('\n').length, lines.length);
  });

  it('shows the words after a long table while they come', async () => {
    const rows = Array.from({ length: 130 }, (_, index) => `| ${index} | b | c |\n`);
    await render(['| a | b | c |\n|---|---|---|\n', ...rows, '| half', ' a row'], false);
    assert.equal(await page.getByRole('row').count(), 131);
    await render(['| a | b | c |\n|---|---|---|\n', ...rows, '\n', 'The words', ' after it'], false);
    await page.getByText('The words after it', { exact: true }).waitFor();
  });

  it('does not flash markers that are still being written', async () => {
    await render(['Some **bold te'], false);
    assert.equal(await page.locator('.markdown').innerText(), 'Some bold te');
    assert.equal(await page.locator('strong').innerText(), 'bold te');
  });

  it('resolves references that are defined at the end, in every kind of block', async () => {
    const items = '- [item][late]\n'.repeat(12);
    const rows = '| [cell][late] |\n'.repeat(12);
    await render(
      Array.from(
        `[late] and more words to make it long, then [some *text][late]*\n\n${items}\n| a |\n|---|\n${rows}\n[late]: https://example.org/late\n`,
      ),
    );
    assert.equal(await page.locator('a[href="https://example.org/late"]').count(), 26);
  });

  it('lets the keyboard scroll code and tables that are too wide, and only those', async () => {
    await page.setViewportSize({ width: 300, height: 600 });
    await render([
      `\`\`\`\n${'wide '.repeat(40)}\n\`\`\`\n\n\`\`\`\nshort\n\`\`\`\n\n| ${'x'.repeat(100)} |\n|---|\n`,
    ]);
    await page.locator('pre[tabindex="0"]').waitFor();
    await page.locator('.markdown-table[tabindex="0"]').waitFor();
    assert.equal(await page.locator('pre[tabindex]').count(), 1);
    await page.locator('pre').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => (document.querySelector('pre')?.scrollLeft ?? 0) > 0);
  });
});
