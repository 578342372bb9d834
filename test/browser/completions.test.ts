import { equal, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { withParley } from '../support/withParley';
import { openFile, placeCursor, quickPickRows, runCommand } from '../support/workbench';

const key = 'correct-horse-battery';

describe('completions', () => {
  const window = withParley({
    behaviour: { completion: ['add(', 'first, ', 'second);'] },
    files: async (workspace) => {
      const git = (...args: string[]): void => {
        execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
          cwd: workspace,
        });
      };
      git('init', '--quiet');
      await writeFile(join(workspace, 'sum.ts'), 'const first = 1;\nconst second = 2;\n\n');
      await writeFile(join(workspace, '.env'), `KEY=${key}\n\n`);
      await writeFile(join(workspace, 'marble.ts'), 'export const marble = "blue";\n');
      git('add', 'sum.ts', 'marble.ts');
      git('commit', '--quiet', '--message', 'Add files');
      await writeFile(join(workspace, 'marble.ts'), 'export const marble = "green";\n');
      git('add', 'marble.ts');
    },
    // Suggestions of TypeScript would appear at any moment and take the Tab key.
    settings: { 'editor.quickSuggestions': { other: 'off' }, 'editor.suggestOnTriggerCharacters': false },
  });

  const state = (name: string): Locator =>
    window.page.getByRole('button', { name: `Parley completions: ${name}` });
  const line = (text: string): Locator =>
    window.page.locator('.editor-instance .view-line').filter({ hasText: text });
  const ghostText = (): Locator => window.page.locator('.ghost-text-decoration');
  /** The requests for completions, without the one that finds out how the model completes. */
  const asked = (): readonly string[] =>
    window.gateway.requests
      .filter(({ path }) => path === '/v1/completions')
      .map(({ body }) => JSON.stringify(body))
      .filter((body) => !body.includes('marigold'));

  it('send nothing before they are switched on; then ghost text appears, follows the keys and is accepted with Tab', async () => {
    const { page } = window;
    await openFile(page, 'sum.ts');
    await placeCursor(page, 3, 1);
    await page.keyboard.type('const total = ');
    await line('const total =').waitFor();
    await state('off').click();
    await quickPickRows(page).filter({ hasText: 'gpt-4o' }).first().click();
    await state('on').waitFor();
    equal(asked().length, 0);
    await placeCursor(page, 3, 15);
    await page.keyboard.press('Backspace');
    await page.keyboard.type(' ');
    await ghostText().first().waitFor();
    await line('const total = add(first, second);').waitFor();
    const sent = asked().length;
    ok(asked()[0]?.includes('const second = 2;'));
    // The editor closes the bracket by itself.
    await page.keyboard.type('add(');
    await page.getByRole('button', { name: /^Ln 3, Col 19/ }).waitFor();
    await ghostText().filter({ hasText: 'first' }).first().waitFor();
    equal(asked().length, sent);
    await page.keyboard.press('Tab');
    await ghostText().first().waitFor({ state: 'detached' });
    await line('const total = add(first, second);').waitFor();
    equal(await line('second);)').count(), 0);
  });

  it('complete the commit box from the staged changes, and leave a file alone that may hold secrets', async () => {
    const { page, gateway } = window;
    gateway.behaviour.completion = ['the marble green'];
    await openFile(page, '.env');
    await placeCursor(page, 2, 1);
    const before = asked().length;
    await page.keyboard.type('OTHER=');
    await line('OTHER=').waitFor();
    await runCommand(page, 'Source Control: Focus on Changes View');
    const box = page.locator('.scm-editor');
    const focused = box.locator('.monaco-editor.focused');
    await box.click();
    await focused.waitFor();
    await page.keyboard.type('Paint ');
    await box.locator('.ghost-text-decoration').first().waitFor();
    await page.keyboard.press('Tab');
    await box.locator('.view-line').filter({ hasText: 'Paint the marble green' }).waitFor();
    const sent = asked().slice(before);
    ok(sent.length > 0 && sent.every((body) => body.includes('Paint')));
    ok(sent.some((body) => body.includes('+export const marble')));
    ok(!JSON.stringify(gateway.requests).includes(key));
    await state('on').click();
    await state('off').waitFor();
    const count = asked().length;
    await box.click();
    await focused.waitFor();
    await page.keyboard.press('End');
    await page.keyboard.type(' because ');
    await box.locator('.view-line').filter({ hasText: 'green because' }).waitFor();
    await runCommand(page, 'Parley: New Chat');
    equal(asked().length, count);
  });
});
