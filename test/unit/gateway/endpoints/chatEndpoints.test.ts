import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Gateway } from '../../../../src/core/models/gateway';
import type { ChatRequest } from '../../../../src/core/ports/chatClient';
import type { PromptMessage } from '../../../../src/core/ports/promptMessage';
import { withoutFields } from '../../../../src/gateway/endpoints/withoutFields';
import { InMemoryUnsupportedParameters } from '../../../../src/gateway/unsupportedParameters/inMemoryUnsupportedParameters';
import { RawServer, type RawExchange } from '../../../support/rawServer';
import { canaryKey, summary, TestClient, type Answer } from '../asking';
import { delta, done, finish, reply } from '../replies';
import { block, completed, message, named } from './replyScripts';

type Body = Readonly<Record<string, unknown>>;

interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
}

function readRequest({ head, body }: RawExchange): Received {
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(':');
    return [name.toLowerCase(), value.join(':').trim()];
  });
  return {
    path: first.split(' ')[1] ?? '',
    headers: Object.fromEntries(headers) as Received['headers'],
    body: JSON.parse(body) as Body,
  };
}

const hello = block(0, { type: 'text', text: '' }, { type: 'text_delta', text: 'Hi' });
const helloResponse =
  named({ type: 'response.output_text.delta', item_id: 'm', delta: 'Hi' }) + completed([]);
const tools = [
  { name: 'weather', description: 'The weather', parameters: { type: 'object', properties: {} } },
];
const call = { id: 'call:1', name: 'weather', arguments: '{"city":"Rome"}', complete: true };
const picture = 'data:image/png;base64,iVBORw0KGgo=';

/** A conversation in which a tool was called and the user then asked again. */
const conversation: readonly PromptMessage[] = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'Where is this?' },
      { type: 'image_url', image_url: { url: picture } },
      { type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
    ],
  },
  { role: 'assistant', content: 'I look it up.', toolCalls: [call] },
  { role: 'tool', callId: 'call:1', content: 'Sunny' },
  { role: 'assistant', content: 'Rome, and it is sunny.' },
  { role: 'user', content: 'Thanks.' },
];

/** The same conversation at the point where the model is to read the result of its tool. */
function inToolLoop(
  keptReasoning: NonNullable<Extract<PromptMessage, { role: 'assistant' }>['keptReasoning']>,
): readonly PromptMessage[] {
  return conversation.slice(0, 4).map((one) => (one.role === 'assistant' ? { ...one, keptReasoning } : one));
}

