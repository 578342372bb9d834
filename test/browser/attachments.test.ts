import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withParley } from '../support/withParley';
import { screenshot } from '../support/screenshot';
import { openFile, quickPickRows, runCommand } from '../support/workbench';

const original = 'export const apples: number = "many";\n';

describe('attachments', () => {
  const parley = withParley({
    settings: { 'terminal.integrated.gpuAcceleration': 'off' },
    async files(workspace) {
      await mkdir(join(workspace, '.github', 'prompts'), { recursive: true });
      await writeFile(join(workspace, 'apples.ts'), original);
      await writeFile(
        join(workspace, '.github', 'prompts', 'pears.prompt.md'),
        '---\ndescription: All about pears\n---\nTell me of pears.\n',
      );
      const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
      for (const command of [['init'], ['add', '.'], [...identity, 'commit', '--message', 'Pick apples']])
        execFileSync('git', command, { cwd: workspace, stdio: 'ignore' });
    },
  });

  it('display the selection as a chip that can be removed', async () => {
    const editor = await openFile(parley.page, 'apples.ts');
    await editor.locator('.view-line').first().click();
    await parley.page.keyboard.press('Control+A');
    await runCommand(parley.page, 'Parley: Add Selection to Chat');
    const chips = parley.view.getByRole('list', { name: 'Context' });
    await chips.getByText('apples.ts').first().waitFor();
    await chips.getByRole('button', { name: /^Remove apples\.ts/ }).click();
    await chips.waitFor({ state: 'detached' });
  });

  it('are offered with the same words after # and by Attach', async () => {
    await parley.composer.fill('#');
    const options = parley.view.getByRole('listbox', { name: 'Context' }).getByRole('option');
    await options.first().waitFor();
    const labels = await options.locator('.suggestion-label').allInnerTexts();
    await parley.composer.fill('');
    await parley.view.getByRole('button', { name: 'Attach', exact: true }).click();
    const rows = quickPickRows(parley.page);
    await rows.first().waitFor();
    // An icon is a character before the label.
    const offered = (await rows.locator('.label-name').allInnerTexts()).map((label) =>
      label.replace(/^[^\p{L}]+/u, ''),
    );
    assert.deepEqual(offered.slice(0, labels.length), labels);
    assert.ok(labels.length >= 5);
    await parley.page.keyboard.press('Escape');
  });

  it('find a file of the workspace after @ and send it', async () => {
    await parley.composer.pressSequentially('Count @appl');
    await parley.view
      .getByRole('option', { name: /apples\.ts/ })
      .first()
      .waitFor();
    await screenshot(parley.page, 'find-file');
    await parley.page.keyboard.press('Enter');
    await parley.chips.getByText('apples.ts').waitFor();
    await parley.sendAndWait();
    assert.match(parley.lastAsked, /export const apples/);
  });

  it('find a hidden file by its whole path, and ask once before they send it', async () => {
    await mkdir(join(parley.workspace, 'build'), { recursive: true });
    await writeFile(join(parley.workspace, 'build', 'out.bin'), 'ripe\0pears\n');
    await writeFile(join(parley.workspace, '.gitignore'), 'build/\n');
    await parley.composer.pressSequentially('Count @build/out.bin');
    await parley.view.getByRole('option', { name: 'out.bin' }).waitFor();
    await parley.page.keyboard.press('Enter');
    const question = parley.page.getByRole('dialog', { name: /is hidden by \.gitignore/ });
    await question.getByText('It is not a text file.').waitFor();
    await screenshot(parley.page, 'hidden-file-question');
    await question.getByRole('button', { name: 'Attach Anyway' }).click();
    await parley.chips.getByText('out.bin').waitFor();
    await parley.askAndWait('Why?');
    assert.match(parley.lastAsked, /ripe\uFFFDpears/);
  });

  it('insert a prompt of the workspace after /, and Enter sends exactly that', async () => {
    await parley.composer.pressSequentially('/pears');
    await parley.view.getByRole('option', { name: /All about pears/ }).waitFor();
    await parley.page.keyboard.press('Enter');
    // The prompt comes from its file, a moment after the list has gone.
    for (let value = ''; value !== 'Tell me of pears.'; value = await parley.composer.inputValue());
    await parley.sendAndWait();
    assert.equal(parley.gateway.lastRequest.body.messages.at(-1)?.content, 'Tell me of pears.');
  });

  it('include the selection and the problems of the editor after #', async () => {
    const editor = await openFile(parley.page, 'apples.ts');
    await editor.locator('.squiggly-error').first().waitFor();
    await editor.locator('.view-line').first().click();
    await parley.page.keyboard.press('Control+A');
    for (const source of ['Selection', 'Problems']) {
      const chips = await parley.chips.getByRole('listitem').count();
      await parley.composer.pressSequentially(`#${source.toLowerCase()}`);
      await parley.view.getByRole('option', { name: source }).waitFor();
      await parley.page.keyboard.press('Enter');
      await parley.chips.getByRole('listitem').nth(chips).waitFor();
    }
    await parley.askAndWait('Why?');
    assert.match(parley.lastAsked, /export const apples/);
    assert.match(parley.lastAsked, /not assignable/);
  });

  it('include the uncommitted changes and the selection of the terminal after #', async () => {
    await writeFile(join(parley.workspace, 'apples.ts'), 'export const apples: number = "few";\n');
    await parley.composer.pressSequentially('#changes');
    await parley.view.getByRole('option', { name: 'Changes' }).waitFor();
    await parley.page.keyboard.press('Enter');
    await parley.chips.getByText('Changes in').waitFor();

    await runCommand(parley.page, 'Terminal: Create New Terminal');
    const terminal = parley.page.locator('.terminal-wrapper.active .xterm-rows');
    await terminal.getByText(/[$#]/).last().waitFor();
    await parley.page.keyboard.type('echo "plu""ms"');
    await parley.page.keyboard.press('Enter');
    await terminal.getByText('plums').waitFor();
    await runCommand(parley.page, 'Terminal: Select All');
    await parley.composer.pressSequentially('#terminal');
    await parley.view.getByRole('option', { name: 'Terminal' }).waitFor();
    await parley.page.keyboard.press('Enter');
    await parley.chips.getByText('Terminal', { exact: false }).waitFor();
    await screenshot(parley.page, 'changes-and-terminal');
    await parley.askAndWait('Why?');
    assert.match(parley.lastAsked, /-export const apples: number = \\*"many/);
    assert.match(parley.lastAsked, /plums/);
    await runCommand(parley.page, 'Terminal: Kill All Terminals');
    await writeFile(join(parley.workspace, 'apples.ts'), original);
  });

  it('include a pasted picture', async () => {
    await parley.composer.evaluate(async (element) => {
      const canvas = document.createElement('canvas');
      const blob = await new Promise<Blob | null>((resolve) => {
        canvas.toBlob(resolve);
      });
      const data = new DataTransfer();
      if (blob !== null) data.items.add(new File([blob], 'image.png', { type: 'image/png' }));
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await parley.chips.getByText('Pasted picture').waitFor();
    await parley.askAndWait('What is this?');
    assert.match(parley.lastAsked, /data:image\//);
  });

  it('include a dropped file, and tell the user to hold Shift', async () => {
    const address = `file://${join(parley.workspace, 'apples.ts')}`;
    const drag = (type: string): Promise<void> =>
      parley.composer.evaluate(
        (element, [name, uri]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.setData('text/uri-list', uri);
          element.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
        },
        [type, address] as const,
      );
    await drag('dragover');
    await parley.view.getByText('Hold Shift to drop here').waitFor();
    await drag('drop');
    await parley.chips.getByText('apples.ts').waitFor();
    assert.equal(await parley.view.getByText('Drop to attach').count(), 0);
    await parley.askAndWait('What is in it?');
    assert.match(parley.lastAsked, /export const apples/);
  });

  it('include pasted text of more than 10,000 characters', async () => {
    await parley.page.evaluate((text) => navigator.clipboard.writeText(text), 'plums '.repeat(2_000));
    await parley.composer.press('Control+V');
    await parley.chips.getByText('Pasted text').waitFor();
    await parley.composed('');
    await parley.askAndWait('What is it?');
    assert.match(parley.lastAsked, /plums plums/);
  });
});
