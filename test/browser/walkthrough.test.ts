import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ChatWindow } from '../support/chatWindow';
import { screenshot } from '../support/screenshot';
import { runCommand } from '../support/workbench';

describe('the walkthrough', () => {
  let chat: ChatWindow;
  let page: Page;
  let workspace: string;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    chat = await ChatWindow.open(workspace);
    ({ page } = chat);
    await page.setViewportSize({ width: 1_500, height: 850 });
  });

  after(async () => {
    await chat.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  const step = (title: string): Locator =>
    page.locator('.getting-started-step').filter({ has: page.getByText(title, { exact: true }) });
  const tick = (title: string): Locator => step(title).locator('.codicon-getting-started-step-checked');

  it('ticks what was done before it is opened, and a step that is done with it open', async () => {
    await chat.askAndWait('Hello');
    await runCommand(page, 'Parley: Open Walkthrough');
    await tick('Choose a gateway').waitFor();
    await tick('Send a prompt').waitFor();
    assert.equal(await tick('Explain code').count(), 0);
    await runCommand(page, 'Parley: Explain Selection');
    await tick('Explain code').waitFor();
  });

  it('has a picture for each step, drawn in the colours of the theme', async () => {
    await runCommand(page, 'Parley: Open Walkthrough');
    for (const title of ['Choose a gateway', 'Send a prompt', 'Explain code', 'Switch and compare models']) {
      await step(title).click();
      const ground = page
        .frameLocator('.getting-started-media iframe')
        .frameLocator('iframe#active-frame')
        .locator('svg rect')
        .first();
      await ground.waitFor();
      const fill = await ground.evaluate((rect) => getComputedStyle(rect).fill);
      assert.match(fill, /^rgb/, `${title}: ${fill}`);
      await screenshot(page, `walkthrough-${title.toLowerCase().replaceAll(' ', '-')}`);
    }
  });
});
