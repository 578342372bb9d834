import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { composerFocused, openFile, openParley, panel, runCommand } from '../support/workbench';

async function makeWorkspace(): Promise<string> {
  const workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
  await mkdir(join(workspace, '.github', 'prompts'), { recursive: true });
  await writeFile(join(workspace, 'add.ts'), 'export const sum = 1 + 1;\n');
  await writeFile(join(workspace, '.env'), 'TOKEN=HIDDEN\n');
  await writeFile(join(workspace, 'AGENTS.md'), 'Answer in verse.\n');
  await writeFile(join(workspace, '.github', 'prompts', 'theirs.prompt.md'), 'Theirs.\n');
  return workspace;
}

for (const trust of [true, false]) {
  describe(`context in a workspace that is ${trust ? '' : 'not '}trusted`, () => {
    let gateway: TestGateway;
    let vscode: VSCode;
    let page: Page;
    let workspace: string;

    before(async () => {
      gateway = await TestGateway.start({ pieces: ['Yes.'] });
      workspace = await makeWorkspace();
      vscode = await startVSCode({
        workspace,
        trust,
        settings: {
          'security.workspace.trust.startupPrompt': 'never',
          'parley.gateways': [{ id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' }],
          'parley.defaultModel': 'loopback/gpt-4o',
        },
      });
      page = await vscode.page();
      await openParley(page);
    });

    after(async () => {
      await vscode.dispose();
      await gateway.stop();
      await rm(workspace, { recursive: true, force: true });
    });

    async function ask(text: string): Promise<string> {
      const view = await panel(page);
      const asked = gateway.requests.length;
      await view.getByRole('textbox', { name: 'Message' }).fill(text);
      await page.keyboard.press('Enter');
      // Each question is one request and one more answer of this chat.
      await view.getByRole('article', { name: 'gpt-4o' }).nth(asked).getByText('Yes.').waitFor();
      assert.equal(gateway.requests.length, asked + 1);
      return JSON.stringify(gateway.lastRequest.body.messages);
    }

    if (trust) {
      it('sends the instructions of the workspace, which a chip shows, until it is removed', async () => {
        const view = await panel(page);
        await view.getByRole('list', { name: 'Context' }).getByText('AGENTS.md').waitFor();
        await screenshot(page, 'instructions-chip');
        assert.match(await ask('First'), /Answer in verse\./);
        await view.getByRole('button', { name: 'Remove AGENTS.md' }).click();
        await view.getByRole('button', { name: 'Remove AGENTS.md' }).waitFor({ state: 'detached' });
        assert.doesNotMatch(await ask('Second'), /Answer in verse\./);
      });
    } else {
      it('reads no instructions and no prompts of the workspace, and still attaches what is asked for', async () => {
        const view = await panel(page);
        assert.doesNotMatch(await ask('First'), /Answer in verse\./);
        assert.equal(await view.getByRole('button', { name: 'Remove AGENTS.md' }).count(), 0);
        await view.getByRole('textbox', { name: 'Message' }).pressSequentially('/t');
        await view.getByRole('option', { name: /tests/ }).waitFor();
        assert.equal(await view.getByRole('option', { name: /theirs/ }).count(), 0);
        await screenshot(page, 'prompts-restricted');
        await page.keyboard.press('Escape');
        await view.getByRole('textbox', { name: 'Message' }).fill('');
        await openFile(page, 'add.ts');
        await runCommand(page, 'Parley: Add to Chat');
        await view.getByRole('list', { name: 'Context' }).getByText('add.ts').waitFor();
        // The command ends there; until then it would take the focus from what is opened next.
        await composerFocused(page);
      });
    }

    it('asks before a file that may hold secrets goes along', async () => {
      const view = await panel(page);
      await openFile(page, '.env');
      await runCommand(page, 'Parley: Add to Chat');
      const question = page.getByRole('dialog', { name: /may contain secrets/ });
      await question.getByText('.env may contain secrets. Attach it anyway?').waitFor();
      await screenshot(page, `secret-question${trust ? '' : '-restricted'}`);
      await question.getByRole('button', { name: 'Cancel' }).click();
      await question.waitFor({ state: 'detached' });
      await composerFocused(page);
      assert.equal(await view.getByText('.env', { exact: true }).count(), 0);
      await runCommand(page, 'Parley: Add to Chat');
      await question.getByRole('button', { name: 'Attach' }).click();
      await view.getByRole('list', { name: 'Context' }).getByText('.env').waitFor();
      assert.match(await ask('Third'), /TOKEN=HIDDEN/);
    });
  });
}
