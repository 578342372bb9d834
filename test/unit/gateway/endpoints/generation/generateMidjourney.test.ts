import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { maskForMidjourney } from '../../../../../src/gateway/endpoints/generation/midjourney/maskForMidjourney';
import { readMidjourneySubmission } from '../../../../../src/gateway/endpoints/generation/midjourney/readMidjourneySubmission';
import { readMidjourneyTask } from '../../../../../src/gateway/endpoints/generation/midjourney/readMidjourneyTask';
import type { Generation, GenerationSettings } from '../../../../../src/shared/answer/generation';
import type { RawServer } from '../../../../support/rawServer';
import { canaryKey, summary, type Answer } from '../../asking';
import { reply } from '../../replies';
import { GeneratingPlace, json, lineOf, mediaOf, partsOf, pixelBytes, pixelUrl } from './generating';

const id = '1320098173412546789';
const accepted = json(`{"code": 1, "description": "Submit success", "result": ${id}}`);
const blank = json('', '401 Unauthorized');

const midjourney = (settings: GenerationSettings = {}, action?: Generation['action']): Generation => ({
  kind: 'midjourney',
  settings,
  ...(action !== undefined && { action }),
});

describe('generateMidjourney', () => {
  let place: GeneratingPlace;
  let files: RawServer;

  beforeEach(async () => {
    place = new GeneratingPlace();
    files = await place.serveReplies(reply(pixelBytes, { headers: ['Content-Type: image/png'] }));
  });
  afterEach(async () => {
    await place.close();
  });

  const grid = (facts: object = {}): string =>
    json({
      id,
      action: 'IMAGINE',
      status: 'SUCCESS',
      progress: '100%',
      imageUrl: files.baseUrl.replace('/v1', '/grid.png'),
      buttons: [
        { customId: 'MJ::JOB::upsample::1::uuid', emoji: '', label: 'U1', type: 2, style: 2 },
        { customId: 'MJ::JOB::reroll::0::uuid::SOLO', emoji: '🔄', label: '', type: 2, style: 2 },
        { customId: '', label: 'nothing' },
      ],
      ...facts,
    });
  const make = (server: RawServer, generation: Generation, more: object = {}): Promise<Answer> =>
    place.generate(server, { modelId: 'mj_imagine', generation, ...more });
  const sentTo = (server: RawServer, at = 0): [string, unknown] => {
    const request = server.requests[at];
    ok(request);
    return [lineOf(request), request.body === '' ? '' : JSON.parse(request.body)];
  };

  it('imagines a grid, whose id of 19 digits keeps all of them, and offers its buttons', async () => {
    const server = await place.serveReplies(
      accepted,
      grid({ status: 'IN_PROGRESS', progress: '37%', imageUrl: '' }),
      grid(),
    );
    const answer = await make(server, midjourney());
    deepEqual(sentTo(server), [
      'POST /mj/submit/imagine',
      { prompt: 'A red fox', botType: 'MID_JOURNEY', base64Array: [] },
    ]);
    equal(sentTo(server, 1)[0], `GET /mj/task/${id}/fetch`);
    equal(partsOf(answer, 'task-submitted')[0]?.task.taskId, id);
    deepEqual(partsOf(answer, 'task-progressed')[0], {
      kind: 'task-progressed',
      state: 'running',
      percent: 37,
    });
    equal(mediaOf(answer)[0]?.url, pixelUrl);
    deepEqual(partsOf(answer, 'task-actions')[0]?.actions, [
      { customId: 'MJ::JOB::upsample::1::uuid', label: 'U1' },
      { customId: 'MJ::JOB::reroll::0::uuid::SOLO', label: '🔄' },
    ]);
    equal(summary(answer), 'completed null');
  });

  it('shows the blurred picture while the task runs, once for each link', async () => {
    const running = grid({ status: 'IN_PROGRESS', progress: '50%' });
    const server = await place.serveReplies(accepted, running, running, grid());
    const answer = await make(server, midjourney());
    equal(partsOf(answer, 'preview').length, 1);
  });

  const modes: readonly (readonly [
    name: string,
    generation: Generation,
    more: object,
    line: string,
    body: object,
  ])[] = [
    [
      'attached pictures and a ratio',
      midjourney({ size: '16:9' }),
      {
        pictures: [
          { name: 'a', url: pixelUrl },
          { name: 'b', url: 'https://example.com/b.png' },
        ],
      },
      'POST /mj/submit/imagine',
      {
        prompt: 'https://example.com/b.png A red fox --ar 16:9',
        botType: 'MID_JOURNEY',
        base64Array: [pixelUrl],
      },
    ],
    [
      'niji',
      midjourney(),
      { modelId: 'niji-6' },
      'POST /mj/submit/imagine',
      { prompt: 'A red fox', botType: 'NIJI_JOURNEY', base64Array: [] },
    ],
    [
      'a speed',
      midjourney({ speed: 'relax' }),
      {},
      'POST /mj-relax/mj/submit/imagine',
      { prompt: 'A red fox', botType: 'MID_JOURNEY', base64Array: [] },
    ],
    [
      'blend',
      midjourney({ mode: 'blend', size: '2:3' }),
      {
        pictures: [
          { name: 'a', url: pixelUrl },
          { name: 'b', url: pixelUrl },
        ],
      },
      'POST /mj/submit/blend',
      { base64Array: [pixelUrl, pixelUrl], botType: 'MID_JOURNEY', dimensions: 'PORTRAIT' },
    ],
    [
      'describe',
      midjourney({ mode: 'describe' }),
      { pictures: [{ name: 'a', url: pixelUrl }] },
      'POST /mj/submit/describe',
      { base64: pixelUrl, botType: 'MID_JOURNEY' },
    ],
    [
      'shorten',
      midjourney({ mode: 'shorten' }),
      {},
      'POST /mj/submit/shorten',
      { prompt: 'A red fox', botType: 'MID_JOURNEY' },
    ],
    [
      'an edit of a picture',
      midjourney({ mode: 'edits', size: '2:3' }),
      { pictures: [{ name: 'a', url: pixelUrl }] },
      'POST /mj/submit/edits',
      { prompt: 'A red fox --ar 2:3', image: pixelUrl },
    ],
    [
      'a video of a picture, with its motion and a speed',
      midjourney({ mode: 'video', motion: 'high', speed: 'fast' }),
      { pictures: [{ name: 'a', url: pixelUrl }] },
      'POST /mj-fast/mj/submit/video',
      { prompt: 'A red fox', image: pixelUrl, motion: 'high' },
    ],
    [
      'a link for describe',
      midjourney({ mode: 'describe' }),
      { pictures: [{ name: 'a', url: 'https://example.com/a.png' }] },
      'POST /mj/submit/describe',
      { link: 'https://example.com/a.png', botType: 'MID_JOURNEY' },
    ],
    [
      'a face swap',
      midjourney({ mode: 'swap-face' }),
      {
        pictures: [
          { name: 'face', url: pixelUrl },
          { name: 'body', url: `${pixelUrl}AAAA` },
        ],
      },
      'POST /mj/insight-face/swap',
      { sourceBase64: pixelUrl, targetBase64: `${pixelUrl}AAAA` },
    ],
    [
      'a button',
      midjourney({}, { taskId: '42', customId: 'MJ::JOB::upsample::2::uuid', label: 'U2' }),
      {},
      'POST /mj/submit/action',
      { taskId: '42', customId: 'MJ::JOB::upsample::2::uuid', chooseSameChannel: true },
    ],
    [
      'the prompt of a window',
      midjourney({}, { taskId: '42', customId: 'modal', label: '' }),
      {},
      'POST /mj/submit/modal',
      { taskId: '42', prompt: 'A red fox' },
    ],
  ];
  for (const [name, generation, more, line, body] of modes)
    it(`submits ${name}`, async () => {
      const server = await place.serveReplies(accepted, grid());
      await make(server, generation, more);
      deepEqual(sentTo(server), [line, body]);
    });

  for (const [mode, count] of [
    ['blend', 1],
    ['describe', 0],
    ['edits', 0],
    ['video', 0],
    ['swap-face', 1],
  ] as const)
    it(`sends nothing for ${mode} with ${count} pictures`, async () => {
      const server = await place.serveReplies(accepted);
      const picture = { name: 'a', url: pixelUrl };
      const answer = await make(server, midjourney({ mode }), {
        pictures: Array.from({ length: count }, () => picture),
      });
      equal(summary(answer), 'failed bad-request');
      equal(server.requests.length, 0);
    });

  it('submits the mask of a window with what is to be changed in white', async () => {
    const server = await place.serveReplies(accepted, grid());
    const mask = rgba(2, 1, [0, 255]);
    await make(server, midjourney({}, { taskId: '42', customId: 'modal', label: '' }), {
      pictures: [{ name: 'a', url: pixelUrl, mask }],
    });
    const [, body] = sentTo(server);
    const sent = (body as { maskBase64: string }).maskBase64;
    deepEqual(greyOf(sent), [255, 0]);
  });

  it('waits on after a prompt was given to a task, though the gateway still tells the earlier state', async () => {
    const modal = grid({ id: '77', status: 'MODAL', buttons: [] });
    const server = await place.serveReplies(json({ code: 1, result: '77' }), modal, modal, grid());
    const answer = await make(server, midjourney({}, { taskId: '77', customId: 'modal', label: '' }));
    deepEqual(
      partsOf(answer, 'task-progressed').map(({ state }) => state),
      ['waiting'],
    );
    equal(mediaOf(answer).length, 1);
    equal(summary(answer), 'completed null');
    const [submitted] = partsOf(answer, 'task-submitted');
    equal(submitted?.task.form, 'midjourney-modal', 'a restart goes on in the same way');
  });

  it('asks for input when it is told by the state of the task', async () => {
    const server = await place.serveReplies(accepted, grid({ status: 'MODAL', buttons: [] }));
    const inpaint = { taskId: '42', customId: 'MJ::Inpaint::1::uuid::SOLO', label: 'Vary (Region)' };
    const answer = await make(server, midjourney({}, inpaint));
    deepEqual(partsOf(answer, 'task-actions')[0]?.actions, [{ customId: 'modal', label: '' }]);
    equal(summary(answer), 'completed null');
  });

  it('asks for input at once when the gateway waits for a prompt or a mask', async () => {
    const waits = json({ code: 21, description: 'Waiting for window confirm', result: '77', properties: {} });
    const server = await place.serveReplies(waits, grid({ id: '77', status: 'MODAL', buttons: [] }));
    const answer = await make(
      server,
      midjourney({}, { taskId: '42', customId: 'MJ::CustomZoom::uuid', label: 'Custom Zoom' }),
    );
    equal(server.requests.length, 1);
    equal(partsOf(answer, 'task-submitted')[0]?.task.taskId, '77');
    deepEqual(partsOf(answer, 'task-progressed')[0]?.state, 'needs-input');
    deepEqual(partsOf(answer, 'task-actions')[0]?.actions, [{ customId: 'modal', label: '' }]);
    equal(summary(answer), 'completed null');
  });

  it('watches a task that exists already or is queued', async () => {
    for (const code of [21, 22]) {
      const server = await place.serveReplies(json({ code, description: 'In queue', result: id }), grid());
      equal(mediaOf(await make(server, midjourney())).length, 1);
    }
  });

  it('returns the prompts of a description as text', async () => {
    const finalPrompt = '1️⃣ a red fox --ar 1:1\n\n2️⃣ a fox in snow';
    const server = await place.serveReplies(
      accepted,
      grid({ action: 'DESCRIBE', properties: { finalPrompt }, buttons: [] }),
    );
    const answer = await make(server, midjourney({ mode: 'describe' }), {
      pictures: [{ name: 'a', url: pixelUrl }],
    });
    equal(answer.text, finalPrompt);
    deepEqual(mediaOf(answer), []);
  });

  it('takes the picture from the gateway when its link cannot be reached', async () => {
    const server = await place.serve(async (exchange) => {
      const path = lineOf(exchange);
      const gone = grid({ imageUrl: server.baseUrl.replace('/v1', '/blocked.png') });
      if (path.startsWith('POST')) await exchange.write(accepted);
      else if (path.endsWith('/fetch')) await exchange.write(gone);
      else if (path === `GET /mj/image/${id}`) await exchange.write(reply(pixelBytes, { headers: [] }));
      else await exchange.write(json('', '404 Not Found'));
      exchange.end();
    });
    equal(mediaOf(await make(server, midjourney()))[0]?.url, pixelUrl);
  });

  it('sends the key as mj-api-secret after a refusal without a word, also to ask about the task', async () => {
    const server = await place.serveReplies(blank, accepted, grid());
    const answer = await make(server, midjourney());
    equal(summary(answer), 'completed null');
    const [first, ...others] = server.requests.map(({ head }) => head);
    match(first ?? '', /^authorization: Bearer/m);
    for (const head of others) {
      ok(head.includes(`mj-api-secret: ${canaryKey}`));
      ok(!head.includes('authorization'));
    }
  });

  for (const [name, answered, kind, detail] of [
    ['a full queue', json({ code: 23, description: 'Queue is full' }), 'rate-limited', /full/],
    [
      'a banned word',
      json({ code: 24, description: 'Banned word', properties: { bannedWord: 'gore' } }),
      'prompt-refused',
      /gore/,
    ],
    [
      'an empty balance',
      json({ code: 4, description: 'quota_not_enough', type: 'upstream_error' }, '400 Bad Request'),
      'payment-required',
      /quota/,
    ],
    [
      'no account',
      json({ code: 3, description: 'No available account instance' }),
      'gateway-error',
      /account/,
    ],
    [
      'an unknown button',
      json({ code: 4, description: 'unknown_action: PromptAnalyzer' }, '400 Bad Request'),
      'bad-request',
      /unknown_action/,
    ],
    ['a failure', json({ code: 9, description: 'It broke' }), 'gateway-error', /broke/],
    ['a limit', json({ code: 30, description: 'Too fast' }, '429 Too Many Requests'), 'rate-limited', /fast/],
    [
      'a missing endpoint',
      json({ error: { message: 'Invalid URL (POST /mj/submit/imagine)' } }, '404 Not Found'),
      'endpoint-missing',
      /Invalid/,
    ],
  ] as const)
    it(`tells ${kind} once for ${name}`, async () => {
      const server = await place.serveReplies(answered);
      const { ending } = await make(server, midjourney());
      ok('failure' in ending);
      equal(ending.failure.kind, kind);
      match(ending.failure.detail ?? '', detail);
      equal(server.requests.length, 1);
    });

  it('fails with the reason of the task', async () => {
    const server = await place.serveReplies(
      accepted,
      grid({ status: 'FAILURE', progress: '100%', failReason: 'Discord says no', imageUrl: '' }),
    );
    const { ending } = await make(server, midjourney());
    deepEqual('failure' in ending && [ending.failure.kind, ending.failure.detail], [
      'task-failed',
      'Discord says no',
    ]);
  });

  describe('at APIMart', () => {
    const apimart = { gateway: { id: 'apimart' } };
    const submitted = json({ code: 200, data: [{ status: 'submitted', task_id: 'mj_1' }] });

    it('imagines in its own form, and shows the four pictures', async () => {
      const link = files.baseUrl.replace('/v1', '/1.png');
      const server = await place.serveReplies(
        submitted,
        json({
          code: 200,
          data: { id: 'mj_1', status: 'SUCCESS', grid_image_url: link, image_urls: [link, link, link, link] },
        }),
      );
      const answer = await make(server, midjourney({ size: '3:2', speed: 'fast' }), apimart);
      deepEqual(sentTo(server), [
        'POST /v1/midjourney/generations/imagine',
        { prompt: 'A red fox', size: '3:2', speed: 'fast' },
      ]);
      equal(sentTo(server, 1)[0], 'GET /v1/midjourney/mj_1');
      equal(mediaOf(answer).length, 4);
    });

    for (const [mode, settings, body] of [
      ['blend', { size: '3:2' }, { size: '3:2', image_urls: [pixelUrl, pixelUrl] }],
      ['describe', {}, { image_urls: [pixelUrl, pixelUrl] }],
      ['edits', {}, { prompt: 'A red fox', image_urls: [pixelUrl, pixelUrl] }],
      ['video', { motion: 'low' }, { prompt: 'A red fox', motion: 'low', image_urls: [pixelUrl, pixelUrl] }],
    ] as const)
      it(`submits ${mode}`, async () => {
        const server = await place.serveReplies(submitted, json({}, '401 Unauthorized'));
        const picture = { name: 'a', url: pixelUrl };
        await make(server, midjourney({ mode, ...settings }), { ...apimart, pictures: [picture, picture] });
        deepEqual(sentTo(server), [`POST /v1/midjourney/generations/${mode}`, body]);
      });

    it('gives a task its prompt', async () => {
      const server = await place.serveReplies(submitted, json({}, '401 Unauthorized'));
      const action = { taskId: 'mj_0', customId: 'modal', label: '' };
      await make(server, midjourney({}, action), apimart);
      deepEqual(sentTo(server), [
        'POST /v1/midjourney/generations/modal',
        { task_id: 'mj_0', prompt: 'A red fox' },
      ]);
    });

    it('sends nothing for what it does not have', async () => {
      for (const mode of ['shorten', 'swap-face'] as const) {
        const server = await place.serveReplies(submitted);
        const pictures = mode === 'shorten' ? [] : [1, 2].map(() => ({ name: 'a', url: pixelUrl }));
        const answer = await make(server, midjourney({ mode }), { ...apimart, pictures });
        equal(summary(answer), 'failed endpoint-missing');
        equal(server.requests.length, 0);
      }
    });

    for (const [customId, operation] of [
      ['MJ::JOB::upsample::2::u', 'upscale'],
      ['MJ::JOB::variation::1::u', 'variation'],
      ['MJ::JOB::low_variation::1::u', 'low-variation'],
      ['MJ::JOB::reroll::0::u::SOLO', 'reroll'],
      ['MJ::Outpaint::50::1::u::SOLO', 'zoom'],
      ['MJ::JOB::pan_left::1::u::SOLO', 'pan'],
      ['MJ::Inpaint::1::u::SOLO', 'inpaint'],
    ] as const)
      it(`presses a button with ${operation}`, async () => {
        const server = await place.serveReplies(
          submitted,
          json({ code: 500, message: 'enough' }, '401 Unauthorized'),
        );
        await make(server, midjourney({}, { taskId: 'mj_0', customId, label: '' }), apimart);
        deepEqual(sentTo(server), [
          `POST /v1/midjourney/generations/${operation}`,
          { task_id: 'mj_0', custom_id: customId },
        ]);
      });
  });
});

