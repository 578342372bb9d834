import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { withParley } from '../support/withParley';
import { chooseRow, openFile, runCommand } from '../support/workbench';

const original = 'export function half(n: number): number {\n  return n / 2;\n}\n';
const changed = 'export function half(n: number): number {\n  return n / 3;\n}\n';
const review = [
  'The change breaks `half`.\n\n',
  '- `half.ts:2` (bug): It divides by 3. ',
  '![x](https://example.com/x.png)\n',
  '- `half.ts:900` (nit): A test is missing.\n',
];
const fix = '<<<<<<< SEARCH\n  return n / 3;\n=======\n  return n / 2;\n>>>>>>> REPLACE\n';

describe('reviewing changes', () => {
  const window = withParley({
    files: async (workspace) => {
      const git = (...parameters: string[]): void => {
        execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...parameters], {
          cwd: workspace,
        });
      };
      git('init', '-q', '-b', 'main');
      await writeFile(join(workspace, 'half.ts'), original);
      git('add', '.');
      git('commit', '-q', '-m', 'Add half');
      await writeFile(join(workspace, 'half.ts'), changed);
      git('add', '.');
    },
  });

  const comment = (text: string): Locator => window.page.locator('.review-widget').filter({ hasText: text });

  it('shows the findings as comments, fixes one as a reviewed change, and dismisses another', async () => {
    const { page, gateway, workspace } = window;
    await openFile(page, 'half.ts');
    gateway.behaviour.pieces = review;
    await runCommand(page, 'Parley: Review Changes');
    await chooseRow(page, 'Staged Changes');
    await window.answer().getByText('It divides by 3').waitFor();
    assert.match(window.lastAsked, /2 \+ {2}return n \/ 3;/);

    const bug = comment('It divides by 3');
    await bug.waitFor();
    assert.equal(await bug.locator('img[src*="example.com"]').count(), 0);
    const nit = comment('A test is missing');
    await nit.getByRole('button', { name: 'Dismiss' }).click();
    await nit.waitFor({ state: 'detached' });

    gateway.behaviour.pieces = [fix];
    await bug.getByRole('button', { name: 'Fix' }).click();
    await page.getByRole('tab', { name: /half\.ts.*gpt-4o/ }).waitFor();
    assert.match(window.lastAsked, /It divides by 3/);
    assert.equal(await readFile(join(workspace, 'half.ts'), 'utf8'), changed);
    await runCommand(page, 'Parley: Accept Change');
    await bug.waitFor({ state: 'detached' });
    await page.locator('.view-line').filter({ hasText: 'return n / 2;' }).first().waitFor();
  });
});
