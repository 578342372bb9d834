import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Gateway } from '../../../../src/core/models/gateway';
import { completionForms, type CompletionRequest } from '../../../../src/core/ports/completionClient';
import type { RawExchange, RawScript } from '../../../support/rawServer';
import { canaryKey, collect, gatewayWith, patient, summary, type Answer } from '../asking';
import { LearningClient, type RequestFields } from '../learningClient';
import { done, event, reply } from '../replies';

const json = { headers: ['Content-Type: application/json'] };
const piece = (text: string): string => event({ choices: [{ index: 0, text, finish_reason: null }] });
const last = event({
  choices: [{ index: 0, text: '', finish_reason: 'stop' }],
  usage: { prompt_tokens: 21, completion_tokens: 2 },
});
const streamed = reply(piece('first') + piece(' + second') + last + done);

/** What each form sends for the request below, without `stream` and its options. */
const bodies: Readonly<Record<CompletionRequest['form'], RequestFields>> = {
  suffix: { model: 'qwen2.5-coder', prompt: 'a', suffix: 'b', max_tokens: 9, temperature: 0, stop: ['\n'] },
  deepseek: { model: 'qwen2.5-coder', prompt: 'a', suffix: 'b', max_tokens: 9, temperature: 0, stop: ['\n'] },
  mistral: { model: 'qwen2.5-coder', prompt: 'a', suffix: 'b', max_tokens: 9, temperature: 0, stop: ['\n'] },
  tokens: {
    model: 'qwen2.5-coder',
    prompt: '<|fim_prefix|>a<|fim_suffix|>b<|fim_middle|>',
    max_tokens: 9,
    temperature: 0,
    stop: ['\n', '<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>'],
  },
  infill: {
    model: 'qwen2.5-coder',
    input_prefix: 'a',
    input_suffix: 'b',
    n_predict: 9,
    temperature: 0,
    stop: ['\n'],
  },
  ollama: {
    model: 'qwen2.5-coder',
    prompt: 'a',
    suffix: 'b',
    options: { num_predict: 9, temperature: 0, stop: ['\n'] },
  },
  chat: {
    model: 'qwen2.5-coder',
    messages: [
      {
        role: 'system',
        content:
          'You complete text. You get the text before and after a gap. Answer with exactly the text that belongs into the gap: no explanation, no code fence, and nothing of the text around it.',
      },
      { role: 'user', content: '<before>a</before><after>b</after>' },
    ],
    max_tokens: 9,
    temperature: 0,
  },
};

const paths: Readonly<Record<CompletionRequest['form'], string>> = {
  suffix: '/v1/completions',
  deepseek: '/beta/completions',
  mistral: '/v1/fim/completions',
  tokens: '/v1/completions',
  infill: '/infill',
  ollama: '/api/generate',
  chat: '/v1/chat/completions',
};

