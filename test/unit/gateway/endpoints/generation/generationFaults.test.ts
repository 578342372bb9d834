/** Odd replies of endpoints for pictures, video and music. Each ends with the result, or with one sentence and one action. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { explainFailure } from '../../../../../src/shared/failure/explainFailure';
import { createTranslate } from '../../../../../src/shared/kit/translate';
import type { Generation } from '../../../../../src/shared/answer/generation';
import type { RawServer } from '../../../../support/rawServer';
import { summary } from '../../asking';
import { reply } from '../../replies';
import { GeneratingPlace, json, lineOf, mediaOf, partsOf, pixelBytes, pixelUrl } from './generating';

const english = createTranslate({});
const mp4 = Buffer.from('000000206674797069736f6d0000020069736f6d69736f32', 'hex');
const mp4Url = `data:video/mp4;base64,${mp4.toString('base64')}`;
const mp3 = Buffer.from('4944330300000000000f544954320000000500', 'hex');
const asJson = ['Content-Type: application/json'];
const page = (status: string, title: string): string =>
  reply(`<!DOCTYPE html><html><head><title>${title}</title></head></html>`, {
    status,
    headers: ['Content-Type: text/html'],
  }).toString();
const submitted = json({ code: 200, data: [{ status: 'submitted', task_id: 't1' }] });
const videoSubmitted = json({ id: 't1', object: 'video', status: 'queued' });
const task = (facts: object): string => json({ code: 200, data: { id: 't1', ...facts } });

interface Fault {
  readonly name: string;
  readonly kind?: Generation['kind'];
  /** The last one is sent again and again. */
  readonly replies: readonly (string | Uint8Array)[];
  /** `completed`, or the kind of the failure. */
  readonly ending: string;
  /** What each medium is. */
  readonly media?: readonly string[];
  /** A part of the notice. */
  readonly message?: RegExp;
}

const faults: readonly Fault[] = [
  {
    name: 'a video itself instead of a task, called JSON',
    kind: 'video',
    replies: [reply(mp4, { headers: asJson })],
    ending: 'completed',
    media: ['video'],
  },
  {
    name: 'a video in base64 instead of a task',
    kind: 'video',
    replies: [json({ data: [{ b64_json: mp4.toString('base64').padEnd(40, 'A') }] })],
    ending: 'completed',
    media: ['video'],
  },
  {
    name: 'a link to a video instead of a task',
    kind: 'video',
    replies: [json({ created: 1, data: [{ url: mp4Url }] })],
    ending: 'completed',
    media: ['video'],
  },
  {
    name: 'music instead of a task',
    kind: 'music',
    replies: [
      json({ code: 'success', data: [{ audio_url: `data:audio/mpeg;base64,${'SUQz'.repeat(10)}` }] }),
    ],
    ending: 'completed',
    media: ['audio'],
  },
  {
    name: 'the picture itself instead of a report about its task',
    replies: [submitted, reply(pixelBytes, { headers: asJson })],
    ending: 'completed',
    media: ['image'],
  },
  {
    name: 'a sound instead of a picture',
    replies: [reply(mp3, { headers: ['Content-Type: image/png'] })],
    ending: 'completed',
    media: ['audio'],
  },
  {
    name: 'JSON called a picture',
    replies: [reply(JSON.stringify({ data: [{ url: pixelUrl }] }), { headers: ['Content-Type: image/png'] })],
    ending: 'completed',
    media: ['image'],
  },
  {
    name: 'a video without data in a success',
    kind: 'video',
    replies: [json({ code: 200, data: [] })],
    ending: 'no-media',
    message: /may have been billed/,
  },
  {
    name: 'a finished task without a result',
    replies: [submitted, task({ status: 'completed', progress: 100, result: { images: [] } })],
    ending: 'no-media',
    message: /may have been billed/,
  },
  {
    name: 'a finished task whose result is empty text',
    replies: [submitted, task({ status: 'SUCCESS', result_url: '', data: null })],
    ending: 'no-media',
  },
  {
    name: 'a task that failed although its progress is 100%',
    replies: [submitted, task({ status: 'FAILURE', progress: '100%', fail_reason: 'GPU lost' })],
    ending: 'task-failed',
    message: /GPU lost/,
  },
  {
    name: 'a cancelled task',
    replies: [submitted, task({ status: 'canceled' })],
    ending: 'task-failed',
  },
  {
    name: 'a page with 524 for a video',
    kind: 'video',
    replies: [page('524 ', '524: A timeout occurred')],
    ending: 'maybe-billed',
    message: /may have been billed/,
  },
  {
    name: 'a page with 504 for music',
    kind: 'music',
    replies: [page('504 Gateway Timeout', '504 Gateway Time-out')],
    ending: 'maybe-billed',
    message: /may have been billed/,
  },
  {
    name: 'a login page with the status of a success',
    kind: 'video',
    replies: [page('200 OK', 'Log in')],
    ending: 'not-an-api',
  },
  {
    name: 'an error with the status of a success for a video',
    kind: 'video',
    replies: [json({ code: 500, message: 'It broke', data: null })],
    ending: 'server-error',
    message: /It broke/,
  },
  {
    name: 'a refused key with the status of a success in a report about a task',
    replies: [submitted, json({ error: { message: 'Invalid token', code: 'invalid_api_key' } })],
    ending: 'unauthorized',
  },
  {
    name: 'a Midjourney task that the proxy answers with nothing',
    kind: 'midjourney',
    replies: [json({ code: 1, description: 'ok', result: 't1' }), json('', '200 OK')],
    ending: 'task-lost',
    message: /no longer knows this task/,
  },
  {
    name: 'an endpoint that One API does not implement',
    kind: 'video',
    replies: [
      json(
        { error: { message: 'API not implemented', type: 'one_api_error', code: 'api_not_implemented' } },
        '501 Not Implemented',
      ),
    ],
    ending: 'endpoint-missing',
  },
  {
    name: 'a chat reply to a request for a picture',
    replies: [json({ choices: [{ index: 0, message: { role: 'assistant', content: 'I drew a fox.' } }] })],
    ending: 'no-media',
    message: /may have been billed/,
  },
  {
    name: 'a content filter in a finished task',
    replies: [
      submitted,
      task({ status: 'failed', error: { message: 'Rejected.', code: 'content_policy_violation' } }),
    ],
    ending: 'prompt-refused',
  },
];

