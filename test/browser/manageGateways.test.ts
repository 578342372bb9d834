import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { RawServer, type RawExchange } from '../support/rawServer';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { chooseRow, openParley, quickInput, runCommand } from '../support/workbench';

const key = 'sk-manage-0123456789abcdef';
const otherKey = 'sk-other-0123456789abcdef';

describe('managing gateways', () => {
  let lab: TestGateway;
  let elsewhere: TestGateway;
  let picky: RawServer;
  let vscode: VSCode;
  let page: Page;

  before(async () => {
    lab = await TestGateway.start({ key });
    elsewhere = await TestGateway.start({ key: otherKey });
    picky = await RawServer.start(answerPickily);
    vscode = await startVSCode();
    await reset();
    page = await vscode.page();
    await openParley(page);
  });

  after(async () => {
    await vscode.dispose();
    for (const server of [lab, elsewhere, picky]) await server.stop();
  });

  afterEach(async () => {
    await page.keyboard.press('Escape');
    await quickInput(page).waitFor({ state: 'hidden' });
  });

  /** The settings of a user who writes them by hand: with comments, fields of the future and an entry that is none. */
  async function reset(): Promise<void> {
    const entries = [
      { id: 'lab', name: 'Lab', notes: 'ask Kim', baseUrl: `${lab.baseUrl}/`, fields: { later: [1] } },
      'not a gateway',
      { id: 'picky', name: 'Picky', baseUrl: picky.baseUrl, auth: 'none' },
      { id: 'spare', name: 'Spare', baseUrl: 'http://127.0.0.1:9/v1' },
    ];
    const others = JSON.stringify(JSON.parse(await settingsText()), null, 2).slice(1);
    await writeFile(
      settingsFile(),
      `{
  // My gateways.
  "parley.gateways": ${JSON.stringify(entries, null, 4)}, // Not the work ones.
  /* The model. */
  "parley.defaultModel": "picky/gpt-4o",${others}`,
    );
  }

  function settingsFile(): string {
    return join(vscode.dataFolder, 'user', 'User', 'settings.json');
  }

  async function settingsText(): Promise<string> {
    return await readFile(settingsFile(), 'utf8');
  }

  /** The entries in the settings file. The comments of `reset` are outside of them. */
  async function entries(): Promise<readonly (string | Readonly<Record<string, unknown>>)[]> {
    const text = await settingsText();
    const list = /"parley\.gateways": (\[[^]*?\n {2}\]|\[[^]*?\n\])/.exec(text)?.[1] ?? '[]';
    return JSON.parse(list) as readonly (string | Readonly<Record<string, unknown>>)[];
  }

  async function until(condition: () => Promise<boolean>): Promise<void> {
    while (!(await condition())) await page.waitForTimeout(50);
  }

  async function ids(): Promise<unknown[]> {
    return (await entries()).map((entry) => (typeof entry === 'string' ? entry : entry['id']));
  }

  async function entryOf(id: string): Promise<Readonly<Record<string, unknown>>> {
    const found = (await entries()).find((entry) => typeof entry !== 'string' && entry['id'] === id);
    ok(typeof found === 'object', id);
    return found;
  }

  async function open(): Promise<void> {
    await runCommand(page, 'Parley: Manage Gateways');
    await title('Manage Gateways').waitFor();
  }

  function title(text: string): Locator {
    return page.locator('.quick-input-widget:visible .quick-input-title').getByText(text, { exact: true });
  }

  function row(name: string | RegExp): Locator {
    return page.getByRole('option', { name });
  }

  const choose = (text: string): Promise<void> => chooseRow(page, text);

  async function openActions(name: string): Promise<void> {
    await open();
    await choose(name);
    await title(name).waitFor();
  }

  function dialog(text: string): Locator {
    return page.getByRole('dialog').filter({ hasText: text });
  }

  it('lists the gateways with their state, checks them, and says which one has no key', async () => {
    await open();
    await row(/^Lab.*No API key/).waitFor();
    await row(/^Picky.*Ready.*1 model.*Checked/).waitFor();
    await row(/^Spare.*No API key/).waitFor();
    equal(await row(/^APIMart/).count(), 0, 'a preset that is not set up');
    await screenshot(page, 'manage-gateways');
  });

  it('sets a key, says that the gateway is ready, and says when the gateway rejects the key later', async () => {
    await openActions('Lab');
    await choose('Set API Key');
    await title('API Key for Lab').waitFor();
    await quickInput(page).fill('sk-wrong-0123456789abcdef');
    await page.keyboard.press('Enter');
    await page.getByText(/Lab rejected this key\. It may be incomplete, expired, or from another/).waitFor();
    await quickInput(page).fill(key);
    await page.keyboard.press('Enter');
    await title('Lab').waitFor();
    await row(/Set API Key….*A key is stored/).waitFor();
    match((await quickInput(page).getAttribute('placeholder')) ?? '', /^Ready · 3 models · Checked/);
    await screenshot(page, 'manage-gateway');
    lab.behaviour.key = 'sk-another';
    await choose('Test');
    await row(/Set API Key….*Look for API keys in your account at Lab/).waitFor();
    match((await quickInput(page).getAttribute('placeholder')) ?? '', /^API key rejected/);
    await page.getByRole('button', { name: 'Back' }).click();
    await row(/^Lab.*API key rejected/).waitFor();
    lab.behaviour.key = key;
    await row(/^Lab/).hover();
    await row(/^Lab/).getByRole('button', { name: 'Test' }).click();
    await row(/^Lab.*Ready.*3 models/).waitFor();
  });

  it('checks the balance of a gateway with its button, once a minute', async () => {
    lab.behaviour.pages = {
      '/api/status': { success: true, data: { quota_per_unit: 500_000, quota_display_type: 'USD' } },
      '/api/usage/token/': {
        code: true,
        message: 'ok',
        data: { object: 'token_usage', total_available: 6_170_000, total_used: 0, unlimited_quota: false },
      },
    };
    await open();
    await row(/^Lab/).hover();
    await row(/^Lab/).getByRole('button', { name: 'Check Balance' }).click();
    await row(/^Lab.*\$12\.34 left for this key.*As of/).waitFor();
    await screenshot(page, 'gateway-balance');
    deepEqual(lab.pagesAsked, ['/api/usage/token/', '/api/status']);
    await choose('Lab');
    await row(/Check Balance.*\$12\.34 left for this key/).waitFor();
    await choose('Check Balance');
    await row(/Check Balance.*\$12\.34 left for this key/).waitFor();
    equal(lab.pagesAsked.length, 2, 'no further request within a minute');
  });

  it('renames a gateway and keeps comments, unknown fields and all other entries', async () => {
    const before = await entries();
    await openActions('Lab');
    await choose('Rename');
    await title('Rename Lab').waitFor();
    await quickInput(page).fill('Laboratory');
    await page.keyboard.press('Enter');
    await title('Laboratory').waitFor();
    await until(async () => (await entryOf('lab'))['name'] === 'Laboratory');
    deepEqual(await entries(), [{ ...(before[0] as object), name: 'Laboratory' }, ...before.slice(1)]);
    const text = await settingsText();
    for (const comment of ['// My gateways.', '// Not the work ones.', '/* The model. */'])
      ok(text.includes(comment), comment);
    await choose('Rename');
    await title('Rename Laboratory').waitFor();
    await quickInput(page).fill('Lab');
    await page.keyboard.press('Enter');
    await title('Lab').waitFor();
  });

  it('moves a gateway with its button and with the keyboard, and leaves invalid entries in place', async () => {
    await open();
    await row(/^Picky/).hover();
    await row(/^Picky/)
      .getByRole('button', { name: 'Move Up' })
      .click();
    await until(async () => (await ids())[0] === 'picky');
    deepEqual(await ids(), ['picky', 'not a gateway', 'lab', 'spare']);
    await page.keyboard.press('Escape');
    await openActions('Picky');
    await choose('Move Down');
    await until(async () => (await ids())[0] === 'lab');
    deepEqual(await ids(), ['lab', 'not a gateway', 'picky', 'spare']);
    equal((await entryOf('lab'))['notes'], 'ask Kim');
  });

  it('hides a gateway from the list of models, and shows it again', async () => {
    await openActions('Lab');
    await choose('Hide');
    await row(/Show, Its models/).waitFor();
    await until(async () => (await entryOf('lab'))['hidden'] === true);
    await page.keyboard.press('Escape');
    await runCommand(page, 'Parley: Select Model');
    await row(/gpt-4o/)
      .first()
      .waitFor();
    equal(await row(/gpt-5/).count(), 0, 'a model of the hidden gateway');
    await page.keyboard.press('Escape');
    await open();
    await row(/^Lab.*Hidden/).hover();
    await row(/^Lab/).getByRole('button', { name: 'Show' }).click();
    await row(/^Lab.*Hidden/).waitFor({ state: 'detached' });
    await until(async () => !('hidden' in (await entryOf('lab'))));
  });

  it('does not send the key to another origin without a yes, and changes nothing when the answer is no', async () => {
    const before = await entries();
    await openActions('Lab');
    await choose('Change Base URL');
    await title('Base URL').waitFor();
    await quickInput(page).fill(elsewhere.baseUrl);
    await page.keyboard.press('Enter');
    const question = dialog('Send the API key of Lab to');
    await question.getByText(/The operator of .* could read and use it\./).waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await title('Lab').waitFor();
    deepEqual(await entries(), before);
    await row(/Change Base URL/)
      .filter({ hasText: lab.baseUrl })
      .waitFor();
    ok(elsewhere.keys.every((sent) => sent !== key));
  });

  it('asks for another key when the address changes, and sends the old one nowhere else', async () => {
    await openActions('Lab');
    await choose('Change Base URL');
    await title('Base URL').waitFor();
    await quickInput(page).fill(elsewhere.baseUrl);
    await page.keyboard.press('Enter');
    await dialog('Send the API key of Lab to').getByRole('button', { name: 'Enter Another Key' }).click();
    await title('API Key for Lab').waitFor();
    await quickInput(page).fill(otherKey);
    await page.keyboard.press('Enter');
    await title('Lab').waitFor();
    await until(async () => (await entryOf('lab'))['baseUrl'] === elsewhere.baseUrl);
    equal((await entryOf('lab'))['notes'], 'ask Kim');
    await row(/Set API Key….*A key is stored/).waitFor();
    ok(elsewhere.keys.includes(otherKey));
    ok(!elsewhere.keys.includes(key));
  });

  it('sends the stored key to another origin after a yes', async () => {
    lab.behaviour.key = otherKey;
    await openActions('Lab');
    await choose('Change Base URL');
    await title('Base URL').waitFor();
    await quickInput(page).fill(lab.baseUrl);
    await page.keyboard.press('Enter');
    await dialog('Send the API key of Lab to').getByRole('button', { name: 'Send the Stored Key' }).click();
    await title('Lab').waitFor();
    await until(async () => lab.keys.includes(otherKey) && (await entryOf('lab'))['baseUrl'] === lab.baseUrl);
    await row(/Set API Key….*A key is stored/).waitFor();
  });

  it('shows what Parley learned about a model and forgets it', async () => {
    const chat = await openParley(page);
    await chat.getByRole('textbox', { name: 'Message' }).fill('Hello?');
    await chat.getByRole('textbox', { name: 'Message' }).press('Enter');
    await chat.getByText('One', { exact: true }).waitFor();
    await open();
    await row(/^Picky.*Unsupported parameters of 1 model/).waitFor();
    await choose('Picky');
    await row(/Forget gpt-4o.*Left out: stream_options/).waitFor();
    await choose('Forget gpt-4o');
    await row(/Forget/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Back' }).click();
    await row(/^Picky/).waitFor();
    equal(await row(/Unsupported parameters/).count(), 0);
  });

  it('removes a gateway and its key in three actions, and undoes it but for the key', async () => {
    const before = await entries();
    await open(); // 1
    await row(/^Lab/).hover();
    await row(/^Lab/).getByRole('button', { name: 'Remove' }).click(); // 2
    const question = dialog('Remove the gateway Lab?');
    await question.getByText('Its API key is deleted, too, and cannot be restored.').waitFor();
    await screenshot(page, 'remove-gateway');
    await question.getByRole('button', { name: 'Remove' }).click(); // 3
    await title('Manage Gateways').waitFor();
    await row(/^Picky/).waitFor();
    equal(await row(/^Lab/).count(), 0);
    await until(async () => !(await ids()).includes('lab'));
    await page.keyboard.press('Escape');
    await runCommand(page, 'Notifications: Show Notifications');
    await page.getByText('Lab was removed.').first().waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    // The key is gone for good, so it is asked for.
    await title('API Key for Lab').waitFor();
    equal(await quickInput(page).inputValue(), '');
    await until(async () => (await ids()).includes('lab'));
    deepEqual(await entries(), before);
    await page.keyboard.press('Escape');
    await quickInput(page).waitFor({ state: 'hidden' });
    await open();
    await row(/^Lab.*No API key/).waitFor();
  });

  it('removes a gateway with the keyboard alone, and keeps it when the answer is no', async () => {
    await openActions('Spare');
    await choose('Remove…');
    await dialog('Remove the gateway Spare?').getByText('Your chats are kept.').waitFor();
    await page.keyboard.press('Escape');
    await title('Spare').waitFor();
    ok((await ids()).includes('spare'));
    await choose('Remove…');
    await dialog('Remove the gateway Spare?').waitFor();
    await page.keyboard.press('Enter');
    await title('Manage Gateways').waitFor();
    await until(async () => !(await ids()).includes('spare'));
  });
});

/** A gateway that refuses `stream_options`. */
async function answerPickily(exchange: RawExchange): Promise<void> {
  const { head, body } = exchange;
  const isList = head.startsWith('GET');
  const refuses = body.includes('stream_options');
  const reply = isList
    ? '{"data":[{"id":"gpt-4o"}]}'
    : refuses
      ? '{"error":{"message":"Unknown parameter: \'stream_options\'.","param":"stream_options"}}'
      : 'data: {"choices":[{"index":0,"delta":{"content":"One"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
  const type = isList || refuses ? 'application/json' : 'text/event-stream';
  const status = refuses ? '400 Bad Request' : '200 OK';
  await exchange.write(
    `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${reply.length}\r\n\r\n${reply}`,
  );
}
