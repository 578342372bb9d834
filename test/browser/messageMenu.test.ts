import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { quickPickRows } from '../support/workbench';

/** VS Code's own context menu. */
describe('the context menu of a message', () => {
  const parley = withParley();

  const item = (name: string): Locator => parley.page.getByRole('menuitem', { name, exact: true });

  const prompt = (text: string): Locator =>
    parley.view.getByRole('article', { name: 'You' }).getByText(text, { exact: true });

  /** Parley's items in the menu of `target`, in their order. */
  async function menuOf(target: Locator): Promise<string[]> {
    await target.click({ button: 'right' });
    await item('Copy Message').waitFor();
    const names = await parley.page.getByRole('menuitem').allInnerTexts();
    return names.map((name) => name.trim()).filter((name) => /Message|Fork|Regenerate/.test(name));
  }

  /** Uses the keyboard, because a menu ignores clicks for a moment after it has opened. */
  async function choose(name: string): Promise<void> {
    await item(name).hover();
    await parley.page.keyboard.press('Enter');
    await item(name).waitFor({ state: 'detached' });
  }

  it('copies the message that was clicked', async () => {
    await parley.askAndWait('What I asked');
    assert.deepEqual(await menuOf(prompt('What I asked')), ['Copy Message']);
    await choose('Copy Message');
    await parley.page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'What I asked');
  });

  it('forks the chat from an answer', async () => {
    await parley.askAndWait('First');
    await parley.askAndWait('Second');
    const first = parley.view.getByRole('article', { name: 'gpt-4o' }).first();
    assert.deepEqual(await menuOf(first.getByText('Hello')), [
      'Copy Message',
      'Regenerate with Another Model',
      'Fork Chat from Here',
    ]);
    await screenshot(parley.page, 'message-menu');
    await choose('Fork Chat from Here');
    await prompt('Second').waitFor({ state: 'detached' });
    assert.ok(await prompt('First').isVisible());
  });

  it('regenerates an answer with another model', async () => {
    await parley.askAndWait('Again, please');
    const answer = parley.answer().getByText('Hello');
    const row = quickPickRows(parley.page).filter({ hasText: 'gpt-5' }).first();
    let isPicked = false;
    // VS Code returns the focus to the page after its menu has closed. On a slow machine, that closes the list of models.
    for (let attempt = 0; attempt < 5 && !isPicked; attempt++) {
      await menuOf(answer);
      await choose('Regenerate with Another Model');
      isPicked = await row.click({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    }
    assert.ok(isPicked);
    await parley.answer('gpt-5').getByText('Hello there.').waitFor();
  });
});
