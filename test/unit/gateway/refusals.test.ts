import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatRequest } from '../../../src/core/ports/chatClient';
import type { PromptMessage } from '../../../src/core/ports/promptMessage';
import { InMemoryUnsupportedParameters } from '../../../src/gateway/unsupportedParameters/inMemoryUnsupportedParameters';
import {
  arrayContent,
  callSignatures,
  channelMarks,
  missingReasoning,
  missingSignature,
  nullContent,
  reasoningContent,
  reasoningDetails,
  roleOrder,
  systemRole,
  toolMessages,
  unreadablePictures,
} from '../../../src/gateway/unsupportedParameters/messageForm';
import { findUnsupportedParameter } from '../../../src/gateway/unsupportedParameters/findUnsupportedParameter';
import {
  removeUnsupportedParameters,
  parametersOf,
} from '../../../src/gateway/unsupportedParameters/removeUnsupportedParameters';
import { RawServer } from '../../support/rawServer';
import { canaryKey, summary, TestClient } from './asking';
import { delta, done, event, finish, reply } from './replies';

const everything = new Set([
  'stream',
  'stream_options',
  'temperature',
  'top_p',
  'n',
  'max_tokens',
  'stop',
  'presence_penalty',
  'frequency_penalty',
  'logit_bias',
  'user',
  'seed',
  'reasoning_effort',
  'response_format',
  'logprobs',
  'top_logprobs',
  'tools',
  systemRole,
  arrayContent,
]);