describe('Odd replies of endpoints for pictures, video and music:', () => {
  let place: GeneratingPlace;

  beforeEach(() => {
    place = new GeneratingPlace();
  });
  afterEach(async () => {
    await place.close();
  });

  for (const { name, kind = 'image', replies, ending, media = [], message } of faults)
    it(name, async () => {
      const server = await place.serveReplies(...replies);
      const answer = await place.generate(server, { generation: { kind, settings: {} } });
      const failure = 'failure' in answer.ending ? answer.ending.failure : undefined;
      equal(failure?.kind ?? answer.ending.outcome, ending, failure?.detail);
      deepEqual(
        mediaOf(answer).map((medium) => medium.kind),
        media,
      );
      if (ending !== 'endpoint-missing')
        equal(server.requests.filter(({ head }) => head.startsWith('POST')).length, 1, 'it is billed once');
      if (failure === undefined) return;
      const { sentence, actionLabel, details } = explainFailure(failure, english);
      ok(sentence.length > 20 && actionLabel.length > 2, sentence);
      match([sentence, ...details].join('\n'), message ?? /./);
    });

  it('progress that lies never goes back, and stays from 0 to 100', async () => {
    const claims = [250, '40%', -7, 'NaN', null, '1e9', 0.5, {}, '100%'];
    const server = await place.serveReplies(
      submitted,
      ...claims.map((progress) => task({ status: 'processing', progress })),
      task({ status: 'completed', result: { images: [{ url: [pixelUrl] }] } }),
    );
    const answer = await place.generate(server, { gateway: { id: 'apimart' } });
    equal(summary(answer), 'completed null');
    const shown = partsOf(answer, 'task-progressed').map(({ percent }) => percent);
    deepEqual(shown, [100]);
  });

  for (const [name, expired] of [
    [
      '403 and XML',
      reply('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', { status: '403 Forbidden' }),
    ],
    ['404', reply('gone', { status: '404 Not Found' })],
    ['a page', page('200 OK', 'This link has expired')],
    ['JSON', json({ error: 'expired' })],
    ['nothing', reply('')],
  ] as const)
    it(`an expired link that is answered with ${name} stays a link`, async () => {
      const files: RawServer = await place.serveReplies(expired);
      const link = files.baseUrl.replace('/v1', '/a.png');
      const server = await place.serveReplies(submitted, task({ status: 'completed', result: [link] }));
      const answer = await place.generate(server);
      equal(summary(answer), 'completed null');
      deepEqual(
        mediaOf(answer).map(({ url }) => url),
        [link],
      );
    });

  it('a picture of 50 MB comes whole, in base64 and through a link', async function () {
    // Only a hang fails: with coverage on a busy machine, 50 MB take more than a minute.
    this.timeout(600_000);
    const large = Buffer.alloc(50_000_000, 1);
    pixelBytes.copy(large);
    const files = await place.serveReplies(reply(large, { headers: ['Content-Type: image/png'] }));
    const link = files.baseUrl.replace('/v1', '/large.png');
    for (const data of [{ b64_json: large.toString('base64') }, { url: link }]) {
      const server = await place.serveReplies(json({ data: [data] }));
      const [picture] = mediaOf(await place.generate(server));
      equal(Buffer.from((picture?.url ?? '').split(',')[1] ?? '', 'base64').length, large.length);
    }
  });

  it('a task is asked about again after a page with 524', async () => {
    const server = await place.serveReplies(
      videoSubmitted,
      page('524 ', '524: A timeout occurred'),
      json({ id: 't1', status: 'completed', url: mp4Url }),
    );
    const answer = await place.generate(server, { generation: { kind: 'video', settings: {} } });
    equal(summary(answer), 'completed null');
    deepEqual(server.requests.map(lineOf), ['POST /v1/videos', 'GET /v1/videos/t1', 'GET /v1/videos/t1']);
  });
});
