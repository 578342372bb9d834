import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { openParley, runCommand } from '../support/workbench';

const answer = `In \`sum.ts\`:

\`\`\`ts
export function sum(left: number, right: number): number {
  return left + right + 0;
}
\`\`\`

In \`product.ts\`:

\`\`\`ts
export function product(left: number, right: number): number {
  return left * right * 1;
}
\`\`\`

And a new file:

\`\`\`ts zero.ts
export const zero = 0;
\`\`\`
`;

const sum = 'export function sum(left: number, right: number): number {\n  return left + right;\n}\n';
const product = 'export function product(left: number, right: number): number {\n  return left * right;\n}\n';

describe('code for several files', () => {
  const parley = withParley({
    files: async (workspace) => {
      await writeFile(join(workspace, 'sum.ts'), sum);
      await writeFile(join(workspace, 'product.ts'), product);
    },
  });
  /** What the user does, each a click or a key. */
  let actions: string[];

  beforeEach(async () => {
    actions = [];
    parley.gateway.behaviour.pieces = [answer];
    await parley.askAndWait('Change it');
  });

  async function press(button: Locator, name: string): Promise<void> {
    actions.push(name);
    await button.click();
  }

  function blockFor(file: string): Locator {
    return parley.answer().getByRole('group', { name: `TypeScript · ${file}` });
  }

  async function pathOf(name: string, test: (text: string) => boolean): Promise<void> {
    const path = join(parley.workspace, name);
    for (let attempt = 0; attempt < 200; attempt++) {
      if (existsSync(path) && test(await readFile(path, 'utf8'))) return;
      await parley.page.waitForTimeout(50);
    }
    assert.fail(`${name} has not changed.`);
  }

  it('changes an existing file in two actions, and the block says so', async () => {
    const block = blockFor('sum.ts');
    await press(block.getByRole('button', { name: 'Apply', exact: true }), 'Apply');
    await parley.page.getByRole('tab', { name: /^sum\.ts \(Proposed by gpt-4o\)/ }).waitFor();
    assert.equal(await block.getByText('Applied', { exact: true }).count(), 0);
    await press(parley.page.getByRole('button', { name: 'Accept Change' }), 'Accept Change');
    await block.getByText('Applied', { exact: true }).waitFor();
    await parley.page.locator('.editor-instance .view-line').getByText('left + right + 0').waitFor();
    assert.deepEqual(actions, ['Apply', 'Accept Change']);
  });

  it('creates a new file in two actions, and the block says so', async () => {
    const block = blockFor('zero.ts');
    await press(block.getByRole('button', { name: 'Apply', exact: true }), 'Apply');
    await parley.page.getByRole('tab', { name: /^zero\.ts/ }).waitFor();
    await parley.page.locator('.editor-instance .view-line').getByText('zero = 0').waitFor();
    assert.equal(existsSync(join(parley.workspace, 'zero.ts')), false);
    actions.push('Save');
    await parley.page.keyboard.press('Control+S');
    await block.getByText('Applied', { exact: true }).waitFor();
    await pathOf('zero.ts', (text) => text === 'export const zero = 0;\n');
    assert.deepEqual(actions, ['Apply', 'Save']);
  });

  it('reviews all files in one diff, keeps them when it is closed and loaded again, and accepts the rest at once', async () => {
    const { page } = parley;
    // The tests above have applied the first answer.
    parley.gateway.behaviour.pieces = [
      answer.replace('right + 0', 'right + 2').replace('zero = 0', 'zero = -0'),
    ];
    await parley.askAndWait('Change it again');
    await press(parley.answer().getByRole('button', { name: 'Apply All' }), 'Apply All');
    const tab = page.getByRole('tab', { name: /^Changes Proposed by gpt-4o/ });
    await tab.waitFor();
    const proposed = page.locator('.multiDiffEditor .editor.modified .view-line');
    await proposed.getByText('left + right + 2').waitFor();
    await proposed.getByText('left * right * 1').waitFor();
    await page.getByRole('button', { name: 'Parley review: 3 changes left in 3 files' }).waitFor();
    await screenshot(page, 'apply-all');
    await press(page.getByRole('button', { name: 'Show Files with Proposed Changes' }), 'List Files');
    await screenshot(page, 'apply-all-list');
    const row = page.locator('.quick-input-list').getByRole('option', { name: /sum\.ts/ });
    await row.hover();
    await press(row.getByRole('button', { name: 'Reject File' }), 'Reject File');
    await row.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Parley review: 2 changes left in 2 files' }).waitFor();
    await proposed.getByText('left + right + 2').waitFor({ state: 'detached' });
    await screenshot(page, 'apply-all-rest');
    await press(tab.getByRole('button', { name: /^Close/ }), 'Close');
    await page
      .getByText('The diff was closed, and nothing was lost: 2 changes left in 2 files.')
      .first()
      .waitFor();
    await tab.waitFor({ state: 'detached' });
    await runCommand(page, 'Parley: Review All Proposed Changes');
    await proposed.getByText('left * right * 1').waitFor();
    assert.equal(await readFile(join(parley.workspace, 'product.ts'), 'utf8'), product);
    await page.reload();
    await openParley(page);
    await page.getByRole('tab', { name: /^(Changes Proposed by gpt-4o|Proposed Changes)/ }).click();
    await proposed.getByText('left * right * 1').waitFor();
    await press(page.getByRole('button', { name: 'Accept All Changes' }), 'Accept All Changes');
    await page.getByRole('tab', { name: /Proposed/ }).waitFor({ state: 'detached' });
    await page.locator('.editor-instance .view-line').getByText('zero = -0').waitFor();
    assert.equal(await readFile(join(parley.workspace, 'sum.ts'), 'utf8'), sum);
  });
});
