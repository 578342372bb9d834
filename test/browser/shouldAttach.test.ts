import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ChatWindow } from '../support/chatWindow';
import { screenshot } from '../support/screenshot';
import { openFile, runCommand } from '../support/workbench';

const original = 'export const apples: number = "many";\n';

/** Items of Should about what goes along with a prompt. */
describe('should attach', () => {
  let chat: ChatWindow;
  let page: Page;
  let workspace: string;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    await mkdir(join(workspace, '.github', 'prompts'), { recursive: true });
    await writeFile(join(workspace, 'apples.ts'), original);
    await writeFile(
      join(workspace, '.github', 'prompts', 'pears.prompt.md'),
      '---\ndescription: All about pears\n---\nTell me of pears.\n',
    );
    const git = (...parameters: string[]): unknown => execFileSync('git', parameters, { cwd: workspace });
    git('init', '--quiet');
    git('add', '.');
    git(
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      'commit',
      '--quiet',
      '--message',
      'Pick apples',
    );
    chat = await ChatWindow.open(workspace, { 'terminal.integrated.gpuAcceleration': 'off' });
    page = chat.page;
  });

  after(async () => {
    await chat.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await chat.newChat();
  });

  it('should 25: @ finds a file of the workspace, which goes along', async () => {
    await chat.composer.pressSequentially('Count @appl');
    await chat.view
      .getByRole('option', { name: /apples\.ts/ })
      .first()
      .waitFor();
    await screenshot(page, 'find-file');
    await page.keyboard.press('Enter');
    await chat.chips.getByText('apples.ts').waitFor();
    await chat.composer.press('Enter');
    await chat.status('Answer complete').waitFor({ state: 'attached' });
    assert.match(chat.lastAsked, /export const apples/);
  });

  it('should 25: @ finds a hidden file by its whole path, and asks once before it goes along', async () => {
    await mkdir(join(workspace, 'build'), { recursive: true });
    await writeFile(join(workspace, 'build', 'out.bin'), 'ripe\0pears\n');
    await writeFile(join(workspace, '.gitignore'), 'build/\n');
    await chat.composer.pressSequentially('Count @build/out.bin');
    await chat.view.getByRole('option', { name: 'out.bin' }).waitFor();
    await page.keyboard.press('Enter');
    const question = page.getByRole('dialog', { name: /is hidden by \.gitignore/ });
    await question.getByText('It is not a text file.').waitFor();
    await screenshot(page, 'hidden-file-question');
    await question.getByRole('button', { name: 'Attach Anyway' }).click();
    await chat.chips.getByText('out.bin').waitFor();
    await chat.askAndWait('Why?');
    assert.match(chat.lastAsked, /ripe\uFFFDpears/);
  });

  it('should 26: / inserts a prompt of the workspace, and Enter sends exactly that', async () => {
    await chat.composer.pressSequentially('/pears');
    await chat.view.getByRole('option', { name: /All about pears/ }).waitFor();
    await page.keyboard.press('Enter');
    // The prompt comes from its file, a moment after the list has gone.
    for (let value = ''; value !== 'Tell me of pears.'; value = await chat.composer.inputValue());
    await page.keyboard.press('Enter');
    await chat.status('Answer complete').waitFor({ state: 'attached' });
    assert.equal(chat.gateway.lastRequest.body.messages.at(-1)?.content, 'Tell me of pears.');
  });

  it('should 27: # attaches the selection and the problems of the editor', async () => {
    const editor = await openFile(page, 'apples.ts');
    await editor.locator('.squiggly-error').first().waitFor();
    await editor.locator('.view-line').first().click();
    await page.keyboard.press('Control+A');
    for (const source of ['Selection', 'Problems']) {
      const chips = await chat.chips.getByRole('listitem').count();
      await chat.composer.pressSequentially(`#${source.toLowerCase()}`);
      await chat.view.getByRole('option', { name: source }).waitFor();
      await page.keyboard.press('Enter');
      await chat.chips.getByRole('listitem').nth(chips).waitFor();
    }
    await chat.askAndWait('Why?');
    assert.match(chat.lastAsked, /export const apples/);
    assert.match(chat.lastAsked, /not assignable/);
  });

  it('should 27: # attaches the changes that are not committed, and what is selected in the terminal', async () => {
    await writeFile(join(workspace, 'apples.ts'), 'export const apples: number = "few";\n');
    await chat.composer.pressSequentially('#changes');
    await chat.view.getByRole('option', { name: 'Changes' }).waitFor();
    await page.keyboard.press('Enter');
    await chat.chips.getByText('Changes in').waitFor();

    await runCommand(page, 'Terminal: Create New Terminal');
    const terminal = page.locator('.terminal-wrapper.active .xterm-rows');
    await terminal.getByText(/[$#]/).last().waitFor();
    await page.keyboard.type('echo "plu""ms"');
    await page.keyboard.press('Enter');
    await terminal.getByText('plums').waitFor();
    await runCommand(page, 'Terminal: Select All');
    await chat.composer.pressSequentially('#terminal');
    await chat.view.getByRole('option', { name: 'Terminal' }).waitFor();
    await page.keyboard.press('Enter');
    await chat.chips.getByText('Terminal', { exact: false }).waitFor();
    await screenshot(page, 'changes-and-terminal');
    await chat.askAndWait('Why?');
    assert.match(chat.lastAsked, /-export const apples: number = \\*"many/);
    assert.match(chat.lastAsked, /plums/);
    await runCommand(page, 'Terminal: Kill All Terminals');
    await writeFile(join(workspace, 'apples.ts'), original);
  });

  it('should 28: a pasted picture goes along', async () => {
    await chat.composer.evaluate(async (element) => {
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
    await chat.chips.getByText('Pasted picture').waitFor();
    await chat.askAndWait('What is this?');
    assert.match(chat.lastAsked, /data:image\//);
  });

  it('should 29: a dropped file goes along, and the overlay says to hold Shift', async () => {
    const address = `file://${join(workspace, 'apples.ts')}`;
    const drag = (type: string): Promise<void> =>
      chat.composer.evaluate(
        (element, [name, uri]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.setData('text/uri-list', uri);
          element.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
        },
        [type, address] as const,
      );
    await drag('dragover');
    await chat.view.getByText('Hold Shift to drop here').waitFor();
    await drag('drop');
    await chat.chips.getByText('apples.ts').waitFor();
    assert.equal(await chat.view.getByText('Drop to attach').count(), 0);
    await chat.askAndWait('What is in it?');
    assert.match(chat.lastAsked, /export const apples/);
  });

  it('should 30: a paste of more than 10,000 characters becomes an attachment', async () => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), 'plums '.repeat(2_000));
    await chat.composer.press('Control+V');
    await chat.chips.getByText('Pasted text').waitFor();
    assert.equal(await chat.composer.inputValue(), '');
    await chat.askAndWait('What is it?');
    assert.match(chat.lastAsked, /plums plums/);
  });
});
