import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TestGateway } from '../support/testGateway';
import { setSetting, until } from './parley';

describe("Parley's models in VS Code's language model API", () => {
  let gateway: TestGateway;

  before(async () => {
    gateway = await TestGateway.start({ pieces: ['Hello ', 'there.'] });
    const entry = (id: string): object => ({
      id,
      baseUrl: gateway.baseUrl,
      auth: 'none',
      models: [{ id: 'maker/blind:free', contextWindow: 8_000, vision: false }],
    });
    await setSetting('gateways', [entry('one'), entry('two')]);
    await until(async () => (await ids()).length === 2);
  });

  after(async () => {
    await setSetting('gateways', undefined);
    await gateway.stop();
  });

  async function ids(): Promise<readonly string[]> {
    return (await vscode.lm.selectChatModels({ vendor: 'parley' })).map(({ id }) => id);
  }

  async function model(): Promise<vscode.LanguageModelChat> {
    const [found] = await vscode.lm.selectChatModels({ vendor: 'parley', id: 'one/maker/blind:free' });
    assert.ok(found);
    return found;
  }

  async function send(
    messages: vscode.LanguageModelChatMessage[],
    options: vscode.LanguageModelChatRequestOptions = {},
  ): Promise<readonly unknown[]> {
    const { stream } = await (await model()).sendRequest(messages, options);
    const parts: unknown[] = [];
    for await (const part of stream) parts.push(part);
    return parts;
  }

  it('are listed with their own ids and sizes, and follow the settings', async () => {
    assert.deepEqual((await ids()).toSorted(), ['one/maker/blind:free', 'two/maker/blind:free']);
    const { name, family, maxInputTokens } = await model();
    assert.deepEqual([name, family, maxInputTokens], ['maker/blind:free', 'blind', 6_000]);
    assert.equal(await (await model()).countTokens('12345678'), 2);
  });

  it('call tools by ids of their own, get the results, and hear of arguments that are no JSON', async () => {
    const tools = [{ name: 'look', description: 'Looks', inputSchema: { type: 'object', properties: {} } }];
    Object.assign(gateway.behaviour, {
      pieces: ['I look.'],
      calls: [
        { name: 'look', arguments: '{"at":"a"}' },
        { name: 'look', arguments: '{"at":' },
      ],
    });
    const calls = async (): Promise<readonly vscode.LanguageModelToolCallPart[]> =>
      (await send([vscode.LanguageModelChatMessage.User('Look')], { tools })).filter(
        (part) => part instanceof vscode.LanguageModelToolCallPart,
      );
    const [first, ...broken] = await calls();
    assert.ok(first);
    assert.deepEqual([first.name, first.input, broken], ['look', { at: 'a' }, []]);
    // The gateway counts the calls of each answer from 0.
    assert.notEqual((await calls())[0]?.callId, first.callId);

    Object.assign(gateway.behaviour, { pieces: ['Seen.'], calls: [] });
    const picture = vscode.LanguageModelDataPart.image(new Uint8Array([1, 2, 3]), 'image/png');
    const result = new vscode.LanguageModelToolResultPart(first.callId, [
      new vscode.LanguageModelTextPart('a tree'),
      picture,
    ]);
    await send(
      [
        vscode.LanguageModelChatMessage.User('Look'),
        vscode.LanguageModelChatMessage.Assistant([first]),
        vscode.LanguageModelChatMessage.User([result]),
      ],
      { tools },
    );
    const sent = gateway.lastRequest.body.messages as readonly Readonly<Record<string, unknown>>[];
    assert.deepEqual(
      sent.map(({ role }) => role),
      ['user', 'assistant', 'tool', 'tool'],
    );
    assert.match(String(sent[2]?.['content']), /^a tree\n\[Pictures left out/);
    assert.match(String(sent[3]?.['content']), /not a JSON object/);
  });

  it("fail with a sentence, the gateway's own words and no stack", async () => {
    gateway.behaviour.refusal = { status: 402, body: { error: { message: 'Nothing left.' } } };
    await assert.rejects(send([vscode.LanguageModelChatMessage.User('Hello')]), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /^Your balance with one is used up\..*\n\nNothing left\.$/s);
      return true;
    });
  });
});
