import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { parley, until } from './parley';
import { activeDiff, closeAll, proposals, textOf } from './proposals';

const body = `export function add(a, b) {
  return a + b;
}

export function divide(a, b) {
  return a / b;
}
`;
const block = `export function divide(a, b) {
  if (b === 0) throw new RangeError();
  return a / b;
}
`;
const applied = body.replace('  return a / b;', '  if (b === 0) throw new RangeError();\n  return a / b;');

describe('applying code to a file', () => {
  let inside: string;
  let folder: string;
  let count = 0;
  let asked: { message: string; modal: boolean }[] = [];
  let answer: string | undefined;
  const { showWarningMessage } = vscode.window;

  beforeEach(async () => {
    await closeAll();
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    inside = `files${++count}`;
    folder = join(first.uri.fsPath, inside);
    await mkdir(folder, { recursive: true });
    asked = [];
    answer = undefined;
    const ask = (message: string, options?: unknown): Promise<string | undefined> => {
      const modal = (options as vscode.MessageOptions | undefined)?.modal === true;
      asked.push({ message, modal });
      return Promise.resolve(modal ? answer : undefined);
    };
    Object.assign(vscode.window, { showWarningMessage: ask });
  });

  afterEach(async () => {
    Object.assign(vscode.window, { showWarningMessage });
    await closeAll();
    for (const name of ['encoding', 'autoGuessEncoding', 'readonlyInclude', 'readonlyFromPermissions'])
      await setFiles(name, undefined);
    await rm(folder, { recursive: true, force: true });
  });

  async function setFiles(name: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration('files').update(name, value, vscode.ConfigurationTarget.Global);
  }

  async function apply(text: string, name: string, info = 'js'): Promise<void> {
    const { intents } = await parley();
    await intents.handle({
      type: 'apply-code',
      body: { id: 'answer', text, info: `${info} ${inside}/${name}`, before: '' },
    });
  }

  async function acceptAndSave(uri: vscode.Uri): Promise<Buffer> {
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.ok(await (await vscode.workspace.openTextDocument(uri)).save());
    return await readFile(uri.fsPath);
  }

  /** The first line of each file: a comment in a language of the encoding, as bytes. */
  const encodings: readonly (readonly [encoding: string, text: string, hex: string])[] = [
    ['gbk', '中文', 'd6d0cec4'],
    ['gb18030', '中文€', 'd6d0cec4a2e3'],
    ['big5hkscs', '中文', 'a4a4a4e5'],
    ['shiftjis', '日本', '93fa967b'],
    ['eucjp', '日本', 'c6fccbdc'],
    ['euckr', '한국', 'c7d1b1b9'],
    ['windows1252', 'éü', 'e9fc'],
    ['windows1251', 'Привет', 'cff0e8e2e5f2'],
    ['iso88592', 'žluť', 'be6c75bb'],
    ['koi8r', 'да', 'c4c1'],
    ['windows1253', 'αβ', 'e1e2'],
    ['utf16le', '中文', '2d4e8765'],
    ['utf16be', '中文', '4e2d6587'],
  ];
  for (const [encoding, text, hex] of encodings)
    it(`keeps the encoding ${encoding}`, async () => {
      await setFiles('encoding', encoding);
      const wide = encoding === 'utf16le' ? 'utf16le' : encoding === 'utf16be' ? 'be' : 'latin1';
      const bytesOf = (ascii: string): Buffer =>
        wide === 'be' ? Buffer.from(ascii, 'utf16le').swap16() : Buffer.from(ascii, wide);
      // VS Code writes UTF-16 with a byte order mark, and expects one.
      const mark = encoding === 'utf16le' ? 'fffe' : encoding === 'utf16be' ? 'feff' : '';
      const first = Buffer.concat([
        Buffer.from(mark, 'hex'),
        bytesOf('// '),
        Buffer.from(hex, 'hex'),
        bytesOf('\n'),
      ]);
      const uri = vscode.Uri.file(join(folder, 'kept.js'));
      await writeFile(uri.fsPath, Buffer.concat([first, bytesOf(body)]));
      assert.equal(await textOf(uri), `// ${text}\n${body}`);
      await apply(block, 'kept.js');
      assert.equal(await textOf(activeDiff().modified), `// ${text}\n${applied}`);
      const saved = await acceptAndSave(uri);
      assert.deepEqual(asked, []);
      assert.equal(saved.toString('hex'), Buffer.concat([first, bytesOf(applied)]).toString('hex'));
    });

  it('keeps an encoding that VS Code guessed, and one that is set for the language', async () => {
    await setFiles('autoGuessEncoding', true);
    const text = `// 函数返回两个数字的商，除数为零时抛出错误。注意：这里的参数必须是数字。\n${body}`;
    const uri = vscode.Uri.file(join(folder, 'guessed.js'));
    await writeFile(uri.fsPath, await vscode.workspace.encode(text, { encoding: 'gb18030' }));
    const guessed = await vscode.workspace.openTextDocument(uri);
    assert.equal(guessed.getText(), text, guessed.encoding);
    await apply(block, 'guessed.js');
    const saved = await acceptAndSave(uri);
    assert.equal(await vscode.workspace.decode(saved, { encoding: 'gb18030' }), text.replace(body, applied));
    await setFiles('autoGuessEncoding', undefined);

    const languages = vscode.workspace.getConfiguration('', { languageId: 'javascript' });
    await languages.update('files.encoding', 'shiftjis', vscode.ConfigurationTarget.Global, true);
    try {
      const own = vscode.Uri.file(join(folder, 'own.js'));
      await writeFile(own.fsPath, Buffer.concat([Buffer.from('2f2f2093fa967b0a', 'hex'), Buffer.from(body)]));
      await apply(block, 'own.js');
      assert.equal(await textOf(activeDiff().modified), `// 日本\n${applied}`);
      const bytes = await acceptAndSave(own);
      assert.equal(bytes.subarray(0, 8).toString('hex'), '2f2f2093fa967b0a');
    } finally {
      await languages.update('files.encoding', undefined, vscode.ConfigurationTarget.Global, true);
    }
  });

  it('asks before it writes characters that the encoding does not have', async () => {
    await setFiles('encoding', 'gbk');
    const uri = vscode.Uri.file(join(folder, 'emoji.js'));
    await writeFile(uri.fsPath, Buffer.concat([Buffer.from('2f2f20d6d0cec40a', 'hex'), Buffer.from(body)]));
    const withEmoji = block.replace('RangeError()', "RangeError('🙈 ไทย')");
    await apply(withEmoji, 'emoji.js');
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.equal(asked.length, 1);
    assert.match(
      asked[0]?.message ?? '',
      /emoji\.js is saved with the encoding gbk, which can't represent “🙈”, “ไ”/,
    );
    assert.ok(asked[0]?.modal);
    assert.equal(await textOf(uri), `// 中文\n${body}`);
    assert.equal(proposals().length, 1);
    answer = 'Accept Anyway';
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.equal(await textOf(uri), `// 中文\n${applied.replace('RangeError()', "RangeError('🙈 ไทย')")}`);
  });

  it('does not change a file that VS Code reads with the wrong encoding', async () => {
    const uri = vscode.Uri.file(join(folder, 'wrong.js'));
    await writeFile(uri.fsPath, Buffer.concat([Buffer.from('2f2f20d6d0cec40a', 'hex'), Buffer.from(body)]));
    await apply(block, 'wrong.js');
    assert.deepEqual(proposals(), []);
    assert.match(asked[0]?.message ?? '', /VS Code reads .*wrong\.js with the encoding utf8/);
  });

  it('tells that a file is read-only, and keeps the proposal', async () => {
    const uri = vscode.Uri.file(join(folder, 'ro.js'));
    await writeFile(uri.fsPath, body);
    await setFiles('readonlyInclude', { '**/ro.js': true });
    await apply(block, 'ro.js');
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.deepEqual(
      asked.map(({ message }) => message),
      ["Couldn't make the change. ro.js is read-only."],
    );
    assert.equal(proposals().length, 1);
    assert.equal(await textOf(uri), body);
  });

  it('tells that a file cannot be written because of its permissions, and keeps the proposal', async () => {
    const uri = vscode.Uri.file(join(folder, 'mode.js'));
    await writeFile(uri.fsPath, body, { mode: 0o444 });
    await setFiles('readonlyFromPermissions', true);
    await apply(block, 'mode.js');
    await vscode.commands.executeCommand('parley.acceptChange');
    assert.match(asked[0]?.message ?? '', /mode\.js is read-only/);
    assert.equal(await textOf(uri), body);
    await until(() => proposals().length === 1);
  });

  describe('at the cursor', () => {
    async function insert(text: string): Promise<void> {
      const { intents } = await parley();
      await intents.handle({ type: 'insert-code', body: { text } });
    }

    it('inserts whole lines of code as separate lines, and one undo reverts them', async () => {
      const uri = vscode.Uri.file(join(folder, 'own.py'));
      const python = 'def a():\n    x = 1\n    return x\n';
      await writeFile(uri.fsPath, python);
      const editor = await vscode.window.showTextDocument(uri);
      editor.selections = [new vscode.Selection(1, 0, 1, 0), new vscode.Selection(1, 2, 1, 2)];
      await insert('y = 2\nz = 3\n');
      const expected = 'def a():\n    y = 2\n    z = 3\n    x = 1\n    return x\n';
      assert.equal(editor.document.getText(), expected);
      await vscode.commands.executeCommand('undo');
      await until(() => editor.document.getText() === python);
      editor.selection = new vscode.Selection(1, 0, 2, 0);
      await insert('y = 2\nz = 3\n');
      assert.equal(editor.document.getText(), 'def a():\n    y = 2\n    z = 3\n    return x\n');
    });

    it('tells that the file is read-only', async () => {
      const uri = vscode.Uri.file(join(folder, 'ro.js'));
      await writeFile(uri.fsPath, body);
      await setFiles('readonlyInclude', { '**/ro.js': true });
      await vscode.window.showTextDocument(uri);
      await insert('run();\n');
      assert.match(asked[0]?.message ?? '', /Couldn't insert the code\. The file is read-only/);
      assert.equal(await textOf(uri), body);
    });
  });

  describe('in a notebook', () => {
    const cells = [
      'import math\n\nprint(math.pi)',
      'def twice(a):\n    return a * 2\n\n\ndef add(a, b):\n    return a + b\n\n\nfor pair in [(1, 2), (3, 4)]:\n    print(twice(add(*pair)))',
    ];
    const better = 'def add(a, b):\n    """Add two numbers."""\n    return a + b\n';
    const bettered =
      cells[1]?.replace('    return a + b', '    """Add two numbers."""\n    return a + b') ?? '';
    let notebook: vscode.NotebookDocument;

    beforeEach(async () => {
      const uri = vscode.Uri.file(join(folder, 'a.ipynb'));
      const file = {
        cells: cells.map((source) => ({
          cell_type: 'code',
          metadata: {},
          execution_count: null,
          source: [source],
          outputs: [],
        })),
        metadata: { language_info: { name: 'python' } },
        nbformat: 4,
        nbformat_minor: 5,
      };
      await writeFile(uri.fsPath, JSON.stringify(file));
      notebook = await vscode.workspace.openNotebookDocument(uri);
    });

    const texts = (): string[] => notebook.getCells().map(({ document }) => document.getText());

    async function acceptInCell(): Promise<void> {
      const { original, modified } = activeDiff();
      assert.equal(original.toString(), notebook.cellAt(1).document.uri.toString());
      assert.equal(await textOf(modified), bettered);
      assert.match(
        vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '',
        /^a\.ipynb, Cell 2 \(Proposed\)$/,
      );
      assert.deepEqual(texts(), cells);
      await vscode.commands.executeCommand('parley.acceptChange');
      assert.deepEqual(texts(), [cells[0], bettered]);
      assert.deepEqual(proposals(), []);
      assert.equal(vscode.window.activeNotebookEditor?.selection.start, 1);
    }

    it('changes the selected cell', async () => {
      await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(1, 2)] });
      const { intents } = await parley();
      await intents.handle({
        type: 'apply-code',
        body: { id: 'answer', text: better, info: 'python', before: '' },
      });
      await acceptInCell();
      await vscode.commands.executeCommand('undo');
      await until(() => texts()[1] === cells[1]);
    });

    it('changes the most similar cell if the block names the notebook, and never the JSON', async () => {
      await apply(better, 'a.ipynb', 'python');
      await acceptInCell();
      assert.ok(
        !vscode.workspace.textDocuments.some(
          ({ uri }) => uri.scheme === 'file' && uri.path.endsWith('.ipynb'),
        ),
      );
    });

    it('keeps the cell when its change is discarded', async () => {
      await apply(better, 'a.ipynb', 'python');
      activeDiff();
      await vscode.commands.executeCommand('parley.discardChange');
      assert.deepEqual(proposals(), []);
      assert.deepEqual(texts(), cells);
    });
  });
});
