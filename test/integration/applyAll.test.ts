import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { codeBlockKey } from '../../src/shared/conversation/codeBlockKey';
import type { AppliedBlock } from '../../src/shared/messages/toView';
import { parley, until } from './parley';
import { activeDiff, closeAll, diffsTogether, proposals, textOf } from './proposals';

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
    // Closing the diff of several files keeps them in review.
    await run('reviewAll');
    if (diffsTogether().length > 0) await run('rejectAll');
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

  const run = (command: string, name?: string): Thenable<unknown> =>
    vscode.commands.executeCommand(`parley.${command}`, ...(name === undefined ? [] : [uriOf(name)]));

  /** The text that is proposed for a file. */
  async function proposedFor(name: string): Promise<string> {
    const diff = diffsTogether().find(({ modified }) => modified.path.endsWith(`/${name}`));
    assert.ok(diff, `${name} is not in the diff.`);
    return await textOf(diff.modified);
  }

  function namesTogether(): readonly string[] {
    return diffsTogether().map(({ modified }) => modified.path.split('/').at(-1) ?? '');
  }

  /** The keys of the blocks that the panel marks as applied. */
  async function applied(): Promise<readonly AppliedBlock[]> {
    const { applied: code } = await parley();
    return code.of(new Map([[answer, null]]));
  }

  it('shows all files in one diff, and writes only what is accepted', async () => {
    await applyAll(changeA(), changeB(), newC());
    assert.match(label(), /^Proposed Changes/);
    assert.deepEqual(namesTogether(), ['a.ts', 'b.ts', 'c.ts']);
    assert.equal(await proposedFor('c.ts'), 'export const c = 30;\n');
    await run('acceptChange', 'a.ts');
    assert.match(await textOf(uriOf('a.ts')), /return 10/);
    await run('discardChange', 'b.ts');
    assert.match(await proposedFor('b.ts'), /return 2;/, 'a rejected file shows no change any more');
    assert.equal(existsSync(uriOf('c.ts').fsPath), false);
    await run('acceptChange', 'c.ts');
    await until(() => diffsTogether().length === 0 && existsSync(uriOf('c.ts').fsPath));
    assert.match(await textOf(uriOf('b.ts')), /return 2;/);
    assert.equal(await readFile(uriOf('c.ts').fsPath, 'utf8'), 'export const c = 30;\n');
    await until(async () => (await applied()).length === 2);
    assert.deepEqual(await applied(), [
      { answer, block: codeBlockKey(changeA()), files: [`${inside}/a.ts`] },
      { answer, block: codeBlockKey(newC()), files: [`${inside}/c.ts`] },
    ]);
  });

  it('writes all files at once when all is accepted, and nothing is on disk before', async () => {
    await applyAll(changeA(), changeB(), newC());
    assert.match(await readFile(uriOf('a.ts').fsPath, 'utf8'), /return 1;/);
    await run('acceptAll');
    await until(async () => (await applied()).length === 3);
    assert.match(await textOf(uriOf('a.ts')), /return 10/);
    assert.match(await textOf(uriOf('b.ts')), /return 20/);
    assert.equal(await readFile(uriOf('c.ts').fsPath, 'utf8'), 'export const c = 30;\n');
    await until(() => diffsTogether().length === 0);
    assert.deepEqual(told, []);
  });

  it('writes what it can when all is accepted, says what it could not write, and keeps that in review', async () => {
    await writeFile(uriOf('d.ts').fsPath, 'export function d() {\n  return 4;\n}\n');
    await applyAll(changeA(), changeB(), newC(), block('d.ts', 'export function d() {\n  return 40;\n}'));
    const typed = new vscode.WorkspaceEdit();
    typed.insert(uriOf('b.ts'), new vscode.Position(1, 0), 'my ');
    await vscode.workspace.applyEdit(typed);
    await writeFile(uriOf('c.ts').fsPath, 'mine');
    await run('acceptAll');
    assert.deepEqual(told, [
      '2 of 4 files were changed. Not changed: b.ts (changed in the same place), c.ts (may exist already). Their changes stay in review.',
    ]);
    assert.match(await textOf(uriOf('a.ts')), /return 10/);
    assert.match(await textOf(uriOf('d.ts')), /return 40/);
    assert.match(await textOf(uriOf('b.ts')), /^my {3}return 2;$/m);
    assert.equal(await readFile(uriOf('c.ts').fsPath, 'utf8'), 'mine');
    await until(() => namesTogether().join() === 'b.ts,c.ts');
    assert.match(await proposedFor('b.ts'), /return 20/);
    assert.equal(await proposedFor('c.ts'), 'export const c = 30;\n');
  });

  it('writes nothing when all is rejected', async () => {
    await applyAll(changeA(), changeB(), newC());
    await run('rejectAll');
    await until(() => diffsTogether().length === 0);
    assert.match(await textOf(uriOf('a.ts')), /return 1;/);
    assert.match(await textOf(uriOf('b.ts')), /return 2;/);
    assert.equal(existsSync(uriOf('c.ts').fsPath), false);
    assert.deepEqual(await applied(), []);
  });

  it('keeps all changes when the diff of several files is closed', async () => {
    await applyAll(changeA(), changeB(), newC());
    await run('acceptChange', 'a.ts');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => told.length === 1);
    assert.deepEqual(told, ['The diff was closed, and nothing was lost: 2 changes left in 2 files.']);
    await run('reviewAll');
    assert.deepEqual(namesTogether(), ['b.ts', 'c.ts']);
    await run('acceptAll');
    await until(async () => (await applied()).length === 3);
    assert.match(await textOf(uriOf('b.ts')), /return 20/);
  });

  it('follows what is typed while the diff of several files is closed, also when VS Code has closed the proposals', async function () {
    this.timeout(120_000);
    await applyAll(changeA(), changeB());
    const proposed = diffsTogether().map(({ modified }) => modified.toString());
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => told.length === 1);
    const typed = new vscode.WorkspaceEdit();
    typed.insert(uriOf('a.ts'), new vscode.Position(0, 0), '// typed\n');
    await vscode.workspace.applyEdit(typed);
    // VS Code closes the documents that were opened first.
    for (let index = 0; index < 70; index++) {
      await writeFile(uriOf(`${index}.txt`).fsPath, '');
      await vscode.workspace.openTextDocument(uriOf(`${index}.txt`));
    }
    await until(() => vscode.workspace.textDocuments.every(({ uri }) => !proposed.includes(uri.toString())));
    await run('reviewAll');
    await until(async () =>
      (await proposedFor('a.ts')).startsWith('// typed\nexport function a() {\n  return 10;'),
    );
    await run('acceptAll');
    await until(() => diffsTogether().length === 0);
    assert.equal(await textOf(uriOf('a.ts')), '// typed\nexport function a() {\n  return 10;\n}\n');
    assert.match(await textOf(uriOf('b.ts')), /return 20/);
  });

  it('keeps the changes of a file whose own diff is closed', async () => {
    await applyAll(changeA(), changeB());
    await vscode.commands.executeCommand('parley.nextHunk', uriOf('a.ts'), 1);
    assert.match(activeDiff().modified.path, /a\.ts$/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until(() => proposals().length === 0);
    await run('acceptAll');
    await until(async () => (await applied()).length === 2);
    assert.match(await textOf(uriOf('a.ts')), /return 10/);
  });

  it('proposes the change of a file again when its acceptance is undone', async () => {
    await applyAll(changeA(), changeB());
    await run('acceptChange', 'a.ts');
    await vscode.window.showTextDocument(uriOf('a.ts'), { preview: false });
    await vscode.commands.executeCommand('undo');
    await until(async () => (await textOf(uriOf('a.ts'))).includes('return 1;'));
    await run('reviewAll');
    assert.deepEqual(namesTogether(), ['a.ts', 'b.ts']);
    await run('acceptAll');
    await until(() => diffsTogether().length === 0);
    assert.match(await textOf(uriOf('a.ts')), /return 10/);
    assert.match(await textOf(uriOf('b.ts')), /return 20/);
  });

  it('adds the changes of single files to the diff of all', async () => {
    await applyAll(changeA());
    const own = activeDiff().modified.toString();
    await applyAll(changeB(), newC());
    await run('reviewAll');
    assert.deepEqual(namesTogether(), ['a.ts', 'b.ts', 'c.ts']);
    assert.ok(diffsTogether().some(({ modified }) => modified.toString() === own));
    await run('rejectAll');
    await until(() => diffsTogether().length === 0 && proposals().length === 0);
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
    assert.deepEqual(namesTogether(), ['two.ts', 'b.ts']);
    assert.match(await proposedFor('two.ts'), /return 10;[^]*return 20;/);
    await vscode.commands.executeCommand('parley.acceptAll');
    await until(async () => (await applied()).length === 3);
    assert.match(await textOf(uriOf('two.ts')), /return 10;[^]*return 20;/);
  });

  it('does not create a file over one that exists by then', async () => {
    await applyAll(newC(), changeA());
    await writeFile(uriOf('c.ts').fsPath, 'mine');
    await run('acceptChange', 'c.ts');
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
    assert.deepEqual([...proposals(), ...diffsTogether()], []);
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
