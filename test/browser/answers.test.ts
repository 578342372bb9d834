import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { withParley } from '../support/withParley';
import { screenshot } from '../support/screenshot';
import { clickOnBlock, runCommand } from '../support/workbench';

/** A picture of one red dot. */
const dot =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

describe('a complete answer', () => {
  const parley = withParley();

  it('names a code block by its language, and copies it', async () => {
    parley.gateway.behaviour.pieces = ['So:\n\n```ts\nconst a = 1;\n', 'const b = 2;\n```\n'];
    await parley.askAndWait('Code, please');
    const block = parley.answer().getByRole('group', { name: 'TypeScript' });
    assert.ok(await block.getByText('TypeScript').isVisible());
    await block.getByRole('button', { name: 'Copy Code' }).click();
    await block.getByRole('button', { name: 'Copied' }).waitFor();
    await parley.pasted('const a = 1;\nconst b = 2;');
  });

  it('wraps the lines of a code block, and unwraps them', async () => {
    parley.gateway.behaviour.pieces = [`\`\`\`ts\nconst words = '${'word '.repeat(60)}';\n\`\`\`\n`];
    await parley.askAndWait('A long line');
    const block = parley.answer().getByRole('group', { name: 'TypeScript' });
    const low = await heightOf(block);
    await clickOnBlock(block, 'Wrap Lines');
    await parley.page.waitForTimeout(100);
    const high = await heightOf(block);
    assert.ok(high > low + 40, `${low} → ${high}`);
    await screenshot(parley.page, 'wrapped-lines');
    await clickOnBlock(block, 'Wrap Lines');
    await parley.page.waitForTimeout(100);
    assert.equal(await heightOf(block), low);
  });

  it('is copied as Markdown', async () => {
    parley.gateway.behaviour.pieces = ['It is **so**:\n\n- one\n- two\n'];
    await parley.askAndWait('Markdown, please');
    await parley.answer().hover();
    await parley.answer().getByRole('button', { name: 'Copy', exact: true }).click();
    await parley.answer().getByTitle('Copied').waitFor();
    await parley.pasted('It is **so**:\n\n- one\n- two');
  });

  it('is copied by the command Copy Last Answer', async () => {
    await parley.askAndWait('The first');
    parley.gateway.behaviour.pieces = ['It is **so**.'];
    await parley.askAndWait('The second');
    await runCommand(parley.page, 'Parley: Copy Last Answer');
    await parley.pasted('It is **so**.');
  });

  it('displays when it came and how long it took', async () => {
    const before = Date.now();
    await parley.askAndWait('When?');
    for (const name of ['You', 'gpt-4o']) {
      const message = parley.view.getByRole('article', { name });
      await message.hover();
      const time = message.locator('time');
      await time.waitFor();
      const at = Date.parse((await time.getAttribute('datetime')) ?? '');
      assert.ok(at >= before && at <= Date.now(), `${name}: ${at}`);
      await time.hover();
      assert.match((await time.getAttribute('title')) ?? '', /\d{4}.*:\d\d:\d\d/);
    }
    await parley
      .answer()
      .getByText(/^(< 1|[\d.]+) s$/)
      .waitFor();
    assert.equal(await parley.answer().getByText('0 s', { exact: true }).count(), 0);
  });

  it('enlarges its picture, and Escape closes the picture', async () => {
    parley.gateway.behaviour.pictures = [dot];
    await parley.askAndWait('Draw a dot');
    const open = parley.answer().getByRole('button', { name: /^Enlarge/ });
    await open.click();
    const dialog = parley.view.getByRole('dialog');
    await dialog.getByRole('img').waitFor();
    await screenshot(parley.page, 'enlarged-picture');
    assert.equal(await dialog.getByRole('button', { name: /^Save/ }).count(), 1);
    await parley.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await parley.focused(open);
  });

  async function heightOf(block: Locator): Promise<number> {
    return (await block.boundingBox())?.height ?? 0;
  }
});
