import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { withParley } from '../support/withParley';
import { screenshot } from '../support/screenshot';
import { quickInput, quickPickRows, runCommand } from '../support/workbench';

describe('the models', () => {
  const parley = withParley();

  it('are switched from the status bar, and each answer names its own', async () => {
    await parley.askAndWait('Who are you?');
    await parley.page.getByRole('button', { name: 'Parley model: gpt-4o' }).click();
    await parley.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: 'gpt-5' })
      .first()
      .click();
    await parley.page.getByRole('button', { name: 'Parley model: gpt-5' }).waitFor();
    await parley.ask('And you?');
    await parley.answer('gpt-5').getByText('Hello there.').waitFor();
    assert.ok(await parley.answer('gpt-4o').getByText('gpt-4o').first().isVisible());
    assert.ok(await parley.answer('gpt-5').getByText('gpt-5').first().isVisible());
    await runCommand(parley.page, 'Parley: Switch to Previous Model');
    await parley.page.getByRole('button', { name: 'Parley model: gpt-4o' }).waitFor();
  });

  it('have a meter that displays the used tokens of the context window', async () => {
    const meter = parley.view.getByRole('meter', { name: 'Context' });
    await parley.askAndWait('Short');
    assert.equal(await meter.getAttribute('aria-valuemax'), '10000');
    const used = async (): Promise<number> => Number(await meter.getAttribute('aria-valuenow'));
    const before = await used();
    await parley.askAndWait('many words '.repeat(900));
    const after = await used();
    assert.ok(after > before + 1_000, `${before} → ${after}`);
    assert.match((await meter.getAttribute('aria-valuetext')) ?? '', /of 10,000 tokens/);
  });

  it('answer in tabs beside each other, and the chat continues with the picked answer', async () => {
    const { view, gateway } = parley;
    await view.getByRole('button', { name: 'Compare Models' }).click();
    await quickInput(parley.page).waitFor();
    const rows = (name: string): Locator => quickPickRows(parley.page).filter({ hasText: name });
    // The model in use is checked, a moment after the rows have come.
    await rows('gpt-4o').getByRole('checkbox', { checked: true }).first().waitFor();
    await rows('gpt-5').getByRole('checkbox', { checked: false }).first().click();
    await rows('gpt-5').getByRole('checkbox', { checked: true }).first().waitFor();
    await screenshot(parley.page, 'choose-comparison');
    await parley.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await view.getByText(/^Comparing /).waitFor();
    const asked = gateway.requests.length;
    await parley.ask('Which is better?');
    const columns = view.getByRole('group', { name: 'Comparison of 2 answers' });
    // The side bar is too narrow for columns.
    for (const name of ['gpt-4o', 'gpt-5']) {
      await columns.getByRole('tab', { name, exact: true }).click();
      const panel = columns.getByRole('tabpanel', { name, exact: true });
      await panel.getByRole('article', { name }).getByText('Hello there.').waitFor();
    }
    const models = gateway.requests.slice(asked).map(({ body }) => body.model);
    assert.deepEqual(models.toSorted(), ['gpt-4o', 'gpt-5']);
    await screenshot(parley.page, 'comparison');
    await columns.getByRole('button', { name: 'Use This Answer' }).click();
    await columns.waitFor({ state: 'detached' });
    await parley.answer('gpt-5').getByText('2 of 2').waitFor();
    assert.equal(await view.getByText(/^Comparing /).count(), 0, 'a comparison is for one prompt');
    await parley.ask('Go on');
    await view.getByRole('article').nth(3).getByText('Hello there.').waitFor();
    const roles = gateway.lastRequest.body.messages.map(({ role }) => role);
    assert.deepEqual(roles, ['user', 'assistant', 'user'], 'only the picked answer goes along');
  });

  it('are selected for a comparison with Space and confirmed with Enter', async () => {
    await parley.view.getByRole('button', { name: 'Compare Models' }).focus();
    await parley.page.keyboard.press('Enter');
    await quickInput(parley.page).waitFor();
    const other = quickPickRows(parley.page).filter({ hasText: 'gpt-5' });
    // The model that was used last is the first row: whichever it is, the keys lead to this one.
    const focused = other.and(parley.page.locator('.focused'));
    for (let row = 0; row < 4 && (await focused.count()) === 0; row += 1)
      await parley.page.keyboard.press('ArrowDown');
    await focused.waitFor();
    // The models of the last comparison are checked already, a moment after the rows have come: those are unchecked first.
    await quickPickRows(parley.page).getByRole('checkbox', { checked: true }).first().waitFor();
    const before = await other.getByRole('checkbox').first().isChecked();
    for (const checked of before ? [false, true] : [true]) {
      await parley.page.keyboard.press('Space');
      await other.getByRole('checkbox', { checked }).first().waitFor();
    }
    await parley.page.keyboard.press('Enter');
    await parley.view.getByText(/^Comparing /).waitFor();
    await quickInput(parley.page).waitFor({ state: 'hidden' });
  });
});
