import { equal, match, ok } from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { ProfileServer } from '../support/serverProfiles/profileServer';
import { llamaCpp } from '../support/serverProfiles/llamaCpp';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { openParley, quickInput, quickPickRows, runCommand } from '../support/workbench';

const key = 'sk-setup-0123456789abcdef';

/** An address of this computer where nothing listens. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/v1`;
}

describe('setting up a gateway', () => {
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;
  let server: ProfileServer;
  let locked: ProfileServer;
  let empty: ProfileServer;
  let message: Locator;

  before(async () => {
    server = await ProfileServer.start(llamaCpp);
    locked = await ProfileServer.start(llamaCpp, { key });
    empty = await ProfileServer.start(llamaCpp, { hasModels: false });
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [
          { id: 'locked', name: 'Locked', baseUrl: locked.baseUrl, auth: 'none', models: ['small-chat'] },
          { id: 'empty', name: 'Empty', baseUrl: empty.baseUrl, auth: 'none' },
          { id: 'dead', name: 'Dead', baseUrl: await deadAddress(), auth: 'none' },
        ],
        'parley.defaultModel': 'locked/small-chat',
      },
    });
    page = await vscode.page();
    view = await openParley(page);
    message = page.locator('.quick-input-widget:visible .quick-input-message');
  });

  after(async () => {
    await vscode.dispose();
    for (const each of [server, locked, empty]) await each.stop();
  });

  afterEach(async () => {
    for (let press = 0; press < 3 && (await quickInput(page).isVisible()); press += 1)
      await page.keyboard.press('Escape');
  });

  async function addAnyBaseUrl(text: string): Promise<void> {
    await runCommand(page, 'Parley: Add Gateway');
    await quickPickRows(page).filter({ hasText: 'Any Base URL…' }).click();
    await quickInput(page).fill(text);
    await page.keyboard.press('Enter');
  }

  it('says that nothing answers at an address, stays, and goes on when Enter is pressed again', async () => {
    const address = await deadAddress();
    await addAnyBaseUrl(address);
    await message.filter({ hasText: "Couldn't connect to" }).waitFor();
    match((await message.textContent()) ?? '', /Press Enter again to continue anyway\./);
    equal(await quickInput(page).inputValue(), address);
    await page.keyboard.press('Enter');
    await message.filter({ hasText: 'Leave empty if the server needs no key.' }).waitFor();
  });

  it('says that a server at an https address speaks http', async () => {
    await addAnyBaseUrl(server.baseUrl.replace('http:', 'https:'));
    await message.filter({ hasText: 'uses http, but its base URL starts with https://.' }).waitFor();
  });

  it('says what is wrong with an address that is none', async () => {
    await addAnyBaseUrl('https://me:secret@example.com/v1');
    await message.filter({ hasText: 'Remove the user name and password' }).waitFor();
    await quickInput(page).fill('http://[fe80::1%eth0]/v1');
    await page.keyboard.press('Enter');
    await message.filter({ hasText: 'network interface' }).waitFor();
  });

  it('takes the address and the key out of a pasted command for curl', async () => {
    const before = locked.requests.length;
    await addAnyBaseUrl(
      `curl ${locked.baseUrl}/chat/completions -H "Content-Type: application/json" -H "Authorization: Bearer ${key}" -d '{}'`,
    );
    await message.filter({ hasText: 'secret storage' }).waitFor();
    equal(await quickInput(page).inputValue(), key);
    await page.keyboard.press('Enter');
    await quickInput(page).waitFor({ state: 'hidden' });
    await view.getByRole('button', { name: /small-chat/ }).waitFor();
    ok(locked.requests.slice(before).some(({ headers }) => headers.authorization === `Bearer ${key}`));
  });

  it('shows a server that loads its model as loading, and one that runs as running', async () => {
    const loading = await ProfileServer.start(llamaCpp, { loading: true }, 1337);
    const running = await ProfileServer.start(llamaCpp, {}, 30_000);
    try {
      await runCommand(page, 'Parley: Add Gateway');
      await quickPickRows(page).filter({ hasText: 'Local Server…' }).click();
      const rows = quickPickRows(page);
      await rows.filter({ hasText: 'Jan' }).filter({ hasText: 'Loading…' }).waitFor();
      await rows.filter({ hasText: 'SGLang' }).filter({ hasText: 'Running' }).waitFor();
      loading.finishLoading();
      await page.getByRole('button', { name: 'Search Again' }).click();
      await rows.filter({ hasText: 'Jan' }).filter({ hasText: 'Running' }).waitFor();
    } finally {
      await loading.stop();
      await running.stop();
    }
  });

  it('stays when a local server does not answer, and says so', async () => {
    await runCommand(page, 'Parley: Add Gateway');
    await quickPickRows(page).filter({ hasText: 'Local Server…' }).click();
    const row = quickPickRows(page).filter({ hasText: 'KoboldCpp' });
    await row.filter({ hasText: 'Not running' }).waitFor();
    await page
      .locator('.quick-input-widget:visible .quick-input-progress.active')
      .waitFor({ state: 'hidden' });
    await row.click();
    await row.filter({ hasText: 'No server answers here.' }).waitFor();
  });

  it('says in the list of models why a gateway has none', async () => {
    await runCommand(page, 'Parley: Select Model');
    await quickPickRows(page).filter({ hasText: "Couldn't connect to" }).waitFor();
    await quickPickRows(page).filter({ hasText: 'Empty lists no chat models.' }).waitFor();
  });

  it('sends a key that was set for a gateway without authentication', async () => {
    await runCommand(page, 'Parley: Select Model');
    await quickInput(page).fill('small-chat');
    await quickPickRows(page).filter({ hasText: 'Locked' }).first().click();
    await view.getByRole('textbox', { name: 'Message' }).fill('Hello?');
    await view.getByRole('textbox', { name: 'Message' }).press('Enter');
    const setKey = view.getByRole('alert').getByRole('button', { name: 'Set API Key' });
    await setKey.click();
    await quickInput(page).fill(`Bearer ${key}`);
    await page.keyboard.press('Enter');
    await view.getByText('Hello there.').waitFor();
    equal(locked.requests.at(-1)?.headers.authorization, `Bearer ${key}`);
  });

  it('says in the chat why a gateway has no model, when none was ever chosen', async () => {
    const other = await startVSCode({
      settings: {
        'parley.gateways': [{ id: 'dead', name: 'Dead', baseUrl: await deadAddress(), auth: 'none' }],
      },
    });
    try {
      const chat = await openParley(await other.page());
      const composer = chat.getByRole('textbox', { name: 'Message' });
      await composer.fill('Hello?');
      await composer.press('Enter');
      await chat
        .getByRole('alert')
        .getByText(/^Couldn't connect to/)
        .waitFor();
      await chat.getByRole('alert').getByRole('button', { name: 'Try Again' }).waitFor();
    } finally {
      await other.dispose();
    }
  });
});