/** Errors of gateways and the unsupported parameter that they mean. */
const refusals: readonly (readonly [body: unknown, part: string | undefined, sent?: readonly string[]])[] = [
  [
    {
      error: {
        message:
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        type: 'invalid_request_error',
        param: 'max_tokens',
        code: 'unsupported_parameter',
      },
    },
    'max_tokens',
  ],
  [
    { error: { message: "Unknown field 'max_completion_tokens'; use max_tokens instead" } },
    'max_completion_tokens',
    ['stream', 'max_completion_tokens'],
  ],
  [
    {
      error: {
        message:
          "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
        param: 'temperature',
        code: 'unsupported_value',
      },
    },
    'temperature',
  ],
  [
    {
      error: {
        message: "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
        param: 'messages[0].role',
        code: 'unsupported_value',
      },
    },
    systemRole,
  ],
  [{ error: { message: 'Developer instruction is not enabled for models/gemma-3-27b-it' } }, systemRole],
  [{ error: { message: 'System role not supported' } }, systemRole],
  [{ error: { message: '该模型不支持 system 角色' } }, systemRole],
  [
    {
      detail: [
        { type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' },
      ],
    },
    'stream_options',
  ],
  [{ error: { message: 'Unrecognized request argument supplied: stream_options' } }, 'stream_options'],
  [{ code: 400, msg: '参数 stream_options 暂不支持' }, 'stream_options'],
  [{ error: { message: '不支持的参数：top_p' } }, 'top_p'],
  [{ error: { message: '未知参数: n' } }, 'n'],
  [{ error: { message: '该模型不支持工具调用' } }, 'tools'],
  [{ error: { message: '\\u8be5\\u6a21\\u578b\\u4e0d\\u652f\\u6301\\u56fe\\u7247' } }, arrayContent],
  [
    { error: { message: 'registry.ollama.ai/library/gemma does not support tools' } },
    'tools',
    ['stream', 'tools'],
  ],
  [{ error: { message: 'This model does not support function calling' } }, 'tools'],
  [{ error: { message: 'logprobs is not supported by this model' } }, 'logprobs'],
  [{ error: { message: 'Argument not supported: top_logprobs' } }, 'top_logprobs'],
  [{ error: { message: "Unknown parameter: 'n'." } }, 'n'],
  [
    { error: { message: 'Argument not supported on this model: presencePenalty / presence_penalty' } },
    'presence_penalty',
  ],
  [{ error: { message: 'Unrecognized request argument supplied: reasoning_effort' } }, 'reasoning_effort'],
  [
    { error: { message: "Unsupported parameter: 'stop' is not supported with this model.", param: 'stop' } },
    'stop',
  ],
  [{ error: { message: 'This model does not support image input' } }, arrayContent],
  [
    'Failed to deserialize the JSON body into the target type: messages[0]: invalid type: sequence, expected a string at line 1',
    arrayContent,
  ],
  ['messages[0]: unknown variant `image_url`, expected `text`', arrayContent],
  [
    {
      detail: [
        {
          type: 'string_type',
          loc: ['body', 'messages', 0, 'content'],
          msg: 'Input should be a valid string',
        },
      ],
    },
    arrayContent,
  ],
  // The error of an upstream server, forwarded in a string.
  [
    { error: { message: '{"error":{"message":"Unsupported parameter","param":"top_p"}}', type: 'upstream' } },
    'top_p',
  ],
  // Errors that name no unsupported parameter.
  [{ error: { message: 'temperature must be between 0 and 2', param: 'temperature' } }, undefined],
  [
    { error: { message: "Invalid 'max_tokens': integer above maximum value.", param: 'max_tokens' } },
    undefined,
  ],
  [{ error: { message: 'The model `nope` does not exist or you do not have access to it.' } }, undefined],
  [{ error: { message: 'The model is not supported' } }, undefined],
  [{ error: { message: 'The user is not allowed to stop here' } }, undefined],
  [{ error: { message: 'messages must not be empty' } }, undefined],
  [{ error: { message: "Unknown parameter: 'n'." } }, undefined, ['stream', 'temperature']],
  ['', undefined],
];

describe('A refusal', () => {
  for (const [body, part, sent] of refusals) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    it(`${part === undefined ? 'is not' : `of ${part} is`} read from ${text}`, () => {
      equal(findUnsupportedParameter(text, sent === undefined ? everything : new Set(sent)), part);
    });
  }

  it('names only parameters that were sent, for any words', () => {
    const word = fc.constantFrom(
      ...everything,
      'unsupported',
      '不支持',
      '"param":',
      '"loc": ["body", ',
      "'",
      '"',
      '\\u4e0d',
      'content must be a string',
      'image',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 12 }),
        fc.uniqueArray(fc.oneof(fc.constantFrom(...everything), fc.string({ maxLength: 5 }))),
        (words, sent) => {
          const part = findUnsupportedParameter(words.join(' '), new Set(sent));
          ok(part === undefined || sent.includes(part));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('removeUnsupportedParameters', () => {
  const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
  const message = fc.record({
    role: fc.constantFrom('system', 'user', 'assistant'),
    content: fc.oneof(
      fc.string(),
      fc.array(
        fc.oneof(
          fc.string().map((text) => ({ type: 'text', text })),
          fc.constant(picture),
        ),
      ),
    ),
  });
  const body = fc.record(
    {
      model: fc.constant('some-model'),
      messages: fc.array(message, { maxLength: 6 }),
      stream: fc.constant(true),
      stream_options: fc.constant({ include_usage: true }),
      temperature: fc.double(),
      max_tokens: fc.nat(),
      max_completion_tokens: fc.nat(),
      tools: fc.constant([]),
      tool_choice: fc.constant('auto'),
    },
    { requiredKeys: ['model', 'messages'], noNullPrototype: true },
  );

  it('removes the given parameters, keeps the rest, and does not change its own result', () => {
    fc.assert(
      fc.property(
        body,
        fc.uniqueArray(fc.constantFrom(...everything, 'max_completion_tokens')),
        (sent, names) => {
          const parts = new Set(names);
          const adapted = removeUnsupportedParameters(sent, parts);
          const left = parametersOf(adapted);
          for (const part of parts) ok(!left.has(part), `${part} in ${JSON.stringify(adapted)}`);
          deepEqual(removeUnsupportedParameters(adapted, parts), adapted);
          equal(adapted['model'], 'some-model');
          deepEqual(removeUnsupportedParameters(sent, new Set()), sent);
        },
      ),
    );
  });

  const wildMessage = fc.oneof(
    message,
    fc.record({
      role: fc.constant('assistant'),
      content: fc.constant(null),
      tool_calls: fc.constantFrom(
        [{ id: 'a' }],
        [{ id: 'a' }, { id: 'b', extra_content: { signature: 's' } }],
      ),
    }),
    fc.record({
      role: fc.constant('assistant'),
      content: fc.string(),
      reasoning_details: fc.constant([{ type: 'reasoning.text', text: 'Hmm' }]),
    }),
    fc.record({ role: fc.constant('assistant'), content: fc.string(), reasoning_content: fc.string() }),
    fc.record({ role: fc.constant('tool'), tool_call_id: fc.constant('a'), content: fc.string() }),
    fc.record({ role: fc.constant('user'), content: fc.constant('<|channel|>final<|message|>') }),
  );
  const toolNamed = (name: string): object => ({ type: 'function', function: { name, parameters: {} } });

  it('does not change its own result for any message forms', () => {
    const parts = fc.uniqueArray(
      fc.constantFrom(
        ...[systemRole, arrayContent, roleOrder, toolMessages, nullContent, channelMarks, unreadablePictures],
        ...[
          reasoningContent,
          missingReasoning,
          callSignatures,
          missingSignature,
          reasoningDetails,
          'tool one',
          'tool two',
          'logprobs with tools',
          'stream with tools',
        ],
      ),
    );
    const wild = fc.record({
      messages: fc.array(wildMessage, { maxLength: 8 }),
      stream: fc.constant(true),
      logprobs: fc.constant(true),
      tools: fc.constant([toolNamed('one'), toolNamed('two')]),
      tool_choice: fc.constant('auto'),
    });
    fc.assert(
      fc.property(wild, parts, (sent, names) => {
        const adapted = removeUnsupportedParameters(sent, new Set(names), ['thought']);
        deepEqual(removeUnsupportedParameters(adapted, new Set(names)), adapted);
        const left = parametersOf(adapted);
        const opposites = [
          [reasoningContent, missingReasoning],
          [callSignatures, missingSignature],
        ].filter((pair) => pair.every((part) => names.includes(part)));
        for (const part of names) {
          const mayStay = opposites.some((pair) => pair.includes(part));
          ok(mayStay || !left.has(part), `${part} in ${JSON.stringify(adapted)}`);
        }
        if (names.includes('tool one') && names.includes('tool two')) ok(!('tool_choice' in adapted));
      }),
    );
  });

  it('puts the roles in order and keeps every message', () => {
    fc.assert(
      fc.property(fc.array(wildMessage, { maxLength: 10 }), (messages) => {
        const adapted = removeUnsupportedParameters(
          { messages },
          new Set([systemRole, toolMessages, roleOrder]),
        );
        const roles = (adapted.messages as readonly { role: string }[]).map(({ role }) => role);
        roles.forEach((role, at) => {
          equal(role, at % 2 === 0 ? 'user' : 'assistant');
        });
        ok(roles.length === 0 || roles.at(-1) === 'user');
      }),
    );
  });

  it('writes tool calls and their results as text', () => {
    const messages = [
      { role: 'user', content: 'Look' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'find', arguments: '{"q":1}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'found' },
    ];
    deepEqual(removeUnsupportedParameters({ messages }, new Set([toolMessages])).messages, [
      { role: 'user', content: 'Look' },
      { role: 'assistant', content: 'Called the tool find with {"q":1}' },
      { role: 'user', content: 'Result of the tool:\nfound' },
    ]);
  });

  it('keeps every word of the messages', () => {
    const words = (value: unknown): string =>
      JSON.stringify(value).match(/w\d+/g)?.toSorted().join(' ') ?? '';
    const wordy = fc
      .array(fc.tuple(fc.constantFrom('system', 'user', 'assistant'), fc.boolean()), { maxLength: 6 })
      .map((messages) =>
        messages.map(([role, isArray], at) => ({
          role,
          content: isArray ? [{ type: 'text', text: `w${at}` }, picture] : `w${at}`,
        })),
      );
    fc.assert(
      fc.property(wordy, (messages) => {
        const adapted = removeUnsupportedParameters({ messages }, new Set([systemRole, arrayContent]));
        equal(words(adapted.messages), words(messages));
      }),
    );
  });

  it('renames the token limit before it removes it', () => {
    deepEqual(removeUnsupportedParameters({ max_tokens: 5 }, new Set(['max_tokens'])), {
      max_completion_tokens: 5,
    });
    deepEqual(removeUnsupportedParameters({ max_completion_tokens: 5 }, new Set(['max_completion_tokens'])), {
      max_tokens: 5,
    });
    deepEqual(
      removeUnsupportedParameters({ max_tokens: 5 }, new Set(['max_tokens', 'max_completion_tokens'])),
      {},
    );
  });

  it('moves the instructions into the first question', () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello?' },
    ];
    deepEqual(removeUnsupportedParameters({ messages }, new Set([systemRole])).messages, [
      { role: 'user', content: 'Be brief.\n\nHello?' },
    ]);
  });

  it('keeps the pictures of the last question, not the earlier ones', () => {
    const asked = { role: 'user', content: [{ type: 'text', text: 'And this?' }, picture] };
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, picture] }, asked];
    deepEqual(removeUnsupportedParameters({ messages }, new Set([arrayContent])).messages, [
      { role: 'user', content: 'What is this?\n[picture]' },
      asked,
    ]);
  });
});

