import { event, json, usageOf, type ServerProfile } from './serverProfile';

const recorded = 'recorded from llama-server, August 2026';
const frame = (model: string): object => ({
  created: 1_790_000_000,
  id: 'chatcmpl-a1',
  model,
  system_fingerprint: 'b7000-0a0b0c',
  object: 'chat.completion.chunk',
});

/** llama-server of llama.cpp with one model. */
export const llamaCpp: ServerProfile = {
  name: 'llama.cpp',
  preset: 'llamacpp',
  model: 'small-chat',
  serverHeader: 'llama.cpp',
  list: {
    // The same model under both names. `n_ctx` is the context window of the server, `n_ctx_train` that of the model.
    behaviour: json(200, {
      models: [{ name: 'small-chat', model: 'small-chat', type: 'model', capabilities: ['completion'] }],
      object: 'list',
      data: [
        {
          id: 'small-chat',
          aliases: ['small-chat'],
          object: 'model',
          created: 1_790_000_000,
          owned_by: 'llamacpp',
          meta: { n_vocab: 32_000, n_ctx: 4_096, n_ctx_train: 131_072, n_embd: 128 },
        },
      ],
    }),
    source: recorded,
  },
  emptyList: { behaviour: json(200, { object: 'list', data: [] }), source: recorded },
  contextWindow: 4_096,
  listIsPublic: { behaviour: true, source: `${recorded}: the list needs no key under --api-key` },
  ignoresModelName: true,
  whole: {
    behaviour: (answer, model) =>
      json(200, {
        choices: [
          {
            finish_reason: 'stop',
            index: 0,
            message: {
              role: 'assistant',
              content: answer.text.join(''),
              ...(answer.reasoning.length > 0 && { reasoning_content: answer.reasoning.join('') }),
            },
          },
        ],
        ...frame(model),
        object: 'chat.completion',
        usage: { ...usageOf(answer), prompt_tokens_details: { cached_tokens: 0 } },
        timings: { cache_n: 0, prompt_n: answer.promptTokens },
      }),
    source: recorded,
  },
  stream: {
    // The first content is null, the last chunk with a choice has an empty delta, and the usage is in a chunk without choices.
    behaviour: (answer, model) => [
      event({
        choices: [{ finish_reason: null, index: 0, delta: { role: 'assistant', content: null } }],
        ...frame(model),
      }),
      ...answer.reasoning.map((piece) =>
        event({
          choices: [{ finish_reason: null, index: 0, delta: { reasoning_content: piece } }],
          ...frame(model),
        }),
      ),
      ...answer.text.map((piece) =>
        event({ choices: [{ finish_reason: null, index: 0, delta: { content: piece } }], ...frame(model) }),
      ),
      event({ choices: [{ finish_reason: 'stop', index: 0, delta: {} }], ...frame(model) }) +
        event({
          choices: [],
          ...frame(model),
          usage: { ...usageOf(answer), prompt_tokens_details: { cached_tokens: 0 } },
          timings: { cache_n: 0, prompt_n: answer.promptTokens },
        }),
      event('[DONE]'),
    ],
    source: recorded,
  },
  tooLong: {
    behaviour: json(400, {
      error: {
        code: 400,
        message: 'request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 9_000,
        n_ctx: 4_096,
      },
    }),
    source: recorded,
  },
  pictureRefused: {
    behaviour: json(500, {
      error: {
        code: 500,
        message:
          'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
        type: 'server_error',
      },
    }),
    source: recorded,
  },
  wrongKey: {
    behaviour: json(401, {
      error: { message: 'Invalid API Key', type: 'authentication_error', code: 401 },
    }),
    source: recorded,
  },
  wrongModel: {
    behaviour: (model) =>
      json(400, {
        error: { code: 400, message: `model '${model}' not found`, type: 'invalid_request_error' },
      }),
    source: `${recorded}, router mode; with one model the name is ignored`,
  },
  wrongPath: {
    behaviour: () => json(404, { error: { message: 'File Not Found', type: 'not_found_error', code: 404 } }),
    source: recorded,
  },
  loading: {
    behaviour: json(503, { error: { message: 'Loading model', type: 'unavailable_error', code: 503 } }),
    source: `${recorded}: also for the list, without Retry-After`,
  },
};
