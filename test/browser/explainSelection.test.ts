import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import {
  clickMenuItem,
  composerFocused,
  openFile,
  panel,
  placeCursor,
  runCommand,
} from '../support/workbench';

describe('explain selection', () => {
  let gateway: TestGateway;
  let vscode: VSCode;
  let page: Page;
  let workspace: string;

  before(async () => {
    gateway = await TestGateway.start({ pieces: ['It returns ', 'the **sum**.'] });
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    await writeFile(
      join(workspace, 'add.ts'),
      'export function add(a: number, b: number): number {\n  return a + b;\n}\n',
    );
    vscode = await startVSCode({
      workspace,
      settings: {
        'parley.gateways': [{ id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'loopback/gpt-4o',
      },
    });
    page = await vscode.page();
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  it('opens the panel, shows the code as a chip and streams the explanation', async () => {
    const editor = await openFile(page, 'add.ts');
    await editor.locator('.view-line').first().click();
    await page.keyboard.press('Control+A');
    await editor.locator('.view-line').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Parley' }).hover();
    await page.getByRole('menuitem', { name: 'Explain Selection' }).waitFor();
    await screenshot(page, 'context-menu');
    await clickMenuItem(page.getByRole('menuitem', { name: 'Explain Selection' }));
    const view = await panel(page);
    await view.getByRole('article', { name: 'gpt-4o' }).getByText('the sum.').waitFor();
    await view
      .getByRole('article', { name: 'You' })
      .getByText(/^add\.ts 1–3/)
      .waitFor();
    assert.match(
      gateway.lastRequest.body.messages.at(-1)?.content ?? '',
      /^`add\.ts` \(typescript, lines 1-3\):/,
    );
    await screenshot(page, 'explained');
    await composerFocused(page);
  });

  it('explains by key when nothing is selected', async () => {
    await openFile(page, 'add.ts');
    await placeCursor(page, 2, 5);
    const asked = gateway.requests.length;
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+Y');
    const view = await panel(page);
    await view.getByRole('article', { name: 'gpt-4o' }).nth(1).getByText('the sum.').waitFor();
    assert.equal(gateway.requests.length, asked + 1);
    await composerFocused(page);
  });

  it('adds a selection as a chip that can be removed', async () => {
    await openFile(page, 'add.ts');
    await placeCursor(page, 2, 5);
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await runCommand(page, 'Parley: Add Selection to Chat');
    const view: FrameLocator = await panel(page);
    const chips = view.getByRole('list', { name: 'Context' });
    await chips.getByText(/^add\.ts 2 of \d+/).waitFor();
    await screenshot(page, 'chip');
    await view.getByRole('button', { name: /^Remove add\.ts 2 of \d+/ }).click();
    await chips.getByText(/^add\.ts 2 of \d+/).waitFor({ state: 'detached' });
  });
});
