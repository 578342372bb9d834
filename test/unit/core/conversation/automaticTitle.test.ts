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

describe('An automatic title', () => {
  it('is requested once, from the model that answered and its gateway', async () => {
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

  it('is counted with the tokens that the gateway reports', async () => {
    const { session, ports } = await answered(true);
    const usage = { promptTokens: 120, completionTokens: 6, cachedTokens: 100 };
    ports.client.last.send({ kind: 'usage', usage });
    ports.client.last.complete('Sorting Lists');
    await settle();
    assert.deepEqual(session.conversation.backgroundRequests, [{ purpose: 'title', usage }]);
  });

  it('is counted with its cost', async () => {
    const { session, ports } = await answered(true);
    const cost = { amount: 0.0002, currency: 'USD', source: 'reported' } as const;
    ports.client.last.send({ kind: 'usage', usage: { promptTokens: 120, completionTokens: 6, cost } });
    ports.client.last.complete('Sorting Lists');
    await settle();
    assert.deepEqual(session.conversation.backgroundRequests[0]?.usage.cost, cost);
  });

  it('is counted with an estimate when the gateway reports no tokens, also when it was interrupted', async () => {
    const { session } = await answered(true);
    session.submit('And backwards?', [], demoTarget);
    await settle();
    const [request, ...others] = session.conversation.backgroundRequests;
    assert.equal(others.length, 0);
    assert.equal(request?.purpose, 'title');
    assert.equal(request.usage.estimated, true);
    assert.ok((request.usage.promptTokens ?? 0) > 20);
  });

  it('is not counted when the request failed before the gateway read it', async () => {
    const { session, ports } = await answered(true);
    const failure = { kind: 'connection-failed', retryable: true } as const;
    ports.client.last.send({ kind: 'ended', ending: { outcome: 'failed', failure } });
    await settle();
    assert.deepEqual(session.conversation.backgroundRequests, []);
  });

  it('is not requested when the user has switched it off', async () => {
    const { session, ports } = await answered(false);
    assert.equal(ports.client.answers.length, 1);
    assert.equal(session.conversation.title, 'How do I sort a list in Python?');
  });

  it("is requested as the next turn of the same chat, so that the server's prompt cache is used", async () => {
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

  it('is requested and used when the answer or the title reached the output limit', async () => {
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

  it('is interrupted by the next prompt and requested again after its answer', async () => {
    const { session, ports } = await answered(true);
    const title = ports.client.last;
    session.submit('And backwards?', [], demoTarget);
    assert.equal(title.cancelled, true);
    // The request was cancelled before the prompt was sent.
    assert.equal(ports.client.answers.length, 3);
    ports.client.last.complete('Call `reversed`.');
    await settle();
    assert.equal(ports.client.answers.length, 4);
    ports.client.last.complete('Sorting Lists');
    await settle();
    assert.equal(session.conversation.title, 'Sorting Lists');
  });

  it('is interrupted by a prompt in another conversation', async () => {
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

  it('is given up after several interruptions', async () => {
    const { session, ports } = await answered(true);
    for (let count = 0; count < 8; count += 1) {
      session.submit('More', [], demoTarget);
      ports.client.last.complete('Yes.');
      await settle();
    }
    const asked = ports.client.answers.length;
    assert.ok(asked <= 1 + 8 + 4, `${asked} requests`);
  });

  it('is not requested while a prompt is queued', async () => {
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

  it('may use more tokens if the model reasons first', async () => {
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => true });
    session.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'reasoning', text: 'Hm.' });
    ports.client.last.complete('Hi');
    await settle();
    assert.deepEqual(ports.client.last.request.parameters, { max_tokens: 2_000 });
  });

  it('is not requested from a model that answered with a picture', async () => {
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => true });
    session.submit('A cat', [], demoTarget);
    ports.client.last.complete('![cat](https://files.example.test/cat.png)');
    await settle();
    assert.equal(ports.client.answers.length, 1);
  });

  it('is requested with quotes of a long chat, except on a local server', async () => {
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

  it('does not replace a title that the user has set in the meantime', async () => {
    const { session, ports } = await answered(true);
    session.rename('Mine');
    ports.client.last.complete('Theirs');
    await settle();
    assert.equal(session.conversation.title, 'Mine');
  });

  it('leaves the first words as the title when the request fails', async () => {
    const { session, ports } = await answered(true);
    ports.client.last.send({
      kind: 'ended',
      ending: { outcome: 'failed', failure: { kind: 'rate-limited', retryable: true } },
    });
    await settle();
    assert.equal(session.conversation.title, 'How do I sort a list in Python?');
    assert.equal(session.answering, false);
  });

  it('is not text that turns out to be reasoning', async () => {
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

  it('is cancelled when the reply is too long', async () => {
    const { session, ports } = await answered(true);
    const asked = ports.client.last;
    asked.send({ kind: 'text', text: 'Sorting '.repeat(1_000) });
    await settle();
    assert.equal(asked.cancelled, true);
    assert.equal(session.conversation.title, 'How do I sort a list in Python?');
  });

  it('is not requested after an answer that failed or was stopped', async () => {
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => true });
    session.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'Hi' });
    await settle();
    await session.stop();
    await settle();
    assert.equal(ports.client.answers.length, 1);
  });

  it('is read without the marks that models put around it', () => {
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
