import { answerText } from '../../../../src/shared/answer/answerPart';
import assert from 'node:assert/strict';
import { SessionPool } from '../../../../src/core/conversation/sessionPool';
import { Sessions } from '../../../../src/core/conversation/sessions';
import { selectedPath, messageText } from '../../../../src/shared/conversation/conversation';
import { demoTarget, memoryPorts, settle } from '../../../support/corePorts';

describe('Sessions', () => {
  it('restores the conversation that the window showed', async () => {
    const ports = memoryPorts();
    const before = new Sessions(new SessionPool(ports), 'chat');
    before.current.submit('Hello', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    const after = new Sessions(new SessionPool(ports), 'chat');
    await after.restore();
    assert.deepEqual(after.current.conversation, before.current.conversation);
  });

  it('keeps a prompt that is sent while the journal is being read', async () => {
    const ports = memoryPorts();
    await ports.store.append('chat', [{ kind: 'conversation-created', id: 'chat', at: 1 }]);
    const sessions = new Sessions(new SessionPool(ports), 'chat');
    const restoring = sessions.restore();
    sessions.current.submit('Quick', [], demoTarget);
    await restoring;
    assert.equal(selectedPath(sessions.current.conversation).length, 2);
  });

  it('writes nothing into the journal of a conversation that could not be read', async () => {
    const ports = memoryPorts();
    const before = new Sessions(new SessionPool(ports), 'chat');
    before.current.submit('Hello', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    const journal = [...(ports.store.journals.get('chat') ?? [])];
    const after = new Sessions(new SessionPool(ports), 'chat');
    const load = ports.store.load.bind(ports.store);
    ports.store.load = () => Promise.reject(new Error('EIO'));
    await assert.rejects(after.restore(), /EIO/);
    ports.store.load = load;
    after.current.submit('Another question', [], demoTarget);
    ports.client.last.complete('An answer');
    await settle();
    assert.deepEqual(ports.store.journals.get('chat'), journal);
    assert.equal((await after.openConversation('chat'))?.conversation.messages.size, 2);
  });

  it('continues an answer in the background and shows it complete afterwards', async () => {
    const ports = memoryPorts();
    const sessions = new Sessions(new SessionPool(ports), 'first');
    sessions.current.submit('Hello', [], demoTarget);
    const answer = ports.client.last;
    answer.send({ kind: 'text', text: 'One ' });
    await settle();
    const second = sessions.startNew();
    assert.notEqual(second.conversation.id, 'first');
    answer.complete('two');
    await settle();
    await sessions.openConversation('first');
    const message = selectedPath(sessions.current.conversation).at(-1);
    assert.equal(message?.role === 'assistant' && answerText(message), 'One two');
  });

  it('keeps an empty conversation for New Chat', () => {
    const sessions = new Sessions(new SessionPool(memoryPorts()), 'first');
    assert.equal(sessions.startNew().conversation.id, 'first');
  });

  it('gives New Chat a conversation without parameters, and keeps those of the empty one for the next window', async () => {
    const ports = memoryPorts();
    const sessions = new Sessions(new SessionPool(ports), 'first');
    sessions.current.setParameters({ temperature: 0.2, systemText: 'Be brief.' });
    const after = new Sessions(new SessionPool(ports), 'first');
    await after.restore();
    assert.deepEqual(after.current.conversation.parameters, { temperature: 0.2, systemText: 'Be brief.' });
    assert.equal(after.current.empty, true);
    const fresh = sessions.startNew();
    assert.notEqual(fresh.conversation.id, 'first');
    assert.deepEqual(fresh.conversation.parameters, {});
  });

  it('forks a conversation with its parameters', async () => {
    const ports = memoryPorts();
    const sessions = new Sessions(new SessionPool(ports), 'first');
    sessions.current.setParameters({ effort: 'high' });
    sessions.current.submit('Hello', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    const answer = selectedPath(sessions.current.conversation).at(-1);
    const fork = await sessions.fork(answer?.id ?? '');
    assert.deepEqual(fork?.conversation.parameters, { effort: 'high' });
    assert.notEqual(sessions.current.conversation.id, 'first');
  });

  it('deletes the shown conversation while it streams, and restores it with the partial answer', async () => {
    const ports = memoryPorts();
    const pool = new SessionPool(ports);
    const sessions = new Sessions(pool, 'first');
    sessions.current.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'Partial' });
    await settle();
    await pool.remove('first');
    assert.equal(ports.client.last.cancelled, true);
    assert.notEqual(sessions.current.conversation.id, 'first');
    assert.equal(await sessions.openConversation('first'), undefined);
    await ports.store.restore('first');
    await sessions.openConversation('first');
    const message = selectedPath(sessions.current.conversation).at(-1);
    assert.equal(message?.role === 'assistant' && answerText(message), 'Partial');
    assert.deepEqual(ports.problems, []);
  });

  it('renames a conversation that is not shown', async () => {
    const ports = memoryPorts();
    const pool = new SessionPool(ports);
    const sessions = new Sessions(pool, 'first');
    sessions.current.submit('Hello', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    sessions.startNew();
    await pool.rename('first', 'Greetings');
    assert.equal((await ports.store.load('first'))?.title, 'Greetings');
  });

  it('reports whether the shown conversation is answering', async () => {
    const ports = memoryPorts();
    const sessions = new Sessions(new SessionPool(ports), 'first');
    const heard: boolean[] = [];
    sessions.answeringChanged.on((answering) => heard.push(answering));
    sessions.current.submit('Hello', [], demoTarget);
    sessions.startNew();
    ports.client.last.complete('Hi');
    await settle();
    assert.deepEqual(heard, [true, false]);
  });

  it('forks a conversation at an answer into an independent one', async () => {
    const ports = memoryPorts();
    const sessions = new Sessions(new SessionPool(ports), 'chat');
    sessions.current.submit('One', [], demoTarget);
    ports.client.last.complete('First');
    await settle();
    sessions.current.submit('Two', [], demoTarget);
    ports.client.last.complete('Second');
    await settle();
    const original = sessions.current;
    const answer = selectedPath(original.conversation)[1];
    await sessions.fork(answer?.id ?? '', (title) => `Fork: ${title}`);
    assert.notEqual(sessions.current.conversation.id, 'chat');
    const { title, origin } = sessions.current.conversation;
    assert.equal(title, `Fork: ${original.conversation.title}`);
    const copied = selectedPath(sessions.current.conversation)[1];
    assert.deepEqual(origin, {
      conversation: 'chat',
      title: original.conversation.title,
      message: copied?.id,
    });
    assert.equal(original.conversation.origin, undefined);
    const texts = (session: typeof original): string[] => selectedPath(session.conversation).map(messageText);
    assert.deepEqual(texts(sessions.current), ['One', 'First']);
    sessions.current.submit('Three', [], demoTarget);
    ports.client.last.complete('Third');
    await settle();
    assert.deepEqual(texts(sessions.current), ['One', 'First', 'Three', 'Third']);
    assert.deepEqual(texts(original), ['One', 'First', 'Two', 'Second']);
  });

  it('pins a conversation that is not shown', async () => {
    const ports = memoryPorts();
    const pool = new SessionPool(ports);
    const sessions = new Sessions(pool, 'first');
    sessions.current.submit('Hello', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    const { updatedAt } = sessions.current.conversation;
    sessions.startNew();
    await pool.pin('first', true);
    const stored = await ports.store.load('first');
    assert.equal(stored?.pinned, true);
    assert.equal(stored.updatedAt, updatedAt);
  });

  it('reports every conversation that has finished, shown or not', async () => {
    const ports = memoryPorts();
    const pool = new SessionPool(ports);
    const sessions = new Sessions(pool, 'first');
    const finished: string[] = [];
    pool.finished.on(({ conversation }) => finished.push(conversation.id));
    sessions.current.submit('Hello', [], demoTarget);
    const answer = ports.client.last;
    sessions.startNew();
    answer.complete('Hi');
    await settle();
    assert.deepEqual(finished, ['first']);
  });
});
