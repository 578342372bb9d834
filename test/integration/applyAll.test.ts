import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { codeBlockKey } from '../../src/shared/conversation/codeBlockKey';
import type { AppliedBlock } from '../../src/shared/messages/toView';
import { parley, until } from './parley';
import { activeDiff, closeAll, proposals, textOf } from './proposals';

describe('applying all code of an answer', () => {
  let folder: string;
  let inside: string;
  let answer: string;
  let count = 0;
  const { showWarningMessage, showInformationMessage } = vscode.window;
  let told: string[];

  beforeEach(async () => {
    await closeAll();
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    inside = `all${++count}`;
    answer = `answer-${count}`;
    folder = join(first.uri.fsPath, inside);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'a.ts'), 'export function a() {\n  return 1;\n}\n');
    await writeFile(join(folder, 'b.ts'), 'export function b() {\n  return 2;\n}\n');
    told = [];
    const tell = (message: string): Promise<undefined> => {
      told.push(message);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showWarningMessage: tell, showInformationMessage: tell });
  });

  afterEach(async () => {
    Object.assign(vscode.window, { showWarningMessage, showInformationMessage });
    await closeAll();
    await rm(folder, { recursive: true, force: true });
  });

  interface Block {
    readonly text: string;
    readonly info: string;
    readonly before: string;
  }

  function block(file: string, text: string): Block {
    return { text, info: `ts ${inside}/${file}`, before: '' };
  }

  const changeA = (): Block => block('a.ts', 'export function a() {\n  return 10;\n}');
  const changeB = (): Block => block('b.ts', 'export function b() {\n  return 20;\n}');
  const newC = (): Block => block('c.ts', 'export const c = 30;');

  async function applyAll(...blocks: Block[]): Promise<void> {
    const { intents } = await parley();
    await intents.handle({ type: 'apply-all', body: { id: answer, blocks } });
  }

  function uriOf(name: string): vscode.Uri {
    return vscode.Uri.file(join(folder, name));
  }

  function label(): string {
    return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
  }

  async function shows(text: string): Promise<void> {
    await until(() => label().startsWith(text));
  }

  /** The keys of the blocks that the panel marks as applied. */
  async function applied(): Promise<readonly AppliedBlock[]> {
    const { applied: code } = await parley();
    return code.of(new Map([[answer, null]]));
  }

  it('shows one file after the other, and writes only what is accepted', async () => {
    await applyAll(changeA(), changeB(), newC());
    assert.equal(label(), 'a.ts (Proposed) – 1 of 3');
    await vscode.commands.executeCommand('parley.acceptChange');
    await shows('b.ts (Proposed) – 2 of 3');
    await vscode.commands.executeCommand('parley.discardChange');
    await shows('c.ts (New File) – 3 of 3');
    assert.equal(await textOf(activeDiff().modified), 'export const c = 30;\n');
    assert.equal(await textOf(activeDiff().original), '');
    assert.equal(existsSync(uriOf('c.ts').fsPath), false);
    await vscode.commands.executeCommand('parley.acceptChange');
    await until(() => proposals().length === 0 && existsSync(uriOf('c.ts').fsPath));
    assert.match(await textOf(uriOf('a.ts')), /return 10/);
    assert.match(await textOf(uriOf('b.ts')), /return 2;/);
    assert.equal(await readFile(uriOf('c.ts').fsPath, 'utf8'), 'export const c = 30;\n');
    await until(async () => (await applied()).length === 2);
    assert.deepEqual(await applied(), [
      { answer, block: codeBlockKey(changeA()), files: [`${inside}/a.ts`] },
      { answer, block: codeBlockKey(newC()), files: [`${inside}/c.ts`] },
    ]);
  });

  it('writes the rest at once when all is accepted, and nothing is on disk before', async () => {
    await applyAll(changeA(), changeB(), newC());
    assert.match(await readFile(uriOf('a.ts').fsPath, 'utf8'), /return 1;/);
    await vscode.commands.executeCommand('parley.acceptAll');
    await until(async () => (await applied()).length === 3);
    assert.match(await textOf(uriOf('a.ts')), /return 10/);
    assert.match(await textOf(uriOf('b.ts')), /return 20/);
    assert.equal(await readFile(uriOf('c.ts').fsPath, 'utf8'), 'export const c = 30;\n');
    assert.deepEqual(proposals(), []);
    assert.deepEqual(told, []);
  });

  it('writes nothing when all is discarded', async () => {
    await applyAll(changeA(), changeB(), newC());
    await vscode.commands.executeCommand('parley.rejectAll');
    await until(() => proposals().length === 0);
    assert.match(await textOf(uriOf('a.ts')), /return 1;/);
    assert.match(await textOf(uriOf('b.ts')), /return 2;/);
    assert.equal(existsSync(uriOf('c.ts').fsPath), false);
    assert.deepEqual(await applied(), []);
  });

  it('ends the review when its diff is closed', async () => {
    await applyAll(changeA(), changeB());
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => proposals().length === 0);
    await applyAll(newC());
    assert.deepEqual(proposals(), [], 'the next file of the closed review is not shown');
    assert.match(await textOf(uriOf('b.ts')), /return 2;/);
  });

  it('shows two blocks for one file as one change', async () => {
    await writeFile(
      uriOf('two.ts').fsPath,
      'export function one() {\n  return 1;\n}\n\nexport function two() {\n  return 2;\n}\n',
    );
    await applyAll(
      block('two.ts', 'export function one() {\n  return 10;\n}'),
      changeB(),
      block('two.ts', 'export function two() {\n  return 20;\n}'),
    );
    assert.equal(label(), 'two.ts (Proposed) – 1 of 2');
    assert.match(await textOf(activeDiff().modified), /return 10;[^]*return 20;/);
    await vscode.commands.executeCommand('parley.acceptAll');
    await until(async () => (await applied()).length === 3);
    assert.match(await textOf(uriOf('two.ts')), /return 10;[^]*return 20;/);
  });

  it('does not create a file over one that exists by then', async () => {
    await applyAll(newC(), changeA());
    assert.equal(label(), 'c.ts (New File) – 1 of 2');
    await writeFile(uriOf('c.ts').fsPath, 'mine');
    await vscode.commands.executeCommand('parley.acceptChange');
    await until(() => told.length === 1);
    assert.match(told[0] ?? '', /^Couldn't create c\.ts\. It may exist already\.$/);
    assert.equal(await readFile(uriOf('c.ts').fsPath, 'utf8'), 'mine');
    assert.deepEqual(await applied(), []);
  });

  it('never creates a file outside of the workspace', async () => {
    const outside = join(folder, '..', '..', `outside-all-${process.pid}.ts`);
    const { showQuickPick } = vscode.window;
    let picks = 0;
    const cancel = (): Promise<undefined> => {
      picks += 1;
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showQuickPick: cancel });
    try {
      const info = `ts title="../outside-all-${process.pid}.ts"`;
      await applyAll(changeA(), { text: 'export const c = 30;', info, before: '' });
    } finally {
      Object.assign(vscode.window, { showQuickPick });
    }
    assert.equal(picks, 1, 'the user is asked for the file');
    assert.deepEqual(proposals(), []);
    assert.equal(existsSync(outside), false);
  });

  it('remembers a block whose code is in the file already', async () => {
    await applyAll(block('a.ts', 'export function a() {\n  return 1;\n}'));
    assert.deepEqual(told, ['a.ts already contains this code.']);
    assert.equal((await applied()).length, 1);
  });

  it('does not remember a block whose change was discarded', async () => {
    await applyAll(changeA());
    assert.equal(label(), 'a.ts (Proposed)');
    await vscode.commands.executeCommand('parley.discardChange');
    await until(() => proposals().length === 0);
    assert.deepEqual(await applied(), []);
  });

  it('remembers a new file when it is saved', async () => {
    await applyAll(newC());
    const made = vscode.window.activeTextEditor?.document;
    assert.ok(made?.isUntitled);
    assert.deepEqual(await applied(), []);
    await vscode.commands.executeCommand('workbench.action.files.save');
    await until(async () => (await applied()).length === 1);
    assert.ok(existsSync(uriOf('c.ts').fsPath));
  });
});
