import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { ProxyServer } from '../support/proxyServer';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { openParley, quickInput } from '../support/workbench';

const key = 'sk-network-4b1f';

describe('a gateway without TLS behind the proxy of the settings', () => {
  let gateway: TestGateway;
  let proxy: ProxyServer;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;

  before(async () => {
    gateway = await TestGateway.start({ key });
    proxy = await ProxyServer.start({
      routes: { 'gateway.test:8080': Number(new URL(gateway.baseUrl).port) },
      credentials: 'max:word',
    });
    vscode = await startVSCode({
      settings: {
        'http.proxy': `http://max:word@${proxy.host}`,
        'parley.gateways': [{ id: 'far', name: 'Far', baseUrl: 'http://gateway.test:8080/v1' }],
        'parley.defaultModel': 'far/gpt-4o',
      },
    });
    page = await vscode.page();
    view = await openParley(page);
  });

  after(async () => {
    await vscode.dispose();
    await proxy.stop();
    await gateway.stop();
  });

  it('gets no key that the user does not let go in clear text', async () => {
    await view.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await page.keyboard.press('Enter');
    const alert = view.getByRole('alert');
    await alert.getByRole('button', { name: 'Set API Key' }).click();
    await quickInput(page).fill(key);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog').filter({ hasText: 'http://gateway.test:8080 unencrypted?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await alert.getByText('The API key was not sent').waitFor();
    await screenshot(page, 'insecure-address');
    assert.equal(proxy.heads.filter((head) => head.includes('gateway.test')).length, 0);
  });

  it('answers through the proxy when the user lets it', async () => {
    await view.getByRole('alert').getByRole('button', { name: 'Send Anyway' }).click();
    const dialog = page.getByRole('dialog').filter({ hasText: 'http://gateway.test:8080 unencrypted?' });
    await screenshot(page, 'insecure-address-dialog');
    await dialog.getByRole('button', { name: 'Send Anyway' }).click();
    await view.getByText('Hello from the gateway.').waitFor();
    const tunnels = proxy.heads.filter((head) => head.startsWith('CONNECT gateway.test:8080'));
    assert.ok(tunnels.length > 0);
    assert.equal(tunnels.join('').includes(key), false);
  });

  it('leaves the proxy’s password in no console', () => {
    assert.equal(vscode.log.join('\n').includes('max:word'), false);
  });
});
