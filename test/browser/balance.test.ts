import { equal } from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { serverCertificate } from '../support/certificates';
import { ProxyServer } from '../support/proxyServer';
import { RawServer } from '../support/rawServer';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { openParley, quickPickRows } from '../support/workbench';

const refusal = JSON.stringify({ error: { message: 'This request requires more credits.', code: 402 } });

describe('a known gateway whose balance is used up', () => {
  let unpaid: RawServer;
  let paid: TestGateway;
  let proxy: ProxyServer;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;

  before(async () => {
    unpaid = await RawServer.start(async (exchange) => {
      const head = 'HTTP/1.1 402 Payment Required\r\nContent-Type: application/json\r\n';
      await exchange.write(`${head}Content-Length: ${refusal.length}\r\n\r\n${refusal}`);
      exchange.end();
    }, serverCertificate);
    paid = await TestGateway.start({ pieces: ['Paid for.'] });
    // The gateway's own host leads to this machine.
    proxy = await ProxyServer.start({
      routes: { 'openrouter.ai:443': Number(new URL(unpaid.baseUrl).port) },
    });
    vscode = await startVSCode({
      settings: {
        'http.proxy': `http://${proxy.host}`,
        'http.proxyStrictSSL': false,
        'parley.gateways': [
          { id: 'router', name: 'Router', baseUrl: 'https://openrouter.ai/api/v1', auth: 'none' },
          { id: 'paid', name: 'Paid', baseUrl: paid.baseUrl, auth: 'none' },
        ],
        'parley.defaultModel': 'router/costly-model',
      },
    });
    page = await vscode.page();
    view = await openParley(page);
    await view.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await page.keyboard.press('Enter');
  });

  after(async () => {
    await vscode.dispose();
    await proxy.stop();
    await paid.stop();
    await unpaid.stop();
  });

  it("shows the gateway's own words, and opens its billing page through VS Code's check", async () => {
    const alert = view.getByRole('alert');
    await alert.getByText('Your balance with Router is used up.').waitFor();
    await alert.getByText('This request requires more credits.').waitFor();
    await screenshot(page, 'balance-used-up');
    await alert.getByRole('button', { name: 'Open Billing Page' }).click();
    const check = page.getByRole('dialog').filter({ hasText: 'https://openrouter.ai/settings/credits' });
    await check.waitFor();
    await screenshot(page, 'billing-page');
    await check.getByRole('button', { name: 'Cancel' }).click();
    await check.waitFor({ state: 'detached' });
  });

  it('answers with another model after "Choose Another Model"', async () => {
    await view.getByRole('alert').getByRole('button', { name: 'Choose Another Model' }).click();
    await quickPickRows(page).filter({ hasText: 'gpt-5' }).first().click();
    await view.getByRole('article', { name: 'gpt-5' }).getByText('Paid for.').waitFor();
    equal(paid.requests.length > 0, true);
  });
});
