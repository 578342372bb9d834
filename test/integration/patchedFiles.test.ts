import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { parley, until } from './parley';
import { activeDiff, closeAll, proposals, textOf } from './proposals';

describe('a patch that deletes or moves files', () => {
  let folder: string;
  let inside: string;
  let count = 0;
  let asked: { message: string; modal: boolean }[];
  /** Which questions the user agrees to. */
  let agrees: (message: string) => boolean;
  const { showWarningMessage } = vscode.window;

  beforeEach(async () => {
    await closeAll();
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    inside = `patched${++count}`;
    folder = join(first.uri.fsPath, inside);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'a.ts'), 'one();\ntwo();\n');
    await writeFile(join(folder, 'b.ts'), 'three();\n');
    asked = [];
    agrees = () => true;
    const answer = (message: string, options?: vscode.MessageOptions, yes?: string): Promise<unknown> => {
      asked.push({ message, modal: options?.modal === true });
      return Promise.resolve(agrees(message) ? yes : undefined);
    };
    Object.assign(vscode.window, { showWarningMessage: answer });
  });

  afterEach(async () => {
    Object.assign(vscode.window, { showWarningMessage });
    await closeAll();
    await rm(folder, { recursive: true, force: true });
  });

  async function apply(lines: readonly string[], info = ''): Promise<void> {
    const { intents } = await parley();
    const text = lines.map((line) => line.replaceAll('@/', `${inside}/`)).join('\n');
    await intents.handle({ type: 'apply-code', body: { id: 'answer', text, info, before: '' } });
  }

  const deletion = ['*** Begin Patch', '*** Delete File: @/a.ts', '*** End Patch'];
  const move = [
    '*** Begin Patch',
    '*** Update File: @/a.ts',
    '*** Move to: @/lib/c.ts',
    '@@',
    '-two();',
    '+zwei();',
    '*** End Patch',
  ];

  it('deletes the file when the user agrees', async () => {
    await apply(deletion);
    assert.deepEqual(asked, [{ message: `The patch deletes ${inside}/a.ts. Delete the file?`, modal: true }]);
    assert.equal(existsSync(join(folder, 'a.ts')), false);
  });

  it('keeps the file when the user does not agree, and goes on with the next file', async () => {
    agrees = () => false;
    await apply([
      ...deletion.slice(0, -1),
      '*** Update File: @/b.ts',
      '@@',
      '-three();',
      '+drei();',
      '*** End Patch',
    ]);
    assert.equal(await readFile(join(folder, 'a.ts'), 'utf8'), 'one();\ntwo();\n');
    assert.equal(await textOf(activeDiff().modified), 'drei();\n');
  });

  it('asks before a diff to /dev/null deletes the file, and does not empty it', async () => {
    agrees = () => false;
    await apply(['--- a/@/a.ts', '+++ /dev/null', '@@ -1,2 +0,0 @@', '-one();', '-two();'], 'diff');
    assert.equal(asked.length, 1);
    assert.deepEqual(proposals(), []);
  });

  it('says that a file to delete does not exist, and that one has unsaved changes', async () => {
    await apply(['*** Begin Patch', '*** Delete File: @/gone.ts', '*** End Patch']);
    const document = await vscode.workspace.openTextDocument(join(folder, 'a.ts'));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'zero();\n');
    });
    await apply(deletion);
    assert.deepEqual(asked, [
      { message: `The patch deletes ${inside}/gone.ts, but the workspace has no such file.`, modal: false },
      {
        message: `The patch deletes or moves ${inside}/a.ts, which has unsaved changes. Save the file, then apply the patch again.`,
        modal: false,
      },
    ]);
    assert.equal(await readFile(join(folder, 'a.ts'), 'utf8'), 'one();\ntwo();\n');
  });

  it('never deletes a file outside of the workspace', async () => {
    const outside = join(folder, '..', '..', 'outside.ts');
    await writeFile(outside, 'x();\n');
    try {
      await apply(['*** Begin Patch', '*** Delete File: ../outside.ts', '*** End Patch']);
      await apply(['*** Begin Patch', `*** Delete File: ${outside}`, '*** End Patch']);
      assert.deepEqual(
        asked.map(({ modal }) => modal),
        [false, false],
      );
      assert.ok(existsSync(outside));
    } finally {
      await rm(outside, { force: true });
    }
  });

  it('moves the file when the user agrees, and shows the change in its new place', async () => {
    await apply(move);
    assert.deepEqual(asked, [
      {
        message: `The patch moves ${inside}/a.ts to ${inside}/lib/c.ts. Move the file?`,
        modal: true,
      },
    ]);
    assert.equal(existsSync(join(folder, 'a.ts')), false);
    assert.equal(activeDiff().original.path, join(folder, 'lib', 'c.ts'));
    await vscode.commands.executeCommand('parley.acceptChange');
    await until(() => proposals().length === 0);
    assert.equal(await textOf(vscode.Uri.file(join(folder, 'lib', 'c.ts'))), 'one();\nzwei();\n');
  });

  it('shows the change in the old place when the user does not want the move', async () => {
    agrees = () => false;
    await apply(move);
    assert.equal(activeDiff().original.path, join(folder, 'a.ts'));
    assert.equal(existsSync(join(folder, 'lib', 'c.ts')), false);
  });

  it('does not move a file over another one, or out of the workspace', async () => {
    await apply(['*** Begin Patch', '*** Update File: @/a.ts', '*** Move to: @/b.ts', '*** End Patch']);
    await apply(['*** Begin Patch', '*** Update File: @/a.ts', '*** Move to: ../../c.ts', '*** End Patch']);
    assert.deepEqual(asked, [
      {
        message: `The patch moves ${inside}/a.ts to ${inside}/b.ts, but that file already exists.`,
        modal: false,
      },
      {
        message: `The patch moves ${inside}/a.ts to ../../c.ts, which is not a path in the workspace.`,
        modal: false,
      },
    ]);
    assert.equal(await readFile(join(folder, 'b.ts'), 'utf8'), 'three();\n');
  });

  it('moves a file as it is when the diff has no hunk', async () => {
    await apply(
      [
        'diff --git a/@/a.ts b/@/moved.ts',
        'similarity index 100%',
        'rename from @/a.ts',
        'rename to @/moved.ts',
      ],
      'diff',
    );
    assert.equal(await readFile(join(folder, 'moved.ts'), 'utf8'), 'one();\ntwo();\n');
    assert.deepEqual(proposals(), []);
  });

  it('asks once more before a file moves to where a program runs it by itself', async () => {
    agrees = (message) => message.startsWith('The patch moves');
    await apply([
      '*** Begin Patch',
      '*** Update File: @/a.ts',
      '*** Move to: @/.husky/pre-commit',
      '*** End Patch',
    ]);
    assert.equal(asked.length, 2);
    assert.ok(existsSync(join(folder, 'a.ts')));
  });
});
