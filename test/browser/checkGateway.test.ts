import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { openParley, quickPickRows, runCommand } from '../support/workbench';

describe('checking a gateway', () => {
  let gateway: TestGateway;
  let vscode: VSCode;
  let page: Page;

  before(async () => {
    gateway = await TestGateway.start();
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [{ id: 'open', name: 'Open', baseUrl: gateway.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'open/gpt-4o',
      },
    });
    page = await vscode.page();
    await openParley(page);
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
  });

  async function startCheck(): Promise<void> {
    await runCommand(page, 'Parley: Check Gateway');
    await quickPickRows(page).filter({ hasText: 'Open' }).first().click();
  }

  /** The preview is a webview beside the panel's. */
  function preview(): FrameLocator {
    return page
      .locator('iframe.webview.ready:not([name=""])')
      .last()
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  it('says what it will send, and sends nothing when the answer is no', async () => {
    await startCheck();
    const dialog = page.getByRole('dialog').filter({ hasText: 'Check Open?' });
    await dialog.getByText('This may cost a few tokens.').waitFor();
    await screenshot(page, 'check-confirm');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(gateway.requests.length, 0);
  });

  it('shows what it found as a document and offers a report', async () => {
    await startCheck();
    await page.getByRole('dialog').getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByRole('tab', { name: /Check of Open/ }).waitFor();
    const document = preview();
    await document.getByRole('heading', { name: 'Check of Open' }).waitFor();
    const row = (name: string): ReturnType<FrameLocator['locator']> =>
      document.getByRole('row').filter({ hasText: name });
    await row('Streamed answer').getByText('Pass').waitFor();
    await row('Token counts').getByText('Not supported').waitFor();
    await screenshot(page, 'check-document');
    await document.getByText('Streamed answer: Pass.').waitFor();
    await runCommand(page, 'Notifications: Show Notifications');
    await page.getByRole('button', { name: 'Copy Report' }).click();
    await page.waitForFunction(async () =>
      /^Check of Open\n[^]*Streamed answer: Pass\./.test(await navigator.clipboard.readText()),
    );
    assert.equal(gateway.requests.length, 5);
  });
});
