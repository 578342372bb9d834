import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ChatWindow } from '../support/chatWindow';
import { screenshot } from '../support/screenshot';
import { quickInput, quickPickRows, runCommand } from '../support/workbench';

/** A picture of one red dot. */
const dot =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const twoBlocks = 'First:\n\n```ts\nconst one = 1;\n```\n\nThen:\n\n```py\ntwo = 2\n```\n';

describe('delight', () => {
  let chat: ChatWindow;
  let page: Page;
  let workspace: string;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    chat = await ChatWindow.open(workspace, { 'files.simpleDialog.enable': true });
    page = chat.page;
  });

  after(async () => {
    await chat.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await chat.newChat();
  });

  it('delight 39: Ctrl+F and the command find in the chat, and Escape gives the focus back', async () => {
    chat.gateway.behaviour.pieces = ['A pear, an apple and a pear.'];
    await chat.askAndWait('Name a pear');
    await chat.composer.focus();
    await page.keyboard.press('Control+F');
    const find = chat.view.getByRole('search', { name: 'Find in Chat' });
    await hasFocus(find.getByRole('textbox', { name: 'Find' }));
    await page.keyboard.type('pear');
    await find.getByText('1 of 3').waitFor();
    await page.keyboard.press('Enter');
    await find.getByText('2 of 3').waitFor();
    await page.keyboard.press('Shift+Enter');
    await find.getByText('1 of 3').waitFor();
    await screenshot(page, 'find-in-chat');
    await page.keyboard.press('Escape');
    await find.waitFor({ state: 'detached' });
    await hasFocus(chat.composer);
    await runCommand(page, 'Parley: Find in Chat');
    await hasFocus(find.getByRole('textbox', { name: 'Find' }));
    await page.keyboard.press('Escape');
    await find.waitFor({ state: 'detached' });
    await hasFocus(chat.composer);
  });

  it('delight 40: Alt+Shift+Up and Alt+Shift+Down go from code block to code block', async () => {
    chat.gateway.behaviour.pieces = [twoBlocks];
    await chat.askAndWait('Two blocks');
    const first = chat.answer().getByRole('group', { name: 'TypeScript' });
    const second = chat.answer().getByRole('group', { name: 'Python' });
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await hasFocus(first);
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await hasFocus(second);
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await hasFocus(second);
    await page.keyboard.press('Alt+Shift+ArrowUp');
    await hasFocus(first);
  });

  it('delight 41: Alt+Up and Alt+Down go from prompt to prompt', async () => {
    for (const prompt of ['One', 'Two', 'Three']) await chat.askAndWait(prompt);
    const prompts = chat.view.getByRole('article', { name: 'You' });
    const focused = prompts.and(chat.view.locator(':focus'));
    await page.keyboard.press('Alt+ArrowUp');
    await focused.waitFor();
    const last = Number(await focused.getAttribute('aria-posinset'));
    await page.keyboard.press('Alt+ArrowUp');
    await hasFocus(chat.view.locator(`.prompt[aria-posinset="${last - 2}"]`));
    await page.keyboard.press('Alt+ArrowDown');
    await hasFocus(chat.view.locator(`.prompt[aria-posinset="${last}"]`));
  });

  it('delight 42: the last answer is copied by a command', async () => {
    await chat.askAndWait('The first');
    chat.gateway.behaviour.pieces = ['It is **so**.'];
    await chat.askAndWait('The second');
    await runCommand(page, 'Parley: Copy Last Answer');
    await chat.composer.click();
    // The clipboard is written after the command's list has closed.
    for (let attempt = 0; attempt < 20 && (await chat.composer.inputValue()) === ''; attempt++) {
      await page.keyboard.press('Control+V');
      await page.waitForTimeout(100);
    }
    assert.equal((await chat.composer.inputValue()).trim(), 'It is **so**.');
  });

  it('delight 43: a chat is exported as Markdown and as JSON, and imported again', async () => {
    chat.gateway.behaviour.pieces = ['It is **blue**.'];
    await chat.askAndWait('What colour is the sky?');
    for (const name of ['sky.md', 'sky.json']) {
      const file = join(workspace, name);
      await runCommand(page, 'Parley: Export Chat');
      // The dialog proposes a name, after a moment.
      await page.waitForFunction(() =>
        [...document.querySelectorAll('input')].some(({ value }) => value.endsWith('.md')),
      );
      await quickInput(page).fill(file);
      await page.keyboard.press('Enter');
      await page.getByText(`Exported to ${file}`).first().waitFor({ state: 'attached' });
      assert.match(await readFile(file, 'utf8'), /What colour is the sky\?[^]*It is \*\*blue\*\*\./);
    }
    await chat.newChat();
    await runCommand(page, 'Parley: Import Chat');
    await quickPickRows(page).filter({ hasText: 'sky.json' }).click();
    await chat.view.getByRole('article', { name: 'You' }).getByText('What colour is the sky?').waitFor();
    await chat.answer().getByText('blue').waitFor();
  });

  it('delight 44: a chat is forked at an answer, and the first stays as it was', async () => {
    await chat.askAndWait('Where it begins');
    chat.gateway.behaviour.pieces = ['The way on.'];
    await chat.askAndWait('And then?');
    const first = chat.view.getByRole('article', { name: 'gpt-4o' }).first();
    await first.hover();
    await first.getByRole('button', { name: 'More' }).click();
    await chat.view.getByRole('menuitem', { name: 'Fork from Here' }).click();
    await chat.view.getByText('The way on.').waitFor({ state: 'detached' });
    assert.equal(await chat.view.getByRole('article').count(), 2);
    await chat.askAndWait('Another way');
    assert.doesNotMatch(chat.lastAsked, /And then/);
    assert.match(chat.lastAsked, /Where it begins/);
    await chat.view.getByRole('button', { name: 'History' }).click();
    await chat.view.getByRole('searchbox').fill('And then');
    await screenshot(page, 'history-of-fork');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await chat.answer().getByText('The way on.').waitFor();
    await chat.view.getByText('Another way').waitFor({ state: 'detached' });
  });

  it('delight 46: every message says when it came, and an answer how long it took', async () => {
    const before = Date.now();
    await chat.askAndWait('When?');
    for (const name of ['You', 'gpt-4o']) {
      const message = chat.view.getByRole('article', { name });
      await message.hover();
      const time = message.locator('time');
      await time.waitFor();
      const at = Date.parse((await time.getAttribute('datetime')) ?? '');
      assert.ok(at >= before && at <= Date.now(), `${name}: ${at}`);
      await time.hover();
      assert.match((await time.getAttribute('title')) ?? '', /\d{4}.*:\d\d:\d\d/);
    }
    await chat
      .answer()
      .getByText(/^(< 1|[\d.]+) s$/)
      .waitFor();
    assert.equal(await chat.answer().getByText('0 s', { exact: true }).count(), 0);
  });

  it('delight 48: "?" and the command show the shortcuts, but in the composer "?" is a letter', async () => {
    await chat.askAndWait('Hello');
    const sheet = chat.view.getByRole('dialog', { name: 'Keyboard Shortcuts' });
    await chat.composer.press('?');
    assert.equal(await chat.composer.inputValue(), '?');
    assert.equal(await sheet.count(), 0);
    await page.keyboard.press('Alt+ArrowUp');
    const prompt = chat.view.getByRole('article', { name: 'You' });
    await hasFocus(prompt);
    await page.keyboard.press('?');
    await sheet.getByText('Next Code Block').waitFor();
    await screenshot(page, 'shortcuts');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await hasFocus(prompt);
    await runCommand(page, 'Parley: Show Keyboard Shortcuts');
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await chat.view.locator(':focus').waitFor();
  });

  it('delight 49: a picture from the model is enlarged, and Escape closes it', async () => {
    chat.gateway.behaviour.pictures = [dot];
    await chat.askAndWait('Draw a dot');
    const open = chat.answer().getByRole('button', { name: /^Enlarge/ });
    await open.click();
    const dialog = chat.view.getByRole('dialog');
    await dialog.getByRole('img').waitFor();
    await screenshot(page, 'enlarged-picture');
    assert.equal(await dialog.getByRole('button', { name: /^Save/ }).count(), 1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await hasFocus(open);
  });

  it('delight 50: the lines of a code block wrap, and no longer when asked again', async () => {
    chat.gateway.behaviour.pieces = [`\`\`\`ts\nconst words = '${'word '.repeat(60)}';\n\`\`\`\n`];
    await chat.askAndWait('A long line');
    const block = chat.answer().getByRole('group', { name: 'TypeScript' });
    const low = await heightOf(block);
    await pressWrap(block);
    await page.waitForTimeout(100);
    const high = await heightOf(block);
    assert.ok(high > low + 40, `${low} → ${high}`);
    await screenshot(page, 'wrapped-lines');
    await pressWrap(block);
    await page.waitForTimeout(100);
    assert.equal(await heightOf(block), low);
  });

  /** In a narrow panel the button is in the menu. */
  async function pressWrap(block: Locator): Promise<void> {
    await block.hover();
    const direct = block.getByRole('button', { name: 'Wrap Lines' });
    if (await direct.isVisible()) {
      await direct.click();
      return;
    }
    await block.getByRole('button', { name: 'More' }).click();
    await chat.view.getByRole('menuitemcheckbox', { name: 'Wrap Lines' }).click();
  }

  async function heightOf(block: Locator): Promise<number> {
    return (await block.boundingBox())?.height ?? 0;
  }

  /** Waits until it has the focus. */
  async function hasFocus(target: Locator): Promise<void> {
    await target.and(chat.view.locator(':focus')).waitFor();
  }
});
