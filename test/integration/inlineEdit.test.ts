import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { TestGateway } from '../support/testGateway';
import { useApplyFolder } from './applyFixture';
import { parley, setSetting, until } from './parley';
import { activeDiff, proposals, textOf } from './proposals';

const code = 'let a = 1;\nlet b = 2;\nlet c = 3;\nlet d = 4;\n';
const answer = ['```js\nlet a = 10;\n', 'let b = 20;\n', 'let c = 30;\n```\n'];

describe('edits in the editor', () => {
  const folder = useApplyFolder();
  let gateway: TestGateway;
  let file: vscode.Uri;

  before(async () => {
    gateway = await TestGateway.start();
    await setSetting('gateways', [
      { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' },
    ]);
    const { gateways, choice } = await parley();
    await until(() => gateways.find('loopback') !== undefined);
    await choice.select({ gatewayId: 'loopback', modelId: 'listed-model' });
  });

  beforeEach(async () => {
    Object.assign(gateway.behaviour, { pieces: answer, hangs: false, finishReason: 'stop', refusal: null });
    file = vscode.Uri.file(join(folder.path, 'letters.js'));
    await writeFile(file.fsPath, code);
  });

  after(async () => {
    await setSetting('gateways', undefined);
    await gateway.stop();
  });

  /** Runs a command on the first three lines, as the light bulb does. Does not wait for notifications. */
  function run(uri = file, command = 'parley.document'): Promise<unknown> {
    const range = new vscode.Range(0, 0, 3, 0);
    return Promise.resolve(vscode.commands.executeCommand(command, uri, range));
  }

  /** Waits until a diff is shown whose proposed text is this one. */
  async function proposed(text: string): Promise<void> {
    await until(async () => {
      const [diff] = proposals();
      return diff !== undefined && (await textOf(diff.modified)).replaceAll('\r\n', '\n') === text;
    });
  }

  const whole = code.replace('1;', '10;').replace('2;', '20;').replace('3;', '30;');

  it('propose the answer, write it when it is accepted, and are undone at once', async () => {
    await run();
    await proposed(whole);
    assert.equal(await textOf(file), code);
    await vscode.commands.executeCommand('parley.acceptChange');
    await until(async () => (await textOf(file)) === whole);
    assert.equal(await readFile(file.fsPath, 'utf8'), code);
    await vscode.commands.executeCommand('undo');
    await until(async () => (await textOf(file)) === code);
  });

  it('keep the line ends of a file', async () => {
    await writeFile(file.fsPath, code.replaceAll('\n', '\r\n'));
    await run();
    await proposed(whole);
    await vscode.commands.executeCommand('parley.acceptChange');
    await until(async () => (await textOf(file)) === whole.replaceAll('\n', '\r\n'));
  });

  it('leave the rows as they are that an answer did not reach before its limit', async () => {
    Object.assign(gateway.behaviour, { pieces: answer.slice(0, 2), finishReason: 'length' });
    void run();
    await proposed(whole.replace('30;', '3;'));
  });

  it('show no diff for an answer in words', async () => {
    Object.assign(gateway.behaviour, { pieces: ['I cannot do that without knowing the units.'] });
    const asked = gateway.requests.length;
    await run();
    assert.equal(gateway.requests.length, asked + 1);
    assert.equal(proposals().length, 0);
    assert.equal(await textOf(file), code);
  });

  it('stop the request when the user stops, and keep what has arrived for review', async () => {
    Object.assign(gateway.behaviour, { pieces: answer.slice(0, 2), hangs: true });
    const { abandoned } = gateway;
    const running = run();
    await proposed(whole.replace('30;', '3;'));
    await vscode.commands.executeCommand('parley.stopInlineEdit');
    await running;
    await until(() => gateway.abandoned === abandoned + 1);
    await proposed(whole.replace('30;', '3;'));
  });

  it('stop the request when the user closes the diff', async () => {
    Object.assign(gateway.behaviour, { pieces: answer.slice(0, 2), hangs: true });
    const { abandoned } = gateway;
    const running = run();
    await proposed(whole.replace('30;', '3;'));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await running;
    await until(() => gateway.abandoned === abandoned + 1);
    assert.equal(await textOf(file), code);
  });

  it('keep what the user types in other lines while the answer streams', async () => {
    Object.assign(gateway.behaviour, { pieces: answer.slice(0, 2), hangs: true });
    const running = run();
    await proposed(whole.replace('30;', '3;'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(file, new vscode.Position(4, 0), 'typed();\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('parley.stopInlineEdit');
    await running;
    await proposed(`${whole.replace('30;', '3;')}typed();\n`);
    await vscode.commands.executeCommand('parley.acceptChange');
    await until(async () => (await textOf(file)) === `${whole.replace('30;', '3;')}typed();\n`);
  });

  it('send nothing for a file of a read-only file system', async () => {
    const scheme = 'parley-test-readonly';
    const files = vscode.workspace.registerFileSystemProvider(scheme, new OneFile(code), {
      isReadonly: true,
    });
    const asked = gateway.requests.length;
    await run(vscode.Uri.from({ scheme, path: '/letters.js' }));
    files.dispose();
    assert.equal(gateway.requests.length, asked);
    assert.equal(proposals().length, 0);
  });

  it('write tests into a new file beside the other tests, which is on disk only when it is saved', async () => {
    await writeFile(join(folder.path, 'numbers.test.js'), "test('one', () => {});\n");
    Object.assign(gateway.behaviour, { pieces: ["```js\ntest('letters', () => {});\n```"] });
    await run(file, 'parley.writeTests');
    await proposed("test('letters', () => {});");
    const { original } = activeDiff();
    assert.equal(original.scheme, 'untitled');
    assert.equal(original.path, join(folder.path, 'letters.test.js'));
    const [asked] = gateway.lastRequest.body.messages.slice(-1);
    assert.match(asked?.content ?? '', /The code to test[^]*let a = 1;[^]*numbers\.test\.js[^]*test\('one'/);
    await assert.rejects(readFile(original.path), /ENOENT/);
  });
});

/** A file system in which every path is a file with the same text. */
class OneFile implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(private readonly text: string) {}

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.text.length };
  }

  readFile(): Uint8Array {
    return new TextEncoder().encode(this.text);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}