describe('readMidjourneySubmission and readMidjourneyTask', () => {
  it('keep every digit of an id', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n - 1n }), (number) => {
        const expected = { kind: 'task', taskId: String(number) };
        deepEqual(readMidjourneySubmission(`{"code":1,"result":${number}}`), expected);
        deepEqual(readMidjourneySubmission(`{"code":1,"result":"${number}"}`), expected);
      }),
    );
  });

  it('read any text without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readMidjourneySubmission(text);
        readMidjourneyTask(text);
      }),
    );
  });

  it('do not know a task with an empty body or code 4', () => {
    for (const text of ['', 'null', '{"code":4,"description":"task_no_found"}'])
      deepEqual(readMidjourneyTask(text), { kind: 'missing' });
  });
});

describe('maskForMidjourney', () => {
  it('turns transparent pixels white and all others black, for every filter of PNG', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 255), { minLength: 6, maxLength: 6 }),
        fc.nat(4),
        (alpha, filter) => {
          deepEqual(
            greyOf(maskForMidjourney(rgba(3, 2, alpha, filter)) ?? ''),
            alpha.map((value) => 255 - value),
          );
        },
      ),
    );
  });

  it('returns undefined for anything else', () => {
    for (const url of [
      '',
      'data:image/png;base64,AAAA',
      pixelUrl.slice(0, 60),
      'data:image/jpeg;base64,/9j/',
    ])
      equal(maskForMidjourney(url), undefined);
  });
});

