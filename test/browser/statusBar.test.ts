import type { Locator, Page } from 'playwright-core';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { runCommand, quickPickRows } from '../support/workbench';
import { TestGateway } from '../support/testGateway';

/** The longest start of a window on a busy machine, in milliseconds. */
const startUp = 60_000;

function model(page: Page, name: string): Locator {
  return page.getByRole('button', { name: `Parley model: ${name}` });
}

/** Waits until VS Code has written a text to its storage: what a window has not stored before a reload is lost. */
async function isStored(page: Page, text: string): Promise<void> {
  await page.waitForFunction(async (wanted) => {
    for (const { name = '' } of await indexedDB.databases()) {
      const opening = indexedDB.open(name);
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const database = opening.result;
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => (reading.onsuccess = resolve));
        if (JSON.stringify(reading.result).includes(wanted)) return true;
      }
      database.close();
    }
    return false;
  }, text);
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
});
