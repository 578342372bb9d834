import { answerText } from '../../../../src/shared/answer/answerPart';
import assert from 'node:assert/strict';
import { Session } from '../../../../src/core/conversation/session';
import {
  emptyConversation,
  selectedPath,
  versionsOf,
  type AssistantMessage,
} from '../../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { codeAttachment } from '../../../support/messages';
import { demoTarget, memoryPorts, settle } from '../../../support/corePorts';

function open(): { session: Session; ports: ReturnType<typeof memoryPorts>; heard: ConversationEvent[] } {
  const ports = memoryPorts();
  const session = new Session(emptyConversation('chat', 0), ports);
  const heard: ConversationEvent[] = [];
  session.events.on((events) => heard.push(...events));
  return { session, ports, heard };
}

function lastAnswer(session: Session): AssistantMessage {
  const message = selectedPath(session.conversation).at(-1);
  assert.equal(message?.role, 'assistant');
  return message;
}

describe('Session', () => {
  it('sends a prompt, streams the answer and completes it', async () => {
    const { session, ports } = open();
    session.submit('Hello', [], demoTarget);
    assert.equal(session.answering, true);
    assert.deepEqual(ports.client.last.request.messages, [{ role: 'user', content: 'Hello' }]);
    ports.client.last.send({ kind: 'text', text: 'Hi ' });
    await settle();
    assert.equal(answerText(lastAnswer(session)), 'Hi ');
    assert.equal(lastAnswer(session).ending, null);
    ports.client.last.complete('there');
    await settle();
    assert.equal(answerText(lastAnswer(session)), 'Hi there');
    assert.deepEqual(lastAnswer(session).ending, { outcome: 'completed', finishReason: 'stop' });
    assert.equal(session.answering, false);
  });

  it('gives the same events to listeners and journal', async () => {
    const { session, ports, heard } = open();
    session.submit('Hello', [codeAttachment({})], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    session.rename('A greeting');
    const fromListener = emptyConversation('chat', 0);
    for (const event of heard) reduce(fromListener, event);
    assert.deepEqual(fromListener, session.conversation);
    assert.deepEqual(await ports.store.load('chat'), session.conversation);
  });

  it('keeps with each answer what was sent beside the messages', async () => {
    const { session, ports } = open();
    const systemText = { source: 'chat', id: '', name: '', text: 'Be brief.', truncated: false } as const;
    assert.ok(!('failure' in demoTarget.route));
    const route = { ...demoTarget.route, parameters: { temperature: 0.2, reasoning_effort: 'high', n: 1 } };
    session.submit('Hello', [], { ...demoTarget, route, instructions: [systemText] });
    assert.deepEqual(ports.client.last.request.messages[0], { role: 'system', content: 'Be brief.' });
    ports.client.last.complete('Hi');
    await settle();
    const sent = { temperature: 0.2, effort: 'high', systemText: 'Be brief.' };
    assert.deepEqual(lastAnswer(session).parameters, sent);
    session.setParameters({ temperature: 1 });
    assert.deepEqual(lastAnswer(session).parameters, sent, 'a later change does not touch it');
    session.submit('Again', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    assert.equal(lastAnswer(session).parameters, undefined);
    assert.deepEqual(await ports.store.load('chat'), session.conversation);
  });

  it('changes its parameters by one event, and by none if they stay the same', () => {
    const { session, heard } = open();
    session.submit('Hello', [], demoTarget);
    heard.length = 0;
    session.setParameters({ temperature: 0 });
    session.setParameters({ temperature: 0 });
    assert.deepEqual(
      heard.map(({ kind }) => kind),
      ['parameters-changed'],
    );
    session.setParameters({});
    assert.deepEqual(session.conversation.parameters, {});
  });

  it('edits a prompt with other attachments, and sends nothing if nothing is left', async () => {
    const { session, ports } = open();
    session.submit('Hello', [codeAttachment({ id: 'a' })], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    const [prompt] = selectedPath(session.conversation);
    const attached = (): readonly string[] => {
      const [first] = selectedPath(session.conversation);
      return first?.role === 'user' ? first.attachments.map(({ id }) => id) : [];
    };
    session.edit(prompt?.id ?? '', 'Hello', demoTarget);
    assert.deepEqual(attached(), ['a']);
    session.edit(prompt?.id ?? '', '', demoTarget, [codeAttachment({ id: 'b' })]);
    assert.deepEqual(attached(), ['b']);
    session.edit(prompt?.id ?? '', '', demoTarget, []);
    assert.equal(session.conversation.roots.length, 3);
  });

  it('writes nothing for an empty conversation', () => {
    const { ports } = open();
    assert.equal(ports.store.journals.size, 0);
  });

  it('keeps the partial answer when it is stopped, and closes the stream', async () => {
    const { session, ports } = open();
    session.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'Partial' });
    await settle();
    await session.stop();
    assert.equal(ports.client.last.cancelled, true);
    assert.equal(answerText(lastAnswer(session)), 'Partial');
    assert.deepEqual(lastAnswer(session).ending, { outcome: 'cancelled' });
  });

  it('answers with the failure and sends nothing when the target has no route', async () => {
    const { session, ports } = open();
    const failure = { kind: 'no-model', retryable: false } as const;
    session.submit('Hello', [], { ...demoTarget, route: { failure } });
    await settle();
    assert.deepEqual(lastAnswer(session).ending, { outcome: 'failed', failure });
    assert.equal(ports.client.answers.length, 0);
  });

  it('retries in the same message after an attempt that failed without text', async () => {
    const { session, ports } = open();
    session.submit('Hello', [], demoTarget);
    ports.client.last.send({
      kind: 'ended',
      ending: { outcome: 'failed', failure: { kind: 'server-error', retryable: true } },
    });
    await settle();
    session.regenerate(lastAnswer(session).id, demoTarget);
    ports.client.last.complete('Now it works');
    await settle();
    const answer = lastAnswer(session);
    assert.equal(answerText(answer), 'Now it works');
    assert.deepEqual(versionsOf(session.conversation, answer), [answer.id]);
  });

  it('adds versions of an answer and switches between them', async () => {
    const { session, ports } = open();
    session.submit('Hello', [], demoTarget);
    ports.client.last.complete('One');
    await settle();
    const first = lastAnswer(session);
    session.regenerate(first.id, demoTarget);
    assert.deepEqual(ports.client.last.request.messages, [{ role: 'user', content: 'Hello' }]);
    ports.client.last.complete('Two');
    await settle();
    const second = lastAnswer(session);
    assert.deepEqual(versionsOf(session.conversation, second), [first.id, second.id]);
    session.selectVersion(first.id);
    assert.equal(answerText(lastAnswer(session)), 'One');
  });

  it('adds an edited prompt as a version and keeps the old branch and the attachments', async () => {
    const { session, ports } = open();
    session.submit('Hallo', [codeAttachment({})], demoTarget);
    ports.client.last.complete('Guten Tag');
    await settle();
    const [prompt] = selectedPath(session.conversation);
    assert.ok(prompt);
    session.edit(prompt.id, 'Hello', demoTarget);
    ports.client.last.complete('Good day');
    await settle();
    assert.match(JSON.stringify(ports.client.last.request.messages[0]), /const sum.*Hello"}$/);
    assert.equal(ports.client.last.request.messages.length, 1);
    assert.equal(session.conversation.roots.length, 2);
    session.selectVersion(prompt.id);
    assert.equal(answerText(lastAnswer(session)), 'Guten Tag');
  });

  it('continues a truncated answer in the same message', async () => {
    const { session, ports } = open();
    session.submit('Count', [], demoTarget);
    ports.client.last.send(
      { kind: 'text', text: 'one, two' },
      { kind: 'ended', ending: { outcome: 'truncated', failure: { kind: 'stream-cut', retryable: true } } },
    );
    await settle();
    const { id } = lastAnswer(session);
    session.resume(id, demoTarget);
    assert.equal(lastAnswer(session).ending, null);
    assert.equal(ports.client.last.request.messages[1]?.content, 'one, two');
    ports.client.last.complete(', three');
    await settle();
    assert.equal(lastAnswer(session).id, id);
    assert.equal(answerText(lastAnswer(session)), 'one, two, three');
  });

  it('marks an answer without an end as interrupted and does not change the journal', async () => {
    const { session, ports } = open();
    session.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'Par' });
    await settle();
    const conversation = await ports.store.load('chat');
    assert.ok(conversation);
    const written = ports.store.journals.get('chat')?.length;
    const reopened = new Session(conversation, ports);
    const answer = lastAnswer(reopened);
    assert.equal(answerText(answer), 'Par');
    assert.ok(answer.ending?.outcome === 'truncated' && answer.ending.failure.kind === 'interrupted');
    assert.equal(ports.store.journals.get('chat')?.length, written);
  });

  it('names the served model only if it differs from the requested one', async () => {
    const { session, ports } = open();
    session.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'served-model', modelId: 'demo-1' });
    ports.client.last.complete('Hi');
    await settle();
    assert.equal(lastAnswer(session).servedModel, null);
    session.submit('Again', [], demoTarget);
    ports.client.last.send({ kind: 'served-model', modelId: 'demo-1-0613' });
    ports.client.last.complete('Hi');
    await settle();
    assert.equal(lastAnswer(session).servedModel, 'demo-1-0613');
  });

  it('reports a series of failed writes once and continues', async () => {
    const { session, ports } = open();
    let failures = 0;
    session.saveFailed.on(() => (failures += 1));
    ports.store.trash.set('chat', []);
    session.submit('Hello', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    assert.equal(failures, 1);
    assert.equal(answerText(lastAnswer(session)), 'Hi');
    ports.store.trash.clear();
    session.rename('Saved again');
    await settle();
    ports.store.trash.set('chat', []);
    session.rename('And lost again');
    await settle();
    assert.equal(failures, 2);
  });

  it('completes the answer although a listener throws', async () => {
    const { session, ports } = open();
    session.events.on(() => {
      throw new Error('listener');
    });
    session.submit('Hello', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    assert.equal(answerText(lastAnswer(session)), 'Hi');
    assert.ok(ports.problems.some((problem) => problem.includes('listener')));
  });
});
