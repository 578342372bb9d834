import assert from 'node:assert/strict';
import { withParley } from '../support/withParley';
import { composerFocused, openParley, panel, runCommand } from '../support/workbench';
import { screenshot } from '../support/screenshot';

describe('the composer', () => {
  const parley = withParley();

  it('sends the prompt when Enter is pressed, and breaks the line on Shift+Enter', async () => {
    await parley.composer.pressSequentially('One');
    await parley.page.keyboard.press('Shift+Enter');
    await parley.page.keyboard.type('two');
    await parley.composed('One\ntwo');
    await parley.page.keyboard.press('Enter');
    await parley.answer().getByText('Hello there.').waitFor();
    assert.equal(parley.gateway.lastRequest.body.messages.at(-1)?.content, 'One\ntwo');
    await parley.composed('');
  });

  it('does not send when Enter ends a composition of an input method', async () => {
    const asked = parley.gateway.requests.length;
    await parley.composer.focus();
    const element = await parley.composer.elementHandle();
    const frame = await element.ownerFrame();
    assert.ok(frame);
    const input = await parley.page
      .context()
      .newCDPSession(frame)
      .catch(() => parley.page.context().newCDPSession(parley.page));
    await input.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    // While a composition is open, keys belong to the input method and come as key code 229.
    await input.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Process',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
    });
    await input.send('Input.insertText', { text: '日' });
    await input.detach();
    await parley.composed('日');
    assert.equal(parley.gateway.requests.length, asked);
    await parley.page.keyboard.press('Enter');
    await parley.answer().getByText('Hello there.').waitFor();
    assert.equal(parley.gateway.lastRequest.body.messages.at(-1)?.content, '日');
  });

  it('grows with its text, and scrolls when it would fill the panel', async () => {
    const height = async (): Promise<number> => (await parley.composer.boundingBox())?.height ?? 0;
    const low = await height();
    await parley.composer.fill('a\nb\nc\nd');
    const higher = await height();
    assert.ok(higher > low + 30, `${low} → ${higher}`);
    await parley.composer.fill('line\n'.repeat(200));
    assert.ok((await height()) < (parley.page.viewportSize()?.height ?? 0) * 0.6);
    await parley.composer.fill('');
    assert.equal(await height(), low);
  });

  it('gets the focus from the keyboard shortcut of the chat', async () => {
    await parley.page.locator('.activitybar [aria-label^="Explorer"]').first().click();
    await parley.page.keyboard.press('Control+K');
    await parley.page.keyboard.press('Control+G');
    await panel(parley.page);
    await composerFocused(parley.page);
    await parley.page.keyboard.type('At once');
    await parley.composed('At once');
  });

  it('keeps a draft while the panel is hidden, after a reload, and while another chat is open', async () => {
    await parley.askAndWait('A chat to come back to');
    await parley.composer.fill('Half a thought');
    await parley.view.getByRole('button', { name: 'New Chat' }).click();
    await parley.view.getByRole('article').first().waitFor({ state: 'detached' });
    await parley.composed('');
    await runCommand(parley.page, 'Parley: Show Chat History');
    await parley.view
      .getByRole('region', { name: 'History' })
      .getByText('A chat to come back to')
      .first()
      .click();
    await parley.view.getByRole('article', { name: 'You' }).waitFor();
    await parley.composed('Half a thought');
    await parley.page.locator('.activitybar [aria-label^="Explorer"]').first().click();
    await openParley(parley.page);
    await parley.view.getByRole('article', { name: 'You' }).waitFor();
    await parley.composed('Half a thought');
    // A moment after the last key the draft is on disk.
    await parley.page.waitForTimeout(1_000);
    await parley.page.reload();
    await panel(parley.page);
    await parley.view.getByRole('article', { name: 'You' }).waitFor();
    await parley.composed('Half a thought');
  });

  it('recalls earlier prompts with Up on the first line, and gives the draft back with Down', async () => {
    const { composer } = parley;
    await parley.askAndWait('The first prompt');
    await parley.askAndWait('The second prompt');
    await composer.fill('Half a\nthought');
    await parley.page.keyboard.press('ArrowUp');
    assert.equal(await composer.inputValue(), 'Half a\nthought', 'from the last line Up goes to the first');
    await parley.page.keyboard.press('ArrowUp');
    await parley.composed('The second prompt');
    await parley.page.keyboard.press('ArrowUp');
    await parley.composed('The first prompt');
    await parley.page.keyboard.press('ArrowDown');
    await parley.composed('The second prompt');
    await parley.page.keyboard.press('ArrowDown');
    await parley.composed('Half a\nthought');
  });

  it('queues a prompt that is sent while an answer streams', async () => {
    const { behaviour } = parley.gateway;
    Object.assign(behaviour, { pieces: Array.from({ length: 30 }, (_, n) => `Part ${n}. `), pause: 100 });
    await parley.ask('The first');
    await parley.answer().getByText('Part 1.').waitFor();
    behaviour.pieces = ['Second answer.'];
    await parley.ask('The second');
    const waiting = parley.view.getByRole('list', { name: 'Queued Prompts' });
    await waiting.getByText('The second').waitFor();
    await screenshot(parley.page, 'waiting-prompts');
    await parley.answer().getByText('Second answer.').waitFor();
    await waiting.waitFor({ state: 'detached' });
    const contents = parley.gateway.lastRequest.body.messages.map(({ content }) => content);
    assert.equal(contents.at(-1), 'The second');
    assert.match(contents.at(-2) ?? '', /Part 29/, 'the first answer was not cut short');
  });

  it('stops the answer and sends the prompt when Ctrl+Enter is pressed', async () => {
    const { gateway } = parley;
    gateway.behaviour.hangs = true;
    await parley.ask('The first');
    await parley.answer().getByText('Hello there.').waitFor();
    Object.assign(gateway.behaviour, { hangs: false, pieces: ['Second answer.'] });
    await parley.composer.fill('The second');
    await parley.page.keyboard.press('Control+Enter');
    await parley.answer().getByText('Second answer.').waitFor();
    assert.equal(gateway.lastRequest.body.messages.at(-1)?.content, 'The second');
    await parley.view.getByRole('article', { name: 'gpt-4o' }).first().getByText('Stopped').waitFor();
    assert.equal(await parley.view.getByRole('list', { name: 'Queued Prompts' }).count(), 0);
  });
});
