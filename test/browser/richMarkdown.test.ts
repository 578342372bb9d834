import assert from 'node:assert/strict';
import { richAnswer } from '../support/richAnswer';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { openParley } from '../support/workbench';

describe('diagrams and formulas', () => {
  let gateway: TestGateway;
  let vscode: VSCode;

  before(async () => {
    gateway = await TestGateway.start({ pieces: richAnswer.match(/[^]{1,40}/g) ?? [] });
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

  it("are drawn under the panel's own policy, which has nothing to report", async () => {
    const page = await vscode.page();
    const reports: string[] = [];
    const view = await openParley(page);
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) reports.push(message.text());
    });
    await view.getByRole('textbox', { name: 'Message' }).fill('Draw it.');
    await page.keyboard.press('Enter');
    const answer = view.getByRole('article').last();
    await answer.getByRole('img', { name: 'Diagram' }).waitFor();
    await answer.locator('math').nth(2).waitFor();
    await answer.getByText("Couldn't draw this diagram.").waitFor();
    const size = await answer.getByRole('img', { name: 'Diagram' }).locator('svg').boundingBox();
    assert.ok(size !== null && size.width > 150 && size.height > 30, JSON.stringify(size));
    assert.deepEqual(reports, []);
  });
});
