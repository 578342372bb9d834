import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ChatWindow } from '../support/chatWindow';
import { screenshot } from '../support/screenshot';
import { quickInput, quickPickRows } from '../support/workbench';

/** VS Code's own menu, where a message is clicked with the second button of the mouse. */
describe('the context menu of a message', () => {
  let chat: ChatWindow;
  let page: Page;
  let workspace: string;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    chat = await ChatWindow.open(workspace);
    page = chat.page;
  });

  after(async () => {
    await chat.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await chat.newChat();
  });

  const item = (name: string): Locator => page.getByRole('menuitem', { name, exact: true });

  const prompt = (text: string): Locator =>
    chat.view.getByRole('article', { name: 'You' }).getByText(text, { exact: true });

  /** What the menu of `target` offers of Parley's, in its order. */
  async function menuOf(target: Locator): Promise<string[]> {
    await target.click({ button: 'right' });
    await item('Copy Message').waitFor();
    const names = await page.getByRole('menuitem').allInnerTexts();
    return names.map((name) => name.trim()).filter((name) => /Message|Fork|Regenerate/.test(name));
  }

  /** By the keyboard: for a moment after it has opened the menu takes no clicks. */
  async function choose(name: string): Promise<void> {
    await item(name).hover();
    await page.keyboard.press('Enter');
    await item(name).waitFor({ state: 'detached' });
  }

  it('must 9: copies the message that was clicked', async () => {
    await chat.askAndWait('What I asked');
    assert.deepEqual(await menuOf(prompt('What I asked')), ['Copy Message']);
    await choose('Copy Message');
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'What I asked');
  });

  it('delight 44: forks the chat from an answer', async () => {
    await chat.askAndWait('First');
    await chat.askAndWait('Second');
    const first = chat.view.getByRole('article', { name: 'gpt-4o' }).first();
    assert.deepEqual(await menuOf(first.getByText('Hello')), [
      'Copy Message',
      'Regenerate with Another Model',
      'Fork Chat from Here',
    ]);
    await screenshot(page, 'message-menu');
    await choose('Fork Chat from Here');
    await prompt('Second').waitFor({ state: 'detached' });
    assert.ok(await prompt('First').isVisible());
  });

  it('should 33: regenerates an answer with another model', async () => {
    await chat.askAndWait('Again, please');
    await menuOf(chat.answer().getByText('Hello'));
    await choose('Regenerate with Another Model');
    await quickInput(page).waitFor();
    await quickPickRows(page).filter({ hasText: 'gpt-5' }).first().click();
    await chat.answer('gpt-5').getByText('Hello there.').waitFor();
  });
});
