import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { panel, quickInput } from '../support/workbench';

const key = 'sk-canary-9b41c7';

const source = 'export function add(left: number, right: number): number {\n  return left - right;\n}\n';

const answer = `It subtracts. Better:

\`\`\`ts add.ts
export function add(left: number, right: number): number {
  return left + right;
}
\`\`\`
`;

/** From a VS Code that never saw Parley to a change in a file and back, without a mouse. */
describe('by keyboard alone', () => {
  let gateway: TestGateway;
  let vscode: VSCode;
  let page: Page;
  let workspace: string;

  before(async () => {
    gateway = await TestGateway.start({ key, pieces: [answer] });
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    await writeFile(join(workspace, 'add.ts'), source);
    vscode = await startVSCode({
      workspace,
      settings: {
        'parley.gateways': [{ id: 'apimart', baseUrl: gateway.baseUrl }],
      },
    });
    page = await vscode.page();
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  it('opens, connects, asks about a file, applies the answer and takes it back', async () => {
    await openByKeys();
    const view = await panel(page);
    const card = view.getByRole('button', { name: /^APIMart/ });
    await card.waitFor();
    await has(view.getByRole('textbox', { name: 'Message' }));
    await tabTo(view, card, 'Shift+Tab');
    await screenshot(page, 'keyboard-card');
    await page.keyboard.press('Enter');

    await has(quickInput(page));
    await page.keyboard.insertText(key);
    await page.keyboard.press('Enter');
    const composer = view.getByRole('textbox', { name: 'Message' });
    await composer.waitFor();
    await has(composer);

    await page.keyboard.type('What is wrong in @add');
    await view
      .getByRole('option', { name: /add\.ts/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await view.getByRole('list', { name: 'Context' }).getByText('add.ts').waitFor();
    await has(composer);
    await page.keyboard.press('Enter');
    const block = view.getByRole('article', { name: 'gpt-4o' }).getByRole('group', { name: /TypeScript/ });
    await block.waitFor();
    await view.getByRole('status').filter({ hasText: 'Answer complete' }).waitFor({ state: 'attached' });
    assert.match(JSON.stringify(gateway.lastRequest.body.messages), /return left - right/);
    await has(composer);

    await page.keyboard.press('Alt+Shift+ArrowDown');
    await has(block);
    const apply = block.getByRole('button', { name: 'Apply', exact: true });
    await tabTo(view, apply);
    await screenshot(page, 'keyboard-apply');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /add\.ts \(Proposed by gpt-4o\)/ }).waitFor();
    await page.locator('.editor.modified').getByText('left + right').waitFor();
    await has(page.locator('.editor-instance').locator(':focus'));
    await screenshot(page, 'keyboard-proposed');

    await page.keyboard.press('F1');
    await has(quickInput(page));
    await page.keyboard.type('Parley: Accept Change');
    await page
      .locator('.quick-input-widget:visible .monaco-list-row.focused')
      .filter({ hasText: 'Parley: Accept Change' })
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /Proposed/ }).waitFor({ state: 'detached' });
    const editor = page.locator('.editor-instance');
    await editor.locator('.view-line').getByText('left + right').waitFor();
    await has(editor.locator(':focus'));
    await screenshot(page, 'keyboard-accepted');

    await page.keyboard.press('Control+Z');
    await editor.locator('.view-line').getByText('left - right').waitFor();
    await has(editor.locator(':focus'));
  });

  /** Keys that come before the workbench listens are lost: pressed again until the panel stands. */
  async function openByKeys(): Promise<void> {
    const frame = page.locator('iframe.webview.ready');
    for (let attempt = 0; attempt < 10 && (await frame.count()) === 0; attempt++) {
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+G');
      await Promise.race([frame.first().waitFor({ state: 'attached' }), page.waitForTimeout(3_000)]);
    }
  }

  /** Goes from one to the next until the focus is on it; it is never on nothing on the way. */
  async function tabTo(
    view: FrameLocator,
    target: Locator,
    step: 'Tab' | 'Shift+Tab' = 'Tab',
  ): Promise<void> {
    const focused = target.and(view.locator(':focus'));
    for (let steps = 0; steps < 20; steps++) {
      if ((await focused.count()) > 0) return;
      await page.keyboard.press(step);
      await focusWithin(view);
    }
    assert.fail('Twenty times Tab did not lead there.');
  }

  /** Waits until something in the panel has the focus, its body not counted. */
  async function focusWithin(view: FrameLocator): Promise<void> {
    await view.locator(':focus').waitFor({ state: 'attached' });
  }

  /** Waits until it has the focus. */
  async function has(target: Locator): Promise<void> {
    await target.first().waitFor({ state: 'attached' });
    const deadline = Date.now() + 10_000;
    while (
      !(await target.first().evaluate((element) => element === document.activeElement && document.hasFocus()))
    ) {
      assert.ok(Date.now() < deadline, 'The focus did not come.');
      await page.waitForTimeout(50);
    }
  }
});
