import { answerText } from '../../../src/shared/answer/answerPart';
import assert from 'node:assert/strict';
import { Session } from '../../../src/core/conversation/session';
import {
  emptyConversation,
  selectedPath,
  type UserMessage,
} from '../../../src/shared/conversation/conversation';
import { demoTarget, memoryPorts, settle } from '../../support/corePorts';

function open(): { session: Session; ports: ReturnType<typeof memoryPorts> } {
  const ports = memoryPorts();
  return { session: new Session(emptyConversation('chat', 0), ports), ports };
}

function target(modelId: string): typeof demoTarget {
  return { ...demoTarget, model: { gatewayId: 'demo', modelId }, modelName: modelId };
}

function promptOf(session: Session): UserMessage {
  const [prompt] = selectedPath(session.conversation);
  assert.equal(prompt?.role, 'user');
  return prompt;
}

/** A session that has just sent a prompt to three models. */
function compareThree(): ReturnType<typeof open> {
  const opened = open();
  opened.session.submitToAll('Why?', [], [target('a'), target('b'), target('c')]);
  return opened;
}

describe('Comparing models', () => {
  it('sends the same prompt to each model at once and puts the answers side by side', () => {
    const { session, ports } = compareThree();
    assert.deepEqual(
      ports.client.answers.map(({ request }) => [request.modelId, request.messages]),
      ['a', 'b', 'c'].map((modelId) => [modelId, [{ role: 'user', content: 'Why?' }]]),
    );
    const prompt = promptOf(session);
    assert.deepEqual(prompt.comparison, prompt.children);
    assert.equal(prompt.selectedChild, prompt.children[0]);
  });

  it('streams each answer into its own message', async () => {
    const { session, ports } = compareThree();
    ports.client.answers[2]?.complete('Third');
    ports.client.answers[0]?.complete('First');
    await settle();
    const texts = promptOf(session).children.map((id) => {
      const answer = session.conversation.messages.get(id);
      return answer?.role === 'assistant' ? answerText(answer) : undefined;
    });
    assert.deepEqual(texts, ['First', '', 'Third']);
    assert.equal(session.answering, true);
    ports.client.answers[1]?.complete('Second');
    await settle();
    assert.equal(session.answering, false);
  });

  it('continues with the picked answer and stops the others', async () => {
    const { session, ports } = compareThree();
    ports.client.answers[1]?.complete('Second');
    await settle();
    session.pick(promptOf(session).children[1] ?? '');
    await settle();
    assert.equal(promptOf(session).comparison, null);
    assert.deepEqual(
      ports.client.answers.map(({ cancelled }) => cancelled),
      [true, false, true],
    );
    session.submit('And then?', [], demoTarget);
    assert.deepEqual(ports.client.last.request.messages, [
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'Second' },
      { role: 'user', content: 'And then?' },
    ]);
  });

  it('continues with the selected answer if the next prompt is sent before a pick', async () => {
    const { session, ports } = compareThree();
    for (const answer of ports.client.answers) answer.complete(answer.request.modelId);
    await settle();
    session.submit('And then?', [], demoTarget);
    assert.equal(promptOf(session).comparison, null);
    assert.deepEqual(ports.client.last.request.messages[1], { role: 'assistant', content: 'a' });
  });

  it('requests other versions of an answer from several models, and shows versions side by side again', async () => {
    const { session, ports } = open();
    session.submit('Why?', [], demoTarget);
    ports.client.last.complete('So.');
    await settle();
    const { id } = promptOf(session);
    session.showComparison(id);
    assert.equal(promptOf(session).comparison, null, 'one version is nothing to compare');
    session.compare(id, [target('a'), target('b')]);
    for (const answer of ports.client.answers) answer.complete('Because.');
    await settle();
    assert.deepEqual(promptOf(session).comparison, promptOf(session).children.slice(1));
    session.pick(promptOf(session).children[2] ?? '');
    session.showComparison(id);
    assert.deepEqual(promptOf(session).comparison, promptOf(session).children);
  });

  it('is stored in the journal', async () => {
    const { session, ports } = compareThree();
    for (const answer of ports.client.answers) answer.complete('Because.');
    await settle();
    assert.deepEqual(await ports.store.load('chat'), session.conversation);
    session.pick(promptOf(session).children[2] ?? '');
    assert.deepEqual(await ports.store.load('chat'), session.conversation);
  });
});
