import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { filesContaining } from '../support/filesContaining';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { openParley, quickInput, quickPickRows, runCommand } from '../support/workbench';

const rightKey = 'sk-right-71c0';
const wrongKey = 'sk-wrong-98ab';

describe('failures', () => {
  let gateway: TestGateway;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;

  before(async () => {
    gateway = await TestGateway.start({ key: rightKey });
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [{ id: 'keyed', name: 'Keyed', baseUrl: gateway.baseUrl }],
        'parley.defaultModel': 'keyed/gpt-4o',
      },
    });
    page = await vscode.page();
    view = await openParley(page);
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
  });

  async function ask(text: string): Promise<void> {
    await view.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
  }

  it('says where the answer would be that no key is stored, and the button leads to the answer', async () => {
    await ask('Hello');
    const alert = view.getByRole('article', { name: 'gpt-4o' }).getByRole('alert');
    await alert.getByText('Keyed needs an API key.').waitFor();
    await screenshot(page, 'missing-key');
    await alert.getByRole('button', { name: 'Set API Key' }).click();
    await quickInput(page).fill(wrongKey);
    await page.keyboard.press('Enter');
    // The gateway is asked before the key is kept, so a wrong one is noticed at once.
    await page.getByText('Keyed rejected this key.').waitFor();
    await screenshot(page, 'key-rejected');
    await quickInput(page).fill(rightKey);
    await page.keyboard.press('Enter');
    await view.getByText('Hello from the gateway.').waitFor();
    assert.equal(await view.getByRole('alert').count(), 0);
  });

  it('names a 401, and a new key brings the answer', async () => {
    gateway.behaviour.key = 'sk-rotated-22';
    await ask('And now?');
    const alert = view.getByRole('alert');
    await alert.getByText('Keyed rejected the API key.').waitFor();
    await screenshot(page, 'unauthorized');
    await alert.getByRole('button', { name: 'Set API Key' }).click();
    await quickInput(page).fill('sk-rotated-22');
    await page.keyboard.press('Enter');
    await alert.waitFor({ state: 'detached' });
    await view.getByText('Hello from the gateway.').nth(1).waitFor();
  });

  it('refuses in its box a key that the gateway refuses with 400', async () => {
    gateway.behaviour.keyRefusal = {
      status: 400,
      body: [{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }],
    };
    await runCommand(page, 'Parley: Set API Key');
    await quickPickRows(page).filter({ hasText: 'Keyed' }).click();
    await quickInput(page).fill(wrongKey);
    await page.keyboard.press('Enter');
    await page.getByText('Keyed rejected this key.').waitFor();
    await page.keyboard.press('Escape');
  });

  it('says where the answer ends that it reached the output limit, and goes on with it', async () => {
    gateway.behaviour.pieces = ['Once upon '];
    gateway.behaviour.finishReason = 'length';
    await ask('A story');
    const article = view.getByRole('article', { name: 'gpt-4o' }).last();
    await article.getByRole('alert').getByText('The answer reached the output limit.').waitFor();
    await screenshot(page, 'output-limit');
    gateway.behaviour.pieces = ['a time.'];
    gateway.behaviour.finishReason = 'stop';
    await article.getByRole('button', { name: 'Continue' }).click();
    await article.getByText('Once upon a time.').waitFor();
    assert.equal(await article.getByRole('alert').count(), 0);
  });

  it("shows the gateway's own words for a conversation that is too long, and offers to shorten it", async () => {
    const message =
      'request (2811 tokens) exceeds the available context size (1024 tokens), try increasing it';
    gateway.behaviour.refusal = { status: 400, body: { error: { code: 400, message } } };
    const before = gateway.requests.length;
    await ask('And then?');
    const alert = view.getByRole('article', { name: 'gpt-4o' }).last().getByRole('alert');
    await alert.getByText('This chat is too long for gpt-4o.').waitFor();
    await alert.getByText(message).waitFor();
    assert.equal(await alert.getByRole('button', { name: 'Shorten Chat' }).count(), 1);
    await screenshot(page, 'too-long');
    assert.equal(gateway.requests.length, before + 1);
    gateway.behaviour.refusal = null;
  });

  it('notices that the key was removed', async () => {
    await runCommand(page, 'Parley: Remove API Key');
    await quickPickRows(page).filter({ hasText: 'Keyed' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await ask('Still there?');
    await view.getByRole('alert').getByText('Keyed needs an API key.').waitFor();
  });

  it('keeps the keys out of every console and file, also when they were refused', async () => {
    const log = vscode.log.join('\n');
    for (const key of [rightKey, wrongKey, 'sk-rotated-22']) {
      assert.equal(log.includes(key), false);
      assert.deepEqual(await filesContaining(vscode.dataFolder, key), []);
    }
  });
});