/** A PNG with 8-bit RGBA as a `data:` URL. Its colours are random looking, and its rows have the filter. */
function rgba(width: number, height: number, alpha: readonly number[], filter = 0): string {
  const pixels = alpha.flatMap((value, at) => [(at * 37) % 256, (at * 91) % 256, (at * 53) % 256, value]);
  const stride = width * 4;
  const rows: number[] = [];
  for (let y = 0; y < height; y += 1) {
    rows.push(filter);
    for (let x = 0; x < stride; x += 1) {
      const at = (dx: number, dy: number): number =>
        x < dx || y < dy ? 0 : (pixels[(y - dy) * stride + x - dx] ?? 0);
      const [left, up, upLeft] = [at(4, 0), at(0, 1), at(4, 1)];
      const guess = left + up - upLeft;
      const nearest = [left, up, upLeft].reduce((best, value) =>
        Math.abs(guess - value) < Math.abs(guess - best) ? value : best,
      );
      const predicted = [0, left, up, Math.floor((left + up) / 2), nearest][filter] ?? 0;
      rows.push(((pixels[y * stride + x] ?? 0) - predicted + 256) % 256);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8);
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const png = Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows))),
  ]);
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** The pixels of a grey PNG with one chunk of data. */
function greyOf(url: string): readonly number[] {
  const png = Buffer.from(url.replace('data:image/png;base64,', ''), 'base64');
  const width = png.readUInt32BE(16);
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  return [...rows].filter((_, at) => at % (width + 1) !== 0);
}
