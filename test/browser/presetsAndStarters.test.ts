import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { openFile } from '../support/workbench';

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
