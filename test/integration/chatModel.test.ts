import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { selectedPath } from '../../src/shared/conversation/conversation';
import { TestGateway } from '../support/testGateway';
import { parley, setSetting, until } from './parley';

const ada = { gatewayId: 'loopback', modelId: 'ada' };
const bob = { gatewayId: 'loopback', modelId: 'bob' };

describe('the model of a chat', () => {
  let gateway: TestGateway;

  before(async () => {
    gateway = await TestGateway.start({ pieces: ['Done.'], models: ['ada', 'bob'] });
    await setSetting('gateways', [
      { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' },
    ]);
    const { gateways } = await parley();
    await until(() => gateways.find('loopback') !== undefined);
  });

  beforeEach(async () => {
    await vscode.commands.executeCommand('parley.newChat');
  });

  after(async () => {
    await setSetting('gateways', undefined);
    await gateway.stop();
  });

  async function ask(text: string): Promise<void> {
    const { intents, sessions } = await parley();
    await intents.handle({ type: 'submit', body: { text } });
    await until(() => !sessions.current.answering);
  }

  it('is selected again when the chat is opened again', async () => {
    const { choice, intents, sessions } = await parley();
    await choice.select(ada);
    await ask('Hello, Ada?');
    const first = sessions.current.conversation.id;
    await vscode.commands.executeCommand('parley.newChat');
    await choice.select(bob);
    await ask('Hello, Bob?');
    const second = sessions.current.conversation.id;
    await intents.handle({ type: 'open-chat', body: { id: first } });
    await until(() => choice.current()?.modelId === 'ada');
    await ask('Still there?');
    assert.equal(gateway.lastRequest.body.model, 'ada');
    await intents.handle({ type: 'open-chat', body: { id: second } });
    await until(() => choice.current()?.modelId === 'bob');
  });

  it('stays selected for a new chat', async () => {
    const { choice } = await parley();
    await choice.select(ada);
    await ask('Hello?');
    await choice.select(bob);
    await vscode.commands.executeCommand('parley.newChat');
    assert.deepEqual(choice.current(), bob);
  });

  it('is not selected again if its gateway was removed', async () => {
    const { choice, intents, sessions } = await parley();
    const others = [
      { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' },
      { id: 'passing', name: 'Passing', baseUrl: gateway.baseUrl, auth: 'none' },
    ];
    const { gateways } = await parley();
    await setSetting('gateways', others);
    await until(() => gateways.find('passing') !== undefined);
    await choice.select({ gatewayId: 'passing', modelId: 'ada' });
    await ask('Hello?');
    const { id } = sessions.current.conversation;
    await vscode.commands.executeCommand('parley.newChat');
    await choice.select(bob);
    await setSetting('gateways', others.slice(0, 1));
    await until(() => gateways.find('passing') === undefined);
    await intents.handle({ type: 'open-chat', body: { id } });
    assert.equal(sessions.current.conversation.id, id);
    assert.deepEqual(choice.current(), bob);
  });

  it('is the model of the answer that was picked', async () => {
    const { choice, comparison, intents, sessions } = await parley();
    await choice.select(ada);
    comparison.choose(sessions.current.conversation.id, [ada, bob]);
    await ask('Who is right?');
    const answers = [...sessions.current.conversation.messages.values()].filter(
      ({ role }) => role === 'assistant',
    );
    const picked = answers.find((answer) => answer.role === 'assistant' && answer.model.modelId === 'bob');
    assert.ok(picked);
    await intents.handle({ type: 'pick-answer', body: { id: picked.id } });
    assert.deepEqual(choice.current(), bob);
    assert.equal(selectedPath(sessions.current.conversation).at(-1)?.id, picked.id);
    await ask('Go on.');
    assert.equal(gateway.lastRequest.body.model, 'bob');
  });
});
