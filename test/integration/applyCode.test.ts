import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { applied, applyBlock, better, source, useApplyFolder } from './applyFixture';
import { parley, until } from './parley';
import { activeDiff, diffsTogether, proposals, textOf } from './proposals';

describe('applying code', () => {
  const folder = useApplyFolder();

  it('shows the change as a diff and writes nothing before it is accepted', async () => {
    await applyBlock(better, `ts ${folder.inside}/maths.ts`);
    const diff = activeDiff();
    assert.equal(diff.original.toString(), folder.file.toString());
    assert.equal(diff.modified.scheme, 'parley-proposed');
    // What the breadcrumbs show.
    assert.equal(diff.modified.path, `/${vscode.workspace.asRelativePath(folder.file)}`);
    assert.equal(await textOf(diff.modified), applied);
    assert.equal(await textOf(folder.file), source);
    assert.match(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '', /^maths\.ts \(Proposed\)$/);
  });

  it('writes an accepted change without saving, shows it, and one undo reverts it', async () => {
    await applyBlock(better, `ts ${folder.inside}/maths.ts`);
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.equal(await textOf(folder.file), applied);
    assert.equal(await readFile(folder.file.fsPath, 'utf8'), source);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), folder.file.toString());
    assert.ok(editor.document.isDirty);
    assert.equal(editor.selection.start.line, 5);
    assert.deepEqual(proposals(), []);
    await vscode.commands.executeCommand('undo');
    await until(() => editor.document.getText() === source);
  });

  it('keeps the file when the diff is discarded or closed', async () => {
    await applyBlock(better, `ts ${folder.inside}/maths.ts`);
    await vscode.commands.executeCommand('parley.discardChange');
    assert.deepEqual(proposals(), []);
    assert.equal(await textOf(folder.file), source);
    await applyBlock(better, `ts ${folder.inside}/maths.ts`);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until(() => proposals().length === 0);
    assert.equal(await textOf(folder.file), source);
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.equal(await textOf(folder.file), source);
  });

  it("writes the user's edits of the proposal", async () => {
    await applyBlock(better, `ts ${folder.inside}/maths.ts`);
    const { modified } = activeDiff();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(modified, new vscode.Position(0, 0), '// Checked.\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.equal(await textOf(folder.file), `// Checked.\n${applied}`);
    assert.deepEqual(proposals(), []);
  });

  it('keeps text that was typed into the file meanwhile, saved or not', async () => {
    await vscode.window.showTextDocument(folder.file);
    await insertAt(folder.file, 0, '// dirty\n');
    await applyBlock(better, `ts ${folder.inside}/maths.ts`);
    await insertAt(folder.file, 0, '// dirtier\n');
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.equal(await textOf(folder.file), `// dirtier\n// dirty\n${applied}`);
  });

  it("keeps the file's line endings, byte order mark and missing final line break", async () => {
    const windows = vscode.Uri.file(join(folder.path, 'windows.ts'));
    await writeFile(windows.fsPath, `\uFEFF${source.trimEnd().replaceAll('\n', '\r\n')}`);
    await applyBlock(better, `ts ${folder.inside}/windows.ts`);
    await vscode.commands.executeCommand('parley.acceptChange');
    await (await vscode.workspace.openTextDocument(windows)).save();
    assert.equal(
      await readFile(windows.fsPath, 'utf8'),
      `\uFEFF${applied.trimEnd().replaceAll('\n', '\r\n')}`,
    );
  });

  it('tells how many lines differ only in indentation, which the diff does not mark', async () => {
    const { showInformationMessage } = vscode.window;
    const said: string[] = [];
    const note = (message: string, button: string): Promise<undefined> => {
      said.push(`${message} [${button}]`);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showInformationMessage: note });
    try {
      await applyBlock(better, `ts ${folder.inside}/maths.ts`);
      await vscode.commands.executeCommand('parley.discardChange');
      assert.deepEqual(said, []);
      const moved = `--- a/${folder.inside}/maths.ts\n+++ b/${folder.inside}/maths.ts\n@@ -2 +2 @@\n-  return left + right;\n+return left + right;\n`;
      await applyBlock(moved, 'diff');
      assert.equal(await textOf(activeDiff().modified), source.replace('  return left +', 'return left +'));
      assert.deepEqual(said, [
        '1 line differs only in indentation. The diff does not mark it. [Show Whitespace Differences]',
      ]);
    } finally {
      Object.assign(vscode.window, { showInformationMessage });
    }
  });

  it('shows the files of a diff together', async () => {
    const other = vscode.Uri.file(join(folder.path, 'other.ts'));
    await writeFile(other.fsPath, 'one();\ntwo();\n');
    const diff = `--- a/${folder.inside}/maths.ts
+++ b/${folder.inside}/maths.ts
@@ -40,2 +40,2 @@
 export function add(left: number, right: number): number {
-  return left + right;
+  return right + left;
--- a/${folder.inside}/other.ts
+++ b/${folder.inside}/other.ts
@@ -1 +1 @@
-one();
+first();`;
    await applyBlock(diff, 'diff');
    const originals = diffsTogether().map(({ original }) => original.toString());
    assert.deepEqual(originals, [folder.file.toString(), other.toString()]);
    await vscode.commands.executeCommand('parley.acceptAll');
    assert.match(await textOf(folder.file), /return right \+ left;/);
    assert.equal(await textOf(other), 'first();\ntwo();\n');
  });

  it('finds the file by the text before the block, and by similar code', async () => {
    await applyBlock(better, 'ts', `Change \`${folder.inside}/maths.ts\` like this:`);
    assert.equal(activeDiff().original.toString(), folder.file.toString());
    await vscode.commands.executeCommand('parley.discardChange');
    await vscode.window.showTextDocument(folder.file);
    await applyBlock(better, 'ts');
    assert.equal(activeDiff().original.toString(), folder.file.toString());
  });

  it('finds a file that is not open by its absolute path', async () => {
    await applyBlock(better, `ts ${folder.file.fsPath}`);
    assert.equal(activeDiff().original.toString(), folder.file.toString());
  });

  it('lists a file that does not exist first, as a new file, and changes no other file', async () => {
    await vscode.window.showTextDocument(folder.file);
    const { showQuickPick } = vscode.window;
    let rows: readonly vscode.QuickPickItem[] = [];
    const first = (items: readonly vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> => {
      rows = items;
      return Promise.resolve(items[0]);
    };
    Object.assign(vscode.window, { showQuickPick: first });
    try {
      await applyBlock(better, `ts ${folder.inside}/(group)/fresh.ts`);
    } finally {
      Object.assign(vscode.window, { showQuickPick });
    }
    assert.equal(rows[0]?.label, `Create ${folder.inside}/(group)/fresh.ts`);
    assert.deepEqual(proposals(), []);
    const made = vscode.window.activeTextEditor?.document;
    assert.ok(made?.isUntitled);
    assert.equal(made.uri.path, join(folder.path, '(group)', 'fresh.ts'));
    assert.equal(await textOf(folder.file), source);
  });

  it('changes a file that was never saved', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: source });
    await vscode.window.showTextDocument(document);
    await applyBlock(better, 'ts');
    assert.equal(activeDiff().original.toString(), document.uri.toString());
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.equal(document.getText(), applied);
  });

  describe('to a hostile path', () => {
    let outside: string;

    beforeEach(async () => {
      outside = join(dirname(dirname(folder.path)), `outside-${process.pid}`);
      await mkdir(outside, { recursive: true });
      await writeFile(join(outside, 'victim.ts'), source);
      await symlink(outside, join(folder.path, 'link'));
    });

    afterEach(async () => {
      await rm(outside, { recursive: true, force: true });
    });

    for (const [name, path] of [
      ['that leads out by ..', (): string => `../outside-${process.pid}/victim.ts`],
      ['that is absolute', (): string => join(outside, 'victim.ts')],
      ['that is a URI', (): string => `file://${join(outside, 'victim.ts')}`],
      ['that leads out by a symbolic link', (): string => `${folder.inside}/link/victim.ts`],
    ] as const)
      it(`does not open a path ${name}`, async () => {
        const applying = applyBlock(better, `ts title="${path()}"`);
        // Without a candidate Parley asks for the file. The test closes that quick pick.
        await until(async () => {
          await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
          return await Promise.race([
            applying.then(() => true),
            new Promise<boolean>((resolve) => setTimeout(resolve, 100, false)),
          ]);
        });
        assert.deepEqual(proposals(), []);
        const opened = vscode.workspace.textDocuments.map(({ uri }) => uri.fsPath);
        assert.ok(!opened.some((path) => path.endsWith('victim.ts')), opened.join('\n'));
        const { intents } = await parley();
        await intents.handle({
          type: 'new-file',
          body: {
            id: 'answer',
            text: better,
            info: `ts title="${path().replace('victim', 'fresh')}"`,
            before: '',
          },
        });
        const made = vscode.window.activeTextEditor?.document;
        assert.ok(made?.isUntitled);
        assert.doesNotMatch(made.uri.path, /fresh/);
      });
  });

  describe('as a new file', () => {
    async function newFile(text: string, info: string): Promise<vscode.TextDocument> {
      const { intents } = await parley();
      await intents.handle({ type: 'new-file', body: { id: 'answer', text, info, before: '' } });
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document);
      return document;
    }

    it('opens as an untitled file in its language', async () => {
      const document = await newFile('print(1)', 'py');
      assert.ok(document.isUntitled);
      assert.equal(document.languageId, 'python');
      assert.equal(document.getText(), 'print(1)');
    });

    it('has the path that the block names, if no file exists there', async () => {
      const document = await newFile('export {};', `ts ${folder.inside}/fresh.ts`);
      assert.equal(document.uri.scheme, 'untitled');
      assert.equal(document.uri.path, join(folder.path, 'fresh.ts'));
      assert.ok(document.isDirty);
    });

    it('does not get the path of an existing file', async () => {
      const document = await newFile('export {};', `ts ${folder.inside}/maths.ts`);
      assert.notEqual(document.uri.path, folder.file.path);
      assert.equal(await readFile(folder.file.fsPath, 'utf8'), source);
    });
  });

  describe('at the cursor', () => {
    it("inserts the code at every cursor with its line's indentation", async () => {
      const document = await vscode.workspace.openTextDocument({ content: 'a:\n    \nb:\n' });
      const editor = await vscode.window.showTextDocument(document);
      editor.options = { insertSpaces: true, tabSize: 4 };
      editor.selections = [new vscode.Selection(1, 4, 1, 4), new vscode.Selection(3, 0, 3, 0)];
      const { intents } = await parley();
      await intents.handle({ type: 'insert-code', body: { text: 'if x:\n  y()' } });
      assert.equal(document.getText(), 'a:\n    if x:\n        y()\nb:\nif x:\n    y()');
    });
  });
});

async function insertAt(uri: vscode.Uri, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(line, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
