import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { TestGateway } from '../support/testGateway';
import { parley, setSetting, until } from './parley';

describe('instruction files', () => {
  let gateway: TestGateway;
  let workspace: string;

  async function write(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), content);
  }

  async function systemMessage(): Promise<string> {
    const { intents, sessions } = await parley();
    const asked = gateway.requests.length;
    await intents.handle({ type: 'submit', body: { text: 'Hello' } });
    await until(() => gateway.requests.length > asked && !sessions.current.answering);
    const [first] = gateway.requests.at(-1)?.body.messages ?? [];
    return first?.role === 'system' ? first.content : '';
  }

  before(async () => {
    gateway = await TestGateway.start({ pieces: ['Yes.'] });
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    workspace = folder.uri.fsPath;
    await setSetting('gateways', [
      { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' },
    ]);
    const { gateways, choice } = await parley();
    await until(() => gateways.find('loopback') !== undefined);
    await choice.select({ gatewayId: 'loopback', modelId: 'listed-model' });
  });

  beforeEach(async () => {
    await vscode.commands.executeCommand('parley.newChat');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(async () => {
    for (const name of ['gateways', 'instructions', 'instructionFiles']) await setSetting(name, undefined);
    for (const path of ['AGENTS.md', '.github', 'app']) {
      await rm(join(workspace, path), { recursive: true, force: true });
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await gateway.stop();
  });

  it('go along after one’s own instructions, and follow their files', async () => {
    await setSetting('instructions', 'Be brief.');
    await write('AGENTS.md', 'Use tabs.');
    await write('.github/copilot-instructions.md', 'Use British spelling.');
    let sent = '';
    await until(async () => /Use tabs\.[\s\S]*British spelling/.test((sent = await systemMessage())));
    assert.match(sent, /^Be brief\.\n\nInstructions of the workspace, from AGENTS\.md:\n\nUse tabs\./);
    await write('AGENTS.md', 'Use spaces.');
    await until(async () => (await systemMessage()).includes('Use spaces.'));
  });

  it('of the folders above the active file the nearest counts, beside those at the top', async () => {
    await write('app/AGENTS.md', 'Middle.');
    await write('app/deep/AGENTS.md', 'Nearest.');
    await write('app/deep/er/a.ts', 'x');
    await vscode.window.showTextDocument(vscode.Uri.file(join(workspace, 'app/deep/er/a.ts')));
    let sent = '';
    await until(async () => (sent = await systemMessage()).includes('Nearest.'));
    assert.match(sent, /Use spaces\./);
    assert.doesNotMatch(sent, /Middle\./);
  });

  it('stay at home when the user does not want them', async () => {
    await setSetting('instructionFiles', false);
    await until(async () => (await systemMessage()) === 'Be brief.');
    await setSetting('instructionFiles', true);
    await until(async () => (await systemMessage()).includes('Use spaces.'));
  });
});
