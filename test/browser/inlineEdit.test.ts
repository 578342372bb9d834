import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { chooseRow, openFile, placeCursor, quickInput, runCommand } from '../support/workbench';

const cart = `export function total(items) {
  let sum = 0;
  for (const item of items) {
    sum += item.price;
  }
  return sum;
}
`;

const style = `.card {
  colr: red;
}
`;

describe('an inline edit', () => {
  const window = withParley({
    settings: { 'files.autoSave': 'off' },
    files: async (workspace) => {
      await writeFile(join(workspace, 'cart.js'), cart);
      await writeFile(join(workspace, 'card.css'), style);
    },
  });

  it('streams into a diff, is refined in the same box, and is accepted hunk by hunk', async () => {
    const { page, gateway } = window;
    Object.assign(gateway.behaviour, {
      pieces: [
        'Here is the new loop:\n\n```js\nlet sum = 0;\n',
        'for (const { price, count } of items) {\n',
        '  sum += price * count;\n',
      ],
      hangs: true,
    });
    await openFile(page, 'cart.js');
    await placeCursor(page, 2, 1);
    for (let line = 0; line < 4; line++) await page.keyboard.press('Shift+ArrowDown');
    await editKey(page);
    await box(page, 'Edit cart.js, Lines 2–5').waitFor();
    await screenshot(page, 'inline-edit-box');
    await quickInput(page).fill('Use the count.');
    await page.keyboard.press('Enter');
    const proposed = page.locator('.editor.modified');
    await proposed.getByText('sum += price * count;').waitFor();
    // Rows that have not come stay as they are.
    await proposed.getByText('return sum;').waitFor();
    await screenshot(page, 'inline-edit-streams');
    const asked = gateway.lastRequest.body.messages.at(-1)?.content ?? '';
    assert.match(
      asked,
      /for these lines:\n```javascript\n {2}let sum = 0;\n {2}for [^]*The instruction: Use the count\.$/,
    );
    assert.equal(await readFile(join(window.workspace, 'cart.js'), 'utf8'), cart);

    Object.assign(gateway.behaviour, {
      pieces: ['```js\nlet sum = 1;\nfor (const item of items) {\n  sum += item.price * item.count;\n}\n```'],
      hangs: false,
    });
    await proposed.locator('.view-line').first().click();
    await editKey(page);
    await box(page, 'Refine the Edit of cart.js').waitFor();
    await page.getByRole('button', { name: 'Earlier Prompts' }).click();
    await chooseRow(page, 'Use the count.');
    await box(page, 'Refine the Edit of cart.js').waitFor();
    await holds(page, 'Use the count.');
    await quickInput(page).fill('Start at one.');
    await page.keyboard.press('Enter');
    await proposed.getByText('let sum = 1;').waitFor();
    const messages = gateway.lastRequest.body.messages.map(({ content }) => content);
    assert.match(messages.at(-2) ?? '', /sum \+= price \* count/);
    assert.match(messages.at(-1) ?? '', /^Start at one\./);
    await screenshot(page, 'inline-edit-refined');

    await placeCursor(page, 2, 1);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('y');
    await page.locator('.editor.original').getByText('let sum = 1;').waitFor();
    await placeCursor(page, 4, 1);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('n');
    await page.getByRole('tab', { name: /Proposed/ }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+S');
    await saved('cart.js', cart.replace('sum = 0', 'sum = 1'));
  });

  it('writes code at the cursor of an untitled file, from an answer with sentences and fences', async () => {
    const { page, gateway } = window;
    const code = 'export const one = 1;\nexport const two = 2;';
    const answer = `当然可以：\n\n\`\`\`ts\n${code}\n\`\`\`\n\nRun it:\n\n\`\`\`sh\nnode numbers.ts\n\`\`\`\n`;
    Object.assign(gateway.behaviour, { pieces: answer.split(/(?<=[：\n ])/), hangs: false });
    await runCommand(page, 'File: New Untitled Text File');
    await page.getByRole('tab', { name: /Untitled-1/ }).waitFor();
    await page.keyboard.type('// Numbers');
    await page.keyboard.press('Enter');
    await editKey(page);
    await box(page, 'Write Code in Untitled-1').waitFor();
    await quickInput(page).fill('写两个常量');
    await page.keyboard.press('Enter');
    await page.locator('.editor.modified').getByText('export const two = 2;').waitFor();
    await screenshot(page, 'inline-edit-untitled');
    const asked = gateway.lastRequest.body.messages.at(-1)?.content ?? '';
    assert.match(
      asked,
      /before the cursor:\n```plaintext\n\/\/ Numbers\n[^]*insert at the cursor[^]*写两个常量$/,
    );
    await runCommand(page, 'Parley: Accept Change');
    await page.getByRole('tab', { name: /Proposed/ }).waitFor({ state: 'detached' });
    const editor = page.locator('.editor-instance .view-lines');
    await editor.getByText('// Numbers').waitFor();
    await editor.getByText('export const two = 2;').waitFor();
    assert.equal(await editor.getByText('node numbers.ts').count(), 0);
  });

  it('fixes a problem from the light bulb, after the fixes of the language', async () => {
    const { page, gateway } = window;
    Object.assign(gateway.behaviour, { pieces: ['```css\n.card {\n  color: red;\n}\n```'], hangs: false });
    await openFile(page, 'card.css');
    await page.locator('.squiggly-warning').first().waitFor();
    await placeCursor(page, 2, 4);
    await page.keyboard.press('Control+.');
    const rows = page.locator('.action-widget .monaco-list-row');
    const fix = rows.filter({ hasText: 'Fix with Parley' });
    await fix.waitFor();
    await screenshot(page, 'light-bulb');
    const titles = await rows.allInnerTexts();
    const own = titles.findIndex((title) => title.includes("Rename to 'color'"));
    assert.ok(
      own !== -1 && own < titles.findIndex((title) => title.includes('Fix with Parley')),
      titles.join(),
    );
    await fix.click();
    await page.locator('.editor.modified').getByText('color: red;').waitFor();
    const asked = gateway.lastRequest.body.messages.at(-1)?.content ?? '';
    assert.match(asked, /card\.css:2:3 warning Unknown property: 'colr'/);
    await runCommand(page, 'Parley: Accept Change');
    await page.getByRole('tab', { name: /Proposed/ }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+S');
    await saved('card.css', style.replace('colr', 'color'));
  });

  /** Files reach the disk a moment after the key. */
  async function saved(name: string, expected: string): Promise<void> {
    let text = '';
    for (let attempt = 0; attempt < 100 && text !== expected; attempt++) {
      text = await readFile(join(window.workspace, name), 'utf8');
      await window.page.waitForTimeout(50);
    }
    assert.equal(text, expected);
  }
});

/** Presses the key of inline edits. */
async function editKey(page: Page): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
}

/** Waits until the open box holds a text. */
async function holds(page: Page, text: string): Promise<void> {
  const boxes = '.quick-input-widget input';
  await page.waitForFunction(
    ([selector, wanted]) =>
      [...document.querySelectorAll<HTMLInputElement>(selector)].some(({ value }) => value === wanted),
    [boxes, text] as const,
  );
}

/** The input box with this title. */
function box(page: Page, title: string): Locator {
  return page.locator('.quick-input-widget:visible').getByText(title);
}
