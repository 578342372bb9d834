import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { openParley, quickPickRows } from '../support/workbench';

describe('comparing models that only the gateway can list', () => {
  let gateway: TestGateway;
  let vscode: VSCode;

  before(async () => {
    gateway = await TestGateway.start();
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [{ id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'loopback/gpt-4o',
      },
    });
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
  });

  it('fills the list while it is open, with the model in use checked', async () => {
    const page = await vscode.page();
    const view = await openParley(page);
    await view.getByRole('button', { name: 'Compare Models' }).click();
    const box = (name: string): Locator =>
      quickPickRows(page).filter({ hasText: name }).getByRole('checkbox').first();
    await box('gpt-5').waitFor();
    // The check marks come a moment after the rows.
    await box('gpt-4o')
      .and(page.getByRole('checkbox', { checked: true }))
      .waitFor();
    assert.equal(await box('gpt-5').isChecked(), false);
    await box('gpt-5').click();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await view.getByText('Comparing gpt-4o, gpt-5').waitFor();
  });
});
