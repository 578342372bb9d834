import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Session } from '../../../../src/core/conversation/session';
import { titleFromModel } from '../../../../src/core/conversation/titleFromPrompt';
import { emptyConversation } from '../../../../src/shared/conversation/conversation';
import { demoTarget, memoryPorts, settle } from '../../../support/corePorts';

async function answered(
  wantsTitles: boolean,
): Promise<{ session: Session; ports: ReturnType<typeof memoryPorts> }> {
  const ports = memoryPorts();
  const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => wantsTitles });
  session.submit('How do I sort a list in Python?', [], demoTarget);
  ports.client.last.complete('Call `sorted`.');
  await settle();
  return { session, ports };
}

describe('automatic title', () => {
  it('asks the model that answered, at its own gateway, once', async () => {
    const { session, ports } = await answered(true);
    assert.equal(ports.client.answers.length, 2);
    const { request } = ports.client.last;
    assert.equal(request.modelId, demoTarget.model.modelId);
    assert.equal(
      'gateway' in demoTarget.route && request.gateway,
      'gateway' in demoTarget.route && demoTarget.route.gateway,
    );
    assert.match(JSON.stringify(request.messages), /How do I sort a list in Python\?.*Call `sorted`\./);
    ports.client.last.complete('"Sorting Lists in Python."\n\nAnything else?');
    await settle();
    assert.equal(session.conversation.title, 'Sorting Lists in Python');
    assert.equal(session.conversation.titleSource, 'model');
    session.submit('Thanks', [], demoTarget);
    ports.client.last.complete('Welcome');
    await settle();
    assert.equal(ports.client.answers.length, 3, 'a title is asked for once');
  });

  it('asks nothing when the user switched it off', async () => {
    const { session, ports } = await answered(false);
    assert.equal(ports.client.answers.length, 1);
    assert.equal(session.conversation.title, 'How do I sort a list in Python?');
  });

  it('is asked for as one more turn of the same chat, with few tokens, so that the server need not read it again', async () => {
    const { ports } = await answered(true);
    const [chat, title] = ports.client.answers.map(({ request }) => request);
    assert.ok(chat !== undefined && title !== undefined);
    assert.deepEqual(title.messages.slice(0, -1), [
      ...chat.messages,
      { role: 'assistant', content: 'Call `sorted`.' },
    ]);
    assert.equal(title.messages.at(-1)?.role, 'user');
    assert.deepEqual(title.parameters, { max_tokens: 64 });
  });

  it('is asked for and taken also when an answer or the title reached the output limit', async () => {
    const limited = {
      kind: 'ended',
      ending: { outcome: 'truncated', failure: { kind: 'output-limit', retryable: false } },
    } as const;
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => true });
    session.submit('How do I sort?', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'Call `sor' }, limited);
    await settle();
    assert.equal(ports.client.answers.length, 2);
    ports.client.last.send({ kind: 'text', text: 'Sorting Lists\n\nThis title' }, limited);
    await settle();
    assert.equal(session.conversation.title, 'Sorting Lists');
  });

  it('gives way when the user asks, and is asked for again after the next answer', async () => {
    const { session, ports } = await answered(true);
    const title = ports.client.last;
    session.submit('And backwards?', [], demoTarget);
    assert.equal(title.cancelled, true);
    // It gave way before the question was sent.
    assert.equal(ports.client.answers.length, 3);
    ports.client.last.complete('Call `reversed`.');
    await settle();
    assert.equal(ports.client.answers.length, 4);
    ports.client.last.complete('Sorting Lists');
    await settle();
    assert.equal(session.conversation.title, 'Sorting Lists');
  });

  it('gives way to a question in another conversation, too', async () => {
    const ports = memoryPorts();
    const titleRequests = new Set<() => void>();
    const shared = { ...ports, wantsTitles: () => true, titleRequests };
    const first = new Session(emptyConversation('one', 0), shared);
    const second = new Session(emptyConversation('two', 0), shared);
    first.submit('Hello', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    const title = ports.client.last;
    second.submit('Quick', [], demoTarget);
    assert.equal(title.cancelled, true);
    assert.equal(titleRequests.size, 0);
  });

  it('is given up when the user never waits', async () => {
    const { session, ports } = await answered(true);
    for (let count = 0; count < 8; count += 1) {
      session.submit('More', [], demoTarget);
      ports.client.last.complete('Yes.');
      await settle();
    }
    const asked = ports.client.answers.length;
    assert.ok(asked <= 1 + 8 + 4, `${asked} requests`);
  });

  it('waits while a prompt waits', async () => {
    const ports = memoryPorts();
    let waits = true;
    const session = new Session(emptyConversation('chat', 0), {
      ...ports,
      wantsTitles: () => true,
      promptWaits: () => waits,
    });
    session.submit('Hello', [], demoTarget);
    ports.client.last.complete('Hi');
    await settle();
    assert.equal(ports.client.answers.length, 1);
    waits = false;
    session.submit('More', [], demoTarget);
    ports.client.last.complete('Yes.');
    await settle();
    assert.equal(ports.client.answers.length, 3);
  });

  it('gets room to think where the model thinks first', async () => {
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => true });
    session.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'reasoning', text: 'Hm.' });
    ports.client.last.complete('Hi');
    await settle();
    assert.deepEqual(ports.client.last.request.parameters, { max_tokens: 2_000 });
  });

  it('is not asked of a model that drew a picture: it would draw the title', async () => {
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => true });
    session.submit('A cat', [], demoTarget);
    ports.client.last.complete('![cat](https://files.example.test/cat.png)');
    await settle();
    assert.equal(ports.client.answers.length, 1);
  });

  it('quotes a long chat of a paid gateway instead of sending it twice, and asks a local one on', async () => {
    for (const auth of ['bearer', 'none'] as const) {
      const ports = memoryPorts();
      const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => true });
      assert.ok('gateway' in demoTarget.route);
      const target = {
        ...demoTarget,
        route: { ...demoTarget.route, gateway: { ...demoTarget.route.gateway, auth } },
      };
      session.submit('word '.repeat(20_000), [], target);
      ports.client.last.complete('Yes.');
      await settle();
      const length = JSON.stringify(ports.client.last.request.messages).length;
      assert.equal(length < 10_000, auth === 'bearer', auth);
    }
  });

  it('leaves a title alone that the user gave meanwhile', async () => {
    const { session, ports } = await answered(true);
    session.rename('Mine');
    ports.client.last.complete('Theirs');
    await settle();
    assert.equal(session.conversation.title, 'Mine');
  });

  it('keeps the first words when no title can be had', async () => {
    const { session, ports } = await answered(true);
    ports.client.last.send({
      kind: 'ended',
      ending: { outcome: 'failed', failure: { kind: 'rate-limited', retryable: true } },
    });
    await settle();
    assert.equal(session.conversation.title, 'How do I sort a list in Python?');
    assert.equal(session.answering, false);
  });

  it('is not what turns out to have been a thought', async () => {
    const { session, ports } = await answered(true);
    const thought = 'They sort. A title then.';
    ports.client.last.send(
      { kind: 'text', text: thought },
      { kind: 'text-was-reasoning', length: thought.length },
    );
    ports.client.last.complete('Sorting Lists');
    await settle();
    assert.equal(session.conversation.title, 'Sorting Lists');
  });

  it('stops a model that writes an essay instead', async () => {
    const { session, ports } = await answered(true);
    const asked = ports.client.last;
    asked.send({ kind: 'text', text: 'Sorting '.repeat(1_000) });
    await settle();
    assert.equal(asked.cancelled, true);
    assert.equal(session.conversation.title, 'How do I sort a list in Python?');
  });

  it('asks nothing after an answer that failed or was stopped', async () => {
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => true });
    session.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'Hi' });
    await settle();
    await session.stop();
    await settle();
    assert.equal(ports.client.answers.length, 1);
  });

  it('reads a title whatever the model puts around it', () => {
    for (const reply of [
      'Title: **Sorting Lists**',
      '# Sorting Lists',
      '“Sorting Lists”',
      '\n- Sorting  Lists.\n',
    ]) {
      assert.equal(titleFromModel(reply), 'Sorting Lists', reply);
    }
    assert.equal(titleFromModel('标题：《排序列表》。'), '排序列表');
    assert.equal(titleFromModel(' \n '), '');
  });

  it('has one line of at most 60 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (reply) => {
        const title = titleFromModel(reply);
        assert.ok(Array.from(new Intl.Segmenter().segment(title)).length <= 60);
        assert.ok(!title.includes('\n'));
      }),
    );
  });
});