describe('A gateway that does not support a parameter', () => {
  let server: RawServer | undefined;
  let client: TestClient | undefined;

  afterEach(async () => {
    await client?.client.dispose();
    await server?.stop();
  });

  const refuse = (field: string, status = '400 No'): Uint8Array =>
    reply(JSON.stringify({ error: { message: `Unsupported parameter: '${field}'`, param: field } }), {
      status,
    });

  async function serve(
    answer: (body: Record<string, unknown>) => Uint8Array | undefined,
  ): Promise<RawServer> {
    server = await RawServer.start(async (exchange) => {
      const body = JSON.parse(exchange.body) as Record<string, unknown>;
      await exchange.write(answer(body) ?? reply(delta('Hi') + finish() + done));
      exchange.end();
    });
    return server;
  }

  const bodies = (): Record<string, unknown>[] =>
    (server?.requests ?? []).map(({ body }) => JSON.parse(body) as Record<string, unknown>);

  const parameters = { temperature: 0.2, top_p: 0.5, max_tokens: 9, seed: 1, logprobs: true };

  it('gets the request again without it, which is reported and remembered for this model', async () => {
    const unsupportedParameters = new InMemoryUnsupportedParameters();
    client = new TestClient(() => Promise.resolve(canaryKey), { unsupportedParameters });
    const { baseUrl } = await serve((body) => ('temperature' in body ? refuse('temperature') : undefined));
    const first = await client.answer({ baseUrl }, { parameters });
    deepEqual(
      first.parts.filter((part) => part.kind === 'adapted'),
      [{ kind: 'adapted', part: 'temperature' }],
    );
    equal(summary(first), 'completed stop');
    const second = await client.answer({ baseUrl }, { parameters });
    ok(second.parts.every((part) => part.kind !== 'adapted'));
    deepEqual(
      bodies().map((body) => 'temperature' in body),
      [true, false, false],
    );
    deepEqual([...unsupportedParameters.unsupported('test', 'some-model')], ['temperature']);
    deepEqual([...unsupportedParameters.unsupported('test', 'another-model')], []);
  });

  it('gets the token limit with its other name', async () => {
    client = new TestClient();
    const { baseUrl } = await serve((body) =>
      'max_tokens' in body ? refuse('max_tokens', '422 No') : undefined,
    );
    equal(summary(await client.answer({ baseUrl }, { parameters })), 'completed stop');
    deepEqual(
      bodies().map((body) => [body['max_tokens'], body['max_completion_tokens']]),
      [
        [9, undefined],
        [undefined, 9],
      ],
    );
  });

  it('may reject it with an error in a reply with HTTP 200', async () => {
    client = new TestClient();
    const { baseUrl } = await serve((body) =>
      'stream_options' in body
        ? reply(event({ error: { message: 'stream_options is not supported' } }))
        : undefined,
    );
    equal(summary(await client.answer({ baseUrl })), 'completed stop');
  });

  it('may reject it with a 404 because no provider supports it', async () => {
    client = new TestClient();
    const tools = [{ name: 'weather', description: '', parameters: {} }];
    const { baseUrl } = await serve((body) =>
      'tools' in body
        ? reply(JSON.stringify({ error: { message: 'No endpoints found that support tool use.' } }), {
            status: '404 No',
          })
        : undefined,
    );
    equal(summary(await client.answer({ baseUrl }, { tools })), 'completed stop');
  });

  it('may reject three fields, but not a fourth', async () => {
    client = new TestClient();
    let fields = ['temperature', 'top_p', 'seed'];
    const { baseUrl } = await serve((body) => {
      const field = fields.find((name) => name in body);
      return field === undefined ? undefined : refuse(field);
    });
    equal(summary(await client.answer({ baseUrl }, { parameters })), 'completed stop');
    equal(bodies().length, 4);
    await client.client.dispose();
    client = new TestClient();
    fields = ['temperature', 'top_p', 'seed', 'logprobs'];
    equal(summary(await client.answer({ baseUrl }, { parameters })), 'failed bad-request');
    equal(bodies().length, 8);
  });

  it('may reject it once: a field that it rejects after it was removed is not remembered', async () => {
    const unsupportedParameters = new InMemoryUnsupportedParameters();
    client = new TestClient(() => Promise.resolve(canaryKey), { unsupportedParameters });
    const { baseUrl } = await serve(() => refuse('temperature'));
    equal(summary(await client.answer({ baseUrl }, { parameters })), 'failed bad-request');
    equal(server?.requests.length, 2);
    deepEqual([...unsupportedParameters.unsupported('test', 'some-model')], []);
  });

  it('gets the instructions in the first question if it rejects the system role', async () => {
    client = new TestClient();
    const { baseUrl } = await serve((body) =>
      (body['messages'] as ChatRequest['messages']).some(({ role }) => role === 'system')
        ? reply(JSON.stringify({ error: { message: 'System role not supported' } }), { status: '400 No' })
        : undefined,
    );
    const messages: PromptMessage[] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello?' },
    ];
    equal(summary(await client.answer({ baseUrl }, { messages })), 'completed stop');
    deepEqual(bodies()[1]?.['messages'], [{ role: 'user', content: 'Be brief.\n\nHello?' }]);
  });
});
