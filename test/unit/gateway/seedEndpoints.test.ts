/** The endpoints beside chat that the documentation of the five gateways names, tested with the real client and a local server. */
import { deepEqual, equal, match } from 'node:assert/strict';
import type { Generation } from '../../../src/shared/answer/generation';
import type { PromptMessage } from '../../../src/core/ports/promptMessage';
import { testSound } from '../../support/testSound';
import { patient, summary } from './asking';
import { describeGateway } from './describeGateway';
import { pixel, pixelUrl } from './endpoints/generation/generating';
import { delta, done, event, finish } from './replies';

const user = (content: Extract<PromptMessage, { role: 'user' }>['content']): PromptMessage => ({
  role: 'user',
  content,
});
const streamed = delta('Hello') + finish() + done;
const accepted = { code: 1, description: 'Submit success', result: 't1' };
const grid = { id: 't1', status: 'SUCCESS', imageUrl: pixelUrl, buttons: [] };
const picture = { name: 'cat.png', url: pixelUrl };
const madeOne = { created: 1, data: [{ b64_json: pixel }] };

/** A request to Midjourney. */
function midjourney(mode?: Generation['settings']['mode'], action?: Generation['action']): Generation {
  return {
    kind: 'midjourney',
    settings: mode === undefined ? {} : { mode },
    ...(action !== undefined && { action }),
  };
}

/** The pages of a site with New API's software, where the key has 2 dollars left. */
function newApiSite(path: string): object {
  if (path === '/api/status')
    return { success: true, data: { quota_per_unit: 500_000, quota_display_type: 'USD' } };
  if (path.startsWith('/api/usage/token'))
    return { code: true, data: { total_available: 1_000_000, unlimited_quota: false } };
  return { error: { message: 'Invalid URL', type: 'new_api_error' } };
}

const twoDollars = [{ amount: 2, unit: { kind: 'currency', code: 'USD' } }];

describeGateway('APIMart', 'apimart', (_ask, _list, make, use) => {
  it('sends the pictures to edit as links to its endpoint for new pictures', async () => {
    const made = await make(
      { pictures: [picture] },
      { code: 200, data: [{ status: 'submitted', task_id: 't1' }] },
      { code: 200, data: { status: 'completed', result: { images: [{ url: [pixelUrl] }] } } },
    );
    deepEqual(made.requests, ['POST /v1/images/generations', 'GET /v1/tasks/t1?language=en']);
    deepEqual((JSON.parse(made.sent) as { image_urls: unknown }).image_urls, [pixelUrl]);
    equal(made.media, 1);
  });

  it('speaks a text', async () => {
    const { result, line } = await use(testSound(0.1), (client, gateway) =>
      client.speak({ gateway, modelId: 'tts-1', text: 'Hi', voice: 'alloy', format: 'wav', connect: 5 }),
    );
    equal(line, 'POST /v1/audio/speech');
    equal(result.kind, 'sound');
  });

  it('tells the balance', async () => {
    const { result } = await use({ success: true, remain_balance: 12.5 }, (client, gateway) =>
      client.checkBalance(gateway, patient, 'apimart'),
    );
    deepEqual(result.kind === 'balance' ? result.balance.left.map(({ amount }) => amount) : result, [12.5]);
  });
});

