import assert from 'node:assert/strict';
import { filesContaining } from '../support/filesContaining';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { quickInput } from '../support/workbench';
import { screenshot } from '../support/screenshot';
import { panel } from '../support/workbench';

const key = 'sk-canary-5f2d9c';

describe('first run', () => {
  let gateway: TestGateway;
  let vscode: VSCode;

  before(async () => {
    gateway = await TestGateway.start({ key });
    // The preset itself, with its base URL led to loopback.
    vscode = await startVSCode({
      settings: { 'parley.gateways': [{ id: 'apimart', baseUrl: gateway.baseUrl }] },
    });
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
  });

  it('takes five actions from the icon to the first answer', async () => {
    const page = await vscode.page();
    await page.locator('.activitybar [aria-label^="Parley"]').first().click(); // 1
    const view = await panel(page);
    await view.getByRole('button', { name: /^APIMart/ }).waitFor();
    await screenshot(page, 'first-run');
    await view.getByRole('button', { name: /^APIMart/ }).click(); // 2
    await quickInput(page).fill(`  ${key}\n`); // 3: people copy keys with blanks around them
    await screenshot(page, 'first-run-key');
    await page.keyboard.press('Enter'); // 4
    const message = view.getByRole('textbox', { name: 'Message' });
    await message.waitFor();
    await view.locator('textarea:focus').waitFor();
    await screenshot(page, 'first-run-ready');
    await page.keyboard.type('Hello'); // 5
    await page.keyboard.press('Enter');
    await view.getByText('Hello from the gateway.').waitFor();
    assert.equal(gateway.lastRequest.body.model, 'gpt-4o');
    assert.equal(gateway.lastRequest.headers.authorization, `Bearer ${key}`);
    await screenshot(page, 'first-answer');
  });

  it('leaves the key nowhere: in no console and in no file that VS Code or Parley wrote', async () => {
    assert.equal(vscode.log.join('\n').includes(key), false);
    // The search finds what is there: the prompt is in its journal.
    assert.ok((await filesContaining(vscode.dataFolder, '"text":"Hello"')).length > 0);
    assert.deepEqual(await filesContaining(vscode.dataFolder, key), []);
  });
});
