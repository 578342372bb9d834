import assert from 'node:assert/strict';
import type { AnswerStream, StreamPart } from '../../../../src/core/ports/answerStream';
import type { ChatRequest } from '../../../../src/core/ports/chatClient';
import { answerGiven, type GivenOutcome } from '../../../../src/core/provider/answerGiven';
import { AnswerMemory } from '../../../../src/core/provider/answerMemory';
import { composeGivenPrompt } from '../../../../src/core/provider/composeGivenPrompt';

const finished: StreamPart = { kind: 'ended', ending: { outcome: 'completed', finishReason: 'stop' } };
const toolCall = (id: string, written: string, name = 'edit'): StreamPart => ({
  kind: 'tool-call',
  call: { id, name, arguments: written, complete: true },
});

/** Asks a client that answers with these streams, one after the other. */
async function ask(
  streams: readonly (readonly StreamPart[])[],
  more: { readonly maySendAgain?: boolean; readonly memory?: AnswerMemory; readonly stopAt?: string } = {},
): Promise<{ outcome: GivenOutcome; reported: unknown[]; requests: ChatRequest[]; cancelled: number }> {
  const requests: ChatRequest[] = [];
  const reported: unknown[] = [];
  const stopping = new AbortController();
  let cancelled = 0;
  let ids = 0;
  const client = {
    ask: (request: ChatRequest): AnswerStream => {
      const parts = streams[requests.length] ?? [finished];
      requests.push(request);
      return {
        cancel: () => {
          cancelled += 1;
        },
        async *[Symbol.asyncIterator]() {
          for (const part of parts) yield await Promise.resolve([part]);
        },
      };
    },
  };
  const request: ChatRequest = {
    gateway: {
      id: 'g',
      name: 'G',
      baseUrl: 'http://g/v1',
      auth: 'none',
      headers: {},
      models: [],
      extraBody: {},
    },
    parameters: {},
    timeouts: { connect: 1, firstToken: 1, idle: 1 },
    modelId: 'm',
    messages: [{ role: 'user', content: 'Go' }],
    tools: [{ name: 'edit', description: '', parameters: { type: 'object' } }],
  };
  const outcome = await answerGiven(client, {
    request,
    model: 'g/m',
    wantsReasoning: false,
    maySendAgain: more.maySendAgain ?? true,
    memory: more.memory ?? new AnswerMemory(),
    newId: () => String((ids += 1)),
    signal: stopping.signal,
    sink: {
      text: (text) => {
        reported.push(text);
        if (text === more.stopAt) stopping.abort();
      },
      reasoning: (text) => reported.push({ reasoning: text }),
      media: ({ url }) => reported.push({ media: url }),
      sources: (sources) => reported.push({ sources: sources.map(({ url }) => url) }),
      call: (call) => reported.push(call),
      usage: ({ promptTokens }) => reported.push({ promptTokens }),
    },
  });
  return { outcome, reported, requests, cancelled };
}

