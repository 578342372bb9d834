import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ImageAttachment } from '../../../src/shared/conversation/attachment';
import type { AssistantMessage } from '../../../src/shared/conversation/conversation';
import { settingsInstructions } from '../../support/corePorts';
import { ChatAtGateway, type ChatOptions, type Refusal, type SentBody } from './chatAtGateway';

const error = (message: string, more: object = {}): object => ({ error: { message, ...more } });
const hasPicture = (body: SentBody): boolean => JSON.stringify(body.messages).includes('"image_url"');
const hasRole = (body: SentBody, role: string): boolean =>
  body.messages.some((message) => message.role === role);
const outcome = ({ ending }: AssistantMessage): string | undefined => ending?.outcome;

const photo: ImageAttachment = {
  kind: 'image',
  id: 'photo',
  name: 'photo.png',
  url: 'data:image/png;base64,iVBORw0KGgo=',
};
const drawn = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==';
const toolCall = (id: string): object => ({
  tool_calls: [{ index: 0, id, type: 'function', function: { name: 'search', arguments: '{"q":"x"}' } }],
});

/** True if a strict chat template rejects the roles, because user and assistant do not alternate. */
function wantsTurns(body: SentBody): boolean {
  const roles = body.messages.map(({ role }) => role);
  return roles.some((role, at) => role !== (at % 2 === 0 ? 'user' : 'assistant'));
}

/** True if a tool call has no result directly after it, or a result has no call before it. */
function hasOrphans(body: SentBody): boolean {
  const open: string[] = [];
  for (const message of body.messages) {
    if (message.role === 'tool') {
      const at = open.indexOf(String(message['tool_call_id']));
      if (at === -1) return true;
      open.splice(at, 1);
    } else {
      if (open.length > 0) return true;
      for (const call of (message['tool_calls'] ?? []) as { id: string }[]) open.push(call.id);
    }
  }
  return open.length > 0;
}

