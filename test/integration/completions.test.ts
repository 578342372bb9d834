import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { completionEntry } from '../../src/core/gatewayCheck/checkCompletions';
import { TestGateway } from '../support/testGateway';
import { parley, setSetting, until } from './parley';

const secret = 'correct-horse-battery';

describe('completions while typing', () => {
  let gateway: TestGateway;
  let folder: string;

  before(async () => {
    gateway = await TestGateway.start({ completion: ['count', ' + 1;'] });
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = join(workspace.uri.fsPath, 'completions');
    await mkdir(join(folder, 'ignored'), { recursive: true });
    await writeFile(join(folder, '.gitignore'), 'ignored/\n');
    await setSetting('gateways', [
      {
        ...{ id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' },
        models: ['coder', 'unknown', { id: 'dear', prices: { request: 0.01 } }],
      },
    ]);
    const { gateways, unsupportedParameters } = await parley();
    await until(() => gateways.find('loopback') !== undefined);
    for (const model of ['coder', 'dear'])
      unsupportedParameters.remember('loopback', model, completionEntry('suffix'));
    await setSetting('completions.model', 'loopback/coder');
    await setSetting('completions.enabled', true);
  });

  beforeEach(() => {
    Object.assign(gateway.behaviour, { completion: ['count', ' + 1;'], pause: 0, refusal: null });
  });

  after(async () => {
    for (const name of ['completions.enabled', 'completions.model', 'completions.relatedFiles', 'gateways'])
      await setSetting(name, undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
    await gateway.stop();
  });

  async function open(path: string, text: string): Promise<vscode.TextDocument> {
    await writeFile(join(folder, path), text);
    return await vscode.workspace.openTextDocument(join(folder, path));
  }

  /** Asks for a completion at the end of a document. */
  async function provide(
    document: vscode.TextDocument,
    token = new vscode.CancellationTokenSource().token,
  ): Promise<readonly string[]> {
    const { provideCompletions } = await parley();
    const { end } = document.lineAt(document.lineCount - 1).range;
    const context = {
      triggerKind: vscode.InlineCompletionTriggerKind.Automatic,
      selectedCompletionInfo: undefined,
    };
    const found = await provideCompletions(document, end, context, token);
    return (Array.isArray(found) ? found : []).map(({ insertText }) =>
      insertText instanceof vscode.SnippetString ? insertText.value : insertText,
    );
  }

  const bodies = (): readonly string[] => gateway.requests.map(({ body }) => JSON.stringify(body));

  it('send LF line ends, and follow typing in a document with CRLF', async () => {
    const document = await open('windows.ts', 'const a = 1;\r\nconst b = 2;\r\nconst c = ');
    gateway.behaviour.pause = 200;
    const before = gateway.requests.length;
    const first = new vscode.CancellationTokenSource();
    const earlier = provide(document, first.token);
    await until(() => gateway.requests.length > before);
    assert.ok(String(gateway.lastRequest.body['prompt']).endsWith('const a = 1;\nconst b = 2;\nconst c = '));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(2).range.end, 'c');
    await vscode.workspace.applyEdit(edit);
    first.cancel();
    assert.deepEqual(await provide(document), ['ount + 1;']);
    assert.deepEqual(await earlier, []);
    assert.equal(gateway.requests.length, before + 1);
  });

  it('send nothing of files that are ignored or may hold secrets', async () => {
    const before = gateway.requests.length;
    for (const path of ['.env', 'ignored/a.ts', 'id_rsa'])
      assert.deepEqual(await provide(await open(path, 'const key = ')), [], path);
    assert.equal(gateway.requests.length, before);
    assert.deepEqual(await provide(await open('visible.ts', 'const key = ')), ['count + 1;']);
  });

  it('send parts of open and imported files, but not of those that may hold secrets, and none if the user wants none', async () => {
    const invoice =
      'export function parseInvoice(line: string, currency: string) {\n  return line + currency;\n}\n';
    await writeFile(join(folder, 'invoice.ts'), invoice);
    const shown = await vscode.window.showTextDocument(
      await open('.env', `parseInvoice_currency=${secret}\n`),
    );
    await shown.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'line=1\n');
    });
    const text = "import { parseInvoice } from './invoice';\nparseInvoice(line, currency";
    const document = await open('bill.ts', text);
    await provide(document);
    assert.ok(bodies().at(-1)?.includes('// export function parseInvoice(line: string'));
    assert.ok(!bodies().join('\n').includes(secret));
    await setSetting('completions.relatedFiles', false);
    await provide(document);
    assert.ok(!bodies().at(-1)?.includes('// export function'));
    assert.ok(bodies().at(-1)?.includes('parseInvoice(line, currency'));
  });

  it('know the cells above in a notebook', async () => {
    await setSetting('completions.relatedFiles', undefined);
    const cell = (text: string): vscode.NotebookCellData =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell('marble_price = 3'), cell('total = ')]),
    );
    assert.deepEqual(await provide(notebook.cellAt(1).document), ['count + 1;']);
    assert.ok(bodies().at(-1)?.includes('# marble_price = 3'));
  });

  it('never ask a model that is billed per request', async () => {
    await setSetting('completions.model', 'loopback/dear');
    const before = gateway.requests.length;
    assert.deepEqual(await provide(await open('dear.ts', 'const a = ')), []);
    assert.equal(gateway.requests.length, before);
  });

  it('find out once how a model completes', async () => {
    await setSetting('completions.model', 'loopback/unknown');
    const before = gateway.requests.length;
    assert.deepEqual(await provide(await open('one.ts', 'const one = ')), ['count + 1;']);
    assert.deepEqual(await provide(await open('two.ts', 'const two = ')), ['count + 1;']);
    const sent = bodies().slice(before);
    assert.deepEqual(
      sent.map((body) => body.includes('marigold')),
      [true, false, false],
    );
  });

  it('stop after a refused key until the user has changed something', async () => {
    await setSetting('completions.model', 'loopback/coder');
    gateway.behaviour.refusal = { status: 401, body: { error: { message: 'Incorrect API key provided.' } } };
    const before = gateway.requests.length;
    assert.deepEqual(await provide(await open('refused.ts', 'const a = ')), []);
    gateway.behaviour.refusal = null;
    assert.deepEqual(await provide(await open('again.ts', 'const a = ')), []);
    assert.equal(gateway.requests.length, before + 1);
    await setSetting('completions.model', 'loopback/unknown');
    assert.deepEqual(await provide(await open('changed.ts', 'const a = ')), ['count + 1;']);
  });

  it('send nothing when they are switched off', async () => {
    await setSetting('completions.enabled', false);
    const before = gateway.requests.length;
    assert.deepEqual(await provide(await open('off.ts', 'const a = ')), []);
    assert.equal(gateway.requests.length, before);
  });
});
