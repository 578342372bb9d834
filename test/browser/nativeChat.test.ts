import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { withParley } from '../support/withParley';
import { openFile, quickPickRows, runCommand } from '../support/workbench';
import { writeAskingExtension } from '../support/writeAskingExtension';

/** A file that the model edits. */
const fileName = 'add.ts';

describe("VS Code's own chat", () => {
  // The name belongs to no family for which VS Code has other tools.
  const window = withParley({
    newChats: false,
    models: ['house-coder'],
    settings: { 'parley.defaultModel': 'loopback/house-coder' },
    files: async (workspace) => {
      await writeFile(join(workspace, fileName), 'export const a = 1;\n');
      await writeAskingExtension(join(workspace, 'asking'));
    },
    others: (workspace) => [join(workspace, 'asking')],
  });

  const dialog = (): Locator => window.page.getByRole('dialog');
  const chat = (): Locator => window.page.locator('.interactive-session');
  const answer = (): Locator =>
    chat().getByRole('list', { name: 'Chat' }).getByRole('listitem', { level: 2 }).last();
  const input = (): Locator => chat().locator('.chat-input-container .monaco-editor').first();

  /** Clicks on a button of the dialog with this text. */
  async function press(text: string, button: string): Promise<void> {
    const asked = dialog().filter({ hasText: text });
    await asked.getByRole('button', { name: button, exact: true }).click();
    await asked.waitFor({ state: 'detached' });
  }

  /** Types a prompt into VS Code's chat and sends it. */
  async function ask(prompt: string): Promise<void> {
    const before = window.gateway.requests.length;
    await input().click();
    await window.page.keyboard.type(prompt);
    await input().getByText(prompt).waitFor();
    await window.page.keyboard.press('Enter');
    await chat().getByRole('listitem', { name: prompt, level: 1 }).waitFor();
    await until(() => window.gateway.requests.length > before);
  }

  async function userSettings(): Promise<Record<string, unknown>> {
    const file = join(window.dataFolder, 'user', 'User', 'settings.json');
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  }

  async function until(condition: () => boolean): Promise<void> {
    for (let count = 0; !condition(); count += 1) {
      assert.ok(count < 600, 'This took more than 30 seconds.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('is set up by one command, without an account, and answers a test question', async () => {
    const { page, gateway } = window;
    gateway.behaviour.pieces = ['It ', 'works.'];
    await runCommand(page, "Parley: Use Parley's Models in VS Code's Chat");
    await press('asks house-coder (Loopback) one short question', 'Continue');
    await press("VS Code's AI features are off", 'Turn On');
    await press('titles and summaries', 'No');
    await answer().getByText('It works.').waitFor();
    await runCommand(page, 'Notifications: Show Notifications');
    await page.getByText("VS Code's chat works with house-coder.").first().waitFor();
    const hide = page.getByRole('button', { name: /^Hide Notifications/ });
    await hide.click();
    await hide.waitFor({ state: 'hidden' });
    assert.equal(gateway.lastRequest.body.model, 'house-coder');
    assert.equal(gateway.lastRequest.body.messages[0]?.role, 'system');
    const settings = await userSettings();
    assert.equal(settings['chat.disableAIFeatures'], false);
    assert.equal(settings['chat.byokUtilityModelDefault'], undefined);
  });

  it('lets a model edit a file and see a picture, stops it, and says why a request failed', async () => {
    const { page, gateway } = window;
    const edit = { filePath: join(window.workspace, fileName), oldString: 'a = 1', newString: 'a = 2' };
    Object.assign(gateway.behaviour, {
      reasoning: ['I think.'],
      pieces: ['I edit it.'],
      calls: [{ name: 'replace_string_in_file', arguments: JSON.stringify(edit) }],
      usage: { prompt_tokens: 64_000, completion_tokens: 10, total_tokens: 64_010 },
    });
    await runCommand(page, 'Chat: Open Chat (Agent)');
    await page.getByRole('textbox', { name: /^Chat Input \(Agent\)/ }).waitFor();
    await ask('Make it two');
    await page.getByRole('button', { name: 'Context window usage: 50%' }).waitFor();
    const editor = await openFile(page, fileName);
    await editor.getByText('export const a = 2;').waitFor();
    await until(() => gateway.lastRequest.body.messages.at(-1)?.role === 'tool');
    const [called, result] = gateway.lastRequest.body.messages.slice(-2) as unknown as readonly [
      { readonly tool_calls: readonly { readonly id: string }[] },
      { readonly tool_call_id: string; readonly content: string },
    ];
    assert.equal(called.tool_calls[0]?.id, result.tool_call_id);
    assert.match(result.content, /add\.ts/);
    await chat()
      .getByRole('button', { name: /^Cancel/ })
      .waitFor({ state: 'detached' });

    Object.assign(gateway.behaviour, { pieces: ['I see a '], calls: [], hangs: true });
    await input().click();
    await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      const type = 'image/png';
      const content = new Promise<Blob>((resolve, reject) => {
        canvas.toBlob((blob) => {
          if (blob === null) reject(new Error('The canvas could not be written.'));
          else resolve(blob);
        }, type);
      });
      await navigator.clipboard.write([new ClipboardItem({ [type]: await content })]);
    });
    await page.keyboard.press('Control+V');
    await chat()
      .getByRole('button', { name: /Pasted Image/ })
      .waitFor();
    await ask('What is this?');
    await answer().getByText('I see a').waitFor();
    assert.match(
      JSON.stringify(gateway.lastRequest.body.messages.at(-1)),
      /"image_url":\{"url":"data:image\/png;base64,/,
    );
    assert.equal(gateway.abandoned, 0);
    await chat()
      .getByRole('button', { name: /^Cancel/ })
      .click();
    await until(() => gateway.abandoned === 1);
    await chat()
      .getByRole('button', { name: /^Cancel/ })
      .waitFor({ state: 'detached' });

    Object.assign(gateway.behaviour, {
      hangs: false,
      refusal: { status: 402, body: { error: { message: 'Your balance is *empty*: 0.00.' } } },
    });
    const before = gateway.requests.length;
    await ask('Go on');
    await answer()
      .getByText('Your balance with Loopback is used up. Add credit or choose another model.')
      .waitFor();
    await answer().getByText('Your balance is *empty*: 0.00.').waitFor();
    assert.doesNotMatch(await answer().innerText(), /\.js:\d|\bat \w+ \(/);
    assert.equal(gateway.requests.length, before + 1);
  });

  it('does not let another extension use a model until the user allows it, and remembers the answer', async () => {
    const { page, gateway } = window;
    Object.assign(gateway.behaviour, {
      refusal: null,
      hangs: false,
      calls: [],
      pieces: ['For the extension.'],
    });
    const before = gateway.requests.length;
    const command = "Example: Ask Parley's Model";
    const reply = (text: string): Locator => page.locator('.statusbar-item').filter({ hasText: text });
    await runCommand(page, command);
    await press('“Asking Extension” (example.asking)', "Don't Allow");
    await reply('Asking: NoPermissions: Parley refused the request').waitFor();
    // The second refusal has no question.
    await runCommand(page, 'Example: Clear the Reply');
    await reply('Asking: ready').waitFor();
    await runCommand(page, command);
    await reply('Asking: NoPermissions: Parley refused the request').waitFor();
    assert.equal(gateway.requests.length, before);
    assert.deepEqual((await userSettings())['parley.nativeChat.extensions'], { 'example.asking': false });

    await runCommand(page, 'Parley: Manage Extension Access to Models');
    const row = quickPickRows(page).filter({ hasText: 'example.asking' });
    await row.getByRole('checkbox').click();
    await row.getByRole('checkbox', { checked: true }).waitFor();
    await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
    await row.waitFor({ state: 'detached' });
    await until(() => gateway.requests.length === before);
    await runCommand(page, command);
    await reply('Asking: For the extension.').waitFor();
    assert.equal(gateway.requests.length, before + 1);
    assert.deepEqual((await userSettings())['parley.nativeChat.extensions'], { 'example.asking': true });
  });
});
