/**
 * Takes the screenshots of the README from the demo (`npm run screenshots`). Run it again
 * when the appearance of the panel changes.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { packageExtension } from '../../scripts/packageExtension.mjs';
import { startDemoGateway } from '../../scripts/demo/startDemoGateway.mjs';
import { tellProblems } from '../../scripts/problem.mjs';
import { root, startVSCode } from './startVSCode';
import {
  composerFocused,
  openFile,
  openParley,
  panel,
  quickInput,
  quickPickRows,
  runCommand,
} from './workbench';

const folder = join(root, 'docs', 'images');

async function ask(page: Page, text: string): Promise<void> {
  const view = await panel(page);
  const before = await view.getByRole('article').count();
  await view.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
  await view
    .getByRole('article')
    .nth(before + 1)
    .waitFor();
  await view.getByRole('button', { name: 'Send' }).waitFor({ timeout: 60_000 });
}

async function newChat(page: Page): Promise<void> {
  await runCommand(page, 'Parley: New Chat');
  await composerFocused(page);
}

/** Drags the edge of the side bar to the right. */
async function widen(page: Page, by: number): Promise<void> {
  const box = await page.locator('.monaco-sash.vertical').nth(1).boundingBox();
  if (box === null) throw new Error('The side bar has no edge.');
  await page.mouse.move(box.x + 1, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + by, box.y + 300, { steps: 5 });
  await page.mouse.up();
}

async function compare(page: Page, models: readonly string[], text: string): Promise<void> {
  const view = await panel(page);
  await view.getByRole('button', { name: 'Compare Models' }).click();
  await quickInput(page).waitFor();
  for (const name of models) {
    const box = quickPickRows(page).filter({ hasText: name }).getByRole('checkbox').first();
    if (!(await box.isChecked())) await box.click();
  }
  await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
  await view.getByText(/^Comparing /).waitFor();
  await ask(page, text);
  const feed = view.getByRole('feed', { name: 'Conversation' });
  await feed.hover();
  await page.mouse.wheel(0, -10_000);
}

async function take(page: Page, name: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`.monaco-workbench.${colorScheme === 'dark' ? 'vs-dark' : 'vs'}`).waitFor();
  await page.mouse.move(900, 500);
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

void tellProblems(async () => {
  const gateway = await startDemoGateway({ tokensPerSecond: 400, firstToken: 50 });
  const vsix = join(root, 'parley.vsix');
  await packageExtension(vsix);
  const vscode = await startVSCode({
    extension: { vsix },
    workspace: join(root, 'scripts', 'demo', 'workspace'),
    settings: {
      'parley.gateways': [{ id: 'demo', name: 'Demo', baseUrl: gateway.baseUrl, auth: 'none' }],
      'parley.defaultModel': 'demo/nightingale',
      'window.title': 'Parley',
      'editor.minimap.enabled': false,
      'workbench.tips.enabled': false,
    },
  });
  try {
    const page = await vscode.page();
    await page.setViewportSize({ width: 1_200, height: 760 });
    await openParley(page);
    await widen(page, 130);
    const editor = await openFile(page, 'debounce.ts');
    await editor.locator('.view-line').nth(3).click();
    await page.keyboard.press('Control+A');
    await runCommand(page, 'Parley: Explain Selection');
    const view = await panel(page);
    await view.getByRole('button', { name: 'Regenerate' }).waitFor({ timeout: 60_000 });
    await take(page, 'explain-dark', 'dark');
    await newChat(page);
    await ask(page, 'Give me a tour of Markdown');
    await (await panel(page)).getByRole('feed', { name: 'Conversation' }).hover();
    await page.mouse.wheel(0, -10_000);
    await take(page, 'tour-light', 'light');
    await newChat(page);
    await widen(page, 190);
    await compare(page, ['nightingale', 'swift'], 'Give me a tour of Markdown');
    await take(page, 'compare-dark', 'dark');
  } finally {
    await vscode.dispose();
    await gateway.stop();
  }
});