describe('answerGiven', () => {
  it('passes text and reasoning on while they come, and sources at the end', async () => {
    const { outcome, reported } = await ask([
      [
        { kind: 'reasoning', text: 'Hmm.' },
        { kind: 'sources', sources: [{ url: 'https://a.example/', number: 1 }] },
        { kind: 'text', text: 'One ' },
        { kind: 'text', text: 'of another choice', choice: 1 },
        { kind: 'text', text: 'two', choice: 0 },
        { kind: 'usage', usage: { promptTokens: 7 } },
        finished,
      ],
    ]);
    assert.deepEqual(outcome, { kind: 'answered' });
    assert.deepEqual(reported, [
      { reasoning: 'Hmm.' },
      'One ',
      'two',
      { promptTokens: 7 },
      { sources: ['https://a.example/'] },
    ]);
  });

  it('gives calls an id that neither the conversation nor another one has', async () => {
    const memory = new AnswerMemory();
    const first = await ask([[toolCall('call_0', '{}'), finished]], { memory });
    const second = await ask([[toolCall('call_0', '{"a":1}'), finished]], { memory });
    assert.deepEqual(first.reported, [{ id: 'call_0', name: 'edit', input: {} }]);
    assert.deepEqual(second.reported, [{ id: 'call_1', name: 'edit', input: { a: 1 } }]);
  });

  it('asks again with what was wrong when no call of an answer can run', async () => {
    const { outcome, reported, requests } = await ask([
      [{ kind: 'text', text: 'I edit.' }, toolCall('c1', '{"path":'), finished],
      [toolCall('c2', '{"path":"a"}'), finished],
    ]);
    assert.deepEqual(outcome, { kind: 'answered' });
    assert.deepEqual(reported, ['I edit.', { id: 'c2', name: 'edit', input: { path: 'a' } }]);
    const [, answer, result] = requests[1]?.messages ?? [];
    assert.deepEqual(answer, {
      role: 'assistant',
      content: 'I edit.',
      toolCalls: [{ id: 'call_1', name: 'edit', arguments: '{}', complete: true }],
    });
    assert.equal(result?.role === 'tool' && result.callId, 'call_1');
    assert.match(JSON.stringify(result?.content), /not a JSON object/);
  });

  it('gives up after three answers with broken calls', async () => {
    const broken = [toolCall('c', '{'), finished];
    const { outcome, requests } = await ask([broken, broken, broken, broken]);
    assert.equal(outcome.kind, 'unusable-calls');
    assert.equal(requests.length, 3);
  });

  it('does not ask again by itself where each request has a price', async () => {
    const { outcome, requests } = await ask([[toolCall('c', '{'), finished]], { maySendAgain: false });
    assert.equal(outcome.kind, 'unusable-calls');
    assert.equal(requests.length, 1);
  });

  it('tells the model about broken calls with the results of the others', async () => {
    const memory = new AnswerMemory();
    const { reported, requests } = await ask([[toolCall('c1', '{}'), toolCall('c2', '{'), finished]], {
      memory,
    });
    assert.deepEqual(reported, [{ id: 'c1', name: 'edit', input: {} }]);
    assert.equal(requests.length, 1);
    const next = composeGivenPrompt(
      [
        { role: 'assistant', parts: [{ kind: 'call', id: 'c1', name: 'edit', arguments: '{}' }] },
        { role: 'user', parts: [{ kind: 'result', callId: 'c1', text: 'done', pictures: [] }] },
      ],
      { model: 'g/m', takesPictures: true, wantsReasoning: false, memory },
    );
    assert.deepEqual(
      next.map(({ role }) => role),
      ['assistant', 'tool', 'tool'],
    );
    assert.match(JSON.stringify(next[2]?.content), /not a JSON object/);
  });

  it('runs no call of an answer that was cut', async () => {
    const failure = { kind: 'output-limit', retryable: false } as const;
    const ended: StreamPart = { kind: 'ended', ending: { outcome: 'truncated', failure } };
    const cutCall = await ask([[{ kind: 'text', text: 'I edit.' }, toolCall('c', '{}'), ended]]);
    assert.deepEqual(cutCall.outcome, { kind: 'failed', failure });
    assert.deepEqual(cutCall.reported, ['I edit.']);
    const cutText = await ask([[{ kind: 'text', text: 'Long' }, ended]]);
    assert.deepEqual(cutText.outcome, { kind: 'cut', failure });
  });

  it('closes the stream when it is stopped', async () => {
    const stopped: StreamPart = { kind: 'ended', ending: { outcome: 'cancelled' } };
    const { outcome, cancelled } = await ask([[{ kind: 'text', text: 'One' }, stopped]], { stopAt: 'One' });
    assert.deepEqual(outcome, { kind: 'cancelled' });
    assert.equal(cancelled, 1);
  });

  it('reports the failure of the gateway', async () => {
    const failure = { kind: 'unauthorized', retryable: false, detail: 'No.' } as const;
    const { outcome, requests } = await ask([[{ kind: 'ended', ending: { outcome: 'failed', failure } }]]);
    assert.deepEqual(outcome, { kind: 'failed', failure });
    assert.equal(requests.length, 1);
  });
});
