import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { runCommand, quickPickRows } from '../support/workbench';
import { TestGateway } from '../support/testGateway';

/** The longest start of a window on a busy machine, in milliseconds. */
const startUp = 60_000;

function model(page: Page, name: string): Locator {
  return page.getByRole('button', { name: `Parley model: ${name}` });
}

/** The number of VS Code's databases (the user's and the workspace's) that hold a model as the shown one. */
async function countStored(page: Page, name: string): Promise<number> {
  return await page.evaluate(async (wanted) => {
    let found = 0;
    for (const { name: databaseName = '' } of await indexedDB.databases()) {
      const opening = indexedDB.open(databaseName);
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const database = opening.result;
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => (reading.onsuccess = resolve));
        const text = JSON.stringify(reading.result);
        if (new RegExp(`shownModel[^{]*\\{[^}]*${wanted}`).test(text)) found += 1;
      }
      database.close();
    }
    return found;
  }, name);
}

/** Waits until VS Code has written the shown model. A window loses what is not written before a reload. */
async function isStored(page: Page, name: string): Promise<void> {
  while ((await countStored(page, name)) < 2) await page.waitForTimeout(100);
}

/** Changes the user's settings while no window is open. */
async function changeSettings(
  { dataFolder }: VSCode,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = join(dataFolder, 'user', 'User', 'settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...settings, ...changes }));
}

describe('the model in the status bar', () => {
  let gateway: TestGateway;
  let vscode: VSCode;

  before(async () => {
    gateway = await TestGateway.start({ pieces: ['Hello.'] });
    const models = [{ id: 'gpt-4o', name: 'Four of Loopback' }, { id: 'gpt-5' }];
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [
          { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none', models },
        ],
        'parley.defaultModel': 'loopback/gpt-5',
      },
    });
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
  });

  it('is there from the start of a window, and is the chosen one again in the next window', async () => {
    const page = await vscode.page();
    await model(page, 'gpt-5').waitFor({ timeout: startUp });
    await runCommand(page, 'Parley: Select Model');
    await quickPickRows(page).filter({ hasText: 'Four of Loopback' }).first().click();
    await model(page, 'Four of Loopback').waitFor();
    await isStored(page, 'Four of Loopback');
    await page.reload();
    await model(page, 'Four of Loopback').waitFor({ timeout: startUp });
  });

  it('is not a model whose gateway was removed while VS Code was closed', async () => {
    const page = await vscode.page();
    await model(page, 'Four of Loopback').waitFor({ timeout: startUp });
    await page.close();
    const other = { id: 'other', name: 'Other', baseUrl: gateway.baseUrl, auth: 'none' };
    await changeSettings(vscode, {
      'parley.gateways': [other],
      'parley.defaultModel': 'other/gpt-5-mini',
    });
    const next = await vscode.page();
    await model(next, 'gpt-5-mini').waitFor({ timeout: startUp });
    await next.close();
    await changeSettings(vscode, { 'parley.gateways': [], 'parley.defaultModel': '' });
    await model(await vscode.page(), 'no model').waitFor({ timeout: startUp });
  });
});
