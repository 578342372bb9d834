import assert from 'node:assert/strict';
import type { StreamPart } from '../../../../src/core/ports/answerStream';
import { askOnce, usableText, type OnceReply } from '../../../../src/core/prompt/askOnce';
import type { Route } from '../../../../src/core/models/route';
import type { Target } from '../../../../src/core/prompt/target';
import { demoTarget, ScriptedClient } from '../../../support/corePorts';

const route = routeOf(demoTarget);
const question = { modelId: 'demo-1', messages: [{ role: 'user' as const, content: 'Hello' }] };
const completed: StreamPart = { kind: 'ended', ending: { outcome: 'completed', finishReason: 'stop' } };
const outputLimit: StreamPart = {
  kind: 'ended',
  ending: { outcome: 'truncated', failure: { kind: 'output-limit', retryable: false } },
};
const cut: StreamPart = {
  kind: 'ended',
  ending: { outcome: 'truncated', failure: { kind: 'stream-cut', retryable: true } },
};

function routeOf(target: Target): Route {
  if ('failure' in target.route) throw new Error('The target has no route.');
  return target.route;
}

function start(longestReply = 100): {
  client: ScriptedClient;
  stopping: AbortController;
  parts: StreamPart[];
  reply: Promise<OnceReply>;
} {
  const client = new ScriptedClient();
  const stopping = new AbortController();
  const parts: StreamPart[] = [];
  const reply = askOnce(client, route, question, { longestReply }, stopping.signal, (part) =>
    parts.push(part),
  );
  return { client, stopping, parts, reply };
}

describe('askOnce', () => {
  it('sends one request along the route and returns the text of the first choice', async () => {
    const { client, parts, reply } = start();
    assert.deepEqual(client.last.request, { ...route, ...question });
    client.last.send({ kind: 'text', text: 'Hi' }, { kind: 'text', text: 'Hey', choice: 1 });
    client.last.send({ kind: 'reasoning', text: 'Hm' }, { kind: 'text', text: ' there ' }, completed);
    assert.equal((await reply).text, 'Hi there ');
    assert.equal(usableText(await reply), 'Hi there');
    assert.equal(parts.length, 5);
    assert.equal(client.answers.length, 1);
  });

  it('removes text that the stream later declares as reasoning', async () => {
    const { client, reply } = start();
    client.last.send({ kind: 'text', text: 'Hmm.' }, { kind: 'text-was-reasoning', length: 4 });
    client.last.send({ kind: 'text', text: 'Yes.' }, completed);
    assert.equal(usableText(await reply), 'Yes.');
  });

  it('tells the text so far once for each read of the stream', async () => {
    const client = new ScriptedClient();
    const texts: string[] = [];
    const { signal } = new AbortController();
    const limits = { longestReply: 100 };
    const reply = askOnce(client, route, question, limits, signal, undefined, (text) => texts.push(text));
    client.last.send({ kind: 'reasoning', text: 'Hm' });
    client.last.send({ kind: 'text', text: 'One ' }, { kind: 'text', text: 'two' });
    client.last.send({ kind: 'text-was-reasoning', length: 3 });
    client.last.send(completed);
    await reply;
    assert.deepEqual(texts, ['One two', 'One ']);
  });

  it('cancels the request when the signal is aborted', async () => {
    const { client, stopping, reply } = start();
    client.last.send({ kind: 'text', text: 'Hi' });
    stopping.abort();
    assert.equal(client.last.cancelled, true);
    assert.deepEqual((await reply).ending, { outcome: 'cancelled' });
    assert.equal(usableText(await reply), '');
  });

  it('cancels the request at once when the signal is already aborted', async () => {
    const client = new ScriptedClient();
    const reply = await askOnce(client, route, question, { longestReply: 9 }, AbortSignal.abort('stopped'));
    assert.equal(client.last.cancelled, true);
    assert.deepEqual(reply, { text: '', ending: { outcome: 'cancelled' }, usage: null });
  });

  it('cancels a reply that is too long and does not use it', async () => {
    const { client, reply } = start(5);
    client.last.send({ kind: 'text', text: '123456' });
    const { ending } = await reply;
    assert.equal(client.last.cancelled, true);
    assert.ok(ending.outcome === 'truncated' && ending.failure.kind === 'reply-too-large');
    assert.equal(usableText(await reply), '');
  });

  it('does not count reasoning against the limit of the reply', async () => {
    const { client, reply } = start(5);
    client.last.send({ kind: 'reasoning', text: 'a long thought' }, { kind: 'text', text: 'Yes' }, completed);
    assert.equal(usableText(await reply), 'Yes');
  });

  it('cancels endless reasoning', async () => {
    const { client, reply } = start();
    client.last.send({ kind: 'reasoning', text: 'x'.repeat(600_000) });
    assert.equal((await reply).ending.outcome, 'truncated');
    assert.equal(client.last.cancelled, true);
  });

  it('uses a reply that reached its output limit, but not one whose connection closed early', async () => {
    const limited = start();
    limited.client.last.send({ kind: 'text', text: 'The beginning' }, outputLimit);
    assert.equal(usableText(await limited.reply), 'The beginning');
    const closed = start();
    closed.client.last.send({ kind: 'text', text: 'The beginning' }, cut);
    assert.equal(usableText(await closed.reply), '');
  });
});
