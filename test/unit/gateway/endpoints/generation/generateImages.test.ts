import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { GenerationRequest } from '../../../../../src/core/ports/generationClient';
import type { Answer } from '../../asking';
import { canaryKey, summary } from '../../asking';
import { reply } from '../../replies';
import { GeneratingPlace, json, lineOf, mediaOf, partsOf, pixel, pixelBytes, pixelUrl } from './generating';

const pictures = json({ created: 1, data: [{ b64_json: pixel }] });

describe('generateImages', () => {
  let place: GeneratingPlace;

  beforeEach(() => {
    place = new GeneratingPlace();
  });
  afterEach(async () => {
    const log = place.client.log.join('\n');
    await place.close();
    ok(!log.includes(canaryKey), log);
  });

  const bodyOf = (body: string): Readonly<Record<string, unknown>> =>
    JSON.parse(body) as Readonly<Record<string, unknown>>;
  const failureOf = ({ ending }: Answer): { kind: string; detail: string } =>
    'failure' in ending
      ? { kind: ending.failure.kind, detail: ending.failure.detail ?? '' }
      : { kind: ending.outcome, detail: '' };

  it('sends nothing but the model and the prompt when nothing is chosen', async () => {
    const server = await place.serveReplies(pictures);
    const answer = await place.generate(server);
    equal(summary(answer), 'completed null');
    deepEqual(mediaOf(answer), [{ kind: 'image', url: pixelUrl, mimeType: 'image/png' }]);
    const [request] = server.requests;
    ok(request);
    equal(lineOf(request), 'POST /v1/images/generations');
    match(request.head, /^authorization: Bearer sk-canary/m);
    deepEqual(bodyOf(request.body), { model: 'gpt-image-1', prompt: 'A red fox' });
  });

  it('sends the chosen settings under the names of the endpoint', async () => {
    const server = await place.serveReplies(pictures);
    const settings = {
      size: '1024×1536',
      quality: 'high',
      count: 2,
      background: 'transparent',
      format: 'webp',
      style: 'vivid',
      fidelity: 'high',
    };
    await place.generate(server, { generation: { kind: 'image', settings } });
    deepEqual(bodyOf(server.requests[0]?.body ?? ''), {
      model: 'gpt-image-1',
      prompt: 'A red fox',
      size: '1024x1536',
      quality: 'high',
      n: 2,
      background: 'transparent',
      output_format: 'webp',
      style: 'vivid',
    });
  });

  it('sends a ratio as aspect_ratio, and as size to APIMart', async () => {
    const server = await place.serveReplies(pictures);
    const generation = { kind: 'image', settings: { size: '16:9' } } as const;
    await place.generate(server, { generation });
    await place.generate(server, { generation, gateway: { id: 'apimart' } });
    const [usual, apimart] = server.requests.map(({ body }) => bodyOf(body));
    deepEqual([usual?.['aspect_ratio'], usual?.['size'], apimart?.['size']], ['16:9', undefined, '16:9']);
  });

  describe('with attached pictures', () => {
    const attached = { name: 'Ein Füchslein.jpeg', url: pixelUrl };

    it('sends an edit as a form, with a name and a type for each picture', async () => {
      const server = await place.serveReplies(pictures);
      const mask = pixelUrl;
      await place.generate(server, { pictures: [{ ...attached, mask }] });
      const [request] = server.requests;
      ok(request);
      equal(lineOf(request), 'POST /v1/images/edits');
      match(request.head, /^content-type: multipart\/form-data; boundary=parley-/m);
      match(request.body, /name="prompt"\r\n\r\nA red fox\r\n/);
      match(request.body, /name="image"; filename="Ein-F-chslein.png"\r\nContent-Type: image\/png\r\n/);
      match(request.body, /name="mask"; filename="mask.png"\r\nContent-Type: image\/png\r\n/);
    });

    it('sends several pictures as image[]', async () => {
      const server = await place.serveReplies(pictures);
      await place.generate(server, { pictures: [attached, attached] });
      equal(server.requests[0]?.body.match(/name="image\[\]"/g)?.length, 2);
    });

    it('sends the picture of the mask first, because the mask belongs to the first', async () => {
      const server = await place.serveReplies(pictures);
      const others = [
        { name: 'tree.png', url: pixelUrl },
        { name: 'fox.png', url: pixelUrl, mask: pixelUrl },
        { name: 'house.png', url: pixelUrl },
      ];
      await place.generate(server, { pictures: others });
      const names = server.requests[0]?.body.matchAll(/filename="([^"]*)"/g) ?? [];
      deepEqual(
        [...names].map(([, name]) => name),
        ['fox.png', 'tree.png', 'house.png', 'mask.png'],
      );
    });

    for (const id of ['apimart', 'apipod'])
      it(`sends references as image_urls to ${id}, which has no edits`, async () => {
        const server = await place.serveReplies(pictures);
        await place.generate(server, { pictures: [attached], gateway: { id } });
        const [request] = server.requests;
        ok(request);
        equal(lineOf(request), 'POST /v1/images/generations');
        deepEqual(bodyOf(request.body)['image_urls'], [pixelUrl]);
      });

    it('sends nothing when a picture is not readable', async () => {
      const server = await place.serveReplies(pictures);
      const answer = await place.generate(server, { pictures: [{ name: 'fox', url: 'parley-media:gone' }] });
      equal(summary(answer), 'failed bad-request');
      equal(server.requests.length, 0);
    });

    it('says that a gateway has no edits', async () => {
      const server = await place.serveReplies(
        json(
          { error: { message: 'API not implemented', code: 'api_not_implemented' } },
          '501 Not Implemented',
        ),
      );
      equal(summary(await place.generate(server, { pictures: [attached] })), 'failed endpoint-missing');
      equal(server.requests.length, 1);
    });
  });

  describe('reading', () => {
    it('takes the type from the first bytes', async () => {
      const jpeg = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAEBAQEBAQEBAQEB', 'base64').toString(
        'base64',
      );
      const server = await place.serveReplies(json({ data: [{ b64_json: jpeg }], output_format: 'png' }));
      equal(mediaOf(await place.generate(server))[0]?.mimeType, 'image/jpeg');
    });

    it('takes the picture itself as the reply', async () => {
      const server = await place.serveReplies(
        reply(pixelBytes, { headers: ['Content-Type: application/json'] }),
      );
      deepEqual(mediaOf(await place.generate(server)), [
        { kind: 'image', url: pixelUrl, mimeType: 'image/png' },
      ]);
    });

    it('fetches links at once, without the key', async () => {
      const files = await place.serveReplies(
        reply(pixelBytes, { headers: ['Content-Type: binary/octet-stream'] }),
      );
      const link = files.baseUrl.replace('/v1', '/fox.png?sig=1');
      const server = await place.serveReplies(json({ data: [{ url: link, revised_prompt: 'A fox' }] }));
      const answer = await place.generate(server);
      deepEqual(mediaOf(answer), [
        { kind: 'image', url: pixelUrl, mimeType: 'image/png', revisedPrompt: 'A fox' },
      ]);
      const [request] = files.requests;
      ok(request);
      equal(lineOf(request), 'GET /fox.png?sig=1');
      ok(!/authorization|canary/i.test(request.head));
    });

    it('keeps a link that cannot be fetched', async () => {
      const files = await place.serveReplies(json({ error: 'expired' }, '403 Forbidden'));
      const link = files.baseUrl.replace('/v1', '/fox.png');
      const server = await place.serveReplies(json({ data: [{ url: link }] }));
      deepEqual(mediaOf(await place.generate(server)), [{ kind: 'image', url: link }]);
      ok(!/authorization/i.test(files.requests[0]?.head ?? ''));
    });

    it('sends the key to a link only at the origin of the gateway, and only when the link needs it', async () => {
      const server = await place.serve(async (exchange) => {
        const { head } = exchange;
        if (head.startsWith('POST')) {
          await exchange.write(json({ data: [{ url: server.baseUrl.replace('/v1', '/files/1') }] }));
        } else if (head.includes('authorization: Bearer')) {
          await exchange.write(reply(pixelBytes, { headers: ['Content-Type: image/png'] }));
        } else await exchange.write(json({ error: 'no key' }, '401 Unauthorized'));
        exchange.end();
      });
      equal(mediaOf(await place.generate(server))[0]?.url, pixelUrl);
      equal(server.requests.length, 3);
    });

    it('follows a redirect of a link without the key', async () => {
      const files = await place.serveReplies(reply(pixelBytes, { headers: ['Content-Type: image/png'] }));
      const server = await place.serve(async (exchange) => {
        const location = files.baseUrl.replace('/v1', '/stored.png');
        if (exchange.head.startsWith('POST'))
          await exchange.write(json({ data: [{ url: server.baseUrl.replace('/v1', '/go') }] }));
        else await exchange.write(json('', '302 Found', [`Location: ${location}`]));
        exchange.end();
      });
      equal(mediaOf(await place.generate(server))[0]?.url, pixelUrl);
      ok(!/authorization/i.test(files.requests[0]?.head ?? ''));
    });

    it('reports the usage', async () => {
      const server = await place.serveReplies(
        json({ data: [{ b64_json: pixel }], usage: { total_tokens: 9 } }),
      );
      deepEqual((await place.generate(server)).usage, { totalTokens: 9 });
    });

    it('shows streamed partial pictures as previews, and ends with the last picture', async () => {
      const event = (type: string): string =>
        `event: ${type}\ndata: ${JSON.stringify({ type, b64_json: pixel, partial_image_index: 0 })}\n\n`;
      const server = await place.serveReplies(
        reply(
          event('image_generation.partial_image') +
            event('image_generation.completed') +
            event('image_generation.partial_image'),
        ),
      );
      const answer = await place.generate(server, { gateway: { id: 'openai' } });
      equal(bodyOf(server.requests[0]?.body ?? '')['partial_images'], 2);
      deepEqual(partsOf(answer, 'preview').length, 1);
      deepEqual(mediaOf(answer).length, 1);
      equal(summary(answer), 'completed null');
    });

    it('keeps the picture of a stream that breaks after it', async () => {
      const data = JSON.stringify({ type: 'image_generation.completed', b64_json: pixel });
      const server = await place.serve(async (exchange) => {
        await exchange.write(
          `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99999\r\n\r\ndata: ${data}\n\n`,
        );
        exchange.end();
      });
      equal(summary(await place.generate(server)), 'completed null');
    });

    it('reads an event of 6 MB', async () => {
      const large = Buffer.concat([pixelBytes, Buffer.alloc(4_500_000, 7)]).toString('base64');
      const data = JSON.stringify({ type: 'image_generation.completed', b64_json: large });
      const server = await place.serveReplies(reply(`data: ${data}\n\n`));
      const answer = await place.generate(server);
      equal(summary(answer), 'completed null');
      equal(mediaOf(answer)[0]?.url.length, large.length + 22);
    });
  });

  describe('refusals', () => {
    const refusals: readonly (readonly [name: string, reply: string, kind: string, detail: RegExp])[] = [
      ['a success without pictures', json({ created: 1, data: [] }), 'no-media', /^$/],
      ['an empty picture', json({ data: [{ b64_json: '', url: '' }] }), 'no-media', /^$/],
      [
        'a filtered success',
        json({ data: [], raiFilteredReason: 'Content policy violation' }),
        'prompt-refused',
        /policy/,
      ],
      [
        'a content policy',
        json(
          { error: { message: 'Rejected by the safety system.', code: 'content_policy_violation' } },
          '400 Bad Request',
        ),
        'prompt-refused',
        /safety/,
      ],
      [
        'a blocked picture',
        json(
          { error: { message: 'Blocked.', type: 'image_generation_user_error', code: 'moderation_blocked' } },
          '400 Bad Request',
        ),
        'prompt-refused',
        /Blocked/,
      ],
      [
        'an error with the status of a success',
        json({ error: { message: 'Upstream is sad' } }),
        'gateway-error',
        /sad/,
      ],
      [
        'an envelope with an error',
        json({ code: 401, message: 'Invalid token', data: null }),
        'unauthorized',
        /token/,
      ],
      [
        'an empty balance',
        json({ error: { message: 'Insufficient balance' } }, '402 Payment Required'),
        'payment-required',
        /balance/,
      ],
      [
        'an unknown path',
        json({ error: { message: 'Invalid URL (POST /v1/images/generations)' } }, '404 Not Found'),
        'endpoint-missing',
        /Invalid URL/,
      ],
      [
        'an unknown model',
        json({ error: { message: 'The model gpt-image-1 does not exist' } }, '404 Not Found'),
        'not-found',
        /exist/,
      ],
      ['a page', json('<!DOCTYPE html><title>Log in</title>'), 'not-an-api', /^$/],
      [
        'a time-out of Cloudflare',
        json('<html><title>524: A timeout occurred</title></html>', '524 '),
        'maybe-billed',
        /524/,
      ],
      [
        'a time-out in words',
        json({ error: { message: 'upstream timeout' } }, '504 Gateway Timeout'),
        'maybe-billed',
        /timeout/,
      ],
      [
        'a page of a proxy',
        json('<html><title>502 Bad Gateway</title></html>', '502 Bad Gateway'),
        'maybe-billed',
        /502/,
      ],
      [
        'an error of the server',
        json({ error: { message: 'Internal error' } }, '500 Internal Server Error'),
        'server-error',
        /Internal/,
      ],
      ['text instead of JSON', json('the dog ate it'), 'no-media', /dog/],
      ['a cut reply', json({ data: [{ b64_json: pixel }] }).slice(0, -20), 'maybe-billed', /./],
    ];
    for (const [name, answered, kind, detail] of refusals)
      it(`tells ${kind} once for ${name}`, async () => {
        const server = await place.serveReplies(answered);
        const answer = await place.generate(server);
        const failure = failureOf(answer);
        equal(failure.kind, kind, failure.detail);
        match(failure.detail, detail);
        equal(server.requests.length, 1);
        deepEqual(mediaOf(answer), []);
      });
  });

  describe('fields that the gateway does not know', () => {
    const unknown = json(
      {
        error: {
          message: "Unknown parameter: 'background'.",
          param: 'background',
          code: 'unknown_parameter',
        },
      },
      '400 Bad Request',
    );
    const request: Partial<GenerationRequest> = {
      generation: { kind: 'image', settings: { background: 'opaque', quality: 'low' } },
    };

    it('are left out once, told, and remembered', async () => {
      const server = await place.serveReplies(unknown, pictures);
      const answer = await place.generate(server, {
        generation: request.generation ?? { kind: 'image', settings: {} },
      });
      equal(summary(answer), 'completed null');
      deepEqual(partsOf(answer, 'adapted'), [{ kind: 'adapted', part: 'background' }]);
      deepEqual(Object.keys(bodyOf(server.requests[1]?.body ?? '')), ['model', 'prompt', 'quality']);
      const again = await place.generate(server, {
        generation: { kind: 'image', settings: { background: 'opaque' } },
      });
      equal(summary(again), 'completed null');
      deepEqual(Object.keys(bodyOf(server.requests[2]?.body ?? '')), ['model', 'prompt']);
    });

    it('are not left out after an error that came with a success or from a failing server', async () => {
      for (const status of ['200 OK', '500 Internal Server Error', '502 Bad Gateway']) {
        const server = await place.serveReplies(unknown.replace('400 Bad Request', status), pictures);
        const answer = await place.generate(server, {
          generation: { kind: 'image', settings: { background: 'opaque' } },
        });
        equal(answer.ending.outcome, 'failed');
        equal(server.requests.length, 1, status);
      }
    });

    it('are never the prompt or the attached picture', async () => {
      const server = await place.serveReplies(
        json({ error: { message: "Unknown parameter: 'image'.", param: 'image' } }, '400 Bad Request'),
      );
      equal(
        summary(await place.generate(server, { pictures: [{ name: 'a', url: pixelUrl }] })),
        'failed bad-request',
      );
      equal(server.requests.length, 1);
    });
  });
});
