import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { TokenCounter } from '../../src/core/prompt/tokenCounter';
import { CommitMessages } from '../../src/host/sourceControl/commitMessages';
import { gitApi, type Repository } from '../../src/host/workspace/gitApi';
import { demoTarget, ScriptedClient } from '../support/corePorts';
import { until } from './parley';

const silent = (): void => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

describe('commit messages', () => {
  const { showWarningMessage, showInformationMessage, showErrorMessage } = vscode.window;
  const folders: string[] = [];
  let told: string[] = [];
  let folder = '';
  let client = new ScriptedClient();

  const git = (...parameters: string[]): void => {
    const settings = [
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.com',
      '-c',
      'protocol.file.allow=always',
    ];
    execFileSync('git', [...settings, ...parameters], { cwd: folder, stdio: 'pipe' });
  };
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
  const commitAll = (message: string): void => {
    git('add', '-A');
    git('commit', '-q', '-m', message);
  };

  /** Opens the repository in VS Code. */
  async function open(): Promise<Repository> {
    await vscode.commands.executeCommand('git.openRepository', folder);
    const api = await gitApi();
    const find = (): Repository | undefined =>
      api?.repositories.find(({ rootUri }) => rootUri.fsPath === folder);
    await until(() => find() !== undefined);
    const repository = find();
    assert.ok(repository);
    return repository;
  }

  /** Generates a message. Returns the prompt, or undefined if the model was not asked. */
  async function generate(repository: Repository, answer: string): Promise<string | undefined> {
    client = new ScriptedClient();
    const counter = new TokenCounter({ get: () => undefined, set: silent });
    const messages = new CommitMessages(
      { client, targets: { current: () => Promise.resolve(demoTarget) }, log },
      counter,
    );
    let isOver = false;
    const running = messages.generate({ rootUri: repository.rootUri }).finally(() => {
      isOver = true;
    });
    await until(() => isOver || client.answers.length > 0);
    client.answers[0]?.complete(answer);
    await running;
    const content = client.answers[0]?.request.messages.at(-1)?.content;
    return typeof content === 'string' ? content : undefined;
  }

  before(() => {
    const record = (text: string): Promise<undefined> => {
      told.push(text);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, {
      showWarningMessage: record,
      showInformationMessage: record,
      showErrorMessage: record,
    });
  });
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'parley-repository-')));
    folders.push(folder);
    told = [];
    git('init', '-q', '-b', 'main');
  });
  afterEach(async () => {
    // Other tests expect the repository of the workspace alone.
    await vscode.commands.executeCommand('git.close', vscode.Uri.file(folder));
    const api = await gitApi();
    await until(() => api?.repositories.every(({ rootUri }) => rootUri.fsPath !== folder) === true);
  });
  after(async () => {
    Object.assign(vscode.window, { showWarningMessage, showInformationMessage, showErrorMessage });
    for (const each of folders) await rm(each, { recursive: true, force: true });
  });

  it('describes new files before the first commit, and tells that nothing is staged', async () => {
    await write('new.ts', 'export const first = 1;\n');
    const repository = await open();
    const prompt = await generate(repository, 'Add the first file');
    assert.match(prompt ?? '', /nothing is staged[^]*## new\.ts \(added, \+1 −0\)[^]*\+export const first/);
    assert.equal(repository.inputBox.value, 'Add the first file');
    assert.match(told.join(), /Nothing is staged, so the message describes all changes/);
  });

  it('tells when nothing has changed, and asks no model', async () => {
    await write('a.txt', 'a\n');
    commitAll('Add a');
    const repository = await open();
    repository.inputBox.value = 'Mine';
    assert.equal(await generate(repository, 'x'), undefined);
    assert.deepEqual(told, ['Nothing has changed since the last commit.']);
    assert.equal(repository.inputBox.value, 'Mine');
  });

  it('restores the message that Git prepared for a merge, and continues it', async () => {
    await write('a.txt', 'a\n');
    commitAll('Add a');
    git('checkout', '-q', '-b', 'other');
    await write('b.txt', 'b\n');
    commitAll('Add b');
    git('checkout', '-q', 'main');
    await write('c.txt', 'c\n');
    commitAll('Add c');
    git('merge', '--no-commit', '--no-ff', 'other');
    const repository = await open();
    // VS Code puts the prepared message into the box when it notices the merge.
    await until(() => repository.inputBox.value !== '');
    repository.inputBox.value = '';
    assert.equal(await generate(repository, 'x'), undefined);
    assert.equal(repository.inputBox.value, "Merge branch 'other'");
    assert.match(told.join(), /A merge is in progress/);
    const prompt = await generate(repository, "Merge branch 'other'\n\nIt adds b.");
    assert.match(
      prompt ?? '',
      /completes a merge of [0-9a-f]{10} \(Add b\)[^]*exactly this text[^]*Merge branch 'other'$/,
    );
    assert.equal(repository.inputBox.value, "Merge branch 'other'\n\nIt adds b.");
  });

  it('tells about conflicts and changes nothing', async () => {
    await write('a.txt', 'a\n');
    commitAll('Add a');
    git('checkout', '-q', '-b', 'other');
    await write('a.txt', 'other\n');
    commitAll('Change a');
    git('checkout', '-q', 'main');
    await write('a.txt', 'main\n');
    commitAll('Change a, too');
    assert.throws(() => {
      git('merge', 'other');
    });
    const repository = await open();
    await until(() => repository.inputBox.value !== '');
    const before = repository.inputBox.value;
    assert.equal(await generate(repository, 'x'), undefined);
    assert.deepEqual(told, ['1 file has conflicts. Resolve them before you commit.']);
    assert.equal(repository.inputBox.value, before);
  });

  it('works with a detached HEAD, a submodule and a template', async () => {
    await write('a.txt', 'a\n');
    commitAll('feat: add a');
    git('checkout', '-q', '--detach');
    git('submodule', '--quiet', 'add', folder, 'sub');
    const repository = await open();
    repository.inputBox.value = '# type: subject\n# Why?';
    const prompt = (await generate(repository, 'feat: add sub')) ?? '';
    assert.match(prompt, /## sub \(submodule, \+1 −0\)/);
    assert.match(prompt, /# Git's template\n\n# type: subject/);
    assert.doesNotMatch(prompt, /# Branch/);
    assert.equal(repository.inputBox.value, 'feat: add sub\n# type: subject\n# Why?');
  });
});
