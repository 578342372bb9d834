import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { clickOnBlock, openFile, openParley, placeCursor, quickPickRows } from '../support/workbench';

const source = `export function add(left: number, right: number): number {
  return left + right;
}

export function divide(left: number, right: number): number {
  return left / right;
}
`;

const answer = `In \`maths.ts\`, say what a division by zero is:

\`\`\`ts
export function divide(left: number, right: number): number {
  if (right === 0) throw new RangeError('Division by zero');
  return left / right;
}
\`\`\`
`;

describe('code from an answer', () => {
  let gateway: TestGateway;
  let vscode: VSCode;
  let page: Page;
  let workspace: string;
  let block: Locator;

  before(async () => {
    gateway = await TestGateway.start({ pieces: [answer] });
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    await writeFile(join(workspace, 'maths.ts'), source);
    vscode = await startVSCode({
      workspace,
      settings: {
        'parley.gateways': [{ id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'loopback/gpt-4o',
      },
    });
    page = await vscode.page();
    const view: FrameLocator = await openParley(page);
    await view.getByRole('textbox', { name: 'Message' }).fill('Check for zero.');
    await page.keyboard.press('Enter');
    block = view.getByRole('article', { name: 'gpt-4o' }).getByRole('group', { name: 'TypeScript' });
    await block.waitFor();
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  it('displays a change as a diff, and makes it when it is accepted', async () => {
    await block.hover();
    await block.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByRole('tab', { name: /maths\.ts \(Proposed by gpt-4o\)/ }).waitFor();
    const proposed = page.locator('.editor.modified');
    await proposed.getByText("'Division by zero'").first().waitFor();
    await screenshot(page, 'proposed-change');
    assert.equal(await readFile(join(workspace, 'maths.ts'), 'utf8'), source);
    await page.getByRole('button', { name: 'Accept Change' }).click();
    await page.getByRole('tab', { name: /Proposed/ }).waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: /^maths\.ts/ }).waitFor();
    await page.locator('.editor-instance .view-line').getByText('Division by zero').waitFor();
    assert.equal(await readFile(join(workspace, 'maths.ts'), 'utf8'), source);
    await page.keyboard.press('Control+S');
    await saved(/RangeError\('Division by zero'\);\n {2}return left \/ right;\n\}\n$/);
    await screenshot(page, 'accepted-change');
  });

  it('inserts code at the cursor of the last active editor', async () => {
    await openFile(page, 'maths.ts');
    await placeCursor(page, 4, 1);
    await block.hover();
    await block.getByRole('button', { name: 'Insert at Cursor' }).click();
    const inserted = page
      .locator('.editor-instance .view-line')
      .filter({ hasText: 'export function divide' });
    await inserted.nth(1).waitFor();
    await page.keyboard.press('Control+S');
    await saved(/\}\nexport function divide[^]*\}\nexport function divide/);
  });

  it('opens a code block as a new file of its language', async () => {
    await clickOnBlock(block, 'New File');
    await page.getByRole('tab', { name: /Untitled-1/ }).waitFor();
    await page
      .getByRole('button', { name: /TypeScript/ })
      .first()
      .waitFor();
    await screenshot(page, 'new-file');
    assert.equal(await quickPickRows(page).count(), 0);
  });

  /** Files reach the disk a moment after the key. */
  async function saved(expected: RegExp): Promise<void> {
    let text = '';
    for (let attempt = 0; attempt < 100; attempt++) {
      text = await readFile(join(workspace, 'maths.ts'), 'utf8');
      if (expected.test(text)) return;
      await page.waitForTimeout(50);
    }
    assert.match(text, expected);
  }
});
