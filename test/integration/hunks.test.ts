import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { applyBlock, useApplyFolder } from './applyFixture';
import { parley, until } from './parley';
import { activeDiff, proposals, textOf } from './proposals';

const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);

/** The file with some lines replaced or added, by their numbers. */
function changed(edits: Readonly<Record<number, string>>): string {
  return `${lines.map((line, index) => edits[index + 1] ?? line).join('\n')}\n`;
}

const original = changed({});
const proposed = changed({ 3: 'line three', 12: 'line 12\nadded', 25: 'line twenty-five' });

describe('hunks of a proposed change', () => {
  const folder = useApplyFolder();
  let file: vscode.Uri;

  beforeEach(async () => {
    file = vscode.Uri.file(join(folder.path, 'lines.txt'));
    await writeFile(file.fsPath, original);
  });

  /** Proposes a text for the file as a diff of all its lines. */
  async function propose(text = proposed): Promise<vscode.Uri> {
    const path = `${folder.inside}/lines.txt`;
    const removed = original.trimEnd().split('\n');
    const added = text.trimEnd().split('\n');
    const diff = [
      `--- a/${path}`,
      `+++ b/${path}`,
      `@@ -1,${removed.length} +1,${added.length} @@`,
      ...removed.map((line) => `-${line}`),
      ...added.map((line) => `+${line}`),
    ];
    await applyBlock(diff.join('\n'), 'diff');
    return activeDiff().modified;
  }

  /** Puts the cursor of the proposed text on a line, counted from 1. */
  async function placeCursor(line: number): Promise<void> {
    const { modified } = activeDiff();
    const shown = (): vscode.TextEditor | undefined =>
      vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.toString() === modified.toString(),
      );
    await until(() => shown() !== undefined);
    const editor = shown();
    assert.ok(editor);
    editor.selection = new vscode.Selection(line - 1, 0, line - 1, 0);
    await until(() => vscode.window.activeTextEditor === editor && cursor() === line);
  }

  function cursor(): number | undefined {
    const { activeTextEditor } = vscode.window;
    return activeTextEditor && activeTextEditor.selection.active.line + 1;
  }

  async function type(uri: vscode.Uri, line: number, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(line - 1, 0), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  async function undoIn(uri: vscode.Uri, text: string): Promise<void> {
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('undo');
    await until(async () => (await textOf(uri)) === text);
  }

  const run = (command: string): Thenable<unknown> => vscode.commands.executeCommand(`parley.${command}`);

  it('writes the accepted hunks only, and ends with the last decision', async () => {
    await propose();
    await placeCursor(3);
    await run('acceptHunk');
    assert.equal(await textOf(file), changed({ 3: 'line three' }));
    await until(() => cursor() === 13);
    await run('rejectHunk');
    assert.equal(await textOf(activeDiff().modified), changed({ 3: 'line three', 25: 'line twenty-five' }));
    await until(() => cursor() === 25);
    await run('acceptHunk');
    assert.equal(await textOf(file), changed({ 3: 'line three', 25: 'line twenty-five' }));
    await until(() => proposals().length === 0);
    assert.equal(await readFile(file.fsPath, 'utf8'), original);
  });

  it('goes to the next and the previous hunk, and around the end', async () => {
    await propose();
    await placeCursor(1);
    for (const [command, line] of [
      ['nextHunk', 3],
      ['nextHunk', 13],
      ['nextHunk', 26],
      ['nextHunk', 3],
      ['previousHunk', 26],
      ['previousHunk', 13],
    ] as const) {
      await run(command);
      await until(() => cursor() === line);
    }
  });

  it('only moves to the next hunk when the cursor is not in one', async () => {
    await propose();
    await placeCursor(5);
    await run('acceptHunk');
    await until(() => cursor() === 13);
    assert.equal(await textOf(file), original);
  });

  it('saves the accepted text only, and keeps the rest in review', async () => {
    const modified = await propose();
    await placeCursor(3);
    await run('acceptHunk');
    assert.ok(await (await vscode.workspace.openTextDocument(file)).save());
    assert.equal(await readFile(file.fsPath, 'utf8'), changed({ 3: 'line three' }));
    // Saving the diff writes to memory.
    assert.ok(await (await vscode.workspace.openTextDocument(modified)).save());
    await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
    assert.equal(await readFile(file.fsPath, 'utf8'), changed({ 3: 'line three' }));
    assert.equal(await textOf(modified), proposed);
    await run('acceptChange');
    assert.equal(await textOf(file), proposed);
  });

  it('keeps text that the user types into the file, and moves its hunks', async () => {
    const modified = await propose();
    await type(file, 1, 'typed\n');
    await until(async () => (await textOf(modified)) === `typed\n${proposed}`);
    await placeCursor(4);
    await run('acceptHunk');
    assert.equal(await textOf(file), `typed\n${changed({ 3: 'line three' })}`);
    await type(file, 32, 'end\n');
    await run('acceptChange');
    assert.equal(await textOf(file), `typed\n${proposed}end\n`);
  });

  it('keeps up with fast typing in the file, and with edits of the proposed text at the same time', async () => {
    const modified = await propose();
    const typing: Thenable<unknown>[] = [];
    await vscode.window.showTextDocument(file, { preview: false });
    for (const key of 'typed fast') typing.push(vscode.commands.executeCommand('type', { text: key }));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(modified, new vscode.Position(28, 0), 'edited\n');
    typing.push(vscode.workspace.applyEdit(edit));
    for (const key of ' again\n') typing.push(vscode.commands.executeCommand('type', { text: key }));
    await Promise.all(typing);
    await until(async () => (await textOf(file)) === `typed fast again\n${original}`);
    const both = `typed fast again\n${proposed.replace('line 28\n', 'edited\nline 28\n')}`;
    await until(async () => (await textOf(modified)) === both);
    await run('acceptChange');
    assert.equal(await textOf(file), both);
  });

  it('proposes a hunk again when its acceptance is undone', async () => {
    const modified = await propose();
    await placeCursor(3);
    await run('acceptHunk');
    await undoIn(file, original);
    assert.equal(await textOf(modified), proposed);
    await vscode.commands.executeCommand('redo');
    await until(async () => (await textOf(file)) === changed({ 3: 'line three' }));
    assert.equal(await textOf(modified), proposed);
    await run('acceptChange');
    assert.equal(await textOf(file), proposed);
    await undoIn(file, changed({ 3: 'line three' }));
  });

  it('keeps hunks in place when typing beside them is undone', async () => {
    const modified = await propose();
    await vscode.window.showTextDocument(file, { preview: false });
    const edit = new vscode.WorkspaceEdit();
    edit.delete(file, new vscode.Range(12, 0, 13, 0));
    await vscode.workspace.applyEdit(edit);
    await until(async () => (await textOf(modified)) === proposed.replace('line 13\n', ''));
    await undoIn(file, original);
    await until(async () => (await textOf(modified)) === proposed);
    await run('acceptChange');
    assert.equal(await textOf(file), proposed);
  });

  it("does not replace what the user typed into a hunk's lines", async () => {
    const modified = await propose();
    const { showWarningMessage } = vscode.window;
    const told: string[] = [];
    const tell = (message: string): Promise<undefined> => {
      told.push(message);
      return Promise.resolve(undefined);
    };
    await type(file, 3, 'my ');
    const mine = changed({ 3: 'my line 3' });
    Object.assign(vscode.window, { showWarningMessage: tell });
    try {
      await run('acceptChange');
    } finally {
      Object.assign(vscode.window, { showWarningMessage });
    }
    assert.deepEqual(told, ['lines.txt was changed in the same place as the proposal. Nothing was written.']);
    assert.equal(await textOf(file), mine);
    assert.equal(await textOf(modified), proposed);
    // The diff shows what would be replaced, so accepting that hunk is a decision.
    await placeCursor(3);
    await run('acceptHunk');
    assert.equal(await textOf(file), changed({ 3: 'line three' }));
  });

  it("rejects a hunk that the user reverts, and writes the user's edits of the others", async () => {
    const modified = await propose();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(modified, new vscode.Range(2, 0, 3, 0), 'line 3\n');
    edit.replace(modified, new vscode.Range(25, 0, 26, 0), 'line 25 and more\n');
    await vscode.workspace.applyEdit(edit);
    await run('acceptChange');
    assert.equal(await textOf(file), changed({ 12: 'line 12\nadded', 25: 'line 25 and more' }));
  });

  it('follows a change of the file on disk', async () => {
    const modified = await propose();
    await writeFile(file.fsPath, `first\n${original}`);
    await until(async () => (await textOf(modified)) === `first\n${proposed}`);
    await run('acceptChange');
    assert.equal(await textOf(file), `first\n${proposed}`);
  });

  it('has "Accept" and "Reject" at each hunk, in the proposed text and in the file', async () => {
    const modified = await propose();
    const titles = async (uri: vscode.Uri): Promise<string[]> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
      );
      return lenses.map(({ range, command }) => `${range.start.line + 1} ${command?.title ?? ''}`);
    };
    const lensesAt = (first: number, second: number, third: number, ...more: string[]): string[] => [
      '1 Accept All 3 Changes',
      '1 Reject All',
      ...[first, second, third].flatMap((at) =>
        ['Accept', 'Reject', ...more].map((title) => `${at} ${title}`),
      ),
    ];
    assert.deepEqual((await titles(modified)).toSorted(), lensesAt(3, 13, 26).toSorted());
    assert.deepEqual((await titles(file)).toSorted(), lensesAt(3, 13, 25, 'Show Change').toSorted());
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      file,
    );
    const accept = lenses.filter(({ command }) => command?.title === 'Accept')[1]?.command;
    assert.ok(accept);
    await vscode.commands.executeCommand(accept.command, ...(accept.arguments as unknown[]));
    assert.equal(await textOf(file), changed({ 12: 'line 12\nadded' }));
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      modified,
      new vscode.Position(2, 0),
    );
    const [content] = hover?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString);
    assert.match(content.value, /^\[Accept\]\(command:parley\.acceptHunk\?[^)]*\) \| \[Reject\]\(/);
    await run('discardChange');
    assert.deepEqual(await titles(file), []);
  });

  it('follows a streaming answer, and keeps text that the user types', async () => {
    const document = await vscode.workspace.openTextDocument(file);
    const { reviews } = await parley();
    const review = await (await reviews()).propose(document, original, { modelName: 'gpt-4o' });
    const { modified } = activeDiff();
    await review.update(changed({ 3: 'line three' }));
    assert.equal(await textOf(modified), changed({ 3: 'line three' }));
    await type(file, 1, 'typed\n');
    await review.update(proposed);
    assert.equal(await textOf(modified), `typed\n${proposed}`);
    assert.equal(await textOf(file), `typed\n${original}`);
    await placeCursor(4);
    await run('rejectHunk');
    await review.acceptAll();
    assert.equal(await textOf(file), `typed\n${proposed.replace('line three', 'line 3')}`);
    assert.deepEqual(await review.ended, { decision: 'accepted', accepted: 2, rejected: 1 });
  });
});