describe('A chat at another endpoint', () => {
  let server: RawServer | undefined;
  let client: TestClient;
  let memory: InMemoryUnsupportedParameters;

  beforeEach(() => {
    memory = new InMemoryUnsupportedParameters();
    client = new TestClient(() => Promise.resolve(canaryKey), { unsupportedParameters: memory });
  });

  afterEach(async () => {
    await client.client.dispose();
    await server?.stop();
  });

  /** Answers with what `refuse` returns, or in the format of the endpoint that was asked. */
  async function serve(
    refuse: (request: Received) => Uint8Array | undefined = () => undefined,
  ): Promise<string> {
    server = await RawServer.start(async (exchange) => {
      const request = readRequest(exchange);
      const refused = refuse(request);
      const { path } = request;
      const answers: Readonly<Record<string, string>> = {
        '/v1/messages': message(hello),
        '/v1/responses': helloResponse,
        '/v1/chat/completions': delta('Hi') + finish() + done,
      };
      await exchange.write(
        refused ?? reply(answers[path] ?? '', answers[path] === undefined ? { status: '404 No' } : {}),
      );
      exchange.end();
    });
    return server.baseUrl;
  }

  const received = (): readonly Received[] => (server?.requests ?? []).map(readRequest);

  const lastBody = (): Body => received().at(-1)?.body ?? {};

  async function ask(
    gateway: Partial<Gateway>,
    request: Partial<Omit<ChatRequest, 'gateway'>> = {},
  ): Promise<Answer> {
    const answer = await client.answer(gateway, request);
    equal(summary(answer), 'completed stop');
    equal(answer.text, 'Hi');
    return answer;
  }

  function refusal(text: string, status = '400 No'): Uint8Array {
    return reply(JSON.stringify({ error: { message: text, type: 'invalid_request_error' } }), {
      status,
      headers: ['Content-Type: application/json'],
    });
  }

  describe('at /messages', () => {
    it('gets system, pictures, calls and results in the form and the order that Anthropic demands', async () => {
      const baseUrl = await serve();
      await ask({ baseUrl, endpoint: 'messages' }, { messages: conversation, tools });
      const { path, headers, body } = received()[0] ?? { path: '', headers: {}, body: {} };
      equal(path, '/v1/messages');
      equal(headers['authorization'], `Bearer ${canaryKey}`);
      equal(headers['anthropic-version'], undefined);
      deepEqual(body, {
        model: 'some-model',
        stream: true,
        max_tokens: 8192,
        system: 'Be brief.',
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Where is this?' },
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
              { type: 'image', source: { type: 'url', url: 'https://a.example/b.png' } },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'text', text: 'I look it up.' },
              { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Rome' } },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'Sunny' }] },
          { role: 'assistant', content: [{ type: 'text', text: 'Rome, and it is sunny.' }] },
          { role: 'user', content: [{ type: 'text', text: 'Thanks.' }] },
        ],
        tools: [
          { name: 'weather', description: 'The weather', input_schema: { type: 'object', properties: {} } },
        ],
      });
    });

    it('gets Anthropic’s version if the key goes in Anthropic’s header', async () => {
      const baseUrl = await serve();
      await ask({ baseUrl, endpoint: 'messages', auth: { header: 'X-API-Key' } });
      const headers = received()[0]?.headers ?? {};
      deepEqual(
        [headers['x-api-key'], headers['anthropic-version'], headers['authorization']],
        [canaryKey, '2023-06-01', undefined],
      );
    });

    it('gets the user first and last, and neighbours of one role in one message', async () => {
      const baseUrl = await serve();
      await ask(
        { baseUrl, endpoint: 'messages' },
        {
          messages: [
            { role: 'assistant', content: 'Hello' },
            { role: 'user', content: 'One' },
            { role: 'user', content: 'Two' },
            { role: 'assistant', content: 'Unfinished' },
          ],
        },
      );
      const text = (words: string): object => ({ type: 'text', text: words });
      deepEqual(lastBody()['messages'], [
        { role: 'user', content: [text('Continue.')] },
        { role: 'assistant', content: [text('Hello')] },
        { role: 'user', content: [text('One'), text('Two')] },
        { role: 'assistant', content: [text('Unfinished')] },
        { role: 'user', content: [text('Continue.')] },
      ]);
    });

    it('gets the parameters under its own names', async () => {
      const baseUrl = await serve();
      const parameters = {
        max_completion_tokens: 500,
        temperature: 0.5,
        stop: 'END',
        user: 'me',
        tool_choice: 'required',
        parallel_tool_calls: false,
      };
      await ask({ baseUrl, endpoint: 'messages' }, { parameters, tools });
      const rest = withoutFields(lastBody(), ['messages', 'tools']);
      deepEqual(rest, {
        model: 'some-model',
        stream: true,
        temperature: 0.5,
        max_tokens: 500,
        stop_sequences: ['END'],
        metadata: { user_id: 'me' },
        tool_choice: { type: 'any', disable_parallel_tool_use: true },
      });
    });

    for (const [effort, modelId, maxOutput, thinking, more] of [
      ['low', 'claude-3-7-sonnet', 64_000, { type: 'enabled', budget_tokens: 4_096 }, undefined],
      ['high', 'claude-3-7-sonnet', 8_192, { type: 'enabled', budget_tokens: 4_096 }, undefined],
      ['high', 'claude-3-7-sonnet', 1_000, undefined, undefined],
      ['high', 'claude-opus-4-7', 64_000, { type: 'adaptive' }, { effort: 'high' }],
      ['none', 'claude-opus-4-7', 64_000, { type: 'disabled' }, undefined],
    ] as const)
      it(`gets the effort ${effort} of ${modelId} with at most ${maxOutput} tokens as ${JSON.stringify(thinking)}`, async () => {
        const baseUrl = await serve();
        const parameters = { reasoning_effort: effort };
        await ask({ baseUrl, endpoint: 'messages' }, { parameters, modelId, maxOutput });
        const { thinking: sent, output_config: config, max_tokens: limit } = lastBody();
        deepEqual([sent, config, limit], [thinking, more, maxOutput]);
      });

    it('gets the other form of thinking after it refused the first one, which is remembered', async () => {
      const baseUrl = await serve(({ body }) => {
        const { type } = (body['thinking'] ?? {}) as { readonly type?: string };
        return type === 'enabled'
          ? refusal('"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive".')
          : undefined;
      });
      const request = { parameters: { reasoning_effort: 'low' }, modelId: 'claude-next' };
      await ask({ baseUrl, endpoint: 'messages' }, request);
      await ask({ baseUrl, endpoint: 'messages' }, request);
      deepEqual(
        received().map(({ body }) => (body['thinking'] as { readonly type: string }).type),
        ['enabled', 'adaptive', 'adaptive'],
      );
    });

    it('gets a smaller limit after it named its own, which is remembered', async () => {
      const baseUrl = await serve(({ body }) =>
        Number(body['max_tokens']) > 4_096
          ? refusal(
              'max_tokens: 8192 > 4096, which is the maximum allowed number of output tokens for this model',
            )
          : undefined,
      );
      await ask({ baseUrl, endpoint: 'messages' });
      await ask({ baseUrl, endpoint: 'messages' });
      deepEqual(
        received().map(({ body }) => body['max_tokens']),
        [8_192, 4_096, 4_096],
      );
    });

    const thinking = {
      afterText: false,
      afterCalls: 0,
      type: 'thinking',
      thinking: 'Hm',
      signature: 's',
    } as const;

    it('gets its signed thinking back with the result of a tool, and only then', async () => {
      const baseUrl = await serve();
      const parameters = { reasoning_effort: 'low' };
      await ask({ baseUrl, endpoint: 'messages' }, { messages: inToolLoop([thinking]), tools, parameters });
      const [, answer] = lastBody()['messages'] as { readonly content: object[] }[];
      deepEqual(answer?.content[0], { type: 'thinking', thinking: 'Hm', signature: 's' });
      ok('thinking' in lastBody());
      const after = [
        ...inToolLoop([thinking]),
        { role: 'assistant', content: 'Sunny.' },
        { role: 'user', content: 'Thanks.' },
      ] as const;
      await ask({ baseUrl, endpoint: 'messages' }, { messages: after, tools, parameters });
      ok(!JSON.stringify(lastBody()['messages']).includes('"thinking"'));
      ok('thinking' in lastBody());
    });

    it('does not think while a tool is at work whose thinking is not known', async () => {
      const baseUrl = await serve();
      const messages = conversation.slice(0, 4);
      await ask(
        { baseUrl, endpoint: 'messages' },
        { messages, tools, parameters: { reasoning_effort: 'low' } },
      );
      ok(!('thinking' in lastBody()));
    });

    it('gets no thinking at all after it refused a signature', async () => {
      const baseUrl = await serve(({ body }) =>
        JSON.stringify(body['messages']).includes('signature')
          ? refusal('messages.1.content.0: Invalid `signature` in `thinking` block')
          : undefined,
      );
      const messages = inToolLoop([thinking]);
      await ask(
        { baseUrl, endpoint: 'messages' },
        { messages, tools, parameters: { reasoning_effort: 'low' } },
      );
      equal(received().length, 2);
      ok(!JSON.stringify(lastBody()).includes('thinking'));
    });

    it('gets the request again without a parameter that it refuses', async () => {
      const baseUrl = await serve(({ body }) =>
        'seed' in body ? refusal('seed: Extra inputs are not permitted') : undefined,
      );
      const answer = await ask({ baseUrl, endpoint: 'messages' }, { parameters: { seed: 1 } });
      ok(answer.parts.some((part) => part.kind === 'adapted' && part.part === 'seed'));
    });
  });

  describe('at /responses', () => {
    it('gets instructions, pictures, calls and results as items, and stores nothing', async () => {
      const baseUrl = await serve();
      await ask({ baseUrl, endpoint: 'responses' }, { messages: conversation, tools });
      equal(received()[0]?.path, '/v1/responses');
      deepEqual(lastBody(), {
        model: 'some-model',
        stream: true,
        store: false,
        include: ['reasoning.encrypted_content'],
        instructions: 'Be brief.',
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'Where is this?' },
              { type: 'input_image', image_url: picture, detail: 'auto' },
              { type: 'input_image', image_url: 'https://a.example/b.png', detail: 'auto' },
            ],
          },
          { role: 'assistant', content: 'I look it up.' },
          { type: 'function_call', call_id: 'call:1', name: 'weather', arguments: '{"city":"Rome"}' },
          { type: 'function_call_output', call_id: 'call:1', output: 'Sunny' },
          { role: 'assistant', content: 'Rome, and it is sunny.' },
          { role: 'user', content: 'Thanks.' },
        ],
        tools: [
          {
            type: 'function',
            name: 'weather',
            description: 'The weather',
            parameters: { type: 'object', properties: {} },
            strict: false,
          },
        ],
      });
    });

    it('gets the parameters under its own names', async () => {
      const baseUrl = await serve();
      const schema = { name: 'city', schema: { type: 'object' }, strict: true };
      const parameters = {
        max_tokens: 500,
        top_p: 0.5,
        reasoning_effort: 'low',
        response_format: { type: 'json_schema', json_schema: schema },
        logprobs: true,
        top_logprobs: 2,
        tool_choice: { type: 'function', function: { name: 'weather' } },
      };
      await ask({ baseUrl, endpoint: 'responses' }, { parameters, tools });
      const rest = withoutFields(lastBody(), ['input', 'tools']);
      deepEqual(rest, {
        model: 'some-model',
        stream: true,
        store: false,
        include: ['message.output_text.logprobs', 'reasoning.encrypted_content'],
        top_p: 0.5,
        top_logprobs: 2,
        max_output_tokens: 500,
        reasoning: { effort: 'low', summary: 'auto' },
        text: { format: { type: 'json_schema', ...schema } },
        tool_choice: { type: 'function', name: 'weather' },
      });
    });

    it('gets its encrypted reasoning back with the result of a tool', async () => {
      const baseUrl = await serve();
      const item = {
        afterText: false,
        afterCalls: 0,
        type: 'reasoning' as const,
        id: 'rs_1',
        summary: ['Hm'],
        encrypted: 'x',
      };
      await ask({ baseUrl, endpoint: 'responses' }, { messages: inToolLoop([item]), tools });
      deepEqual((lastBody()['input'] as unknown[])[1], {
        type: 'reasoning' as const,
        id: 'rs_1',
        summary: [{ type: 'summary_text', text: 'Hm' }],
        encrypted_content: 'x',
      });
    });

    for (const [title, words, field, isRefused] of [
      [
        'a summary of the reasoning',
        'Your organization must be verified to generate reasoning summaries.',
        'reasoning',
        (body: Body) => JSON.stringify(body['reasoning']).includes('summary'),
      ],
      [
        'the effort',
        "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
        'reasoning',
        (body: Body) => 'reasoning' in body,
      ],
      [
        'a token limit',
        "Unsupported parameter: 'max_output_tokens'",
        'max_output_tokens',
        (body: Body) => 'max_output_tokens' in body,
      ],
      ['store', "Unsupported parameter: 'store'", 'store', (body: Body) => 'store' in body],
      [
        'encrypted reasoning',
        'Encrypted content is not supported with this model.',
        'include',
        (body: Body) => 'include' in body,
      ],
    ] as const)
      it(`gets the request again without ${title} if it refuses that`, async () => {
        const baseUrl = await serve(({ body }) => (isRefused(body) ? refusal(words) : undefined));
        const parameters = { reasoning_effort: 'low', max_tokens: 500 };
        await ask({ baseUrl, endpoint: 'responses' }, { parameters, tools });
        ok(field in (received()[0]?.body ?? {}));
        const before = received().length;
        await ask({ baseUrl, endpoint: 'responses' }, { parameters, tools });
        equal(received().length, before + 1);
      });
  });

  describe('that an error names', () => {
    const wordings: readonly (readonly [status: string, words: string, path: string])[] = [
      [
        '404 No',
        'This model is only supported in v1/responses and not in v1/chat/completions.',
        '/v1/responses',
      ],
      [
        '400 No',
        'Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions. Please use /v1/responses instead.',
        '/v1/responses',
      ],
      [
        '400 No',
        "To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
        '/v1/responses',
      ],
      [
        '400 No',
        'Unsupported legacy protocol: /v1/chat/completions is not supported. Please use /v1/responses.',
        '/v1/responses',
      ],
      ['400 No', 'This model is only available through the Responses API.', '/v1/responses'],
      ['400 No', '该模型不支持 /v1/chat/completions，请使用 /v1/messages 接口', '/v1/messages'],
      ['500 No', 'claude-x only supports the /v1/messages endpoint', '/v1/messages'],
    ];
    for (const [status, words, path] of wordings)
      it(`is asked once after the refusal and then always: ${words}`, async () => {
        const baseUrl = await serve((request) =>
          request.path === '/v1/chat/completions' ? refusal(words, status) : undefined,
        );
        await ask({ baseUrl }, { tools, parameters: { reasoning_effort: 'low' } });
        await ask({ baseUrl }, { tools, parameters: { reasoning_effort: 'low' } });
        deepEqual(
          received().map((request) => request.path),
          ['/v1/chat/completions', path, path],
        );
        ok('reasoning' in lastBody() || 'thinking' in lastBody());
      });

    it('is not remembered if it fails as well, and no third endpoint is asked', async () => {
      const baseUrl = await serve(({ path }) =>
        path === '/v1/responses'
          ? refusal('Please use /v1/messages.')
          : refusal('This model is only supported in v1/responses.'),
      );
      equal(summary(await client.answer({ baseUrl })), 'failed bad-request');
      equal(received().length, 2);
      deepEqual([...memory.unsupported('test', 'some-model')], []);
    });

    for (const words of [
      'Not supported: /v1/responses, /v1/messages',
      'Do not use /v1/responses with this model: the temperature is invalid',
      'Invalid URL (POST /v1/chat/completions)',
    ])
      it(`is not asked because of other words: ${words}`, async () => {
        const baseUrl = await serve(() => refusal(words));
        equal((await client.answer({ baseUrl })).ending.outcome, 'failed');
        equal(received().length, 1);
      });

    it('is not asked if the user chose another one for the model', async () => {
      const baseUrl = await serve(() => refusal('This model is only supported in v1/responses.'));
      const models = [{ id: 'some-model', endpoint: 'chat' as const }];
      equal((await client.answer({ baseUrl, models })).ending.outcome, 'failed');
      equal(received().length, 1);
    });

    it('is not asked after an answer has begun, which may be billed', async () => {
      const baseUrl = await serve(() => {
        const error = JSON.stringify({ error: { message: 'This model is only supported in v1/responses.' } });
        return reply(`${delta('Hi')}data: ${error}\n\n`);
      });
      equal((await client.answer({ baseUrl })).ending.outcome, 'truncated');
      equal(received().length, 1);
    });
  });

  it('tells with each answer that the effort was left out, also after that is known', async () => {
    const baseUrl = await serve(({ body }) =>
      'reasoning_effort' in body ? refusal("Unsupported parameter: 'reasoning_effort'") : undefined,
    );
    memory.remember('test', 'some-model', 'reasoning');
    memory.remember('test', 'some-model', 'thinking');
    for (const requests of [2, 3]) {
      const answer = await ask({ baseUrl }, { parameters: { reasoning_effort: 'low' } });
      deepEqual(
        answer.parts.filter(({ kind }) => kind === 'adapted'),
        [{ kind: 'adapted', part: 'reasoning_effort' }],
      );
      equal(received().length, requests);
    }
    ok((await ask({ baseUrl })).parts.every(({ kind }) => kind !== 'adapted'));
  });

  it('is chosen by the model before the gateway, and by the list last', async () => {
    const baseUrl = await serve();
    const models = [{ id: 'some-model', endpoint: 'messages' as const }];
    await ask({ baseUrl, models, endpoint: 'responses' });
    await ask({ baseUrl, endpoint: 'responses' }, { listedEndpoint: 'messages' });
    await ask({ baseUrl }, { listedEndpoint: 'messages' });
    await ask({ baseUrl, endpoint: 'responses' }, { endpoint: 'chat' });
    await ask({ baseUrl });
    deepEqual(
      received().map(({ path }) => path),
      ['/v1/messages', '/v1/responses', '/v1/messages', '/v1/chat/completions', '/v1/chat/completions'],
    );
  });
});
