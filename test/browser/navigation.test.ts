import assert from 'node:assert/strict';
import { withParley } from '../support/withParley';
import { screenshot } from '../support/screenshot';
import { runCommand } from '../support/workbench';

const twoBlocks = 'First:\n\n```ts\nconst one = 1;\n```\n\nThen:\n\n```py\ntwo = 2\n```\n';

describe('the keyboard', () => {
  const parley = withParley();

  it('finds text in the chat with Ctrl+F and by command, and Escape returns the focus', async () => {
    parley.gateway.behaviour.pieces = ['A pear, an apple and a pear.'];
    await parley.askAndWait('Name a pear');
    await parley.composer.focus();
    await parley.page.keyboard.press('Control+F');
    const find = parley.view.getByRole('search', { name: 'Find in Chat' });
    await parley.focused(find.getByRole('textbox', { name: 'Find' }));
    await parley.page.keyboard.type('pear');
    await find.getByText('1 of 3').waitFor();
    await parley.page.keyboard.press('Enter');
    await find.getByText('2 of 3').waitFor();
    await parley.page.keyboard.press('Shift+Enter');
    await find.getByText('1 of 3').waitFor();
    await screenshot(parley.page, 'find-in-chat');
    await parley.page.keyboard.press('Escape');
    await find.waitFor({ state: 'detached' });
    await parley.focused(parley.composer);
    await runCommand(parley.page, 'Parley: Find in Chat');
    await parley.focused(find.getByRole('textbox', { name: 'Find' }));
    await parley.page.keyboard.press('Escape');
    await find.waitFor({ state: 'detached' });
    await parley.focused(parley.composer);
  });

  it('moves between code blocks with Alt+Shift+Up and Alt+Shift+Down', async () => {
    parley.gateway.behaviour.pieces = [twoBlocks];
    await parley.askAndWait('Two blocks');
    const first = parley.answer().getByRole('group', { name: 'TypeScript' });
    const second = parley.answer().getByRole('group', { name: 'Python' });
    await parley.page.keyboard.press('Alt+Shift+ArrowDown');
    await parley.focused(first);
    await parley.page.keyboard.press('Alt+Shift+ArrowDown');
    await parley.focused(second);
    await parley.page.keyboard.press('Alt+Shift+ArrowDown');
    await parley.focused(second);
    await parley.page.keyboard.press('Alt+Shift+ArrowUp');
    await parley.focused(first);
  });

  it('moves between prompts with Alt+Up and Alt+Down', async () => {
    for (const prompt of ['One', 'Two', 'Three']) await parley.askAndWait(prompt);
    const prompts = parley.view.getByRole('article', { name: 'You' });
    const focused = prompts.and(parley.view.locator(':focus'));
    await parley.page.keyboard.press('Alt+ArrowUp');
    await focused.waitFor();
    const last = Number(await focused.getAttribute('aria-posinset'));
    await parley.page.keyboard.press('Alt+ArrowUp');
    await parley.focused(parley.view.locator(`.prompt[aria-posinset="${last - 2}"]`));
    await parley.page.keyboard.press('Alt+ArrowDown');
    await parley.focused(parley.view.locator(`.prompt[aria-posinset="${last}"]`));
  });

  it('opens the shortcuts with "?" outside the composer, and by command', async () => {
    await parley.askAndWait('Hello');
    const sheet = parley.view.getByRole('dialog', { name: 'Keyboard Shortcuts' });
    await parley.composer.press('?');
    assert.equal(await parley.composer.inputValue(), '?');
    assert.equal(await sheet.count(), 0);
    await parley.page.keyboard.press('Alt+ArrowUp');
    const prompt = parley.view.getByRole('article', { name: 'You' });
    await parley.focused(prompt);
    await parley.page.keyboard.press('?');
    await sheet.getByText('Next Code Block').waitFor();
    await screenshot(parley.page, 'shortcuts');
    await parley.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await parley.focused(prompt);
    await runCommand(parley.page, 'Parley: Show Keyboard Shortcuts');
    await sheet.waitFor();
    await parley.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await parley.view.locator(':focus').waitFor();
  });
});
