import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { openFile, placeCursor } from '../support/workbench';

const run = promisify(execFile);

describe('presets and first prompts', () => {
  const parley = withParley({
    settings: { 'parley.instructions': 'Answer in English.' },
    files: async (workspace) => {
      const git = (...parameters: readonly string[]): ReturnType<typeof run> =>
        run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...parameters], {
          cwd: workspace,
        });
      await writeFile(join(workspace, 'sum.ts'), 'export const sum = (a: number, b: number) => a + b;\n');
      await writeFile(join(workspace, 'matrix.ts'), 'export const identity = 1;\n');
      await writeFile(
        join(workspace, 'product.ts'),
        'export function product(a: number, b: number): number {\n  return a * b;\n}\n',
      );
      await writeFile(join(workspace, 'broken.json'), '{ "name": "a", "size": }\n');
      await git('init', '--quiet');
      await git('add', '.');
      await git('commit', '--quiet', '--message', 'Begin');
      await writeFile(join(workspace, 'matrix.ts'), 'export const identity = 2;\n');
    },
  });

  it('asks about the open file and the changes, which it attaches', async () => {
    await parley.view.getByRole('button', { name: 'Review my 1 change' }).waitFor();
    await openFile(parley.page, 'sum.ts');
    const explain = parley.view.getByRole('button', { name: 'Explain sum.ts' });
    await explain.waitFor();
    assert.equal(await parley.view.getByRole('button', { name: 'What can you help me with?' }).count(), 0);
    await screenshot(parley.page, 'starters');
    await explain.click();
    await parley.answer().getByText('Hello there.').waitFor();
    assert.match(parley.lastAsked, /export const sum = \(a: number/);
    assert.match(parley.lastAsked, /Explain this file/);
  });

  it('writes tests for the function at the cursor, which it attaches', async () => {
    await openFile(parley.page, 'product.ts');
    await placeCursor(parley.page, 2, 5);
    const write = parley.view.getByRole('button', { name: 'Write tests for product()' });
    await write.click();
    await parley.answer().getByText('Hello there.').waitFor();
    assert.match(parley.lastAsked, /return a \* b;/);
  });

  it('fixes the problems of the open file, which it attaches', async () => {
    await openFile(parley.page, 'broken.json');
    const fix = parley.view.getByRole('button', { name: /^Fix \d+ problems?$/ });
    await fix.click();
    await parley.answer().getByText('Hello there.').waitFor();
    assert.match(parley.lastAsked, /broken\.json/);
    assert.match(parley.lastAsked, /Value expected/);
  });

  it('sends what the context window says before', async () => {
    const { view, page } = parley;
    await openFile(page, 'sum.ts');
    await parley.composer.fill('#file');
    await view.getByRole('option', { name: /^File/ }).click();
    await parley.chips.getByText('sum.ts').waitFor();
    await parley.composer.fill('What does it do?');
    await view.getByRole('button', { name: 'Show Context Window' }).click();
    const parts = async (name: string): Promise<readonly string[]> => {
      const table = view.getByRole('dialog', { name: 'Context Window' }).getByRole('table', { name });
      await table.getByText('sum.ts').waitFor();
      return await table.getByRole('row').allInnerTexts();
    };
    const planned = await parts('Next Prompt');
    await page.keyboard.press('Escape');
    await parley.composer.press('Enter');
    await parley.answer().getByText('Hello there.').waitFor();
    for (const sent of ['Answer in English.', 'export const sum', 'What does it do?'])
      assert.ok(parley.lastAsked.includes(sent), sent);
    await view.getByRole('button', { name: 'Show Context Window' }).click();
    assert.deepEqual(await parts('Last Prompt'), planned);
  });

  it('uses a preset in another chat', async () => {
    const { view, page } = parley;
    await view.getByRole('button', { name: 'Parameters', exact: true }).click();
    const form = view.getByRole('dialog', { name: 'Parameters of This Chat' });
    await form.getByRole('spinbutton', { name: 'Temperature' }).fill('0.2');
    await form.getByRole('textbox', { name: 'System Text' }).fill('You are a careful reviewer.');
    await form.getByRole('button', { name: 'Save as Preset' }).click();
    await page.keyboard.type('Reviewer');
    await page.keyboard.press('Enter');
    await form.getByRole('list', { name: 'Presets' }).getByText('Reviewer').waitFor();
    await screenshot(page, 'parameters');
    await page.keyboard.press('Escape');
    await parley.askAndWait('First');
    const first = parley.gateway.lastRequest.body;
    assert.equal(first['temperature'], 0.2);
    assert.equal(first.messages[0]?.content, 'Answer in English.\n\nYou are a careful reviewer.');

    await parley.newChat();
    await parley.askAndWait('Second');
    const second = parley.gateway.lastRequest.body;
    assert.equal(second['temperature'], undefined, 'the parameters belong to the other chat');
    assert.equal(second.messages[0]?.content, 'Answer in English.');

    await view.getByRole('button', { name: 'Parameters', exact: true }).click();
    await form.getByRole('button', { name: /^Reviewer/ }).click();
    await form.waitFor({ state: 'detached' });
    await view.getByTitle('Parameters: Some are set for this chat').waitFor();
    await parley.askAndWait('Third');
    const third = parley.gateway.lastRequest.body;
    assert.equal(third['temperature'], 0.2);
    assert.equal(third.messages[0]?.content, 'Answer in English.\n\nYou are a careful reviewer.');
  });
});
