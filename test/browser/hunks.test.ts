import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { openFile, openParley, placeCursor, runCommand } from '../support/workbench';

const names = ['one', 'two', 'three', 'four', 'five', 'six'];

/** A file with a function for each name. Some of them return another value. */
function source(values: Readonly<Record<string, string>>): string {
  return names
    .map((name, index) => `export function ${name}(): number {\n  return ${values[name] ?? index + 1};\n}\n`)
    .join('\n');
}

const original = source({});

/** An answer that changes three functions of a file. */
function answerFor(file: string): string {
  return `In \`${file}\`:\n\n\`\`\`ts\n${source({ one: '10', three: '30', six: '60' })}\`\`\`\n`;
}

describe('the hunks of a change', () => {
  const parley = withParley({
    // These settings are dangerous for a proposal: VS Code saves and formats the document by itself.
    settings: { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100, 'editor.formatOnSave': true },
    files: async (workspace) => {
      // Each test has its own file: VS Code keeps the text of one that is open.
      for (const file of ['values.ts', 'numbers.ts']) await writeFile(join(workspace, file), original);
    },
  });

  /** Lets Parley propose the answer's code for the file. */
  async function apply(file: string): Promise<void> {
    parley.gateway.behaviour.pieces = [answerFor(file)];
    await parley.askAndWait('Change it');
    const block = parley.answer().getByRole('group', { name: `TypeScript · ${file}` });
    await block.getByRole('button', { name: 'Apply', exact: true }).click();
    await proposedTab(file).waitFor();
    await proposedLine('return 60;').waitFor();
  }

  function proposedTab(file: string): Locator {
    return parley.page.getByRole('tab', { name: new RegExp(`^${file} \\(Proposed`) });
  }

  /** A line of the right side of the diff. */
  function proposedLine(text: string): Locator {
    return parley.page.locator('.editor.modified .view-line').getByText(text);
  }

  async function saved(file: string, expected: string): Promise<void> {
    let text = '';
    for (let attempt = 0; attempt < 200; attempt++) {
      text = await readFile(join(parley.workspace, file), 'utf8');
      if (text === expected) return;
      await parley.page.waitForTimeout(50);
    }
    assert.equal(text, expected);
  }

  it('reach the disk one by one as they are accepted, with auto save and typing in between', async () => {
    const { page } = parley;
    await openFile(page, 'values.ts');
    await apply('values.ts');
    await placeCursor(page, 2, 1);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('y');
    await saved('values.ts', source({ one: '10' }));
    // The cursor is at the next hunk, which is rejected.
    await page.getByRole('button', { name: /^Ln 10, Col 1/ }).waitFor();
    await page.keyboard.press('Control+S');
    await screenshot(page, 'hunks');
    await page.keyboard.press('Control+K');
    await page.keyboard.press('n');
    await proposedLine('return 30;').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Ln 22, Col 1/ }).waitFor();
    // What is typed into the file is saved, and the proposal follows.
    await page.getByRole('tab', { name: /^values\.ts(?! \(Proposed)/ }).click();
    await proposedTab('values.ts').and(page.locator('[aria-selected="false"]')).waitFor();
    await placeCursor(page, 1, 1);
    await page.keyboard.type('let typed;');
    await page.keyboard.press('Enter');
    await saved('values.ts', `let typed;\n${source({ one: '10' })}`);
    const lens = page
      .locator('.editor-instance .codelens-decoration')
      .getByRole('button', { name: 'Accept', exact: true });
    await lens.first().waitFor();
    await screenshot(page, 'hunk-lenses');
    await proposedTab('values.ts').click();
    await proposedLine('let typed;').waitFor();
    await runCommand(page, 'Parley: Accept Change');
    await proposedTab('values.ts').waitFor({ state: 'detached' });
    await saved('values.ts', `let typed;\n${source({ one: '10', six: '60' })}`);
    // One undo gives the text before.
    await page.getByRole('button', { name: /^Ln 23, Col 1/ }).waitFor();
    await placeCursor(page, 1, 1);
    await page.keyboard.press('Control+Z');
    await saved('values.ts', `let typed;\n${source({ one: '10' })}`);
  });

  it('come back in a window that was loaded again', async () => {
    const { page } = parley;
    await apply('numbers.ts');
    await placeCursor(page, 2, 1);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('y');
    await saved('numbers.ts', source({ one: '10' }));
    await page.getByRole('button', { name: /^Ln 10, Col 1/ }).waitFor();
    await page.reload();
    await openParley(page);
    await proposedTab('numbers.ts').click();
    await proposedLine('return 60;').waitFor();
    await proposedLine('return 30;').waitFor();
    assert.equal(await readFile(join(parley.workspace, 'numbers.ts'), 'utf8'), source({ one: '10' }));
    await placeCursor(page, 10, 1);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('n');
    await proposedLine('return 30;').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Ln 22, Col 1/ }).waitFor();
    await runCommand(page, 'Parley: Accept Change');
    await proposedTab('numbers.ts').waitFor({ state: 'detached' });
    await saved('numbers.ts', source({ one: '10', six: '60' }));
  });
});
