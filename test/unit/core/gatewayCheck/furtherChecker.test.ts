import { deepEqual, equal, ok } from 'node:assert/strict';
import { FurtherChecker, modelForWork } from '../../../../src/core/gatewayCheck/furtherChecker';
import { workNames, type FurtherCheck, type WorkName } from '../../../../src/core/gatewayCheck/gatewayCheck';
import { writeFurtherCheck, writeFurtherReport } from '../../../../src/core/gatewayCheck/writeFurtherCheck';
import { endpointNames, endpointProbes } from '../../../../src/core/gatewayCheck/endpointProbes';
import type { Gateway } from '../../../../src/core/models/gateway';
import type { AnswerStream, StreamPart } from '../../../../src/core/ports/answerStream';
import type { ProbeReply } from '../../../../src/core/ports/endpointProber';
import { InMemoryUnsupportedParameters } from '../../../../src/gateway/unsupportedParameters/inMemoryUnsupportedParameters';
import { createTranslate } from '../../../../src/shared/kit/translate';

const t = createTranslate({});
const gateway: Gateway = {
  id: 'demo',
  name: 'Demo',
  baseUrl: 'https://api.example.com/v1',
  auth: 'bearer',
  headers: {},
  models: [],
  extraBody: {},
};
const models = ['gpt-5', 'text-embedding-3-small', 'tts-1', 'dall-e-3', 'gpt-3.5-turbo-instruct'].map(
  (id) => ({ id }),
);

const completed: StreamPart = { kind: 'ended', ending: { outcome: 'completed', finishReason: 'stop' } };

function streamOf(...parts: readonly StreamPart[]): AnswerStream {
  return {
    cancel: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.resolve(parts);
    },
  };
}

interface Script {
  readonly work?: readonly WorkName[];
  readonly checksEndpoints?: boolean;
  /** Answers a chat question with these fields. */
  readonly answer?: (parameters: Readonly<Record<string, unknown>>) => readonly StreamPart[];
  readonly probe?: (path: string) => ProbeReply;
  readonly signal?: AbortSignal;
  readonly memory?: InMemoryUnsupportedParameters;
}

/** Runs a check, and counts what is sent. */
async function check({
  work = [],
  checksEndpoints = false,
  answer = () => [{ kind: 'text', text: 'One' }, completed],
  probe = () => ({ kind: 'reply', status: 404, text: '{"detail":"Not Found"}', failure: undefined }),
  signal = new AbortController().signal,
  memory = new InMemoryUnsupportedParameters(),
}: Script): Promise<{ readonly result: FurtherCheck; readonly sent: readonly string[] }> {
  const sent: string[] = [];
  const result = await new FurtherChecker({
    client: {
      ask: ({ parameters, modelId }) => {
        sent.push(`ask ${modelId} ${JSON.stringify(parameters)}`);
        return streamOf(...answer(parameters));
      },
      listModels: () => Promise.resolve({ models }),
      complete: ({ modelId, form }) => {
        sent.push(`complete ${modelId} ${form}`);
        return streamOf({ kind: 'text', text: 'marigold' }, completed);
      },
      embed: ({ modelId }) => {
        sent.push(`embed ${modelId}`);
        return Promise.resolve({ kind: 'embedded', vectors: [new Float32Array(3)], tokens: 1 });
      },
      probe: (_gateway, { path, method }) => {
        sent.push(`${method} ${path}`);
        return Promise.resolve(probe(path));
      },
      generate: ({ modelId }) => {
        sent.push(`generate ${modelId}`);
        return streamOf(completed);
      },
      followTask: () => streamOf(completed),
      speak: ({ modelId }) => {
        sent.push(`speak ${modelId}`);
        return Promise.resolve({ kind: 'sound' });
      },
      checkBalance: () => {
        sent.push('balance');
        return Promise.resolve({ kind: 'no-route' });
      },
    },
    route: {
      gateway,
      parameters: { reasoning_effort: 'high', n: 2 },
      timeouts: { connect: 1, firstToken: 1, idle: 1 },
    },
    modelId: 'gpt-5',
    models,
    memory,
    ...{ checksEndpoints, work: new Set(work), now: () => 0, t, signal },
    onStep: () => undefined,
  }).run();
  return { result, sent };
}

const thinking: readonly StreamPart[] = [
  { kind: 'reasoning', text: 'Hm' },
  { kind: 'text', text: 'One' },
  completed,
];
const direct: readonly StreamPart[] = [{ kind: 'text', text: 'One' }, completed];

