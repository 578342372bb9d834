import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { runCommand } from '../support/workbench';

describe('the walkthrough', () => {
  const parley = withParley({ newChats: false });

  before(async () => {
    await parley.page.setViewportSize({ width: 1_500, height: 850 });
  });

  const step = (title: string): Locator =>
    parley.page
      .locator('.getting-started-step')
      .filter({ has: parley.page.getByText(title, { exact: true }) });
  const tick = (title: string): Locator => step(title).locator('.codicon-getting-started-step-checked');

  it('checks the steps that were done before it was opened, and a step that is done while it is open', async () => {
    await parley.askAndWait('Hello');
    await runCommand(parley.page, 'Parley: Open Walkthrough');
    await tick('Choose a gateway').waitFor();
    await tick('Send a prompt').waitFor();
    assert.equal(await tick('Explain code').count(), 0);
    await runCommand(parley.page, 'Parley: Explain Selection');
    await tick('Explain code').waitFor();
  });

  it('displays a picture for each step in the colours of the theme', async () => {
    await runCommand(parley.page, 'Parley: Open Walkthrough');
    for (const title of ['Choose a gateway', 'Send a prompt', 'Explain code', 'Switch and compare models']) {
      await step(title).click();
      const ground = parley.page
        .frameLocator('.getting-started-media iframe')
        .frameLocator('iframe#active-frame')
        .locator('svg rect')
        .first();
      await ground.waitFor();
      const fill = await ground.evaluate((rect) => getComputedStyle(rect).fill);
      assert.match(fill, /^rgb/, `${title}: ${fill}`);
      await screenshot(parley.page, `walkthrough-${title.toLowerCase().replaceAll(' ', '-')}`);
    }
  });
});