describeGateway('AITRE', 'aitre', (ask, _list, make, use) => {
  it('makes a picture of gpt-image-1, which comes in base64', async () => {
    const made = await make({ modelId: 'gpt-image-1' }, madeOne);
    deepEqual(made.requests, ['POST /v1/images/generations']);
    deepEqual(JSON.parse(made.sent), { model: 'gpt-image-1', prompt: 'A red fox' });
    equal(made.media, 1);
  });

  it('makes a picture of Flux, which comes as a link', async () => {
    const made = await make({ modelId: 'flux-kontext-pro' }, { data: [{ url: pixelUrl, b64_json: '' }] });
    deepEqual(JSON.parse(made.sent), { model: 'flux-kontext-pro', prompt: 'A red fox' });
    deepEqual([made.ending, made.media], ['completed null', 1]);
  });

  it('makes a picture of DALL·E 3, with the prompt that the model wrote', async () => {
    const made = await make(
      {
        modelId: 'dall-e-3',
        generation: { kind: 'image', settings: { size: '1792x1024', style: 'natural' } },
      },
      { created: 1, data: [{ url: pixelUrl, revised_prompt: 'A red fox in snow' }] },
    );
    const { size, style } = JSON.parse(made.sent) as Readonly<Record<string, unknown>>;
    deepEqual([size, style], ['1792x1024', 'natural']);
    deepEqual([made.ending, made.media], ['completed null', 1]);
  });

  it('edits a picture', async () => {
    const made = await make({ pictures: [picture] }, madeOne);
    deepEqual(made.requests, ['POST /v1/images/edits']);
    match(made.sent, /name="image"; filename="cat\.png"\r\ncontent-type: image\/png/i);
    equal(made.media, 1);
  });

  it('makes videos as tasks', async () => {
    const made = await make(
      'video',
      { id: 't1', object: 'video', status: 'queued' },
      { id: 't1', status: 'completed', metadata: { url: pixelUrl } },
    );
    deepEqual(made.requests, ['POST /v1/videos', 'GET /v1/videos/t1']);
    equal(made.media, 1);
  });

  it('transcribes a sound file', async () => {
    const { signal } = new AbortController();
    const file = { name: 'a.mp3', mimeType: 'audio/mpeg', bytes: Buffer.from('ID3') };
    const { result, line } = await use({ text: 'Bonjour.' }, (client, gateway) =>
      client.transcribe({
        ...{ gateway, modelId: 'whisper-1', file, task: 'transcribe', format: 'json', connect: 5, signal },
      }),
    );
    equal(line, 'POST /v1/audio/transcriptions');
    deepEqual(result, { kind: 'text', text: 'Bonjour.' });
  });

  it('translates a sound file', async () => {
    const { signal } = new AbortController();
    const file = { name: 'a.mp3', mimeType: 'audio/mpeg', bytes: Buffer.from('ID3') };
    const { result, line } = await use({ text: 'Hello.' }, (client, gateway) =>
      client.transcribe({
        ...{ gateway, modelId: 'whisper-1', file, task: 'translate', format: 'json', connect: 5, signal },
      }),
    );
    equal(line, 'POST /v1/audio/translations');
    deepEqual(result, { kind: 'text', text: 'Hello.' });
  });

  const modes: readonly (readonly [string, Generation, string, object])[] = [
    [
      'imagines a picture',
      midjourney(),
      'imagine',
      { prompt: 'A red fox', botType: 'MID_JOURNEY', base64Array: [pixelUrl] },
    ],
    [
      'blends pictures',
      midjourney('blend'),
      'blend',
      { base64Array: [pixelUrl, pixelUrl], botType: 'MID_JOURNEY' },
    ],
    ['describes a picture', midjourney('describe'), 'describe', { base64: pixelUrl, botType: 'MID_JOURNEY' }],
    ['shortens a prompt', midjourney('shorten'), 'shorten', { prompt: 'A red fox', botType: 'MID_JOURNEY' }],
    [
      'presses a button of a grid',
      midjourney(undefined, { taskId: 't0', customId: 'MJ::JOB::upsample::2::uuid', label: 'U2' }),
      'action',
      { taskId: 't0', customId: 'MJ::JOB::upsample::2::uuid', chooseSameChannel: true },
    ],
    [
      'redraws a part of a picture',
      midjourney(undefined, { taskId: 't0', customId: 'modal', label: '' }),
      'modal',
      { taskId: 't0', prompt: 'A red fox' },
    ],
  ];
  for (const [name, generation, path, body] of modes)
    it(`${name} with Midjourney`, async () => {
      const pictures = path === 'blend' ? [picture, picture] : [picture];
      const made = await make({ generation, pictures }, accepted, grid);
      deepEqual(made.requests, [`POST /mj/submit/${path}`, 'GET /mj/task/t1/fetch']);
      deepEqual(JSON.parse(made.sent), body);
      deepEqual([made.ending, made.media], ['completed null', 1]);
    });

  it('is asked about a Midjourney task until it is done', async () => {
    const running = { ...grid, status: 'IN_PROGRESS', progress: '37%', imageUrl: '' };
    const made = await make('midjourney', accepted, running, running, grid);
    equal(made.requests.filter((line) => line === 'GET /mj/task/t1/fetch').length, 3);
    deepEqual([made.ending, made.media], ['completed null', 1]);
  });

  it('tells the balance', async () => {
    const { result } = await use({ pageAt: newApiSite }, (client, gateway) =>
      client.checkBalance(gateway, patient),
    );
    deepEqual(result.kind === 'balance' ? result.balance.left : result, twoDollars);
  });

  it('may wrap a reply in {code, data}', async () => {
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }];
    equal((await ask({ code: 200, data: { choices } })).text, 'Hi');
  });

  it('gets pictures as data URLs', async () => {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: pixelUrl } },
    ] as const;
    deepEqual((await ask(streamed, { messages: [user(content)] })).sent['messages'], [
      { role: 'user', content },
    ]);
  });

  it('gets the tools, and calls one', async () => {
    const parameters = { type: 'object', properties: {} };
    const tools = [{ name: 'get_weather', description: 'Tells the weather.', parameters }];
    const call = {
      index: 0,
      id: 'call_1',
      type: 'function',
      function: { name: 'get_weather', arguments: '{}' },
    };
    const answer = await ask(
      event({ choices: [{ index: 0, delta: { tool_calls: [call] } }] }) + finish('tool_calls') + done,
      { tools },
    );
    deepEqual(answer.sent['tools'], [{ type: 'function', function: tools[0] }]);
    equal(answer.choices[0]?.calls[0]?.name, 'get_weather');
  });

  it('gets system, user and assistant messages in order', async () => {
    const messages: readonly PromptMessage[] = [
      { role: 'system', content: 'Be brief.' },
      user('Hello!'),
      { role: 'assistant', content: 'Hi.' },
      user('And now?'),
    ];
    deepEqual((await ask(streamed, { messages })).sent['messages'], messages);
  });

  it('gets parameters with the values of the user', async () => {
    const { sent } = await ask(streamed, { parameters: { temperature: 0.2, max_tokens: 100 } });
    deepEqual([sent['temperature'], sent['max_tokens']], [0.2, 100]);
  });

  it('reports the model that it used, and the usage', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 };
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }];
    const answer = await ask({ model: 'gpt-4o-mini-2024-07-18', choices, usage }, { modelId: 'gpt-4o-mini' });
    deepEqual(answer.usage, { promptTokens: 9, completionTokens: 12, totalTokens: 21 });
    const served = answer.parts.find(({ kind }) => kind === 'served-model');
    deepEqual(served, { kind: 'served-model', modelId: 'gpt-4o-mini-2024-07-18' });
  });

  it('reports errors with HTTP 200', async () => {
    const answer = await ask({
      error: { message: 'Invalid token', type: 'new_api_error', code: 'invalid_api_key' },
    });
    equal(summary(answer), 'failed unauthorized');
  });

  it('answers with another model in the same conversation', async () => {
    const history: readonly PromptMessage[] = [
      user('Hi'),
      { role: 'assistant', content: 'Hello' },
      user('Go on'),
    ];
    const { sent } = await ask(streamed, { modelId: 'claude-3-5-sonnet', messages: history });
    deepEqual([sent['model'], sent['messages']], ['claude-3-5-sonnet', history]);
  });
});