describe('The check of endpoints and work', () => {
  it('sends nothing that the user did not choose', async () => {
    deepEqual((await check({})).sent, []);
  });

  it('asks each endpoint once, and nothing that is billed, if only the endpoints are chosen', async () => {
    const { result, sent } = await check({
      checksEndpoints: true,
      probe: (path) =>
        path === '/images/generations'
          ? { kind: 'reply', status: 400, text: '{"error":{"message":"Bad JSON"}}', failure: undefined }
          : { kind: 'reply', status: 404, text: '{"detail":"Not Found"}', failure: undefined },
    });
    ok(sent.every((one) => /^(?:GET|POST) \/|^balance$/.test(one)));
    for (const name of endpointNames) {
      const { method, path } = endpointProbes[name];
      equal(sent.filter((one) => one === `${method} ${path}`).length, 1);
    }
    const states = new Map(result.endpoints.map(({ name, state }) => [name, state]));
    deepEqual(
      [states.get('images'), states.get('speech'), states.get('balance')],
      ['exists', 'missing', 'missing'],
    );
    equal(result.endpoints.length, endpointNames.length + 1);
  });

  it('does each chosen work once, with the model of its kind', async () => {
    const { result, sent } = await check({ work: ['picture', 'speech', 'embeddings', 'completions'] });
    deepEqual(sent, [
      'complete gpt-3.5-turbo-instruct suffix',
      'embed text-embedding-3-small',
      'speak tts-1',
      'generate dall-e-3',
    ]);
    ok(result.work.every(({ verdict }) => verdict === 'passed'));
  });

  it('remembers how the model completes text', async () => {
    const memory = new InMemoryUnsupportedParameters();
    await check({ work: ['completions'], memory });
    deepEqual([...memory.unsupported('demo', 'gpt-3.5-turbo-instruct')], ['completes with suffix']);
  });

  it('finds the form that switches thinking off, although the gateway accepts another one in silence', async () => {
    const memory = new InMemoryUnsupportedParameters();
    const { result, sent } = await check({
      work: ['effort'],
      memory,
      answer: (parameters) => ('reasoning' in parameters ? direct : thinking),
    });
    deepEqual(sent, [
      'ask gpt-5 {}',
      'ask gpt-5 {"reasoning_effort":"none"}',
      'ask gpt-5 {"reasoning":{"effort":"none"}}',
    ]);
    deepEqual([...memory.unsupported('demo', 'gpt-5')], ['effort as reasoning']);
    equal(result.work[0]?.verdict, 'passed');
    deepEqual(result.work[0].details, ['Without effect: reasoning_effort']);
  });

  it('finds the form that makes a model think', async () => {
    const memory = new InMemoryUnsupportedParameters();
    await check({
      work: ['effort'],
      memory,
      answer: (parameters) => ('thinking' in parameters ? thinking : direct),
    });
    deepEqual([...memory.unsupported('demo', 'gpt-5')], ['effort as thinking']);
  });

  it('says so if no form has an effect, and remembers nothing', async () => {
    const memory = new InMemoryUnsupportedParameters();
    const { result, sent } = await check({ work: ['effort'], memory });
    equal(result.work[0]?.verdict, 'unsupported');
    equal(sent.length, 5);
    deepEqual([...memory.unsupported('demo', 'gpt-5')], []);
  });

  it('counts reasoning tokens as thinking if the reasoning itself is not sent', async () => {
    const counted: readonly StreamPart[] = [
      { kind: 'text', text: 'One' },
      { kind: 'usage', usage: { completionTokens: 90, reasoningTokens: 80 } },
      completed,
    ];
    const { result } = await check({
      work: ['effort'],
      answer: (parameters) => ('reasoning_effort' in parameters ? direct : counted),
    });
    ok(result.work[0]?.found.includes('reasoning_effort switches it off'));
  });

  it('sends nothing after it was stopped', async () => {
    const { result, sent } = await check({
      work: [...workNames],
      checksEndpoints: true,
      signal: AbortSignal.abort(),
    });
    deepEqual(sent, []);
    deepEqual(result, { endpoints: [], work: [] });
  });

  it('says that the gateway has no model for a kind of work', () => {
    equal(modelForWork('picture', [{ id: 'gpt-5' }], 'gpt-5'), undefined);
    equal(modelForWork('completions', [{ id: 'gpt-5' }], 'gpt-5'), 'gpt-5');
  });

  it('is written as tables, and as text without Markdown', async () => {
    const { result } = await check({ work: ['embeddings'], checksEndpoints: true });
    const document = writeFurtherCheck(result, t).join('\n');
    for (const text of [
      '## Endpoints',
      '| Pictures | – Missing |',
      '| Embeddings | text-embedding-3-small | ✓ Passed |',
    ])
      ok(document.includes(text), text);
    const report = writeFurtherReport(result, t).join('\n');
    ok(report.includes('Pictures: Missing (HTTP 404)'));
    ok(
      report.includes('Embeddings, text-embedding-3-small: Passed. The gateway sent a vector of 3 numbers.'),
    );
    deepEqual(writeFurtherCheck({ endpoints: [], work: [] }, t), []);
  });
});
