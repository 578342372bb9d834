import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { selectedPath } from '../../src/shared/conversation';
import { TestGateway } from '../support/testGateway';
import { parley, setSetting, until } from './parley';

const source = `export function add(left: number, right: number): number {
  return left + right;
}

export const tick = '\`\`\`';
`;

describe('explain selection', () => {
  let gateway: TestGateway;

  before(async () => {
    gateway = await TestGateway.start({ pieces: ['It ', 'adds.'] });
    await setSetting('gateways', [
      { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' },
    ]);
    const { gateways, choice } = await parley();
    await until(() => gateways.find('loopback') !== undefined);
    await choice.select({ gatewayId: 'loopback', modelId: 'listed-model' });
  });

  beforeEach(async () => {
    await vscode.commands.executeCommand('parley.newChat');
  });

  after(async () => {
    for (const name of ['gateways', 'instructions', 'parameters']) await setSetting(name, undefined);
    await gateway.stop();
  });

  async function explain(select: (editor: vscode.TextEditor) => void): Promise<string> {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: source });
    const editor = await vscode.window.showTextDocument(document);
    select(editor);
    const asked = gateway.requests.length;
    await vscode.commands.executeCommand('parley.explainSelection');
    await until(() => gateway.requests.length > asked);
    return gateway.requests.at(-1)?.body.messages.at(-1)?.content ?? '';
  }

  it('sends the selected lines with their place, and streams the answer into the conversation', async () => {
    const prompt = await explain((editor) => {
      editor.selection = new vscode.Selection(1, 0, 2, 1);
    });
    assert.match(
      prompt,
      /^`.+` \(typescript, lines 2-3\):\n```typescript\n {2}return left \+ right;\n\}\n```\n\n/,
    );
    const { sessions } = await parley();
    await until(() => !sessions.current.answering);
    const answer = selectedPath(sessions.current.conversation).at(-1);
    assert.ok(answer?.role === 'assistant');
    assert.equal(answer.text, 'It adds.');
    assert.equal(answer.ending?.outcome, 'completed');
  });

  it('fences code that holds fences itself', async () => {
    const prompt = await explain((editor) => {
      editor.selection = new vscode.Selection(4, 0, 4, 26);
    });
    assert.match(prompt, /````typescript\nexport const tick = '```';\n````/);
  });

  it('takes the innermost function around the cursor when nothing is selected, and says so', async () => {
    const whole = new vscode.Range(0, 0, 2, 1);
    const symbols = vscode.languages.registerDocumentSymbolProvider('typescript', {
      provideDocumentSymbols: () => {
        const add = new vscode.DocumentSymbol('add', '', vscode.SymbolKind.Function, whole, whole);
        const inner = new vscode.Range(1, 0, 1, 22);
        add.children = [new vscode.DocumentSymbol('sum', '', vscode.SymbolKind.Variable, inner, inner)];
        return [add];
      },
    });
    try {
      const prompt = await explain((editor) => {
        editor.selection = new vscode.Selection(1, 4, 1, 4);
      });
      assert.match(prompt, /lines 1-3, `add`\):\n```typescript\nexport function add/);
    } finally {
      symbols.dispose();
    }
  });

  it('takes the whole file when nothing is selected and no symbol encloses the cursor', async () => {
    const prompt = await explain((editor) => {
      editor.selection = new vscode.Selection(3, 0, 3, 0);
    });
    assert.match(prompt, /lines 1-5\):/);
  });

  it('sends instructions and parameters as set, a stream that is asked for, and no key', async () => {
    await setSetting('instructions', 'Answer in verse.');
    await setSetting('parameters', { 'loopback/*': { temperature: 0.3 } });
    await explain((editor) => {
      editor.selection = new vscode.Selection(0, 0, 1, 0);
    });
    const request = gateway.requests.at(-1);
    assert.equal(request?.path, '/v1/chat/completions');
    assert.deepEqual(request.body.messages[0], { role: 'system', content: 'Answer in verse.' });
    assert.equal(request.body['temperature'], 0.3);
    assert.equal(request.body['stream'], true);
    assert.equal(request.body.model, 'listed-model');
    assert.equal(request.headers.authorization, undefined);
  });

  it('only adds a chip when asked to add the selection', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: source });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 3, 0);
    const asked = gateway.requests.length;
    await vscode.commands.executeCommand('parley.addSelection');
    const { attachments, sessions } = await parley();
    const [chip] = attachments.of(sessions.current.conversation.id);
    assert.ok(chip?.kind === 'code');
    assert.deepEqual([chip.startLine, chip.endLine], [1, 3]);
    assert.equal(gateway.requests.length, asked);
    attachments.take(sessions.current.conversation.id);
  });
});
