import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { CodeAttachment, TextAttachment } from '../../src/shared/conversation/attachment';
import { useContextFixture } from './contextFixture';

describe('attaching the context that # lists', () => {
  const fixture = useContextFixture();

  it('attaches the selection, and tells if there is none', async () => {
    const editor = await fixture.show('lib/add.ts');
    await fixture.context.attachSource({ source: 'selection' });
    assert.deepEqual(fixture.warned, ['Nothing is selected in the editor.']);
    editor.selection = new vscode.Selection(1, 0, 1, 15);
    await fixture.context.attachSource({ source: 'selection' });
    const piece: CodeAttachment = await fixture.only('code');
    assert.deepEqual([piece.startLine, piece.endLine, piece.text], [2, 2, '  return a + b;']);
  });

  it('attaches the active file, and asks if it may contain secrets', async () => {
    await fixture.show('lib/add.ts');
    await fixture.context.attachSource({ source: 'file' });
    assert.equal((await fixture.only('code')).scope, 'file');
    await fixture.show('.env');
    await fixture.context.attachSource({ source: 'file' });
    assert.equal(fixture.asked.length, 1);
    assert.equal((await fixture.pending()).length, 1);
    assert.equal(await fixture.context.subject(), undefined);
  });

  it('attaches problems with the code around them', async () => {
    const problems = vscode.languages.createDiagnosticCollection('test');
    const document = (await fixture.show('lib/add.ts')).document;
    const diagnostic = new vscode.Diagnostic(
      new vscode.Range(1, 2, 1, 8),
      'Adds too much.',
      vscode.DiagnosticSeverity.Warning,
    );
    diagnostic.source = 'lint';
    diagnostic.code = 'sum';
    problems.set(document.uri, [diagnostic]);
    try {
      await fixture.context.attachSource({ source: 'problems' });
      const piece: TextAttachment = await fixture.only('text');
      assert.equal(piece.name, 'Problems in add.ts');
      assert.match(
        piece.text,
        /lib\/add\.ts:2:3 warning Adds too much\. \(lint sum\)\n.*\n> 2 \| {3}return a \+ b;/,
      );
    } finally {
      problems.dispose();
    }
    await fixture.context.attachSource({ source: 'problems' });
    assert.deepEqual(fixture.warned, ['VS Code reports no problems here.']);
  });

  it('attaches text of the terminal or tells that there is none, and restores the clipboard', async () => {
    await vscode.env.clipboard.writeText('mine');
    await fixture.context.attachSource({ source: 'terminal' });
    assert.equal(fixture.warned.length, 1);
    assert.deepEqual(await fixture.pending(), []);
    assert.equal(await vscode.env.clipboard.readText(), 'mine');
  });

  it('attaches Git changes without secrets, or tells why there are none', async () => {
    const git = (...parameters: string[]): void => {
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...parameters], {
        cwd: fixture.workspace,
      });
    };
    if (vscode.extensions.getExtension('vscode.git') === undefined) {
      await fixture.context.attachSource({ source: 'changes' });
      assert.deepEqual(fixture.warned, ["VS Code's Git extension is missing or disabled."]);
      return;
    }
    await fixture.write('secret-changes/.env.shared', 'A=1\n');
    git('init', '-q');
    git('add', '-f', 'lib/add.ts', 'secret-changes/.env.shared');
    git('commit', '-q', '-m', 'First');
    await fixture.write('secret-changes/.env.shared', 'A=HIDDEN\n');
    await fixture.write('lib/add.ts', 'export const changed = true;\n');
    await fixture.show('lib/add.ts');
    await vscode.extensions.getExtension('vscode.git')?.activate();
    await vscode.commands.executeCommand('git.openRepository', fixture.workspace);
    await fixture.context.attachSource({ source: 'changes' });
    const piece: TextAttachment = await fixture.only('text');
    assert.match(piece.text, /^# Not staged\n[\s\S]*\+export const changed = true;/);
    assert.doesNotMatch(piece.text, /HIDDEN/);
    assert.match(piece.text, /Left out, because they may hold secrets: secret-changes\/\.env\.shared/);
  });

  it('attaches untracked files, with other changes or alone', async () => {
    if (vscode.extensions.getExtension('vscode.git') === undefined) return;
    const git = (...parameters: string[]): void => {
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...parameters], {
        cwd: fixture.workspace,
      });
    };
    await fixture.write('新/说明.txt', '第一行\n第二行');
    await fixture.write('fresh.bin', new Uint8Array([0, 1, 2]));
    await fixture.write('fresh.env', 'A=HIDDEN\n');
    await fixture.write('empty.ts', '');
    await fixture.context.attachSource({ source: 'changes' });
    const beside: TextAttachment = await fixture.only('text');
    assert.match(beside.text, /# Not staged[\s\S]*# New files, not added yet/);
    assert.match(beside.text, /\+\+\+ b\/新\/说明\.txt\n@@ -0,0 \+1,2 @@\n\+第一行\n\+第二行\n\\ No newline/);
    assert.match(beside.text, /b\/fresh\.bin\nnew file, its content is left out/);
    assert.match(beside.text, /b\/empty\.ts\nnew file mode 100644\n/);
    assert.doesNotMatch(beside.text, /HIDDEN/);
    git('add', '.');
    git('commit', '-q', '-m', 'Second');
    await fixture.write('brandnew.ts', 'export const brandNew = 1;\n');
    await fixture.clearPending();
    await fixture.context.attachSource({ source: 'changes' });
    const alone: TextAttachment = await fixture.only('text');
    assert.match(alone.text, /^# New files, not added yet\n[\s\S]*\+export const brandNew = 1;/);
  });
});
