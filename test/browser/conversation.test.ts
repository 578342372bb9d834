import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import {
  composerFocused,
  openParley,
  panel,
  quickInput,
  quickPickRows,
  runCommand,
} from '../support/workbench';

describe('conversation', () => {
  let gateway: TestGateway;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;

  before(async () => {
    gateway = await TestGateway.start();
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [{ id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'loopback/gpt-4o',
      },
    });
    page = await vscode.page();
    view = await openParley(page);
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
  });

  async function ask(text: string): Promise<void> {
    await view.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
  }

  it('streams: the first words stand there before the answer is complete', async () => {
    gateway.behaviour.pieces = ['First words. ', '\n\n```ts\nconst a = 1;\n```\n'];
    gateway.behaviour.hangs = true;
    await ask('Stream, please');
    await view.getByRole('article', { name: 'gpt-4o' }).getByText('First words.').waitFor();
    await view.getByRole('button', { name: 'Stop' }).waitFor();
    await screenshot(page, 'streaming');
  });

  it('stops: the socket closes and what came stays', async () => {
    await view.getByRole('button', { name: 'Stop' }).click();
    await view.getByRole('button', { name: 'Send' }).waitFor();
    await view.getByRole('article', { name: 'gpt-4o' }).getByText('First words.').waitFor();
    await view.getByRole('status').filter({ hasText: 'Stopped' }).waitFor({ state: 'attached' });
    assert.equal(gateway.abandoned, 1);
    await screenshot(page, 'stopped');
  });

  it('stops with Escape as well', async () => {
    await ask('Once more');
    await view.getByRole('button', { name: 'Stop' }).waitFor();
    await page.keyboard.press('Escape');
    await view.getByRole('button', { name: 'Send' }).waitFor();
    gateway.behaviour.hangs = false;
  });

  it('is there again after a reload', async () => {
    gateway.behaviour.pieces = ['Kept ', 'for ', 'good.'];
    await ask('Will you be there?');
    await view.getByText('Kept for good.').waitFor();
    await view.getByRole('textbox', { name: 'Message' }).fill('A draft that is not lost');
    // A moment after the last key the draft is in its file, also if VS Code should be killed then.
    await page.waitForTimeout(1_000);
    await page.reload();
    // The view was open, so VS Code shows it again by itself.
    view = await panel(page);
    await view.getByText('Kept for good.').waitFor();
    await view.getByText('Will you be there?').waitFor();
    assert.equal(
      await view.getByRole('textbox', { name: 'Message' }).inputValue(),
      'A draft that is not lost',
    );
  });

  it('switches the model from the status bar, and each answer names its own', async () => {
    await page.getByRole('button', { name: 'Parley model: gpt-4o' }).click();
    await quickPickRows(page).filter({ hasText: 'gpt-5' }).first().waitFor();
    await screenshot(page, 'model-picker');
    await quickPickRows(page).filter({ hasText: 'gpt-5' }).first().click();
    await page.getByRole('button', { name: 'Parley model: gpt-5' }).waitFor();
    await ask('And you are?');
    await view.getByRole('article', { name: 'gpt-5' }).getByText('Kept for good.').waitFor();
    assert.equal(gateway.lastRequest.body.model, 'gpt-5');
    assert.equal(gateway.lastRequest.body.messages.at(0)?.content, 'Stream, please');
    await runCommand(page, 'Parley: Switch to Previous Model');
    await page.getByRole('button', { name: 'Parley model: gpt-4o' }).waitFor();
    await screenshot(page, 'two-models');
  });

  it('lists, renames, deletes and brings back', async () => {
    await runCommand(page, 'Parley: New Chat');
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    await composerFocused(page);
    await runCommand(page, 'Parley: Show Chat History');
    const row = quickPickRows(page).filter({ hasText: 'Stream, please' });
    await row.waitFor();
    await screenshot(page, 'history');
    await row.hover();
    await row.getByRole('button', { name: 'Rename' }).click();
    await page.locator('.quick-input-title').getByText('Rename Chat').waitFor();
    await quickInput(page).fill('A chat with a name');
    await page.keyboard.press('Enter');
    await runCommand(page, 'Parley: Show Chat History');
    const renamed = quickPickRows(page).filter({ hasText: 'A chat with a name' });
    await renamed.hover();
    await renamed.getByRole('button', { name: 'Delete' }).click();
    const deleted = renamed.filter({ hasText: 'deleted' });
    await deleted.waitFor();
    await screenshot(page, 'history-deleted');
    await page.keyboard.press('Escape');
    // Undo outlives the list.
    await runCommand(page, 'Parley: Show Chat History');
    await deleted.click();
    await view.getByText('Will you be there?').waitFor();
  });
});