describe('A chat at a strict gateway', () => {
  const chats: ChatAtGateway[] = [];

  afterEach(async () => {
    for (const chat of chats.splice(0)) await chat.stop();
  });

  async function start(refuse: (body: SentBody) => Refusal, options?: ChatOptions): Promise<ChatAtGateway> {
    const chat = await ChatAtGateway.start(refuse, options);
    chats.push(chat);
    return chat;
  }

  it('continues after the model called an unknown tool', async () => {
    const chat = await start(
      (body) =>
        hasOrphans(body)
          ? [
              400,
              error(
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.",
                { param: 'messages' },
              ),
            ]
          : undefined,
      {
        answers: [
          [{ content: 'Let me look.' }, toolCall('call_1')],
          [toolCall('call_2')],
          [{ content: 'Hi' }],
        ],
      },
    );
    await chat.ask('hi');
    await chat.ask('and now?');
    equal(outcome(await chat.ask('and then?')), 'completed');
    equal(chat.bodies.length, 3);
    ok(!chat.lastBody.includes('"tool_calls"'));
  });

  it('does not send a picture back as text', async () => {
    const picture = `data:image/png;base64,iVBORw0KGgo${'A'.repeat(4_000)}`;
    const chat = await start(() => undefined, {
      answers: [[{ content: `Here:\n\n![image](${picture})` }], [{ content: 'Hi' }]],
    });
    await chat.ask('draw a cat');
    equal(outcome(await chat.ask('make it blue')), 'completed');
    ok(!chat.lastBody.includes('base64,iVBORw0KGgoAAAA'));
    deepEqual(
      chat.bodies.at(-1)?.messages.map(({ content }) => content),
      ['draw a cat', 'Here:\n\n[picture]', 'make it blue'],
    );
  });

  it('sends a Markdown picture back as a picture if the model accepts pictures', async () => {
    const chat = await start(() => undefined, {
      answers: [[{ content: `Here:\n\n![image](${drawn})` }], [{ content: 'Hi' }]],
      target: { takesPictures: true },
    });
    await chat.ask('draw a cat');
    await chat.ask('make it blue');
    deepEqual(chat.bodies.at(-1)?.messages.at(-1)?.content, [
      { type: 'image_url', image_url: { url: drawn } },
      { type: 'text', text: 'make it blue' },
    ]);
  });

  it('sends the model its own picture with the next prompt', async () => {
    const chat = await start(() => undefined, {
      answers: [
        [{ content: '', images: [{ type: 'image_url', image_url: { url: drawn } }] }],
        [{ content: 'Hi' }],
      ],
    });
    await chat.ask('draw a cat');
    equal(outcome(await chat.ask('make it blue')), 'completed');
    deepEqual(chat.bodies.at(-1)?.messages, [
      { role: 'user', content: 'draw a cat' },
      { role: 'assistant', content: '[picture]' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: drawn } },
          { type: 'text', text: 'make it blue' },
        ],
      },
    ]);
  });

  it("sends a placeholder for the model's own picture if the model accepts no pictures", async () => {
    const options = {
      answers: [
        [{ content: '', images: [{ type: 'image_url', image_url: { url: drawn } }] }],
        [{ content: 'Hi' }],
      ],
    };
    const known = await start(() => undefined, { ...options, target: { takesPictures: false } });
    const learnt = await start(
      (body) => (hasPicture(body) ? [400, error('This model does not support image input')] : undefined),
      options,
    );
    for (const chat of [known, learnt]) {
      await chat.ask('draw a cat');
      const answer = await chat.ask('make it blue');
      equal(outcome(answer), 'completed');
      ok(!chat.lastBody.includes('base64'));
      ok(chat.lastBody.includes('[picture]'));
      deepEqual(answer.adaptations, chat === learnt ? ['array content'] : []);
    }
  });

  it('removes the reasoning if a gateway rejects it, and remembers that', async () => {
    const chat = await start(
      (body) =>
        JSON.stringify(body.messages).includes('"reasoning_content"')
          ? [
              400,
              {
                message:
                  "messages.1.assistant.reasoning_content: property 'messages.1.assistant.reasoning_content' is unsupported",
                type: 'invalid_request_error',
                param: 'validation_error',
              },
            ]
          : undefined,
      { modelId: 'glm-4.7', answers: [[{ reasoning_content: 'hmm' }, { content: 'Hi' }]] },
    );
    await chat.ask('hi');
    equal(outcome(await chat.ask('and now?')), 'completed');
    equal(outcome(await chat.ask('and then?')), 'completed');
    equal(chat.bodies.length, 4);
    deepEqual([...chat.unsupportedParameters.unsupported('test', 'glm-4.7')], ['reasoning_content']);
  });

  it('sends the reasoning back if a gateway requires it, and remembers that', async () => {
    const chat = await start(
      (body) =>
        body.messages.some((message) => message.role === 'assistant' && !('reasoning_content' in message))
          ? [400, error('The `reasoning_content` in the thinking mode must be passed back to the API.')]
          : undefined,
      { modelId: 'deepseek-v4-pro', answers: [[{ reasoning_content: 'hmm' }, { content: 'Hi' }]] },
    );
    await chat.ask('hi');
    const answer = await chat.ask('and now?');
    equal(outcome(answer), 'completed');
    equal(chat.bodies.at(-1)?.messages[1]?.['reasoning_content'], 'hmm');
    // The request lost no content, so the user is not told.
    deepEqual(answer.adaptations, []);
    await chat.ask('and then?');
    equal(chat.bodies.length, 4);
  });

  it('is not rejected for a context window that is only known for the model family', async () => {
    const chat = await start(() => undefined, {
      modelId: 'deepseek-r1',
      target: { contextWindow: 128_000 },
    });
    equal(outcome(await chat.ask('word '.repeat(150_000))), 'completed');
    equal(chat.bodies.length, 1);
  });

  it('learns the context window that a refusal names', async () => {
    const chat = await start((body) =>
      JSON.stringify(body.messages).length > 8_000
        ? [
            400,
            error("This model's maximum context length is 1024 tokens. However, you requested 2811 tokens.", {
              code: 'context_length_exceeded',
            }),
          ]
        : undefined,
    );
    const answer = await chat.ask('word '.repeat(3_000));
    ok(answer.ending?.outcome === 'failed');
    equal(answer.ending.failure.kind, 'request-too-large');
    equal(chat.unsupportedParameters.contextWindow('test', 'some-model'), 1_024);
  });

  it('does not send the channel marks of gpt-oss back', async () => {
    const chat = await start(
      (body) =>
        JSON.stringify(body.messages).includes('<|channel|>')
          ? [
              500,
              {
                error: {
                  code: 500,
                  message: 'You have passed a message containing <|channel|> tags in the content field.',
                  type: 'server_error',
                },
              },
            ]
          : undefined,
      {
        modelId: 'gpt-oss-20b',
        answers: [
          [
            {
              content:
                '<|channel|>analysis<|message|>We greet.<|end|><|start|>assistant<|channel|>final<|message|>Hi!',
            },
          ],
          [{ content: 'Hi' }],
        ],
      },
    );
    await chat.ask('hi');
    equal(outcome(await chat.ask('more')), 'completed');
    equal(outcome(await chat.ask('What does `<|channel|>` mean?')), 'completed');
  });

  for (const [name, status, body] of [
    [
      'llama.cpp',
      500,
      {
        error: {
          code: 500,
          message:
            'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
          type: 'server_error',
        },
      },
    ],
    [
      'an older llama.cpp',
      500,
      {
        error: {
          code: 500,
          message: 'Failed to parse messages: Unsupported content part type: "image_url"',
          type: 'server_error',
        },
      },
    ],
    ['LM Studio', 400, { error: 'Model does not support images. Please use a model that does.' }],
    [
      'Ollama',
      500,
      error(
        'Failed to create new sequence: failed to process inputs: this model is missing data required for image input',
      ),
    ],
    ['OpenRouter', 404, error('No endpoints found that support image input', { code: 404 })],
    [
      'vLLM',
      400,
      { object: 'error', message: 'At most 0 image(s) may be provided in one request.', code: 400 },
    ],
    [
      'DeepSeek',
      422,
      error(
        'Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `image_url`, expected `text`',
      ),
    ],
    ['a gateway that answers 200', 200, { code: 400, message: '该模型不支持图片输入' }],
    ['a gateway that forbids it', 403, error('This model does not accept images')],
  ] as const) {
    it(`continues without the earlier picture at ${name}, which accepts none`, async () => {
      const chat = await start((sent) => (hasPicture(sent) ? [status, body] : undefined));
      const first = await chat.ask('What is this?', [photo]);
      // The last question keeps its picture, because an answer without it would be wrong.
      ok(first.ending?.outcome === 'failed');
      equal(first.ending.failure.kind, 'bad-request');
      equal(chat.bodies.length, 1);
      const second = await chat.ask('more');
      equal(outcome(second), 'completed');
      deepEqual(second.adaptations, ['array content']);
      equal(outcome(await chat.ask('and more')), 'completed');
      equal(chat.bodies.length, 4);
    });
  }

  it('removes an unreadable picture in this chat only', async () => {
    const chat = await start((body) =>
      hasPicture(body) && body.messages.length > 1
        ? [400, error('Failed to download image from https://files.example.test/a.png')]
        : undefined,
    );
    await chat.ask('What is this?', [{ ...photo, url: 'https://files.example.test/a.png' }]);
    const second = await chat.ask('more');
    equal(outcome(second), 'completed');
    deepEqual(second.adaptations, ['unreadable pictures']);
    deepEqual([...chat.unsupportedParameters.unsupported('test', 'some-model')], []);
  });

  for (const [name, status, body] of [
    [
      'llama.cpp',
      500,
      {
        error: {
          code: 500,
          message:
            "raise_exception('System role not supported')\nError: Jinja Exception: System role not supported",
          type: 'server_error',
        },
      },
    ],
    [
      'vLLM',
      400,
      {
        object: 'error',
        message: 'Conversation roles must alternate user/assistant/user/assistant/...',
        param: null,
        code: null,
      },
    ],
    [
      'LM Studio',
      400,
      {
        error: 'Error rendering prompt with jinja template: "Only user and assistant roles are supported!".',
      },
    ],
    ['Gemini', 400, error('Please use a valid role: user, model.')],
    ['a gateway in Chinese', 200, { code: 400, msg: '该模型不支持 system 角色' }],
  ] as const) {
    it(`sends the instructions in the first prompt to ${name}, which has no system role`, async () => {
      const chat = await start((sent) => (hasRole(sent, 'system') ? [status, body] : undefined), {
        target: { instructions: settingsInstructions('Be brief.') },
      });
      const answer = await chat.ask('hi');
      equal(outcome(answer), 'completed');
      deepEqual(answer.adaptations, ['system role']);
      deepEqual(chat.bodies.at(-1)?.messages, [{ role: 'user', content: 'Be brief.\n\nhi' }]);
    });
  }

  it('alternates the roles if a template requires it, with instructions and lost answers or without', async () => {
    let isDown = true;
    const chat = await start(
      (body) => {
        if (isDown) return [401, error('Not now')];
        return wantsTurns(body)
          ? [
              400,
              error('Jinja Exception: Conversation roles must alternate user/assistant/user/assistant/...'),
            ]
          : undefined;
      },
      { target: { instructions: settingsInstructions('Be brief.') } },
    );
    await chat.ask('first');
    isDown = false;
    const answer = await chat.ask('second');
    equal(outcome(answer), 'completed');
    deepEqual(chat.bodies.at(-1)?.messages, [{ role: 'user', content: 'Be brief.\n\nfirst\n\nsecond' }]);
    equal(outcome(await chat.ask('third')), 'completed');
    deepEqual(
      [...chat.unsupportedParameters.unsupported('test', 'some-model')],
      ['role order', 'system role'],
    );
  });

  it('keeps prompts separate if the gateway does not require otherwise', async () => {
    let isDown = true;
    const chat = await start(() => (isDown ? [401, error('Not now')] : undefined));
    await chat.ask('first');
    isDown = false;
    await chat.ask('second');
    deepEqual(
      chat.bodies.at(-1)?.messages.map(({ content }) => content),
      ['first', 'second'],
    );
  });

  it('removes top_p only if the gateway does not support it with temperature', async () => {
    const chat = await start(
      (body) =>
        'temperature' in body && 'top_p' in body
          ? [
              400,
              error(
                '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
              ),
            ]
          : undefined,
      { parameters: { temperature: 0.2, top_p: 0.5 } },
    );
    const answer = await chat.ask('hi');
    equal(outcome(answer), 'completed');
    deepEqual(answer.adaptations, ['top_p with temperature']);
    equal(chat.bodies.at(-1)?.['temperature'], 0.2);
    const { route } = chat.target;
    ok('gateway' in route);
    await chat.ask('again', [], { ...chat.target, route: { ...route, parameters: { top_p: 0.5 } } });
    equal(chat.bodies.at(-1)?.['top_p'], 0.5);
  });

  it('remembers two fields that are not supported together as a combination', async () => {
    const chat = await start(
      (body) =>
        'tools' in body && 'logprobs' in body
          ? [400, error('logprobs is not supported with tools + stream', { code: 400 })]
          : undefined,
      { parameters: { logprobs: true, top_logprobs: 2 } },
    );
    const { route } = chat.target;
    ok('gateway' in route);
    const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }];
    const withTools = { ...chat.target, route: { ...route, parameters: { ...route.parameters, tools } } };
    equal(outcome(await chat.ask('hi', [], withTools)), 'completed');
    equal('logprobs' in (chat.bodies.at(-1) ?? {}), false);
    equal(outcome(await chat.ask('hi')), 'completed');
    equal(chat.bodies.at(-1)?.['logprobs'], true);
    equal(outcome(await chat.ask('hi', [], withTools)), 'completed');
    equal(chat.bodies.length, 4);
  });

  it('sends tools without a stream if the two are not supported together', async () => {
    const chat = await start(
      (body) =>
        'tools' in body && body['stream'] === true
          ? [500, error('Cannot use tools with stream', { code: 500 })]
          : undefined,
      { parameters: { tools: [{ type: 'function', function: { name: 'f', parameters: {} } }] } },
    );
    equal(outcome(await chat.ask('hi')), 'completed');
    deepEqual(
      [chat.bodies.at(-1)?.['stream'], 'stream_options' in (chat.bodies.at(-1) ?? {})],
      [false, false],
    );
  });

  it('sends no stream_options without a stream', async () => {
    for (const options of [{ extraBody: { stream: false } }, { parameters: { stream: false } }]) {
      const chat = await start(
        (body) =>
          'stream_options' in body
            ? [
                400,
                error("The 'stream_options' parameter is only allowed when 'stream' is enabled.", {
                  param: 'stream_options',
                }),
              ]
            : undefined,
        options,
      );
      const answer = await chat.ask('hi');
      equal(outcome(answer), 'completed');
      deepEqual(answer.adaptations, []);
      equal(chat.bodies.length, 1);
    }
  });

  it('requests one answer if a server has fewer slots than requested answers', async () => {
    const chat = await start(
      (body) =>
        'n' in body
          ? [400, error("Field 'n': Value must be between 1 <= value <= 1, but got 3", { code: 400 })]
          : undefined,
      { parameters: { n: 3 } },
    );
    const answer = await chat.ask('hi');
    equal(outcome(answer), 'completed');
    deepEqual(answer.adaptations, ['n']);
  });

  it('removes the one tool whose definition a server rejects and sends the others', async () => {
    const tool = (name: string, property: object): object => ({
      type: 'function',
      function: { name, parameters: { type: 'object', properties: { a: property } } },
    });
    const tools = [
      tool('read_file', { type: 'string' }),
      tool('find', { type: 'string', pattern: '(?<=a)b' }),
    ];
    const chat = await start(
      (body) =>
        JSON.stringify(body['tools']).includes('"pattern"')
          ? [
              400,
              error(
                "Unable to generate parser for this template. Automatic parser generation failed: JSON schema conversion failed:\nPattern must start with '^' and end with '$'",
                { code: 400 },
              ),
            ]
          : undefined,
      { parameters: { tools } },
    );
    const answer = await chat.ask('hi');
    equal(outcome(answer), 'completed');
    deepEqual(answer.adaptations, ['tool find']);
    deepEqual(chat.bodies.at(-1)?.['tools'], [tools[0]]);
  });

  it('sends nothing a second time if an error only mentions a parameter', async () => {
    for (const words of [
      'The system is overloaded. Please try again later.',
      'Unknown error: image service unavailable',
      'Your account role is not allowed to use this model',
      'temperature must be between 0 and 2',
    ]) {
      const chat = await start(() => [400, error(words)], {
        target: { instructions: settingsInstructions('Be brief.') },
        parameters: { temperature: 3 },
      });
      equal(outcome(await chat.ask('hi')), 'failed');
      equal(chat.bodies.length, 1);
    }
  });
});
