import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { withParley } from '../support/withParley';

/** Runs git in a folder, as a user with a name. */
function git(cwd: string, ...parameters: string[]): void {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...parameters], { cwd });
}

describe('commit messages', () => {
  const window = withParley({
    newChats: false,
    files: async (workspace) => {
      git(workspace, 'init', '-q', '-b', 'feature/dates');
      git(workspace, 'config', 'user.email', 'ada@example.com');
      await writeFile(join(workspace, 'app.ts'), 'export const one = 1;\n');
      git(workspace, 'add', '.');
      git(workspace, 'commit', '-q', '-m', 'feat: 新增入口');
      await writeFile(join(workspace, 'app.ts'), 'export const one = 1;\nexport const two = 2;\n');
      await writeFile(join(workspace, 'package-lock.json'), '"resolved": "x",\n'.repeat(50_000));
      await writeFile(join(workspace, '.env'), 'SERVER_TOKEN=never-sent-1234\n');
      await mkdir(join(workspace, 'src'));
      await writeFile(join(workspace, 'src', 'dates.ts'), 'export const read = (): void => {};\n');
      git(workspace, 'add', '-f', '.');
    },
  });

  const box = (): Locator => window.page.locator('.scm-input .view-lines').first();
  const header = (): Locator => window.page.locator('.pane-header[aria-label*="Changes"]').first();
  const button = (name: string): Locator => header().getByRole('button', { name, exact: true });
  // VS Code shows the buttons of a title while the mouse is over it.
  const press = async (name: string): Promise<void> => {
    await header().hover();
    await button(name).click();
  };

  it('continues the text in the box, keeps new text of the user, and can be stopped', async () => {
    const { page, gateway } = window;
    await showSourceControl(page);
    await box().waitFor();
    await box().click();
    await page.keyboard.type('feat(dates): ');
    await box().filter({ hasText: 'feat(dates):' }).waitFor();
    gateway.behaviour.pieces = ['```\n', 'feat(dates): ', '读取日期\n', '\n', '- 支持两种格式'];
    gateway.behaviour.hangs = true;
    await press('Generate Commit Message');
    await box().filter({ hasText: '- 支持两种格式' }).waitFor();

    await box().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' (typed)');
    await box().filter({ hasText: '格式 (typed)' }).waitFor();
    await press('Stop Commit Message');
    await button('Generate Commit Message').waitFor({ state: 'attached' });
    assert.equal(await textOf(box()), 'feat(dates): 读取日期 - 支持两种格式 (typed)');

    const asked = window.lastAsked;
    for (const named of ['package-lock.json', '.env', 'src/dates.ts', 'feat: 新增入口', 'feature/dates'])
      assert.ok(asked.includes(named), named);
    for (const kept of ['never-sent-1234', '\\"resolved\\"']) assert.ok(!asked.includes(kept), kept);
    assert.ok(asked.includes('export const two'));
  });

  it('writes into the empty box, says what was left out, and can be undone', async () => {
    const { page, gateway } = window;
    gateway.behaviour.hangs = false;
    await box().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    gateway.behaviour.pieces = ['Commit message: ', 'feat: 读取日期'];
    await press('Generate Commit Message');
    await box().filter({ hasText: 'feat: 读取日期' }).waitFor();
    // VS Code shows no toasts while a test drives it.
    const status = page.locator('.statusbar-item', { has: page.locator('.codicon-bell-dot') });
    await status.getByRole('button').click();
    const notice = page
      .locator('.notification-list-item')
      .filter({ hasText: 'package-lock.json (lock file)' });
    await notice.filter({ hasText: '.env (may contain secrets)' }).waitFor();
    assert.equal(await textOf(box()), 'feat: 读取日期');
    await box().click();
    while ((await textOf(box())) !== '') await page.keyboard.press('Control+Z');
  });
});

/** Opens Source Control with its icon in the Activity Bar. */
async function showSourceControl(page: Page): Promise<void> {
  const icon = page
    .locator('.activitybar .action-item', { has: page.locator('[aria-label^="Source Control"]') })
    .first();
  await icon.waitFor();
  await icon.evaluate((item) => {
    if (item.getAttribute('aria-expanded') !== 'true') item.querySelector('a')?.click();
  });
}

/** The text of the box in one line. */
async function textOf(box: Locator): Promise<string> {
  const text = await box.innerText();
  return text.replaceAll(/\s+/gu, ' ').trim();
}
