import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { InstructionFiles } from '../../src/host/instructions/instructionFiles';
import { TestGateway } from '../support/testGateway';
import { parley, setSetting, until } from './parley';

const memory: vscode.Memento = {
  keys: () => [],
  get: <T>(_key: string, other?: T) => other,
  update: () => Promise.resolve(),
};
const ignore = (): void => undefined;
const log = { info: ignore, warn: ignore, error: ignore };

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

  it("are sent after the user's own instructions, and are read again when they change", async () => {
    await setSetting('instructions', 'Be brief.');
    await write('AGENTS.md', 'Use tabs.');
    await write('.github/copilot-instructions.md', 'Use British spelling.');
    let sent = '';
    await until(async () => /Use tabs\.[\s\S]*British spelling/.test((sent = await systemMessage())));
    assert.match(sent, /^Be brief\.\n\nInstructions of the workspace, from AGENTS\.md:\n\nUse tabs\./);
    await write('AGENTS.md', 'Use spaces.');
    await until(async () => (await systemMessage()).includes('Use spaces.'));
  });

  it('apply from the top folder and from the folder nearest to the active file', async () => {
    await write('app/AGENTS.md', 'Middle.');
    await write('app/deep/AGENTS.md', 'Nearest.');
    await write('app/deep/er/a.ts', 'x');
    await vscode.window.showTextDocument(vscode.Uri.file(join(workspace, 'app/deep/er/a.ts')));
    let sent = '';
    await until(async () => (sent = await systemMessage()).includes('Nearest.'));
    assert.match(sent, /Use spaces\./);
    assert.doesNotMatch(sent, /Middle\./);
  });

  describe('have a chip', () => {
    const contents: readonly (readonly [what: string, text: string, isMarked: boolean])[] = [
      ['plain words', 'Use tabs.', false],
      ['a zero width space', 'Use\u200btabs.', true],
      [
        'letters that only a model reads',
        `Use tabs.${String.fromCodePoint(0xe0041, 0xe0042, 0xe0043)}`,
        true,
      ],
      ['a change of direction', 'Use \u202etabs\u202c.', true],
      ['an isolate', 'Use \u2066tabs\u2069.', true],
      ['a soft hyphen', 'Use ta\u00adbs.', true],
      ['a word joiner', '使用\u2060制表符。', true],
      ['a filler of Hangul', '탭을\u3164 쓰세요.', true],
      ['a byte order mark in its middle', 'Use \ufefftabs.', true],
      ['a control character', 'Use\u0007 tabs.', true],
      ['a byte order mark at its beginning', '\ufeffUse tabs.', false],
      ['tabs and line ends', 'Use\ttabs.\r\nAlways.\n', false],
      ['Chinese', '请使用制表符，并写中文注释。', false],
      ['Persian with its joiners', 'می‌خواهم', false],
      ['a family of emoji', 'Smile: 👨‍👩‍👧‍👦 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿', false],
    ];
    for (const [what, text, isMarked] of contents) {
      it(`${isMarked ? 'with' : 'without'} a warning about invisible characters: ${what}`, async () => {
        await write('AGENTS.md', text);
        const files = new InstructionFiles({ wanted: () => true, memory, log });
        try {
          await files.ready();
          const chip = files
            .chipsFor('c', () => 1)
            .find(({ description }) => description.startsWith('AGENTS.md'));
          assert.equal(chip?.label, isMarked ? 'AGENTS.md (contains invisible characters)' : 'AGENTS.md');
        } finally {
          files.dispose();
        }
      });
    }

    after(() => write('AGENTS.md', 'Use spaces.'));
  });

  it('are not sent if the user turned them off', async () => {
    await setSetting('instructionFiles', false);
    await until(async () => (await systemMessage()) === 'Be brief.');
    await setSetting('instructionFiles', true);
    await until(async () => (await systemMessage()).includes('Use spaces.'));
  });
});
