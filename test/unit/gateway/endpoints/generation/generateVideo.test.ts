import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { RawServer } from '../../../../support/rawServer';
import { canaryKey, summary, type Answer } from '../../asking';
import { reply } from '../../replies';
import { GeneratingPlace, json, lineOf, mediaOf, partsOf, pixelUrl } from './generating';

const mp4 = Buffer.from('000000206674797069736f6d0000020069736f6d69736f32', 'hex');
const mp4Url = `data:video/mp4;base64,${mp4.toString('base64')}`;
const mp3 = Buffer.from('4944330300000000000f544954320000000500', 'hex');
const missing = json({ error: { message: 'Invalid URL (POST /v1/videos)' } }, '404 Not Found');

describe('Videos and music', () => {
  let place: GeneratingPlace;
  let files: RawServer;
  let link = '';

  beforeEach(async () => {
    place = new GeneratingPlace();
    files = await place.serveReplies(reply(mp4, { headers: ['Content-Type: application/octet-stream'] }));
    link = files.baseUrl.replace('/v1', '/a.mp4');
  });
  afterEach(async () => {
    await place.close();
  });

  const make = (server: RawServer, more: object = {}): Promise<Answer> =>
    place.generate(server, {
      modelId: 'veo-3.1',
      generation: { kind: 'video', settings: { seconds: 8, size: '1280x720' } },
      ...more,
    });
  const sentTo = (server: RawServer, at = 0): [string, unknown] => {
    const request = server.requests[at];
    ok(request);
    return [lineOf(request), request.body.startsWith('{') ? JSON.parse(request.body) : request.body];
  };

  it('are made at /videos, with the seconds as text, and fetched from /content with the key', async () => {
    const server = await place.serve(async (exchange) => {
      const line = lineOf(exchange);
      if (line.startsWith('POST'))
        await exchange.write(json({ id: 'video_1', object: 'video', status: 'queued' }));
      else if (line.endsWith('/content'))
        await exchange.write(reply(mp4, { headers: ['Content-Type: video/mp4'] }));
      else await exchange.write(json({ id: 'video_1', object: 'video', status: 'completed', progress: 100 }));
      exchange.end();
    });
    const answer = await make(server);
    deepEqual(sentTo(server), [
      'POST /v1/videos',
      { model: 'veo-3.1', prompt: 'A red fox', seconds: '8', size: '1280x720' },
    ]);
    deepEqual(server.requests.slice(1).map(lineOf), [
      'GET /v1/videos/video_1',
      'GET /v1/videos/video_1/content',
    ]);
    match(server.requests[2]?.head ?? '', /Bearer sk-canary/);
    deepEqual(mediaOf(answer), [{ kind: 'video', url: mp4Url, mimeType: 'video/mp4' }]);
  });

  it('look again when the content comes a moment later', async () => {
    let looks = 0;
    const server = await place.serve(async (exchange) => {
      const line = lineOf(exchange);
      if (line.startsWith('POST')) await exchange.write(json({ id: 'v', object: 'video', status: 'queued' }));
      else if (!line.endsWith('/content')) await exchange.write(json({ id: 'v', status: 'completed' }));
      else if ((looks += 1) < 3) await exchange.write(json({ error: 'not yet' }, '400 Bad Request'));
      else await exchange.write(reply(mp4, { headers: [] }));
      exchange.end();
    });
    equal(mediaOf(await make(server)).length, 1);
  });

  it('send a reference as a file', async () => {
    const server = await place.serveReplies(
      json({ id: 'v', object: 'video', status: 'failed', error: { message: 'no' } }),
    );
    const answer = await make(server, { pictures: [{ name: 'fox.png', url: pixelUrl }] });
    match(String(sentTo(server)[1]), /name="input_reference"; filename="fox.png"/);
    equal(summary(answer), 'failed task-failed');
  });

  it("are made at New API's path when the gateway lacks the usual one", async () => {
    const server = await place.serveReplies(
      missing,
      json({ task_id: 'task_1', status: 'SUBMITTED' }),
      json({
        code: 'success',
        data: { task_id: 'task_1', status: 'SUCCESS', fail_reason: link, progress: '100%' },
      }),
    );
    const answer = await make(server, { pictures: [{ name: 'fox', url: pixelUrl }] });
    deepEqual(sentTo(server, 1), [
      'POST /v1/video/generations',
      { model: 'veo-3.1', prompt: 'A red fox', duration: 8, size: '1280x720', image: pixelUrl },
    ]);
    equal(sentTo(server, 2)[0], 'GET /v1/video/generations/task_1');
    equal(mediaOf(answer)[0]?.url, mp4Url);
  });

  it('are not sent to another path after any other failure', async () => {
    for (const answered of [json({ error: { message: 'oops' } }, '500 Oops'), '', json('<html>', '524 ')]) {
      const server = await place.serveReplies(answered);
      equal((await make(server)).ending.outcome, 'failed');
      equal(server.requests.length, 1);
    }
  });

  it('tell that a gateway has no videos', async () => {
    const server = await place.serveReplies(missing);
    equal(summary(await make(server)), 'failed endpoint-missing');
    equal(server.requests.length, 2);
  });

  for (const [gatewayId, path, done] of [
    ['apimart', '/v1/tasks/t1?language=en', { result: { videos: [{ url: ['LINK'] }] } }],
    ['apipod', '/v1/videos/status/t1', { result: ['LINK'] }],
  ] as const)
    it(`are a task of ${gatewayId}`, async () => {
      const data = JSON.parse(
        JSON.stringify({ status: 'completed', ...done }).replace('LINK', link),
      ) as object;
      const server = await place.serveReplies(
        json({ code: 200, data: [{ status: 'submitted', task_id: 't1' }] }),
        json({ code: 200, data }),
      );
      const answer = await make(server, {
        gateway: { id: gatewayId },
        pictures: [{ name: 'fox', url: pixelUrl }],
      });
      deepEqual(sentTo(server), [
        'POST /v1/videos/generations',
        {
          model: 'veo-3.1',
          prompt: 'A red fox',
          duration: 8,
          aspect_ratio: '1280x720',
          image_urls: [pixelUrl],
        },
      ]);
      equal(sentTo(server, 1)[0], `GET ${path}`);
      equal(mediaOf(answer)[0]?.url, mp4Url);
    });

  it('of Suno come as two pieces with their titles', async () => {
    const sounds = await place.serveReplies(reply(mp3, { headers: ['Content-Type: audio/mpeg'] }));
    const audio_url = sounds.baseUrl.replace('/v1', '/a.mp3');
    const clips = [
      { id: '1', title: 'Fox I', status: 'complete', audio_url, image_url: 'https://example.com/1.png' },
      { id: '2', title: 'Fox II', status: 'complete', audio_url },
    ];
    const server = await place.serveReplies(
      json({ code: 'success', message: '', data: 'suno-1' }),
      json({
        code: 'success',
        data: { task_id: 'suno-1', status: 'IN_PROGRESS', progress: '50%', data: [] },
      }),
      json({
        code: 'success',
        data: { task_id: 'suno-1', status: 'SUCCESS', progress: '100%', data: clips },
      }),
    );
    const answer = await make(server, {
      modelId: 'suno_music',
      generation: { kind: 'music', settings: { instrumental: true } },
    });
    deepEqual(sentTo(server), [
      'POST /suno/submit/music',
      { gpt_description_prompt: 'A red fox', make_instrumental: true },
    ]);
    equal(sentTo(server, 1)[0], 'GET /suno/fetch/suno-1');
    equal(partsOf(answer, 'task-submitted')[0]?.task.kind, 'music');
    deepEqual(
      mediaOf(answer).map(({ kind, name, mimeType }) => [kind, name, mimeType]),
      [
        ['audio', 'Fox I', 'audio/mpeg'],
        ['audio', 'Fox II', 'audio/mpeg'],
      ],
    );
    ok(!(sounds.requests[0]?.head ?? '').includes(canaryKey));
  });
});
