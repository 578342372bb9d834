import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Session } from '../../src/core/conversation/session';
import { selectedPath, messageText } from '../../src/shared/conversation/conversation';
import { TestGateway } from '../support/testGateway';
import { parley, setSetting, until } from './parley';

describe('sending prompts while an answer streams', () => {
  let gateway: TestGateway;

  before(async () => {
    gateway = await TestGateway.start({ pieces: ['Done.'] });
    await setSetting('gateways', [
      { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' },
    ]);
    const { gateways, choice } = await parley();
    await until(() => gateways.find('loopback') !== undefined);
    await choice.select({ gatewayId: 'loopback', modelId: 'listed-model' });
  });

  beforeEach(async () => {
    gateway.behaviour.hangs = false;
    await vscode.commands.executeCommand('parley.newChat');
  });

  after(async () => {
    await setSetting('gateways', undefined);
    await gateway.stop();
  });

  /** Sends a prompt whose answer never ends. */
  async function sendEndlessPrompt(): Promise<Session> {
    const { intents, sessions } = await parley();
    gateway.behaviour.hangs = true;
    const asked = gateway.requests.length;
    await intents.handle({ type: 'submit', body: { text: 'First' } });
    await until(() => gateway.requests.length > asked);
    gateway.behaviour.hangs = false;
    return sessions.current;
  }

  function prompts(session: Session): string[] {
    return selectedPath(session.conversation)
      .filter(({ role }) => role === 'user')
      .map(messageText);
  }

  it('queues prompts, and sends them in order when the answer is complete', async () => {
    const { intents, sessions } = await parley();
    gateway.behaviour.pause = 150;
    await intents.handle({ type: 'submit', body: { text: 'First' } });
    await intents.handle({ type: 'submit', body: { text: 'Second' } });
    await intents.handle({ type: 'submit', body: { text: 'Third' } });
    assert.deepEqual(prompts(sessions.current), ['First']);
    await until(() => prompts(sessions.current).length === 3 && !sessions.current.answering);
    gateway.behaviour.pause = 0;
    assert.deepEqual(prompts(sessions.current), ['First', 'Second', 'Third']);
    const last = selectedPath(sessions.current.conversation).at(-1);
    assert.equal(last?.role === 'assistant' && last.ending?.outcome, 'completed');
  });

  it('sends the queued prompts of a chat that is not shown', async () => {
    const { intents, sessions } = await parley();
    gateway.behaviour.pause = 150;
    await intents.handle({ type: 'submit', body: { text: 'First' } });
    await intents.handle({ type: 'submit', body: { text: 'Second' } });
    const left = sessions.current;
    sessions.startNew();
    await until(() => prompts(left).length === 2 && !left.answering);
    gateway.behaviour.pause = 0;
  });

  it('stops the answer and sends the prompt at once if the user interrupts', async () => {
    const session = await sendEndlessPrompt();
    const { intents } = await parley();
    await intents.handle({ type: 'submit', body: { text: 'Never mind', interrupt: true } });
    assert.deepEqual(prompts(session), ['First', 'Never mind']);
    const [, first] = selectedPath(session.conversation);
    assert.equal(first?.role === 'assistant' && first.ending?.outcome, 'cancelled');
    await until(() => !session.answering);
  });

  it('lets the user send or remove the queued prompts after a stop', async () => {
    const session = await sendEndlessPrompt();
    const { intents, queues } = await parley();
    const waiting = (): readonly { readonly id: string; readonly text: string }[] =>
      queues.of(session.conversation.id);
    for (const text of ['Second', 'Third', 'Fourth'])
      await intents.handle({ type: 'submit', body: { text } });
    await intents.handle({ type: 'stop', body: {} });
    assert.deepEqual(
      waiting().map(({ text }) => text),
      ['Second', 'Third', 'Fourth'],
    );
    await intents.handle({ type: 'remove-queued', body: { id: waiting()[0]?.id ?? '' } });
    await intents.handle({ type: 'send-queued', body: { id: waiting()[1]?.id ?? '' } });
    await until(() => prompts(session).length === 3 && !session.answering);
    assert.deepEqual(prompts(session), ['First', 'Fourth', 'Third']);
    assert.deepEqual(waiting(), []);
  });

  it('regenerates an answer and shows the new version', async () => {
    const { intents, sessions } = await parley();
    await intents.handle({ type: 'submit', body: { text: 'Say it' } });
    await until(() => !sessions.current.answering);
    const answer = selectedPath(sessions.current.conversation).at(-1);
    await intents.handle({ type: 'regenerate', body: { id: answer?.id ?? '' } });
    await until(() => !sessions.current.answering);
    assert.notEqual(selectedPath(sessions.current.conversation).at(-1)?.id, answer?.id);
  });

  it('sends no empty prompt, but sends attachments without text', async () => {
    const { intents, sessions, attachments } = await parley();
    await intents.handle({ type: 'submit', body: { text: '  ' } });
    assert.equal(sessions.current.empty, true);
    attachments.add(sessions.current.conversation.id, [
      {
        kind: 'text',
        id: 't1',
        scope: 'paste',
        name: 'Pasted text',
        languageId: 'text',
        text: 'What it says',
        truncated: false,
      },
    ]);
    await intents.handle({ type: 'submit', body: { text: '' } });
    await until(() => !sessions.current.answering);
    assert.equal(
      gateway.requests.at(-1)?.body.messages.at(-1)?.content,
      '`Pasted text`:\n```text\nWhat it says\n```',
    );
  });
});
