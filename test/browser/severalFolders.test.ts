import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { clickOnBlock, openParley } from '../support/workbench';

const answer = `\`\`\`ts web/new/fresh.ts
export const fresh = 1;
\`\`\`
`;

describe('a workspace of several folders', () => {
  let gateway: TestGateway;
  let vscode: VSCode;
  let page: Page;
  let workspace: string;

  before(async () => {
    gateway = await TestGateway.start({ pieces: [answer] });
    workspace = await mkdtemp(join(tmpdir(), 'parley-folders-'));
    for (const name of ['api', 'web']) await mkdir(join(workspace, name));
    const file = join(workspace, 'team.code-workspace');
    await writeFile(file, JSON.stringify({ folders: [{ path: 'api' }, { path: 'web' }] }));
    vscode = await startVSCode({
      workspace,
      settings: {
        'parley.gateways': [{ id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'loopback/gpt-4o',
      },
    });
    page = await vscode.page({ workspace: file });
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  it('opens a new file in the folder that its name begins with', async () => {
    const view: FrameLocator = await openParley(page);
    await view.getByRole('textbox', { name: 'Message' }).fill('Make a file.');
    await page.keyboard.press('Enter');
    const block = view.getByRole('article', { name: 'gpt-4o' }).getByRole('group').first();
    await clickOnBlock(block, 'New File');
    const tab = page.getByRole('tab', { name: /fresh\.ts/ });
    await tab.waitFor();
    const path = await tab.locator('.tab-label').getAttribute('aria-label');
    // VS Code shortens paths in the home folder.
    assert.equal(path?.replace(/^~/, homedir()), join(workspace, 'web', 'new', 'fresh.ts'));
  });
});
