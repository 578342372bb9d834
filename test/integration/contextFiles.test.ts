import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CodeAttachment, TextAttachment } from '../../src/shared/conversation/attachment';
import { pixel, useContextFixture } from './contextFixture';

describe('attaching files and folders', () => {
  const fixture = useContextFixture();

  it('finds files and folders, and attaches a whole file', async () => {
    const id = await fixture.findItem('add', 'add.ts');
    await fixture.context.attachFound({ id });
    const piece: CodeAttachment = await fixture.only('code');
    assert.deepEqual([piece.path, piece.scope, piece.truncated], ['lib/add.ts', 'file', false]);
    assert.match(piece.text, /return a \+ b/);
    await fixture.context.find({ request: 7, query: 'lib' });
    assert.equal(fixture.found.request, 7);
    assert.deepEqual(
      fixture.found.items
        .filter(({ kind }) => kind === 'folder')
        .map(({ label, description }) => [label, description]),
      [
        ['lib', ''],
        ['deep', 'lib'],
      ],
    );
  });

  it('lists open files first if nothing is typed', async () => {
    await fixture.show('lib/deep/note.md');
    await fixture.findItem('', 'note.md');
    assert.equal(fixture.found.items[0]?.label, 'note.md');
  });

  it('finds a symbol of the open file and attaches its whole range', async () => {
    const range = new vscode.Range(0, 0, 2, 1);
    const provider = vscode.languages.registerDocumentSymbolProvider('plaintext', {
      provideDocumentSymbols: () => [
        new vscode.DocumentSymbol('step', '', vscode.SymbolKind.Function, range, range),
      ],
    });
    try {
      await fixture.show('lib/plan.txt');
      await fixture.context.attachFound({ id: await fixture.findItem('step', 'step') });
      const piece: CodeAttachment = await fixture.only('code');
      assert.deepEqual([piece.scope, piece.name, piece.startLine, piece.endLine], ['symbol', 'step', 1, 3]);
    } finally {
      provider.dispose();
    }
  });

  it('lists no files that are hidden, binary, outside the workspace or may contain secrets', async () => {
    await fixture.findItem('note', 'note.md');
    for (const query of [
      '',
      'local',
      'out',
      'debug',
      'env',
      'secrets',
      'far',
      'linked',
      'harmless',
      'picture',
      'data',
      '.git',
    ]) {
      await fixture.context.find({ request: 1, query });
      const labels = fixture.found.items.map(({ label }) => label);
      for (const kept of [
        'local.ts',
        'out.ts',
        'debug.log',
        '.env',
        'secrets.json',
        'far.ts',
        'harmless.txt',
        'picture.png',
      ]) {
        assert.ok(!labels.includes(kept), `${query}: ${kept}`);
      }
    }
  });

  it('attaches nothing for an invented id', async () => {
    for (const id of [
      join(fixture.outside, 'far.ts'),
      vscode.Uri.file(join(fixture.workspace, '.env')).toString(),
      'lib/add.ts',
      '0',
    ]) {
      await fixture.context.attachFound({ id });
    }
    assert.deepEqual(await fixture.pending(), []);
    assert.deepEqual([fixture.asked, fixture.warned], [[], []]);
  });

  it('attaches the files of a folder that may be listed', async () => {
    await fixture.context.attachFound({ id: await fixture.findItem('lib', 'lib') });
    const piece: TextAttachment = await fixture.only('text');
    assert.deepEqual([piece.scope, piece.name, piece.truncated], ['folder', 'lib/', false]);
    assert.match(piece.text, /return a \+ b/);
    assert.match(piece.text, /`deep\/note\.md`:\n```\nA note\.\n```/);
    assert.match(piece.text, /data\.dat2 \(not text\)/);
    assert.doesNotMatch(piece.text, /LOCAL|HIDDEN|secrets\.json/);
  });

  it('attaches dropped files, pictures and folders', async () => {
    await fixture.context.attachDropped({
      uris: [
        vscode.Uri.file(join(fixture.workspace, 'lib/add.ts')).toString(),
        `vscode-remote://localhost:1${join(fixture.workspace, 'picture.png')}`,
        join(fixture.workspace, 'lib'),
      ],
    });
    assert.deepEqual(
      (await fixture.pending()).map(({ kind, name }) => [kind, name]),
      [
        ['code', 'add.ts'],
        ['image', 'picture.png'],
        ['text', 'lib/'],
      ],
    );
    assert.deepEqual(fixture.asked, []);
  });

  it('attaches a pasted picture, and refuses one whose bytes are not a picture', async () => {
    await fixture.context.attachPicture({ name: 'shot.png', url: `data:image/png;base64,${pixel}` });
    assert.equal((await fixture.only('image')).name, 'shot.png');
    await fixture.context.attachPicture({
      name: 'fake.png',
      url: `data:image/png;base64,${btoa('<svg onload=x>')}`,
    });
    assert.deepEqual(fixture.warned, ['fake.png is not a PNG, JPEG, GIF or WebP picture.']);
    assert.equal((await fixture.pending()).length, 1);
  });

  it('attaches a long pasted text, and opens it in an editor', async () => {
    await fixture.context.attachText({ text: 'one\ntwo\nthree' });
    const piece: TextAttachment = await fixture.only('text');
    assert.deepEqual([piece.scope, piece.name], ['paste', 'Pasted text, 3 lines']);
    await fixture.context.open({ id: piece.id });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.getText(), 'one\ntwo\nthree');
    assert.equal(document.isUntitled, false);
  });

  it('opens a picture in an editor', async () => {
    await fixture.context.attachPicture({ name: 'shot.png', url: `data:image/png;base64,${pixel}` });
    await fixture.context.open({ id: (await fixture.only('image')).id });
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.deepEqual(await readFile(input.uri.fsPath), Buffer.from(pixel, 'base64'));
  });

  it('attaches the cells of a notebook without pictures', async () => {
    const cells = [
      {
        cell_type: 'code',
        metadata: {},
        execution_count: 1,
        source: ['first = 1\n'],
        outputs: [{ output_type: 'display_data', metadata: {}, data: { 'image/png': 'A'.repeat(90_000) } }],
      },
      { cell_type: 'markdown', metadata: {}, source: ['# 标题'] },
      { cell_type: 'code', metadata: {}, execution_count: 2, source: ['second = 2'], outputs: [] },
    ];
    await fixture.write(
      'work.ipynb',
      JSON.stringify({
        cells,
        metadata: { language_info: { name: 'python' } },
        nbformat: 4,
        nbformat_minor: 5,
      }),
    );
    await fixture.context.attachFiles([vscode.Uri.file(join(fixture.workspace, 'work.ipynb'))]);
    const piece: CodeAttachment = await fixture.only('code');
    assert.equal(piece.path, 'work.ipynb');
    assert.match(piece.text, /first = 1[\s\S]*# 标题[\s\S]*second = 2/);
    assert.doesNotMatch(piece.text, /AAAA/);
    assert.ok(!piece.truncated);
  });

  it('attaches the files that are selected in the Explorer', async () => {
    const uris = ['lib/add.ts', 'lib/deep/note.md'].map((path) =>
      vscode.Uri.file(join(fixture.workspace, path)),
    );
    await vscode.commands.executeCommand('parley.attachFiles', uris[0], uris);
    assert.deepEqual(
      (await fixture.pending()).map(({ name }) => name),
      ['add.ts', 'note.md'],
    );
  });
});
