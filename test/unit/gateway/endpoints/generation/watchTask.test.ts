import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { readTask } from '../../../../../src/gateway/endpoints/generation/tasks/readTask';
import { nextLook } from '../../../../../src/gateway/endpoints/generation/tasks/nextLook';
import { taskPercent, taskStatus } from '../../../../../src/gateway/endpoints/generation/tasks/taskStatus';
import type { StreamPart } from '../../../../../src/core/ports/answerStream';
import type { Task } from '../../../../../src/shared/answer/task';
import type { RawServer } from '../../../../support/rawServer';
import { collect, gatewayWith, patient, summary, type Answer } from '../../asking';
import { GeneratingPlace, json, lineOf, mediaOf, partsOf, pixelUrl } from './generating';

const submitted = json({ code: 200, data: [{ status: 'submitted', task_id: 'task/1' }] });
const task = (facts: object, ...headers: readonly string[]): string =>
  json({ code: 200, data: { id: 'task/1', ...facts } }, '200 OK', headers);
const finished = task({ status: 'completed', progress: 100, result: { images: [{ url: [pixelUrl] }] } });

describe('A task', () => {
  let place: GeneratingPlace;

  beforeEach(() => {
    place = new GeneratingPlace();
  });
  afterEach(async () => {
    await place.close();
  });

  const apimart = { gateway: { id: 'apimart' } };
  const progressOf = (answer: Answer): readonly string[] =>
    partsOf(answer, 'task-progressed').map(({ state, percent }) => `${state} ${percent ?? '?'}`);

  it('is reported before the first question, and its pictures come when it is done', async () => {
    const server = await place.serveReplies(
      submitted,
      task({ status: 'processing', progress: '37%' }),
      finished,
    );
    const answer = await place.generate(server, apimart);
    const expected: Task = {
      taskId: 'task/1',
      kind: 'image',
      form: 'task',
      path: '/v1/tasks/task%2F1?language=en',
      submittedAt: 1_000_000,
    };
    deepEqual(partsOf(answer, 'task-submitted'), [{ kind: 'task-submitted', task: expected }]);
    deepEqual(server.requests.map(lineOf), [
      'POST /v1/images/generations',
      'GET /v1/tasks/task%2F1?language=en',
      'GET /v1/tasks/task%2F1?language=en',
    ]);
    deepEqual(progressOf(answer), ['running 37']);
    equal(mediaOf(answer)[0]?.url, pixelUrl);
    equal(summary(answer), 'completed null');
  });

  it('is not asked about before the consumer has taken the report', async () => {
    const server = await place.serveReplies(submitted, finished);
    const stream = place.client.client.generate({
      gateway: gatewayWith({ baseUrl: server.baseUrl, id: 'apimart' }),
      parameters: {},
      timeouts: patient,
      modelId: 'gpt-image-1',
      generation: { kind: 'image', settings: {} },
      prompt: 'A fox',
      pictures: [],
    });
    const parts = stream[Symbol.asyncIterator]();
    const first = await parts.next();
    ok(first.done !== true && first.value.some(({ kind }) => kind === 'task-submitted'));
    // Every wait of this test ends at once, so only the consumer can hold the questions back.
    await new Promise((resolve) => setTimeout(resolve, 50));
    equal(server.requests.length, 1);
    const kinds = new Set<StreamPart['kind']>();
    for await (const batch of stream) for (const { kind } of batch) kinds.add(kind);
    ok(kinds.has('media'));
  });

  it('is asked for at the path of APIPod', async () => {
    const server = await place.serveReplies(
      json({ code: 200, data: { task_id: 'abc' } }),
      json({ code: 200, data: { task_id: 'abc', status: 'completed', result: [pixelUrl] } }),
    );
    const answer = await place.generate(server, { gateway: { id: 'apipod' } });
    equal(lineOf(server.requests[1] ?? (undefined as never)), 'GET /v1/images/status/abc');
    equal(mediaOf(answer)[0]?.url, pixelUrl);
  });

  it('is asked about at the times of the law, and later if the gateway asks for it', async () => {
    const running = task({ status: 'processing' });
    const busy = json({ error: 'slow down' }, '429 Too Many Requests', ['Retry-After: 42']);
    const server = await place.serveReplies(submitted, ...Array<string>(5).fill(running), busy, finished);
    await place.generate(server, apimart);
    deepEqual(place.waits, [2_500, 5_000, 5_000, 5_000, 5_000, 5_000, 42_000]);
  });

  it('survives questions without an answer', async () => {
    const server = await place.serveReplies(
      submitted,
      json({ error: 'oops' }, '502 Bad Gateway'),
      '',
      json('<html>', '200 OK'),
      json({ error: { message: 'not here' } }, '404 Not Found'),
      finished,
    );
    equal(summary(await place.generate(server, apimart)), 'completed null');
  });

  it('is lost after three replies in a row that do not know it', async () => {
    const unknown = json({ code: 'task_not_exist', message: 'task_not_exist' }, '400 Bad Request');
    const server = await place.serveReplies(submitted, unknown, unknown, task({ status: 'queued' }), unknown);
    const answer = await place.generate(server, apimart);
    equal(summary(answer), 'failed task-lost');
    equal(server.requests.length, 1 + 2 + 1 + 3);
  });

  it('fails with its reason, whatever its progress', async () => {
    const server = await place.serveReplies(
      submitted,
      task({ status: 'FAILURE', progress: '100%', error: { message: 'No GPU left' } }),
    );
    const { ending } = await place.generate(server, apimart);
    ok('failure' in ending);
    deepEqual([ending.failure.kind, ending.failure.detail], ['task-failed', 'No GPU left']);
  });

  it('ends with a time-out after 10 minutes, and is not asked about sooner than the law for that', async () => {
    const server = await place.serveReplies(submitted, task({ status: 'processing' }));
    const answer = await place.generate(server, apimart);
    equal(summary(answer), 'failed task-timeout');
    equal(place.time, 1_000_000 + 600_000);
    equal(server.requests.filter(({ head }) => head.startsWith('POST')).length, 1);
  });

  it('ends at once when the key is refused', async () => {
    const server = await place.serveReplies(
      submitted,
      json({ error: 'Invalid API key' }, '401 Unauthorized'),
    );
    equal(summary(await place.generate(server, apimart)), 'failed unauthorized');
  });

  it('is followed again without another billed request', async () => {
    const server: RawServer = await place.serveReplies(finished);
    const gateway = gatewayWith({ baseUrl: server.baseUrl });
    const known: Task = { taskId: '1', kind: 'image', form: 'task', path: '/v1/tasks/1', submittedAt: 0 };
    const route = { gateway, parameters: {}, timeouts: patient };
    const answer = await collect(place.client.client.followTask(known, route, 'gpt-image-1'));
    equal(mediaOf(answer)[0]?.url, pixelUrl);
    deepEqual(place.waits, [0]);
    deepEqual(server.requests.map(lineOf), ['GET /v1/tasks/1']);
    const foreign = { ...known, path: '//evil.example/v1/tasks/1' };
    await collect(place.client.client.followTask(foreign, route, 'gpt-image-1'));
    equal(lineOf(server.requests[1] ?? (undefined as never)), 'GET //evil.example/v1/tasks/1');
  });

  it('never shows less progress than before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer(), fc.string(), fc.double()), { maxLength: 8 }),
        async (told) => {
          const server = await place.serveReplies(
            submitted,
            ...told.map((progress) => task({ status: 'running', progress })),
            finished,
          );
          const shown = partsOf(await place.generate(server, apimart), 'task-progressed').map(
            ({ percent }) => percent ?? 0,
          );
          deepEqual(
            shown,
            shown.toSorted((left, right) => left - right),
          );
          ok(shown.every((percent) => percent >= 0 && percent <= 100));
          await server.stop();
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('nextLook', () => {
  it('is never sooner than the law', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.nat(100),
        fc.nat(50),
        fc.option(fc.nat(86_400), { nil: undefined }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (age, looks, troubles, retryAfter, random) => {
          const wait = nextLook({ age, looks, troubles, retryAfter }, random);
          const least = looks === 0 ? 2_000 - age : age < 30_000 ? 4_000 : age < 120_000 ? 8_000 : 24_000;
          ok(wait >= least && wait >= (retryAfter ?? 0) * 1_000 && wait >= 0);
        },
      ),
    );
  });
});

describe('The words of a task', () => {
  for (const [status, words] of Object.entries({
    waiting: ['queued', 'PENDING', 'submitted', 'NOT_START', 'unknown', ''],
    running: ['processing', 'IN_PROGRESS', 'In Progress', 'streaming', 'dreaming'],
    'needs-input': ['MODAL'],
    done: ['completed', 'SUCCESS', 'succeeded', 'ok'],
    failed: ['failed', 'FAILURE', 'timeout', 'expired'],
    cancelled: ['cancelled', 'CANCEL'],
  }))
    it(`mean ${status}: ${words.join(', ')}`, () => {
      deepEqual(
        words.map(taskStatus),
        words.map(() => status),
      );
    });

  for (const [value, percent] of [
    [37, 37],
    ['37%', 37],
    ['37', 37],
    [0.37, 37],
    [0, 0],
    [1, 1],
    ['', null],
    [undefined, null],
    ['soon', null],
    [250, 100],
    [-5, null],
  ] as const)
    it(`tell ${percent ?? 'no'} percent: ${JSON.stringify(value)}`, () => {
      equal(taskPercent(value), percent);
    });
});

const video = 'https://cdn.example.com/a.mp4';

describe('readTask', () => {
  for (const [name, body, urls] of [
    [
      'APIMart, pictures',
      { code: 200, data: { status: 'completed', result: { images: [{ url: [video], expires_at: 1 }] } } },
      [video],
    ],
    [
      'APIMart, videos',
      { code: 200, data: { status: 'completed', result: { videos: [{ url: [video] }] } } },
      [video],
    ],
    ['APIPod', { code: 200, data: { status: 'completed', result: [video], completed_at: 1 } }, [video]],
    [
      'New API',
      { code: 'success', data: { task_id: 'a', status: 'SUCCESS', fail_reason: '', result_url: video } },
      [video],
    ],
    [
      'New API, the link as the reason',
      { code: 'success', data: { status: 'SUCCESS', fail_reason: video, data: {} } },
      [video],
    ],
    [
      'New API, the data of its provider',
      { code: 'success', data: { status: 'SUCCESS', data: { result: { videos: [{ url: video }] } } } },
      [video],
    ],
    [
      'New API, format and url',
      { code: 'success', data: { status: 'succeeded', url: video, format: 'mp4', error: null } },
      [video],
    ],
    ['flat', { id: 'a', status: 'completed', video_url: video }, [video]],
    ['metadata', { id: 'a', object: 'video', status: 'completed', metadata: { url: video } }, [video]],
    ['output', { id: 'a', status: 'completed', output: { video_url: video } }, [video]],
    ['no status but a result', { result_url: video }, [video]],
    [
      'OpenAI, which has no link',
      { id: 'a', object: 'video', status: 'completed', progress: 100, error: null },
      [],
    ],
  ] as const)
    it(`finds the results: ${name}`, () => {
      const reading = readTask(JSON.stringify(body));
      ok(reading.kind === 'report');
      equal(reading.report.status, 'done');
      deepEqual(
        reading.report.media.map(({ url }) => url),
        urls,
      );
    });

  it('reads any text without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readTask(text);
        readTask(`{"data": ${text}}`);
      }),
    );
  });
});
