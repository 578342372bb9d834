import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { runCommand } from '../support/workbench';
import { writeTestingExtension } from '../support/writeTestingExtension';

const source = `export function sum(a, b) {
  return a - b;
}
`;
const test = `import { sum } from './sum.js';

it('sum adds', () => {
  expect(sum(1, 2)).toBe(3);
});
`;

describe('a failing test', () => {
  const window = withParley({
    settings: {
      'testing.automaticallyOpenPeekView': 'never',
      'testing.automaticallyOpenTestResults': 'openOnTestFailure',
    },
    files: async (workspace) => {
      await writeFile(join(workspace, 'sum.js'), source);
      await writeFile(join(workspace, 'sum.test.js'), test);
      await writeTestingExtension(join(workspace, 'testing'));
    },
    others: (workspace) => [join(workspace, 'testing')],
  });

  const message = (): Locator =>
    window.page.locator('.test-output-peek-tree .monaco-list-row').filter({ hasText: 'to be 3' }).first();

  const fix = (): Locator => window.page.locator('.panel').getByText('Fix Failing Test');

  /** Shows the message of the failure. VS Code draws the results again when a run ends, so this repeats until it is shown. */
  async function showMessage(): Promise<void> {
    for (let isShown = false; !isShown;) {
      await message().click();
      isShown = await fix()
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => false,
        );
    }
  }

  it('is fixed by a diff of one file, or in a chat if several files must change', async () => {
    const { page, gateway, view } = window;
    gateway.behaviour.pieces = [
      'The function subtracts.\n\n```javascript sum.js\n<<<<<<< SEARCH\n  return a - b;\n',
      '=======\n  return a + b;\n>>>>>>> REPLACE\n```\n',
    ];
    await runCommand(page, 'Test: Run All Tests');
    await showMessage();
    await screenshot(page, 'failing-test-menu');
    await fix().click();
    await page.locator('.editor.modified').getByText('return a + b;').waitFor();
    await screenshot(page, 'failing-test-diff');
    const asked = gateway.lastRequest.body.messages.at(-1)?.content ?? '';
    assert.match(asked, /Test: sum adds\nFailed at: sum\.test\.js:4\n\nMessage:\nexpected -1 to be 3\n/);
    assert.match(asked, /Expected:\n3\n\nActual:\n-1\n/);
    assert.match(
      asked,
      /The file `sum\.test\.js`:\n```javascript\nimport [^]*The file `sum\.js`:\n```javascript\n/,
    );
    await runCommand(page, 'Parley: Accept Change');
    await page.getByRole('tab', { name: /Proposed/ }).waitFor({ state: 'detached' });
    await page.locator('.editor-instance .view-lines').getByText('return a + b;').waitFor();
    assert.equal(await readFile(join(window.workspace, 'sum.test.js'), 'utf8'), test);

    const before = gateway.requests.length;
    gateway.behaviour.pieces = ['sum.js', 'sum.test.js'].map(
      (name) => `\n\n\`\`\`javascript ${name}\n<<<<<<< SEARCH\n  a\n=======\n  b\n>>>>>>> REPLACE\n\`\`\`\n`,
    );
    await showMessage();
    await fix().click();
    const prompt = view.getByRole('article', { name: 'You' });
    await prompt.getByText('Fix this failing test.').waitFor();
    await prompt.getByText('Failure of sum adds', { exact: true }).first().waitFor();
    assert.equal(gateway.requests.length, before + 1);
    await screenshot(page, 'failing-test-chat');
  });
});
