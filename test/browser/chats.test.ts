import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withParley } from '../support/withParley';
import { composerFocused, panel, quickInput, quickPickRows, runCommand } from '../support/workbench';

describe('chats', () => {
  const parley = withParley({ settings: { 'files.simpleDialog.enable': true } });

  it('begin empty, with the cursor in the composer', async () => {
    await parley.askAndWait('Something');
    await parley.view.getByRole('button', { name: 'New Chat' }).click();
    await parley.view.getByRole('article').first().waitFor({ state: 'detached' });
    await composerFocused(parley.page);
    await parley.askAndWait('Something else');
    assert.equal(parley.gateway.lastRequest.body.messages.length, 1);
  });

  it('are listed in the history', async () => {
    await parley.askAndWait('A needle in the history');
    await parley.view.getByRole('button', { name: 'New Chat' }).click();
    await parley.view.getByRole('article').first().waitFor({ state: 'detached' });
    await parley.view.getByRole('button', { name: 'History' }).click();
    await parley.view.getByText('A needle in the history').first().click();
    await parley.view.getByRole('article', { name: 'You' }).getByText('A needle in the history').waitFor();
    await parley.answer().getByText('Hello there.').waitFor();
  });

  it('are displayed again after a reload', async () => {
    parley.gateway.behaviour.pieces = ['Kept ', 'for ', 'good.'];
    await parley.askAndWait('Will you be there?');
    await parley.page.reload();
    await panel(parley.page);
    await parley.view.getByText('Kept for good.').waitFor();
    await parley.view.getByRole('article', { name: 'You' }).getByText('Will you be there?').waitFor();
  });

  it('are renamed, deleted and restored in the history', async () => {
    await parley.askAndWait('A chat to rename');
    await runCommand(parley.page, 'Parley: New Chat');
    await parley.view.getByRole('article').first().waitFor({ state: 'detached' });
    await composerFocused(parley.page);
    await runCommand(parley.page, 'Parley: Show Chat History');
    const history = parley.view.getByRole('region', { name: 'History' });
    const row = history.getByRole('listitem').filter({ hasText: 'A chat to rename' });
    await row.hover();
    await row.getByRole('button', { name: 'Rename', exact: true }).click();
    await history.getByRole('textbox', { name: 'Chat Title' }).fill('A chat with a name');
    await parley.page.keyboard.press('Enter');
    const renamed = history.getByRole('listitem').filter({ hasText: 'A chat with a name' });
    await renamed.hover();
    await renamed.getByRole('button', { name: 'Delete', exact: true }).click();
    await renamed.getByText('Deleted').waitFor();
    await parley.page.keyboard.press('Escape');
    await history.waitFor({ state: 'detached' });
    // Undo outlives the list.
    await runCommand(parley.page, 'Parley: Show Chat History');
    await renamed.getByRole('button', { name: 'Undo deleting A chat with a name' }).click();
    await renamed.getByRole('button', { name: /^A chat with a name/ }).click();
    await parley.view.getByRole('article', { name: 'You' }).getByText('A chat to rename').waitFor();
  });

  it('are exported as Markdown and as JSON, and imported again', async () => {
    parley.gateway.behaviour.pieces = ['It is **blue**.'];
    await parley.askAndWait('What colour is the sky?');
    for (const name of ['sky.md', 'sky.json']) {
      const file = join(parley.workspace, name);
      await runCommand(parley.page, 'Parley: Export Chat');
      // The dialog proposes a name, after a moment.
      await parley.page.waitForFunction(() =>
        [...document.querySelectorAll('input')].some(({ value }) => value.endsWith('.md')),
      );
      await quickInput(parley.page).fill(file);
      await parley.page.keyboard.press('Enter');
      await parley.page.getByText(`Exported to ${file}`).first().waitFor({ state: 'attached' });
      assert.match(await readFile(file, 'utf8'), /What colour is the sky\?[^]*It is \*\*blue\*\*\./);
    }
    await parley.newChat();
    await runCommand(parley.page, 'Parley: Import Chat');
    await quickPickRows(parley.page).filter({ hasText: 'sky.json' }).click();
    await parley.view.getByRole('article', { name: 'You' }).getByText('What colour is the sky?').waitFor();
    await parley.answer().getByText('blue').waitFor();
  });
});

describe('a chat with automatic titles', () => {
  const parley = withParley({
    settings: { 'parley.automaticTitles': true },
    behaviour: { pieces: ['Sums in Short'] },
  });

  it('gets a title from its model after the first answer, and only then', async () => {
    const title = parley.view.getByRole('button', { name: 'Sums in Short' });
    await parley.ask('How do I add two numbers without a plus?');
    await title.waitFor();
    assert.equal(parley.gateway.requests.length, 2);
    await parley.askAndWait('And three?');
    assert.equal(parley.gateway.requests.length, 3);
    await parley.view.getByRole('button', { name: 'History' }).click();
    await parley.view.getByRole('searchbox').waitFor();
    await parley.view.getByText('Sums in Short').last().waitFor();
  });
});
