import { answerText } from '../../src/shared/answer/answerPart';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { attachmentChip } from '../../src/host/chat/attachmentChip';
import type { CodeAttachment } from '../../src/shared/conversation/attachment';
import { selectedPath } from '../../src/shared/conversation/conversation';
import { TestGateway } from '../support/testGateway';
import { parley, setSetting, until } from './parley';

const source = `export function add(left: number, right: number): number {
  return left + right;
}

export const tick = '\`\`\`';
`;

describe('explaining the selection', () => {
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

  /** Runs Add Selection with the cursor at this place, and returns the new attachment. */
  async function addedAt(
    content: string,
    line: number,
    character: number,
    keep: 'keep' | 'take' = 'take',
  ): Promise<CodeAttachment> {
    const document = await vscode.workspace.openTextDocument({ content });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(line, character, line, character);
    await vscode.commands.executeCommand('parley.addSelection');
    const { attachments, sessions } = await parley();
    const { id } = sessions.current.conversation;
    const chip = (keep === 'take' ? attachments.take(id) : attachments.of(id)).at(-1);
    assert.ok(chip?.kind === 'code');
    return chip;
  }

  it('sends the selected lines with their path and line numbers, and streams the answer into the chat', async () => {
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
    assert.equal(answerText(answer), 'It adds.');
    assert.equal(answer.ending?.outcome, 'completed');
  });

  it('uses a longer fence for code that contains a fence', async () => {
    const prompt = await explain((editor) => {
      editor.selection = new vscode.Selection(4, 0, 4, 26);
    });
    assert.match(prompt, /````typescript\nexport const tick = '```';\n````/);
  });

  it('sends the innermost function around the cursor if nothing is selected', async () => {
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

  it('sends the whole file if nothing is selected and no symbol encloses the cursor', async () => {
    const prompt = await explain((editor) => {
      editor.selection = new vscode.Selection(3, 0, 3, 0);
    });
    assert.match(prompt, /lines 1-5\):/);
  });

  it('attaches the lines around the cursor of a long file, and the chip shows their numbers', async () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => `line ${index + 1}`);
    const document = await vscode.workspace.openTextDocument({ content: lines.join('\n') });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(599, 2, 599, 2);
    await vscode.commands.executeCommand('parley.addSelection');
    const { attachments, sessions } = await parley();
    const [chip] = attachments.take(sessions.current.conversation.id);
    assert.ok(chip?.kind === 'code');
    assert.deepEqual([chip.startLine, chip.endLine, chip.truncated], [500, 700, false]);
    assert.equal(attachmentChip(chip, 0).label, `${chip.name} 500–700 of 1,000`);
    assert.match(chip.text, /^line 500\n[^]*line 600\n[^]*line 700$/);
  });

  const places: Record<string, { line: number; character: number; expected: [number, number] }> = {
    'at the beginning': { line: 0, character: 0, expected: [1, 101] },
    'near the beginning': { line: 30, character: 1, expected: [1, 131] },
    'at the end': { line: 999, character: 3, expected: [900, 1_000] },
    'near the end': { line: 950, character: 0, expected: [851, 1_000] },
  };
  for (const [title, { line, character, expected }] of Object.entries(places)) {
    it(`attaches fewer lines on one side if the cursor is ${title}`, async () => {
      const content = Array.from({ length: 1_000 }, (_, index) => `line ${index + 1}`).join('\n');
      const chip = await addedAt(content, line, character);
      assert.deepEqual([chip.startLine, chip.endLine], expected);
    });
  }

  it('attaches fewer lines if they are long', async () => {
    const chip = await addedAt(Array.from({ length: 400 }, () => 'x'.repeat(999)).join('\n'), 200, 0);
    assert.ok(chip.startLine <= 201 && chip.endLine >= 201);
    assert.ok(chip.text.length <= 20_000 && chip.text.length > 15_000);
  });

  it('attaches the characters around the cursor of a very long line', async () => {
    const text = `${'a'.repeat(50_000)}HERE${'b'.repeat(50_000)}`;
    const chip = await addedAt(text, 0, 50_002);
    assert.match(chip.text, /^a+HEREb+$/);
    assert.equal(chip.text.length, 20_000);
  });

  it('attaches a whole file of 300 short lines', async () => {
    const chip = await addedAt(Array.from({ length: 300 }, () => 'x').join('\n'), 150, 0);
    assert.deepEqual([chip.scope, chip.startLine, chip.endLine], ['file', 1, 300]);
  });

  it('asks only the selected model, and keeps the comparison for the next prompt', async () => {
    const { comparison, intents, sessions } = await parley();
    const { id } = sessions.current.conversation;
    const models = ['gpt-4o', 'gpt-5'].map((modelId) => ({ gatewayId: 'loopback', modelId }));
    comparison.choose(id, models);
    const asked = gateway.requests.length;
    await explain((editor) => {
      editor.selection = new vscode.Selection(0, 0, 1, 0);
    });
    await until(() => !sessions.current.answering);
    assert.deepEqual(
      gateway.requests.slice(asked).map(({ body }) => body.model),
      ['listed-model'],
    );
    assert.deepEqual(comparison.of(id), models);
    await intents.handle({ type: 'submit', body: { text: 'And you two?' } });
    await until(() => gateway.requests.length === asked + 3);
    assert.deepEqual(
      gateway.requests
        .slice(asked + 1)
        .map(({ body }) => body.model)
        .sort(),
      ['gpt-4o', 'gpt-5'],
    );
  });

  it('keeps the attachments of the message field for the next prompt', async () => {
    const { attachments, sessions } = await parley();
    const { id } = sessions.current.conversation;
    await addedAt('first', 0, 0, 'keep');
    const prompt = await explain((editor) => {
      editor.selection = new vscode.Selection(1, 0, 2, 1);
    });
    assert.doesNotMatch(prompt, /first/);
    assert.equal(attachments.take(id).length, 1);
  });

  it('sends the instructions and parameters of the settings, requests a stream, and sends no key', async () => {
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

  it('sends nothing when Add Selection to Chat is run', async () => {
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
