import assert from 'node:assert/strict';
import { withParley } from '../support/withParley';
import { screenshot } from '../support/screenshot';
import { quickPickRows } from '../support/workbench';

describe('a conversation with branches', () => {
  const parley = withParley();

  it('regenerates an answer', async () => {
    await parley.askAndWait('Say it');
    parley.gateway.behaviour.pieces = ['Said otherwise.'];
    await parley.answer().hover();
    await parley.answer().getByRole('button', { name: 'Regenerate', exact: true }).click();
    await parley.answer().getByText('Said otherwise.').waitFor();
    await parley.answer().getByText('2 of 2').waitFor();
  });

  it('regenerates an answer with another model', async () => {
    await parley.askAndWait('Say it');
    parley.gateway.behaviour.pieces = ['Said otherwise.'];
    await parley.pressOnAnswer('Regenerate with Another Model');
    await quickPickRows(parley.page).filter({ hasText: 'gpt-5' }).first().click();
    await parley.answer('gpt-5').getByText('Said otherwise.').waitFor();
    assert.equal(parley.gateway.lastRequest.body.model, 'gpt-5');
    await parley.page.getByRole('button', { name: 'Parley model: gpt-4o' }).waitFor();
  });

  it('switches between the versions of an answer', async () => {
    await parley.askAndWait('Say it');
    for (const version of ['Second.', 'Third.']) {
      parley.gateway.behaviour.pieces = [version];
      await parley.answer().hover();
      await parley.answer().getByRole('button', { name: 'Regenerate', exact: true }).click();
      await parley.answer().getByText(version).waitFor();
      await parley.view.getByRole('button', { name: 'Send' }).waitFor();
    }
    await parley.answer().getByText('3 of 3').waitFor();
    await parley.answer().getByRole('button', { name: 'Previous Version' }).click();
    await parley.answer().getByText('2 of 3').waitFor();
    await parley.answer().getByText('Second.').waitFor();
    // The focus stays on the button, so Enter presses it again.
    await parley.page.keyboard.press('Enter');
    await parley.answer().getByText('1 of 3').waitFor();
    await parley.answer().getByText('Hello there.').waitFor();
    await parley.answer().getByRole('button', { name: 'Next Version' }).click();
    await parley.answer().getByText('Second.').waitFor();
    await parley.askAndWait('Go on');
    assert.match(parley.lastAsked, /Second\./);
    assert.doesNotMatch(parley.lastAsked, /Third\./);
  });

  it('edits a prompt and asks it again', async () => {
    await parley.askAndWait('Frist');
    const prompt = parley.view.getByRole('article', { name: 'You' });
    await prompt.hover();
    await prompt.getByRole('button', { name: 'Edit' }).click();
    const editor = prompt.getByRole('textbox');
    await editor.fill('First');
    await parley.page.keyboard.press('Enter');
    await prompt.getByText('First', { exact: true }).waitFor();
    await prompt.getByText('2 of 2').waitFor();
    await parley.answer().getByText('Hello there.').waitFor();
    assert.deepEqual(
      parley.gateway.lastRequest.body.messages.map(({ content }) => content),
      ['First'],
    );
  });

  it('is forked at an answer, and the original stays as it was', async () => {
    await parley.askAndWait('Where it begins');
    parley.gateway.behaviour.pieces = ['The way on.'];
    await parley.askAndWait('And then?');
    const first = parley.view.getByRole('article', { name: 'gpt-4o' }).first();
    await first.hover();
    await first.getByRole('button', { name: 'More' }).click();
    await parley.view.getByRole('menuitem', { name: 'Fork from Here' }).click();
    await parley.view.getByText('The way on.').waitFor({ state: 'detached' });
    assert.equal(await parley.view.getByRole('article').count(), 2);
    await parley.view.getByRole('button', { name: 'Fork: Where it begins' }).waitFor();
    await parley.view.getByRole('button', { name: 'Forked from “Where it begins”' }).waitFor();
    await screenshot(parley.page, 'fork');
    await parley.askAndWait('Another way');
    assert.doesNotMatch(parley.lastAsked, /And then/);
    assert.match(parley.lastAsked, /Where it begins/);
    await parley.view.getByRole('button', { name: 'History' }).click();
    await parley.view.getByRole('searchbox').fill('And then');
    await screenshot(parley.page, 'history-of-fork');
    await parley.page.keyboard.press('ArrowDown');
    await parley.page.keyboard.press('Enter');
    await parley.answer().getByText('The way on.').waitFor();
    await parley.view.getByText('Another way').waitFor({ state: 'detached' });
  });

  it('says in a fork where it comes from, and opens the original', async () => {
    await parley.askAndWait('The beginning');
    parley.gateway.behaviour.pieces = ['The rest.'];
    await parley.askAndWait('And the rest?');
    const first = parley.view.getByRole('article', { name: 'gpt-4o' }).first();
    await first.hover();
    await first.getByRole('button', { name: 'More' }).click();
    await parley.view.getByRole('menuitem', { name: 'Fork from Here' }).click();
    await parley.view.getByText('The rest.').waitFor({ state: 'detached' });
    await parley.view.getByRole('button', { name: 'Forked from “The beginning”' }).press('Enter');
    await parley.answer().getByText('The rest.').waitFor();
  });
});