describeGateway('AppleRouter', 'applerouter', (_ask, _list, make, use) => {
  it('edits a picture', async () => {
    const made = await make({ pictures: [picture] }, madeOne);
    deepEqual([made.requests, made.media], [['POST /v1/images/edits'], 1]);
  });

  it('tells the balance', async () => {
    const { result } = await use({ pageAt: newApiSite }, (client, gateway) =>
      client.checkBalance(gateway, patient),
    );
    deepEqual(result.kind === 'balance' ? result.balance.left : result, twoDollars);
  });
});

describeGateway('APIYI', 'apiyi', (ask, _list, make, use) => {
  it('makes a picture of Flux, which comes as a link', async () => {
    const made = await make({ modelId: 'flux-kontext-pro' }, { data: [{ url: pixelUrl }] });
    deepEqual([made.ending, made.media], ['completed null', 1]);
  });

  it('edits a picture', async () => {
    const made = await make({ pictures: [picture] }, madeOne);
    deepEqual([made.requests, made.media], [['POST /v1/images/edits'], 1]);
  });

  it('sends a picture of gpt-4o-image as Markdown', async () => {
    const text = '![cat](https://cdn.example/cat.png)';
    equal((await ask(delta(text) + finish() + done, { modelId: 'gpt-4o-image' })).text, text);
  });

  it('tells the balance', async () => {
    const { result } = await use({ pageAt: newApiSite }, (client, gateway) =>
      client.checkBalance(gateway, patient),
    );
    deepEqual(result.kind === 'balance' ? result.balance.left : result, twoDollars);
  });
});
