import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { composerFocused, openFile, openParley, panel, runCommand } from '../support/workbench';

/** Every item of Must, by its number, as a user of the real VS Code meets it. */
describe('must', () => {
  let gateway: TestGateway;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;
  let workspace: string;

  before(async () => {
    gateway = await TestGateway.start();
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    await writeFile(join(workspace, 'add.ts'), 'export const add = (a: number, b: number) => a + b;\n');
    vscode = await startVSCode({
      workspace,
      settings: {
        'parley.gateways': [{ id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'loopback/gpt-4o',
      },
    });
    page = await vscode.page();
    view = await openParley(page);
    await composer().waitFor();
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  beforeEach(async () => {
    Object.assign(gateway.behaviour, { pieces: ['Hello ', 'there.'], pause: 0, hangs: false, key: null });
    await view.getByRole('button', { name: 'New Chat' }).click();
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    await composerFocused(page);
    await composer().fill('');
  });

  const composer = (): Locator => view.getByRole('textbox', { name: 'Message' });
  const answer = (name = 'gpt-4o'): Locator => view.getByRole('article', { name }).last();
  const status = (text: string): Locator => view.getByRole('status').filter({ hasText: text }).first();

  async function ask(text: string): Promise<void> {
    await composer().fill(text);
    await page.keyboard.press('Enter');
  }

  async function askAndWait(text: string): Promise<void> {
    const articles = view.getByRole('article');
    const before = await articles.count();
    await ask(text);
    // The announcement of the answer before may still be there: this answer's own place comes first.
    await articles.nth(before + 1).waitFor({ state: 'attached' });
    await view.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await status('Answer complete').waitFor({ state: 'attached' });
  }

  /** What is on the clipboard, by pasting it where a user would. */
  async function pasted(): Promise<string> {
    await composer().fill('');
    await composer().focus();
    await page.keyboard.press('Control+V');
    const text = await composer().inputValue();
    await composer().fill('');
    return text;
  }

  it('must 1: Enter sends, Shift+Enter breaks the line', async () => {
    await composer().pressSequentially('One');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    assert.equal(await composer().inputValue(), 'One\ntwo');
    await page.keyboard.press('Enter');
    await answer().getByText('Hello there.').waitFor();
    assert.equal(gateway.lastRequest.body.messages.at(-1)?.content, 'One\ntwo');
    assert.equal(await composer().inputValue(), '');
  });

  it('must 2: Enter that ends an IME composition does not send', async () => {
    const asked = gateway.requests.length;
    await composer().focus();
    const element = await composer().elementHandle();
    const frame = await element.ownerFrame();
    assert.ok(frame);
    const input = await page
      .context()
      .newCDPSession(frame)
      .catch(() => page.context().newCDPSession(page));
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
    assert.equal(await composer().inputValue(), '日');
    assert.equal(gateway.requests.length, asked);
    await page.keyboard.press('Enter');
    await answer().getByText('Hello there.').waitFor();
    assert.equal(gateway.lastRequest.body.messages.at(-1)?.content, '日');
  });

  it('must 3: the Stop button stops, and so does Escape', async () => {
    gateway.behaviour.hangs = true;
    await ask('Go on for ever');
    await answer().getByText('Hello there.').waitFor();
    await view.getByRole('button', { name: 'Stop' }).click();
    await status('Stopped').waitFor({ state: 'attached' });
    await ask('Once more');
    await view.getByRole('button', { name: 'Stop' }).waitFor();
    await page.keyboard.press('Escape');
    await view.getByRole('button', { name: 'Send' }).waitFor();
  });

  it('must 4: Stop keeps what came', async () => {
    gateway.behaviour.hangs = true;
    await ask('Go on for ever');
    await answer().getByText('Hello there.').waitFor();
    await page.keyboard.press('Escape');
    await status('Stopped').waitFor({ state: 'attached' });
    assert.ok(await answer().getByText('Hello there.').isVisible());
    assert.ok(await answer().getByText('Stopped').isVisible());
  });

  it('must 5, must 6: the view follows until the user scrolls away, and again from Jump to Latest', async () => {
    const lines = (count: number): string[] =>
      Array.from({ length: count }, (_, line) => `Line ${line}.\n\n`);
    gateway.behaviour.pieces = lines(60);
    await askAndWait('Many lines');
    const feed = view.getByRole('feed', { name: 'Conversation' });
    const distance = (): Promise<number> =>
      feed.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
    assert.ok((await distance()) < 2, 'follows while the answer streams');
    gateway.behaviour.pieces = lines(400);
    gateway.behaviour.pause = 10;
    await ask('More');
    await answer().getByText('Line 20.', { exact: true }).waitFor();
    await feed.hover();
    await page.mouse.wheel(0, -600);
    const jump = view.getByRole('button', { name: 'Jump to Latest' });
    await jump.waitFor();
    const top = await feed.evaluate((element) => element.scrollTop);
    await answer().getByText('Line 120.', { exact: true }).waitFor({ state: 'attached' });
    assert.ok(Math.abs((await feed.evaluate((element) => element.scrollTop)) - top) < 2, 'stays where it is');
    await jump.click();
    await jump.waitFor({ state: 'detached' });
    await answer().getByText('Line 220.', { exact: true }).waitFor({ state: 'attached' });
    assert.ok((await distance()) < 120, 'follows again');
    await page.keyboard.press('Escape');
    await view.getByRole('button', { name: 'Send' }).waitFor();
  });

  it('must 7, must 8: a code block is named by its language and copied by its button', async () => {
    gateway.behaviour.pieces = ['So:\n\n```ts\nconst a = 1;\n', 'const b = 2;\n```\n'];
    await askAndWait('Code, please');
    const block = answer().getByRole('group', { name: 'TypeScript' });
    assert.ok(await block.getByText('TypeScript').isVisible());
    await block.getByRole('button', { name: 'Copy Code' }).click();
    await block.getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await pasted(), 'const a = 1;\nconst b = 2;');
  });

  it('must 9: a message is copied as Markdown', async () => {
    gateway.behaviour.pieces = ['It is **so**:\n\n- one\n- two\n'];
    await askAndWait('Markdown, please');
    await answer().hover();
    await answer().getByRole('button', { name: 'Copy', exact: true }).click();
    await answer().getByTitle('Copied').waitFor();
    assert.equal((await pasted()).trim(), 'It is **so**:\n\n- one\n- two');
  });

  it('must 10: the draft survives hiding, a reload and switching chats', async () => {
    await askAndWait('A chat to come back to');
    await composer().fill('Half a thought');
    await view.getByRole('button', { name: 'New Chat' }).click();
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    assert.equal(await composer().inputValue(), '');
    await runCommand(page, 'Parley: Show Chat History');
    await page.locator('.quick-input-list').getByText('A chat to come back to').first().click();
    await view.getByRole('article', { name: 'You' }).waitFor();
    assert.equal(await composer().inputValue(), 'Half a thought');
    await page.locator('.activitybar [aria-label^="Explorer"]').first().click();
    view = await openParley(page);
    await view.getByRole('article', { name: 'You' }).waitFor();
    assert.equal(await composer().inputValue(), 'Half a thought');
    // A moment after the last key the draft is on disk.
    await page.waitForTimeout(1_000);
    await page.reload();
    view = await panel(page);
    await view.getByRole('article', { name: 'You' }).waitFor();
    assert.equal(await composer().inputValue(), 'Half a thought');
  });

  it('must 11: the input grows with its text, and scrolls when the panel would be full of it', async () => {
    const height = async (): Promise<number> => (await composer().boundingBox())?.height ?? 0;
    const low = await height();
    await composer().fill('a\nb\nc\nd');
    const higher = await height();
    assert.ok(higher > low + 30, `${low} → ${higher}`);
    await composer().fill('line\n'.repeat(200));
    assert.ok((await height()) < (page.viewportSize()?.height ?? 0) * 0.6);
    await composer().fill('');
    assert.equal(await height(), low);
  });

  it('must 12: the focus lands in the input', async () => {
    await page.locator('.activitybar [aria-label^="Explorer"]').first().click();
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+G');
    view = await panel(page);
    await composerFocused(page);
    await page.keyboard.type('At once');
    assert.equal(await composer().inputValue(), 'At once');
  });

  it('must 13: a failure stands where the answer would, says what happened and has one button that helps', async () => {
    gateway.behaviour.key = 'sk-another';
    await ask('Will this work?');
    const alert = answer().getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /key/i);
    assert.equal(await alert.getByRole('button').count(), 1);
    await alert.getByRole('button', { name: 'Set API Key' }).waitFor();
    await status('Failed').waitFor({ state: 'attached' });
  });

  it('must 14: an answer is regenerated', async () => {
    await askAndWait('Say it');
    gateway.behaviour.pieces = ['Said otherwise.'];
    await answer().hover();
    await answer().getByRole('button', { name: 'Regenerate', exact: true }).click();
    await answer().getByText('Said otherwise.').waitFor();
    await answer().getByText('2 of 2').waitFor();
  });

  it('must 15: a prompt is edited and asked again', async () => {
    await askAndWait('Frist');
    const prompt = view.getByRole('article', { name: 'You' });
    await prompt.hover();
    await prompt.getByRole('button', { name: 'Edit' }).click();
    const editor = prompt.getByRole('textbox');
    await editor.fill('First');
    await page.keyboard.press('Enter');
    await prompt.getByText('First', { exact: true }).waitFor();
    await prompt.getByText('2 of 2').waitFor();
    await answer().getByText('Hello there.').waitFor();
    assert.deepEqual(
      gateway.lastRequest.body.messages.map(({ content }) => content),
      ['First'],
    );
  });

  it('must 16: a new chat begins empty, with the cursor in it', async () => {
    await askAndWait('Something');
    await view.getByRole('button', { name: 'New Chat' }).click();
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    await composerFocused(page);
    await askAndWait('Something else');
    assert.equal(gateway.lastRequest.body.messages.length, 1);
  });

  it('must 17: earlier chats are in the history', async () => {
    await askAndWait('A needle in the history');
    await view.getByRole('button', { name: 'New Chat' }).click();
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    await view.getByRole('button', { name: 'History' }).click();
    await view.getByText('A needle in the history').first().click();
    await view.getByRole('article', { name: 'You' }).getByText('A needle in the history').waitFor();
    await answer().getByText('Hello there.').waitFor();
  });

  it('must 18: every answer names the model that wrote it', async () => {
    await askAndWait('Who are you?');
    await page.getByRole('button', { name: 'Parley model: gpt-4o' }).click();
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'gpt-5' }).first().click();
    await page.getByRole('button', { name: 'Parley model: gpt-5' }).waitFor();
    await ask('And you?');
    await answer('gpt-5').getByText('Hello there.').waitFor();
    assert.ok(await answer('gpt-4o').getByText('gpt-4o').first().isVisible());
    assert.ok(await answer('gpt-5').getByText('gpt-5').first().isVisible());
    await runCommand(page, 'Parley: Switch to Previous Model');
    await page.getByRole('button', { name: 'Parley model: gpt-4o' }).waitFor();
  });

  it('must 19: the selection is a visible chip that can be removed', async () => {
    const editor = await openFile(page, 'add.ts');
    await editor.locator('.view-line').first().click();
    await page.keyboard.press('Control+A');
    await runCommand(page, 'Parley: Add Selection to Chat');
    const chips = view.getByRole('list', { name: 'Context' });
    await chips.getByText('add.ts').first().waitFor();
    await chips.getByRole('button', { name: /^Remove add\.ts/ }).click();
    await chips.waitFor({ state: 'detached' });
  });

  it('must 20: a screen reader hears that the answer is complete, stopped or failed, and no streaming text', async () => {
    await askAndWait('Complete');
    assert.equal(await view.getByRole('feed').getAttribute('aria-live'), null);
    gateway.behaviour.hangs = true;
    await ask('Stopped');
    await view.getByRole('button', { name: 'Stop' }).waitFor();
    await page.keyboard.press('Escape');
    await status('Stopped').waitFor({ state: 'attached' });
    gateway.behaviour.key = 'sk-another';
    await ask('Failed');
    await status('Failed').waitFor({ state: 'attached' });
  });
});
