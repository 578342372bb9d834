import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { ContextActions } from '../../src/host/context/contextActions';
import type { Attachment, CodeAttachment, TextAttachment } from '../../src/shared/conversation/attachment';
import type { ToView } from '../../src/shared/messages/toView';
import { parley, until } from './parley';

/** A PNG picture of one red pixel. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const silent = (): void => undefined;
const silentLog = { debug: silent, info: silent, warn: silent, error: silent };

describe('context', () => {
  let workspace: string;
  let outside: string;
  let context: ContextActions;
  let storage: string;
  let found: ToView['context-found'];
  let prompts: ToView['prompts-found'];
  let inserted: ToView['insert-text'] | undefined;
  /** The messages of the modal dialogs, which are answered with `answer`. */
  let asked: string[] = [];
  /** The details of the modal dialogs. */
  let details: string[] = [];
  let warned: string[] = [];
  let answer: string | undefined;
  const { showWarningMessage, showInformationMessage } = vscode.window;

  async function write(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), content);
  }

  async function pending(): Promise<readonly Attachment[]> {
    const { attachments, sessions } = await parley();
    return attachments.of(sessions.current.conversation.id);
  }

  async function pendingTexts(): Promise<string> {
    return (await pending()).map((piece) => (piece.kind === 'image' ? piece.url : piece.text)).join('\n');
  }

  async function only<Kind extends Attachment['kind']>(
    kind: Kind,
  ): Promise<Extract<Attachment, { kind: Kind }>> {
    const [piece, ...others] = await pending();
    assert.equal(others.length, 0);
    assert.equal(piece?.kind, kind);
    return piece as Extract<Attachment, { kind: Kind }>;
  }

  async function findItem(query: string, label: string): Promise<string> {
    let id: string | undefined;
    // A new file is listed only after a moment.
    await until(async () => {
      await context.find({ request: 1, query });
      id = found.items.find((item) => item.label === label)?.id;
      return id !== undefined;
    });
    assert.ok(id);
    return id;
  }

  async function show(path: string): Promise<vscode.TextEditor> {
    return await vscode.window.showTextDocument(vscode.Uri.file(join(workspace, path)), { preview: true });
  }

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    workspace = folder.uri.fsPath;
    outside = await realpath(await mkdtemp(join(tmpdir(), 'parley-outside-')));
    storage = await mkdtemp(join(tmpdir(), 'parley-storage-'));
    await writeFile(join(outside, 'far.ts'), 'export const far = "FAR";\n');
    await write('.gitignore', 'generated/\n*.log\n');
    await write('lib/.gitignore', 'local.ts\n');
    await write('lib/add.ts', 'export function add(a: number, b: number): number {\n  return a + b;\n}\n');
    await write('lib/plan.txt', 'step\n  one\nend\n');
    await write('lib/local.ts', 'LOCAL');
    await write('lib/deep/note.md', 'A note.');
    await write('lib/data.dat2', new Uint8Array([1, 0, 2]));
    await write('lib/secrets.json', '{"token":"HIDDEN"}');
    await write('generated/out.ts', 'GENERATED');
    await write('debug.log', 'LOGGED');
    await write('.env', 'TOKEN=HIDDEN');
    await write('picture.png', Buffer.from(pixel, 'base64'));
    await symlink(outside, join(workspace, 'linked'));
    await symlink(join(workspace, '.env'), join(workspace, 'harmless.txt'));

    const { sessions, attachments } = await parley();
    context = new ContextActions({
      sessions,
      attachments,
      log: silentLog,
      storage: vscode.Uri.file(storage),
      modelName: () => 'gpt-4o',
      instructionFile: () => undefined,
      send: (type, body) => {
        if (type === 'context-found') found = body as ToView['context-found'];
        if (type === 'prompts-found') prompts = body as ToView['prompts-found'];
        if (type === 'insert-text') inserted = body as ToView['insert-text'];
      },
      reveal: () => Promise.resolve(),
    });
    const note = (message: string, options?: unknown): Promise<string | undefined> => {
      const modal = options as vscode.MessageOptions | undefined;
      if (modal?.modal === true) {
        asked.push(message);
        details.push(modal.detail ?? '');
        return Promise.resolve(answer);
      }
      warned.push(message);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showWarningMessage: note, showInformationMessage: note });
  });

  beforeEach(async () => {
    await vscode.commands.executeCommand('parley.newChat');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { attachments, sessions } = await parley();
    attachments.take(sessions.current.conversation.id);
    asked = [];
    details = [];
    warned = [];
    answer = undefined;
    inserted = undefined;
  });

  after(async () => {
    Object.assign(vscode.window, { showWarningMessage, showInformationMessage });
    context.dispose();
    const { attachments, sessions } = await parley();
    attachments.take(sessions.current.conversation.id);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const path of [
      '.gitignore',
      'lib',
      'generated',
      'debug.log',
      '.env',
      'picture.png',
      'linked',
      'harmless.txt',
      '.github',
      '.git',
      'secret-changes',
    ]) {
      await rm(join(workspace, path), { recursive: true, force: true });
    }
    for (const folder of [outside, storage]) await rm(folder, { recursive: true, force: true });
  });

  it('finds files and folders, and attaches a whole file', async () => {
    const id = await findItem('add', 'add.ts');
    await context.attachFound({ id });
    const piece: CodeAttachment = await only('code');
    assert.deepEqual([piece.path, piece.scope, piece.truncated], ['lib/add.ts', 'file', false]);
    assert.match(piece.text, /return a \+ b/);
    await context.find({ request: 7, query: 'lib' });
    assert.equal(found.request, 7);
    assert.deepEqual(
      found.items
        .filter(({ kind }) => kind === 'folder')
        .map(({ label, description }) => [label, description]),
      [
        ['lib', ''],
        ['deep', 'lib'],
      ],
    );
  });

  it('lists open files first if nothing is typed', async () => {
    await show('lib/deep/note.md');
    await findItem('', 'note.md');
    assert.equal(found.items[0]?.label, 'note.md');
  });

  it('finds a symbol of the open file and attaches its whole range', async () => {
    const range = new vscode.Range(0, 0, 2, 1);
    const provider = vscode.languages.registerDocumentSymbolProvider('plaintext', {
      provideDocumentSymbols: () => [
        new vscode.DocumentSymbol('step', '', vscode.SymbolKind.Function, range, range),
      ],
    });
    try {
      await show('lib/plan.txt');
      await context.attachFound({ id: await findItem('step', 'step') });
      const piece: CodeAttachment = await only('code');
      assert.deepEqual([piece.scope, piece.name, piece.startLine, piece.endLine], ['symbol', 'step', 1, 3]);
    } finally {
      provider.dispose();
    }
  });

  it('lists no files that are hidden, binary, outside the workspace or may contain secrets', async () => {
    await findItem('note', 'note.md');
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
      await context.find({ request: 1, query });
      const labels = found.items.map(({ label }) => label);
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
      join(outside, 'far.ts'),
      vscode.Uri.file(join(workspace, '.env')).toString(),
      'lib/add.ts',
      '0',
    ]) {
      await context.attachFound({ id });
    }
    assert.deepEqual(await pending(), []);
    assert.deepEqual([asked, warned], [[], []]);
  });

  it('attaches the files of a folder that may be listed', async () => {
    await context.attachFound({ id: await findItem('lib', 'lib') });
    const piece: TextAttachment = await only('text');
    assert.deepEqual([piece.scope, piece.name, piece.truncated], ['folder', 'lib/', false]);
    assert.match(piece.text, /return a \+ b/);
    assert.match(piece.text, /`deep\/note\.md`:\n```\nA note\.\n```/);
    assert.match(piece.text, /data\.dat2 \(not text\)/);
    assert.doesNotMatch(piece.text, /LOCAL|HIDDEN|secrets\.json/);
  });

  it('asks before a dropped file that may contain secrets is attached, and respects the answer no', async () => {
    const uris = [join(workspace, '.env')];
    await context.attachDropped({ uris });
    assert.deepEqual(asked, ['“.env” may contain secrets. Send it to gpt-4o?']);
    assert.deepEqual(await pending(), []);
    answer = 'Attach Anyway';
    await context.attachDropped({ uris });
    assert.match(await pendingTexts(), /TOKEN=HIDDEN/);
  });

  it('asks about a binary file each time, and attaches its readable text', async () => {
    const path = join(workspace, 'lib/data.dat2');
    const uri = vscode.Uri.file(path);
    const ways: (() => Promise<void>)[] = [
      () => context.attachDropped({ uris: [path] }),
      () => context.attachFiles([uri]),
      async () => context.attachFound({ id: await findItem('data.dat2', 'data.dat2') }),
    ];
    for (const attach of ways) await attach();
    assert.deepEqual(asked, Array(3).fill('“data.dat2” is not a text file. Send it to gpt-4o?'));
    assert.deepEqual([await pending(), warned], [[], []]);
    assert.match(
      details.at(-1) ?? '',
      /^lib\/data\.dat2\n\nOnly the readable text is attached, at most 20,000 char/,
    );
    answer = 'Attach Anyway';
    await write('lib/data.dat2', Buffer.from('\0\x01binary\0words\n'));
    await context.attachFiles([uri]);
    const piece: CodeAttachment = await only('code');
    assert.deepEqual([piece.name, piece.text], ['data.dat2', '\uFFFDbinary\uFFFDwords\n']);
    await context.open({ id: piece.id });
  });

  it('asks about a hidden file once for all reasons, and does not ask about an open one', async () => {
    const uri = vscode.Uri.file(join(workspace, 'debug.log'));
    await context.attachFiles([uri]);
    const hidden = '“debug.log” is hidden by .gitignore or by the exclude settings. Send it to gpt-4o?';
    assert.deepEqual(asked, [hidden]);
    assert.deepEqual(await pending(), []);
    await write('debug.log', 'LOG\0GED');
    await context.attachFiles([uri]);
    assert.deepEqual(asked, [hidden, hidden]);
    assert.match(details.at(-1) ?? '', /It is not a text file\..*Only the readable text/s);
    await write('debug.log', 'LOGGED');
    answer = 'Attach Anyway';
    await context.attachFiles([uri]);
    assert.match(await pendingTexts(), /LOGGED/);
    assert.equal(asked.length, 3);
    await vscode.window.showTextDocument(uri);
    await context.attachSource({ source: 'file' });
    assert.equal(asked.length, 3);
  });

  it('lists a hidden file only if its whole path is typed, and asks about it', async () => {
    for (const query of ['.env', './.env', 'generated/out.ts', 'generated\\out.ts', 'lib/secrets.json']) {
      await context.find({ request: 1, query });
      const [first] = found.items;
      assert.equal(first?.label, query.split(/[/\\]/).at(-1), query);
      asked = [];
      await context.attachFound({ id: first?.id ?? '' });
      assert.equal(asked.length, 1, query);
      assert.deepEqual([await pending(), warned], [[], []], query);
    }
    for (const query of [
      '.en',
      'generated/out',
      'generated',
      '../.env',
      join(workspace, '.env'),
      'linked/far.ts',
    ]) {
      await context.find({ request: 1, query });
      assert.ok(!found.items.some(({ label }) => ['.env', 'out.ts', 'far.ts'].includes(label)), query);
    }
    answer = 'Attach Anyway';
    await context.attachFound({ id: await findItem('.env', '.env') });
    assert.match(await pendingTexts(), /TOKEN=HIDDEN/);
  });

  it('asks about a symbolic link by its target', async () => {
    await context.attachDropped({
      uris: [join(workspace, 'harmless.txt'), join(workspace, 'linked', 'far.ts')],
    });
    assert.deepEqual(asked, [
      '“harmless.txt” may contain secrets. Send it to gpt-4o?',
      '“far.ts” is outside the workspace. Send it to gpt-4o?',
    ]);
    assert.deepEqual(await pending(), []);
  });

  it('asks about files that are dropped from outside, as a path or as a URI with ..', async () => {
    const detour = `file://${workspace}/lib/../../${outside.split('/').at(-1) ?? ''}/far.ts`;
    await context.attachDropped({
      uris: [join(outside, 'far.ts'), detour, 'https://example.com/a.ts', 'command:x', 'no'],
    });
    assert.ok(asked.length >= 1 && asked.every((question) => question.includes('outside the workspace')));
    assert.deepEqual(warned, ['Only files and folders can be dropped here.']);
    assert.deepEqual(await pending(), []);
  });

  it('refuses dropped text that is not a URI, without an error', async () => {
    for (const text of ['////', '////far.ts', 'file:////far.ts', 'http://[', '%', '://'])
      await context.attachDropped({ uris: [text] });
    assert.deepEqual(new Set(warned), new Set(['Only files and folders can be dropped here.']));
    assert.equal(warned.length, 6);
    assert.deepEqual([asked, await pending()], [[], []]);
  });

  it('attaches dropped files, pictures and folders', async () => {
    await context.attachDropped({
      uris: [
        vscode.Uri.file(join(workspace, 'lib/add.ts')).toString(),
        `vscode-remote://localhost:1${join(workspace, 'picture.png')}`,
        join(workspace, 'lib'),
      ],
    });
    assert.deepEqual(
      (await pending()).map(({ kind, name }) => [kind, name]),
      [
        ['code', 'add.ts'],
        ['image', 'picture.png'],
        ['text', 'lib/'],
      ],
    );
    assert.deepEqual(asked, []);
  });

  it('attaches a pasted picture, and refuses one whose bytes are not a picture', async () => {
    await context.attachPicture({ name: 'shot.png', url: `data:image/png;base64,${pixel}` });
    assert.equal((await only('image')).name, 'shot.png');
    await context.attachPicture({ name: 'fake.png', url: `data:image/png;base64,${btoa('<svg onload=x>')}` });
    assert.deepEqual(warned, ['fake.png is not a PNG, JPEG, GIF or WebP picture.']);
    assert.equal((await pending()).length, 1);
  });

  it('attaches a long pasted text, and opens it in an editor', async () => {
    await context.attachText({ text: 'one\ntwo\nthree' });
    const piece: TextAttachment = await only('text');
    assert.deepEqual([piece.scope, piece.name], ['paste', 'Pasted text, 3 lines']);
    await context.open({ id: piece.id });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.getText(), 'one\ntwo\nthree');
    assert.equal(document.isUntitled, false);
  });

  it('opens a picture in an editor', async () => {
    await context.attachPicture({ name: 'shot.png', url: `data:image/png;base64,${pixel}` });
    await context.open({ id: (await only('image')).id });
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.deepEqual(await readFile(input.uri.fsPath), Buffer.from(pixel, 'base64'));
  });

  it('attaches the selection, and tells if there is none', async () => {
    const editor = await show('lib/add.ts');
    await context.attachSource({ source: 'selection' });
    assert.deepEqual(warned, ['Nothing is selected in the editor.']);
    editor.selection = new vscode.Selection(1, 0, 1, 15);
    await context.attachSource({ source: 'selection' });
    const piece: CodeAttachment = await only('code');
    assert.deepEqual([piece.startLine, piece.endLine, piece.text], [2, 2, '  return a + b;']);
  });

  it('attaches the active file, and asks if it may contain secrets', async () => {
    await show('lib/add.ts');
    await context.attachSource({ source: 'file' });
    assert.equal((await only('code')).scope, 'file');
    await show('.env');
    await context.attachSource({ source: 'file' });
    assert.equal(asked.length, 1);
    assert.equal((await pending()).length, 1);
    assert.equal(await context.subject(), undefined);
  });

  it('attaches problems with the code around them', async () => {
    const problems = vscode.languages.createDiagnosticCollection('test');
    const document = (await show('lib/add.ts')).document;
    const diagnostic = new vscode.Diagnostic(
      new vscode.Range(1, 2, 1, 8),
      'Adds too much.',
      vscode.DiagnosticSeverity.Warning,
    );
    diagnostic.source = 'lint';
    diagnostic.code = 'sum';
    problems.set(document.uri, [diagnostic]);
    try {
      await context.attachSource({ source: 'problems' });
      const piece: TextAttachment = await only('text');
      assert.equal(piece.name, 'Problems in add.ts');
      assert.match(
        piece.text,
        /lib\/add\.ts:2:3 warning Adds too much\. \(lint sum\)\n.*\n> 2 \| {3}return a \+ b;/,
      );
    } finally {
      problems.dispose();
    }
    await context.attachSource({ source: 'problems' });
    assert.deepEqual(warned, ['VS Code reports no problems here.']);
  });

  it('attaches text of the terminal or tells that there is none, and restores the clipboard', async () => {
    await vscode.env.clipboard.writeText('mine');
    await context.attachSource({ source: 'terminal' });
    assert.equal(warned.length, 1);
    assert.deepEqual(await pending(), []);
    assert.equal(await vscode.env.clipboard.readText(), 'mine');
  });

  it('attaches Git changes without secrets, or tells why there are none', async () => {
    const git = (...parameters: string[]): void => {
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...parameters], { cwd: workspace });
    };
    if (vscode.extensions.getExtension('vscode.git') === undefined) {
      await context.attachSource({ source: 'changes' });
      assert.deepEqual(warned, ["VS Code's Git extension is missing or disabled."]);
      return;
    }
    await write('secret-changes/.env.shared', 'A=1\n');
    git('init', '-q');
    git('add', '-f', 'lib/add.ts', 'secret-changes/.env.shared');
    git('commit', '-q', '-m', 'First');
    await write('secret-changes/.env.shared', 'A=HIDDEN\n');
    await write('lib/add.ts', 'export const changed = true;\n');
    await show('lib/add.ts');
    await vscode.extensions.getExtension('vscode.git')?.activate();
    await vscode.commands.executeCommand('git.openRepository', workspace);
    await context.attachSource({ source: 'changes' });
    const piece: TextAttachment = await only('text');
    assert.match(piece.text, /^# Not staged\n[\s\S]*\+export const changed = true;/);
    assert.doesNotMatch(piece.text, /HIDDEN/);
    assert.match(piece.text, /Left out, because they may hold secrets: secret-changes\/\.env\.shared/);
  });

  it('attaches untracked files, with other changes or alone', async () => {
    if (vscode.extensions.getExtension('vscode.git') === undefined) return;
    const git = (...parameters: string[]): void => {
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...parameters], { cwd: workspace });
    };
    await write('新/说明.txt', '第一行\n第二行');
    await write('fresh.bin', new Uint8Array([0, 1, 2]));
    await write('fresh.env', 'A=HIDDEN\n');
    await write('empty.ts', '');
    await context.attachSource({ source: 'changes' });
    const beside: TextAttachment = await only('text');
    assert.match(beside.text, /# Not staged[\s\S]*# New files, not added yet/);
    assert.match(beside.text, /\+\+\+ b\/新\/说明\.txt\n@@ -0,0 \+1,2 @@\n\+第一行\n\+第二行\n\\ No newline/);
    assert.match(beside.text, /b\/fresh\.bin\nnew file, its content is left out/);
    assert.match(beside.text, /b\/empty\.ts\nnew file mode 100644\n/);
    assert.doesNotMatch(beside.text, /HIDDEN/);
    git('add', '.');
    git('commit', '-q', '-m', 'Second');
    await write('brandnew.ts', 'export const brandNew = 1;\n');
    const { attachments, sessions } = await parley();
    attachments.take(sessions.current.conversation.id);
    await context.attachSource({ source: 'changes' });
    const alone: TextAttachment = await only('text');
    assert.match(alone.text, /^# New files, not added yet\n[\s\S]*\+export const brandNew = 1;/);
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
    await write(
      'work.ipynb',
      JSON.stringify({
        cells,
        metadata: { language_info: { name: 'python' } },
        nbformat: 4,
        nbformat_minor: 5,
      }),
    );
    await context.attachFiles([vscode.Uri.file(join(workspace, 'work.ipynb'))]);
    const piece: CodeAttachment = await only('code');
    assert.equal(piece.path, 'work.ipynb');
    assert.match(piece.text, /first = 1[\s\S]*# 标题[\s\S]*second = 2/);
    assert.doesNotMatch(piece.text, /AAAA/);
    assert.ok(!piece.truncated);
  });

  it('lists built-in prompts, prompts of the workspace and personal prompts', async () => {
    await write(
      '.github/prompts/release.prompt.md',
      '---\ndescription: Write a release\n---\nRelease ${input:version:1.0}.',
    );
    await write('.github/prompts/broken.prompt.md', '---\n: [\n---\nStill here.');
    await symlink(join(outside, 'far.ts'), join(workspace, '.github/prompts/far.prompt.md'));
    await mkdir(join(storage, 'prompts'), { recursive: true });
    await writeFile(join(storage, 'prompts', 'mine.prompt.md'), 'Mine.');
    await context.findPrompts({ request: 3 });
    assert.equal(prompts.request, 3);
    const bySource = (source: string): string[] =>
      prompts.prompts.filter((prompt) => prompt.source === source).map(({ name }) => name);
    assert.deepEqual(bySource('personal'), ['mine']);
    assert.deepEqual(bySource('workspace').toSorted(), ['broken', 'release']);
    for (const name of ['explain', 'fix', 'tests', 'document', 'review', 'refactor', 'commit']) {
      assert.ok(bySource('built-in').includes(name), name);
    }
    const release = prompts.prompts.find(({ name }) => name === 'release');
    assert.equal(release?.description, 'Write a release');
    await context.usePrompt({ id: release.id });
    assert.equal(inserted?.text, 'Release 1.0.');
    assert.equal(inserted.text.slice(inserted.selectStart, inserted.selectEnd), '1.0');
  });

  it('inserts a prompt, and attaches the selected code and the linked files', async () => {
    const editor = await show('lib/add.ts');
    editor.selection = new vscode.Selection(0, 0, 0, 10);
    await write(
      '.github/prompts/linked.prompt.md',
      `Do \${selection} as in [the note](../../lib/deep/note.md), not [far](${'../'.repeat(12)}${outside}/far.ts) or [env](../../.env).`,
    );
    await findItem('note', 'note.md');
    await context.findPrompts({ request: 4 });
    const linked = prompts.prompts.find(({ name }) => name === 'linked');
    assert.ok(linked);
    await context.usePrompt({ id: linked.id });
    assert.match(inserted?.text ?? '', /^Do `lib\/add\.ts:1-1` as in /);
    assert.deepEqual(
      (await pending()).map(({ name }) => name),
      ['add.ts', 'note.md'],
    );
    assert.doesNotMatch(await pendingTexts(), /FAR|HIDDEN/);
    assert.deepEqual(asked, []);
    inserted = undefined;
    await context.usePrompt({ id: join(outside, 'far.ts') });
    assert.equal(inserted, undefined);
  });

  it('attaches each file once that a prompt names with spaces, percent signs, line numbers or #file:', async () => {
    await write('docs/my file.md', 'Mine.');
    await write('docs/二 页.md', '第二。');
    await write(
      '.github/prompts/names.prompt.md',
      [
        'Use #file:lib/add.ts and [two](<../../docs/my file.md>), [again](../../docs/my%20file.md),',
        '[three](../../lib/add.ts#L1-L3), [四](../../docs/%E4%BA%8C%20%E9%A1%B5.md) and `[no](../../lib/plan.txt)`.',
      ].join('\n'),
    );
    await context.findPrompts({ request: 5 });
    const named = prompts.prompts.find(({ name }) => name === 'names');
    assert.ok(named);
    await context.usePrompt({ id: named.id });
    assert.deepEqual(
      (await pending()).map(({ name }) => name),
      ['add.ts', 'my file.md', '二 页.md'],
    );
    assert.deepEqual(warned, []);
  });

  it('attaches the files that are selected in the Explorer', async () => {
    const uris = ['lib/add.ts', 'lib/deep/note.md'].map((path) => vscode.Uri.file(join(workspace, path)));
    await vscode.commands.executeCommand('parley.attachFiles', uris[0], uris);
    assert.deepEqual(
      (await pending()).map(({ name }) => name),
      ['add.ts', 'note.md'],
    );
  });
});
