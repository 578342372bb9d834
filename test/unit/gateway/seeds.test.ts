/** What the documentation of the five gateways promises, tested with the real client and a local server that replies as documented. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { parametersFor } from '../../../src/core/models/parametersFor';
import type { PromptMessage } from '../../../src/core/ports/promptMessage';
import { reasonInEnglish } from '../../../src/shared/failure/failureReason';
import { gatewayFromPreset } from '../../../src/gateway/setup/gatewayPresets';
import { normaliseBaseUrl } from '../../../src/gateway/setup/normaliseBaseUrl';
import { testSound } from '../../support/testSound';
import { canaryKey, collect, patient, summary } from './asking';
import { describeGateway, presetOf } from './describeGateway';
import { pixel, pixelUrl } from './endpoints/generation/generating';
import { delta, done, event, finish } from './replies';

/** A whole completion, as in the documentation. */
function completion(content: string, more: object = {}): object {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'gpt-4o',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 },
    ...more,
  };
}

const streamed = delta('Hello') + delta(', you') + finish() + done;

const user = (content: Extract<PromptMessage, { role: 'user' }>['content']): PromptMessage => ({
  role: 'user',
  content,
});

describeGateway('APIMart', 'apimart', (ask, _list, make) => {
  it('makes pictures as tasks', async () => {
    const made = await make(
      'image',
      { code: 200, data: [{ status: 'submitted', task_id: 't1' }] },
      { code: 200, data: { status: 'completed', result: { images: [{ url: [pixelUrl] }] } } },
    );
    deepEqual(made.requests, ['POST /v1/images/generations', 'GET /v1/tasks/t1?language=en']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  it('makes videos as tasks', async () => {
    const made = await make(
      'video',
      { code: 200, data: [{ status: 'submitted', task_id: 't1' }] },
      { code: 200, data: { status: 'completed', result: { videos: [{ url: [pixelUrl] }] } } },
    );
    deepEqual(made.requests, ['POST /v1/videos/generations', 'GET /v1/tasks/t1?language=en']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  it('makes Midjourney grids in its own form', async () => {
    const made = await make(
      'midjourney',
      { code: 200, data: [{ status: 'submitted', task_id: 't1' }] },
      { code: 200, data: { status: 'SUCCESS', grid_image_url: pixelUrl } },
    );
    deepEqual(made.requests, ['POST /v1/midjourney/generations/imagine', 'GET /v1/midjourney/t1']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  it('is called at its address with the key as a bearer token', async () => {
    equal(presetOf('apimart').baseUrl, 'https://api.apimart.ai/v1');
    const { head } = await ask(streamed, { modelId: 'gpt-4o' });
    match(head, /^POST \/v1\/chat\/completions HTTP\/1\.1\r\n/);
    ok(head.includes(`authorization: Bearer ${canaryKey}`));
  });

  it('wraps its replies in {code, data}', async () => {
    const text = 'The history of AI…\n\n1. **Early Period**: the Turing Test';
    const answer = await ask({ code: 200, data: completion(text) });
    equal(answer.text, text);
    equal(summary(answer), 'completed stop');
    deepEqual(answer.usage, { promptTokens: 20, completionTokens: 10, totalTokens: 30 });
  });

  it('wraps the chunks of a stream in {code, data}', async () => {
    const chunk = (content: string): string =>
      event({ code: 200, data: { choices: [{ index: 0, delta: { content } }] } });
    const answer = await ask(chunk('Hel') + chunk('lo') + done);
    equal(answer.text, 'Hello');
  });

  it('reports errors with HTTP 200', async () => {
    const answer = await ask({ code: 401, msg: 'Invalid token' });
    equal(summary(answer), 'failed unauthorized');
  });

  it('streams by default, so every request sets stream', async () => {
    const answer = await ask(streamed);
    equal(answer.sent['stream'], true);
    equal(answer.text, 'Hello, you');
  });

  it('may send a whole reply to a streamed request', async () => {
    equal((await ask(completion('Hello'))).text, 'Hello');
  });

  it('gets system, user and assistant messages in order', async () => {
    const messages: readonly PromptMessage[] = [
      { role: 'system', content: 'You are a Python tutor.' },
      user('What is machine learning?'),
      { role: 'assistant', content: 'A branch of AI.' },
      user('An example?'),
    ];
    deepEqual((await ask(streamed, { messages })).sent['messages'], messages);
  });

  it('answers with another model in the same conversation', async () => {
    const first = await ask(streamed, { modelId: 'claude-3-5-sonnet', messages: [user('Hi')] });
    const history: readonly PromptMessage[] = [
      user('Hi'),
      { role: 'assistant', content: first.text },
      user('Go on'),
    ];
    const second = await ask(streamed, { modelId: 'gemini-2.0-flash', messages: history });
    deepEqual([first.sent['model'], second.sent['model']], ['claude-3-5-sonnet', 'gemini-2.0-flash']);
    deepEqual(second.sent['messages'], history);
  });
});

describeGateway('APIPod', 'apipod', (ask, list, make) => {
  it('makes pictures as tasks', async () => {
    const made = await make(
      'image',
      { code: 200, data: { task_id: 't1' } },
      { code: 200, data: { status: 'completed', result: [pixelUrl] } },
    );
    deepEqual(made.requests, ['POST /v1/images/generations', 'GET /v1/images/status/t1']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  it('makes videos as tasks', async () => {
    const made = await make(
      'video',
      { code: 200, data: { task_id: 't1' } },
      { code: 200, data: { status: 'completed', result: [pixelUrl] } },
    );
    deepEqual(made.requests, ['POST /v1/videos/generations', 'GET /v1/videos/status/t1']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  it('has gpt-5 as its first model', () => {
    equal(presetOf('apipod').defaultModel, 'gpt-5');
    equal(presetOf('apipod').baseUrl, 'https://api.apipod.ai/v1');
  });

  for (const [name, url] of Object.entries({
    'by their address': 'https://example.com/image.jpg',
    'as data URLs': 'data:image/png;base64,iVBORw0KGgo=',
  })) {
    it(`gets pictures ${name}`, async () => {
      const content = [
        { type: 'text', text: "What's in this image?" },
        { type: 'image_url', image_url: { url } },
      ] as const;
      const { sent } = await ask(streamed, { modelId: 'gpt-4o', messages: [user(content)] });
      deepEqual(sent['messages'], [{ role: 'user', content }]);
    });
  }

  it('gets plain strings if there is no picture', async () => {
    const { sent } = await ask(streamed, { messages: [user('Hello!')] });
    deepEqual(sent['messages'], [{ role: 'user', content: 'Hello!' }]);
  });

  it('gets only the model, the messages and stream', async () => {
    const { sent } = await ask(streamed, { modelId: 'gpt-5' });
    deepEqual(Object.keys(sent), ['model', 'messages', 'stream', 'stream_options']);
  });

  it('streams if stream is set', async () => {
    const answer = await ask(streamed);
    deepEqual([answer.text, summary(answer)], ['Hello, you', 'completed stop']);
  });

  it('sends a whole reply if stream is not set', async () => {
    const answer = await ask(completion('Fine, thank you.'));
    equal(answer.text, 'Fine, thank you.');
    equal(answer.usage?.totalTokens, 30);
  });

  it('has the models of its documentation until it has sent its list', async () => {
    ok((await list({ error: { message: 'no such route' } })).includes('gpt-5.1-codex'));
    deepEqual(await list({ object: 'list', data: [{ id: 'gpt-6' }] }), ['gpt-6']);
  });
});

describeGateway('AITRE', 'aitre', (ask, list, make, use) => {
  it('makes pictures at once', async () => {
    const made = await make('image', { created: 1, data: [{ b64_json: pixel }] });
    deepEqual(made.requests, ['POST /v1/images/generations']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  it('makes Midjourney grids below /mj', async () => {
    const made = await make(
      'midjourney',
      { code: 1, description: 'Submit success', result: 't1' },
      { id: 't1', status: 'SUCCESS', imageUrl: pixelUrl, buttons: [] },
    );
    deepEqual(made.requests, ['POST /mj/submit/imagine', 'GET /mj/task/t1/fetch']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  it('uses the base URL of the user', () => {
    equal(gatewayFromPreset(presetOf('aitre')), undefined);
    const given = normaliseBaseUrl('https://my.aitre.example/v1/chat/completions');
    deepEqual(given, { ok: true, baseUrl: 'https://my.aitre.example/v1' });
    deepEqual(normaliseBaseUrl('my.aitre.example'), given);
  });

  it('returns the probability of alternative tokens for each position', async () => {
    const logprobs = {
      content: [
        {
          token: 'Hello',
          logprob: -0.3,
          top_logprobs: [
            { token: 'Hello', logprob: -0.3 },
            { token: 'Hi', logprob: -1.4 },
          ],
        },
      ],
    };
    const parameters = { logprobs: true, top_logprobs: 2 };
    const answer = await ask(delta('Hello', { logprobs }) + finish() + done, { parameters });
    deepEqual([answer.sent['logprobs'], answer.sent['top_logprobs']], [true, 2]);
    deepEqual(answer.choices[0]?.tokens, [
      {
        text: 'Hello',
        logprob: -0.3,
        alternatives: [
          { text: 'Hello', logprob: -0.3 },
          { text: 'Hi', logprob: -1.4 },
        ],
      },
    ]);
  });

  it('also returns the probabilities in a whole reply', async () => {
    const logprobs = { content: [{ token: 'Hi', logprob: -0.1, top_logprobs: [] }] };
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, logprobs }];
    const answer = await ask(completion('', { choices }), { parameters: { logprobs: true } });
    deepEqual(answer.choices[0]?.tokens, [{ text: 'Hi', logprob: -0.1, alternatives: [] }]);
  });

  it('returns one or more answers', async () => {
    const choices = ['One', 'Two'].map((content, index) => ({ index, message: { content } }));
    const answer = await ask(completion('', { choices }), { parameters: { n: 2 } });
    deepEqual([answer.choices[0]?.text, answer.choices[1]?.text], ['One', 'Two']);
  });

  it('sends a whole reply that begins with blank lines', async () => {
    const answer = await ask(completion('\n\nHello there, how may I assist you today?'));
    equal(answer.text, '\n\nHello there, how may I assist you today?');
    equal(summary(answer), 'completed stop');
  });

  it('lists its models', async () => {
    deepEqual(await list({ object: 'list', data: [{ id: 'gpt-4o-mini', object: 'model' }] }), [
      'gpt-4o-mini',
    ]);
  });

  it('speaks a text', async () => {
    const { result, line, sent } = await use(testSound(0.1), (client, gateway) =>
      client.speak({ gateway, modelId: 'tts-1', text: 'Hi', voice: 'alloy', format: 'mp3', connect: 5 }),
    );
    equal(line, 'POST /v1/audio/speech');
    deepEqual(JSON.parse(sent), { model: 'tts-1', input: 'Hi', voice: 'alloy', response_format: 'mp3' });
    equal(result.kind, 'sound');
  });

  it('transcribes and translates a sound file', async () => {
    for (const [task, path] of [
      ['transcribe', 'transcriptions'],
      ['translate', 'translations'],
    ] as const) {
      const { signal } = new AbortController();
      const file = { name: 'a.mp3', mimeType: 'audio/mpeg', bytes: Buffer.from('ID3') };
      const { result, line, sent } = await use({ text: 'Hello.' }, (client, gateway) =>
        client.transcribe({ gateway, modelId: 'whisper-1', file, task, format: 'json', connect: 5, signal }),
      );
      equal(line, `POST /v1/audio/${path}`);
      match(sent, /name="model"\r\n\r\nwhisper-1/);
      deepEqual(result, { kind: 'text', text: 'Hello.' });
    }
  });

  it('continues a text with a base model', async () => {
    const text = { choices: [{ index: 0, text: ' there was a bird.', finish_reason: 'stop' }] };
    const { result, line, sent } = await use(text, (client, gateway) =>
      collect(
        client.ask({
          ...{ gateway, modelId: 'davinci-002', timeouts: patient, listedEndpoint: 'completions' },
          ...{ messages: [{ role: 'user', content: 'Once upon a time' }], parameters: {} },
        }),
      ),
    );
    equal(line, 'POST /v1/completions');
    deepEqual(JSON.parse(sent), {
      ...{ model: 'davinci-002', prompt: 'Once upon a time', max_tokens: 1024 },
      ...{ stream: true, stream_options: { include_usage: true } },
    });
    equal(result.text, ' there was a bird.');
  });

  it('turns texts into vectors', async () => {
    const reply = { object: 'list', data: [{ index: 0, embedding: [0.5, -1] }], usage: { total_tokens: 2 } };
    const { signal } = new AbortController();
    const { result, line, sent } = await use(reply, (client, gateway) =>
      client.embed({ gateway, modelId: 'text-embedding-3-small', texts: ['Hi'], timeouts: patient, signal }),
    );
    equal(line, 'POST /v1/embeddings');
    deepEqual(JSON.parse(sent), { model: 'text-embedding-3-small', input: ['Hi'], encoding_format: 'float' });
    deepEqual(result, { kind: 'embedded', vectors: [Float32Array.of(0.5, -1)], tokens: 2 });
  });

  it('sends a picture of gpt-4o-image as Markdown', async () => {
    const text =
      '> Generating…\n\n![cat](https://cdn.example/cat.png)\n\n[Download](https://cdn.example/cat.png)';
    const answer = await ask(delta(text) + finish() + done, { modelId: 'gpt-4o-image' });
    equal(answer.text, text);
  });
});

describeGateway('AppleRouter', 'applerouter', (ask, _list, make) => {
  it('makes pictures at once', async () => {
    const made = await make('image', { created: 1, data: [{ b64_json: pixel }] });
    deepEqual(made.requests, ['POST /v1/images/generations']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  it('makes videos of veo below /videos', async () => {
    const made = await make(
      'video',
      { id: 't1', object: 'video', status: 'queued' },
      { id: 't1', status: 'completed', metadata: { url: pixelUrl } },
    );
    deepEqual(made.requests, ['POST /v1/videos', 'GET /v1/videos/t1']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  const tools = [
    {
      name: 'get_weather',
      description: 'Tells the weather of a city.',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ];

  it('is called at its address with the key as a bearer token', async () => {
    equal(presetOf('applerouter').baseUrl, 'https://api.applerouter.ai/v1');
    ok((await ask(streamed)).head.includes(`authorization: Bearer ${canaryKey}`));
  });

  it('gets the tools, calls one and gets its result', async () => {
    const calling = (piece: object): string =>
      event({ choices: [{ index: 0, delta: { tool_calls: [piece] } }] });
    const first = await ask(
      calling({
        index: 0,
        id: 'call_1',
        type: 'function',
        function: { name: 'get_weather', arguments: '' },
      }) +
        calling({ index: 0, function: { arguments: '{"city":' } }) +
        calling({ index: 0, function: { arguments: '"Oslo"}' } }) +
        finish('tool_calls') +
        done,
      { tools, messages: [user('How is the weather in Oslo?')] },
    );
    deepEqual(first.sent['tools'], [{ type: 'function', function: tools[0] }]);
    equal(summary(first), 'completed tool_calls');
    const [call] = first.choices[0]?.calls ?? [];
    deepEqual(call, { id: 'call_1', name: 'get_weather', arguments: '{"city":"Oslo"}', complete: true });

    const second = await ask(streamed, {
      tools,
      messages: [
        user('How is the weather in Oslo?'),
        { role: 'assistant', content: '', toolCalls: [call] },
        { role: 'tool', content: 'Rain', callId: 'call_1' },
      ],
    });
    deepEqual(second.sent['messages'], [
      { role: 'user', content: 'How is the weather in Oslo?' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'Rain' },
    ]);
    equal(second.text, 'Hello, you');
  });

  it('gets no tools if there are none', async () => {
    ok(!('tools' in (await ask(streamed, { tools: [] })).sent));
  });

  it('gets pictures', async () => {
    const content = [
      { type: 'text', text: "What's in this image?" },
      { type: 'image_url', image_url: { url: 'https://example.com/image.jpg' } },
    ] as const;
    deepEqual((await ask(streamed, { messages: [user(content)] })).sent['messages'], [
      { role: 'user', content },
    ]);
  });

  it('lists its veo models as media models, not as chat models', () => {
    const media = presetOf('applerouter').models.filter((model) => model.media === true);
    equal(media.length, 8);
    ok(media.every(({ id }) => id.startsWith('veo-3.1')));
  });

  it('sends a video of veo as a streamed link', async () => {
    const link = '[▶ Watch](https://cdn.example/piano.mp4)';
    const answer = await ask(delta('Generating… 50%\n') + delta(link) + finish() + done, {
      modelId: 'veo-3.1',
    });
    deepEqual([answer.sent['model'], answer.sent['stream']], ['veo-3.1', true]);
    equal(answer.text, `Generating… 50%\n${link}`);
  });

  it('sends a video of veo in a field of a streamed chunk', async () => {
    const url = 'https://cdn.example/piano.mp4';
    const answer = await ask(
      delta('Done.') + event({ choices: [{ index: 0, delta: { video_url: { url } } }] }) + finish() + done,
      { modelId: 'veo-3.1-landscape-fast' },
    );
    deepEqual(answer.choices[0]?.media, [{ kind: 'video', url }]);
  });

  it('may send numbers as strings', async () => {
    const usage = { prompt_tokens: '20', completion_tokens: '10', total_tokens: '30' };
    const choices = [{ index: '0', message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }];
    const answer = await ask(completion('', { created: '1700000000', usage, choices }));
    equal(answer.text, 'Hi');
    deepEqual(answer.usage, { promptTokens: 20, completionTokens: 10, totalTokens: 30 });
  });

  it('gets parameters with the values of the user', async () => {
    const parameters = { max_tokens: 100, top_p: 0.1, logit_bias: { '50256': -100 } };
    const { sent } = await ask(streamed, { parameters });
    deepEqual([sent['max_tokens'], sent['top_p'], sent['logit_bias']], [100, 0.1, { '50256': -100 }]);
  });
});

describeGateway('APIYI', 'apiyi', (ask, _list, make) => {
  it('makes pictures at once', async () => {
    const made = await make('image', { created: 1, data: [{ b64_json: pixel }] });
    deepEqual(made.requests, ['POST /v1/images/generations']);
    equal(made.ending, 'completed null');
    equal(made.media, 1);
  });

  const model = { gatewayId: 'apiyi', modelId: 'gpt-4o' };
  const every = {
    temperature: 0.7,
    max_tokens: 1000,
    top_p: 0.9,
    n: 1,
    stop: ['END', 'STOP', '###', '---'],
    presence_penalty: -1.5,
    frequency_penalty: 2,
    user: 'someone',
  };

  it('gets every documented parameter with the value of the user', async () => {
    const checked = parametersFor({ 'apiyi/*': every }, model);
    ok(checked.ok);
    const { sent } = await ask(streamed, { parameters: checked.parameters });
    for (const [name, value] of Object.entries(every)) deepEqual(sent[name], value, name);
  });

  it('gets no parameter that the user did not set', async () => {
    const { sent } = await ask(streamed);
    for (const name of Object.keys(every)) ok(!(name in sent), name);
  });

  for (const [name, value] of Object.entries({
    temperature: 2.1,
    max_tokens: 0,
    top_p: -0.1,
    n: 0,
    stop: ['1', '2', '3', '4', '5'],
    presence_penalty: 2.5,
    frequency_penalty: -3,
  })) {
    it(`never gets ${name} outside the documented range`, () => {
      const checked = parametersFor({ '*': { [name]: value } }, model);
      ok(!checked.ok);
      const problem = reasonInEnglish(checked.problem);
      ok(problem.includes(name) && problem.includes(JSON.stringify(value)));
    });
  }

  it('reports the model that it used', async () => {
    const answer = await ask(event({ model: 'gpt-4o-2024-08-06', choices: [] }) + streamed, {
      modelId: 'gpt-4o',
    });
    equal(answer.sent['model'], 'gpt-4o');
    equal(answer.servedModel, 'gpt-4o-2024-08-06');
  });

  it('sends several answers to one message', async () => {
    const of = (index: number, content: string): string =>
      event({ choices: [{ index, delta: { content } }] });
    const answer = await ask(of(0, 'One') + of(2, 'Th') + of(1, 'Two') + of(2, 'ree') + finish() + done, {
      parameters: { n: 3 },
    });
    equal(answer.sent['n'], 3);
    deepEqual(
      Object.values(answer.choices).map(({ text }) => text),
      ['One', 'Two', 'Three'],
    );
  });

  it('sends the usage of an answer', async () => {
    const usage = {
      prompt_tokens: 25,
      completion_tokens: 42,
      total_tokens: 67,
      prompt_tokens_details: { cached_tokens: 5 },
      completion_tokens_details: { reasoning_tokens: 12 },
    };
    const answer = await ask(streamed.replace(done, event({ choices: [], usage })) + done);
    deepEqual(answer.usage, {
      promptTokens: 25,
      completionTokens: 42,
      totalTokens: 67,
      cachedTokens: 5,
      reasoningTokens: 12,
    });
  });

  it('gets a request for the usage with each stream', async () => {
    deepEqual((await ask(streamed)).sent['stream_options'], { include_usage: true });
  });
});