describe('A completion', () => {
  const client = new LearningClient();

  async function serve(script: RawScript | Uint8Array): Promise<void> {
    await client.serve(async (exchange) => {
      if (typeof script === 'function') await script(exchange);
      else {
        await exchange.write(script);
        exchange.end();
      }
    });
  }

  const requestOf = (
    request: Partial<Omit<CompletionRequest, 'gateway'>> = {},
    gateway: Partial<Gateway> = {},
  ): CompletionRequest => ({
    gateway: gatewayWith({ baseUrl: client.baseUrl, ...gateway }),
    modelId: 'qwen2.5-coder',
    timeouts: patient,
    form: 'suffix',
    prefix: 'a',
    suffix: 'b',
    maxTokens: 9,
    stop: ['\n'],
    ...request,
  });

  async function complete(
    request: Partial<Omit<CompletionRequest, 'gateway'>> = {},
    gateway: Partial<Gateway> = {},
  ): Promise<Answer> {
    return await collect(client.tested.client.complete(requestOf(request, gateway)));
  }

  const sentBodies = (): readonly RequestFields[] =>
    client.bodies.map(({ stream, stream_options: options, ...rest }) => {
      ok(stream === true || stream === undefined);
      ok(options === undefined || stream === true);
      return rest;
    });

  const pathsOf = (): readonly string[] =>
    (client.server?.requests ?? []).map(({ head }) => head.split(' ')[1] ?? '');

  for (const form of completionForms)
    it(`is sent as ${form} with the documented fields, and with the key in its header alone`, async () => {
      await serve(streamed);
      equal(summary(await complete({ form })), 'completed stop');
      deepEqual(pathsOf(), [paths[form]]);
      deepEqual(sentBodies(), [bodies[form]]);
      const { head = '', body = '' } = client.server?.requests[0] ?? {};
      ok(head.includes(`Bearer ${canaryKey}`) && !head.split('\r\n')[0]?.includes(canaryKey));
      ok(!body.includes(canaryKey));
    });

  it('goes to /beta once if the base URL has it already', async () => {
    await serve(streamed);
    await complete({ form: 'deepseek' }, { baseUrl: client.baseUrl.replace('/v1', '/beta') });
    deepEqual(pathsOf(), ['/beta/completions']);
  });

  it('is streamed piece by piece, with its token counts', async () => {
    await serve(streamed);
    const answer = await complete();
    equal(answer.text, 'first + second');
    deepEqual(answer.usage, { promptTokens: 21, completionTokens: 2 });
  });

  it('is read from llama.cpp, whole and streamed', async () => {
    const whole = JSON.stringify({
      ...{ index: 0, content: ' first + second', tokens: [], stop: true, stop_type: 'limit' },
      ...{ tokens_predicted: 6, tokens_evaluated: 18, prompt: '<s><|fim_prefix|>a', truncated: false },
    });
    const parts = [' first', ' + second'].map((content, index) =>
      event({
        index: 0,
        content,
        tokens: [index],
        stop: false,
        tokens_predicted: index + 1,
        tokens_evaluated: 18,
      }),
    );
    const end = event({
      content: '',
      stop: true,
      stop_type: 'limit',
      tokens_predicted: 6,
      tokens_evaluated: 18,
    });
    for (const bytes of [reply(whole, json), reply(parts.join('') + end)]) {
      await serve(bytes);
      const answer = await complete({ form: 'infill' });
      equal(answer.text, ' first + second');
      equal(summary(answer), 'truncated output-limit');
      deepEqual(answer.usage, { promptTokens: 18, completionTokens: 6 });
    }
  });

  it('is read from Ollama, one JSON object a line', async () => {
    const lines = [
      { model: 'q', response: 'first', done: false },
      { model: 'q', response: ' + second', done: false },
      { model: 'q', response: '', done: true, done_reason: 'stop', prompt_eval_count: 30, eval_count: 3 },
    ];
    await serve(
      reply(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), {
        headers: ['Content-Type: application/x-ndjson'],
      }),
    );
    const answer = await complete({ form: 'ollama' });
    equal(answer.text, 'first + second');
    equal(answer.usage?.promptTokens, 30);
  });

  it('is read from Codestral, whose reply has the format of a chat', async () => {
    await serve(
      reply(
        event({ choices: [{ index: 0, delta: { content: 'first' }, finish_reason: null }] }) +
          event({ choices: [{ index: 0, delta: { content: ' + second' }, finish_reason: 'stop' }] }) +
          done,
      ),
    );
    equal((await complete({ form: 'mistral' })).text, 'first + second');
  });

  it('is not sent without its suffix, whatever the gateway refuses', async () => {
    const error = { error: { message: "Unsupported parameter: 'suffix' is not supported", param: 'suffix' } };
    await serve(reply(JSON.stringify(error), { status: '400 No', ...json }));
    equal(summary(await complete()), 'failed bad-request');
    equal(client.server?.requests.length, 1);
    deepEqual([...client.memory.unsupported('test', 'qwen2.5-coder')], []);
  });

  it('is sent again without another field that the gateway refuses, which is remembered', async () => {
    await serve(async (exchange) => {
      const error = JSON.stringify({ error: { message: "Unsupported parameter: 'temperature'" } });
      const refuses = exchange.body.includes('temperature');
      await exchange.write(refuses ? reply(error, { status: '400 No', ...json }) : streamed);
      exchange.end();
    });
    equal(summary(await complete()), 'completed stop');
    equal(summary(await complete()), 'completed stop');
    deepEqual(
      sentBodies().map((body) => 'temperature' in body),
      [true, false, false],
    );
  });

  for (const [status, body, ending] of [
    ['429 Too Many', '{"error":{"message":"Rate limit"}}', 'failed rate-limited'],
    ['503 Busy', '{"error":{"message":"Overloaded"}}', 'failed server-error'],
    ['404 No', '{"error":{"message":"Invalid URL (POST /v1/completions)"}}', 'failed no-such-endpoint'],
    ['401 No', '{"error":{"message":"Incorrect API key provided"}}', 'failed unauthorized'],
    ['200 OK', '{"error":{"message":"Something broke"}}', 'failed gateway-error'],
  ] as const)
    it(`is sent once if the gateway answers ${status}`, async () => {
      await serve(reply(body, { status, ...json }));
      const answer = await complete();
      equal(summary(answer), ending);
      equal(client.server?.requests.length, 1);
    });

  it('is sent once if the connection breaks', async () => {
    await serve((exchange) => {
      exchange.reset();
    });
    equal((await complete()).ending.outcome, 'failed');
    equal(client.server?.requests.length, 1);
  });

  it('closes its connection when it is cancelled, before the reply and during it', async () => {
    for (const begins of [false, true]) {
      const arrived = Promise.withResolvers<RawExchange>();
      await serve(async (exchange) => {
        if (begins) await exchange.write(reply(piece('first')));
        arrived.resolve(exchange);
      });
      const stream = client.tested.client.complete(requestOf());
      const answer = collect(stream);
      const { closed } = await arrived.promise;
      stream.cancel();
      await closed;
      equal((await answer).ending.outcome, 'cancelled');
    }
  });

  it('sends any text between its neighbours unchanged', async () => {
    await serve(streamed);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (prefix, suffix) => {
        await complete({ prefix, suffix });
        const body = sentBodies().at(-1);
        equal(body?.['prompt'], prefix.toWellFormed());
        equal(body['suffix'], suffix.toWellFormed());
      }),
      { numRuns: 20 },
    );
  });
});
