import { ChatFormat } from './chatFormat';
import { event, json, type ServerProfile } from './serverProfile';

const documented = 'lmstudio.ai/docs/developer/openai-compat';
const chat = new ChatFormat({
  id: 'chatcmpl-b2',
  reply: (model) => ({ system_fingerprint: model }),
  choice: { logprobs: null },
});

/** The server of LM Studio. */
export const lmStudio: ServerProfile = {
  name: 'LM Studio',
  preset: 'lmstudio',
  model: 'qwen3-8b',
  serverHeader: undefined,
  list: {
    // Every downloaded model, loaded or not. Embedding models have a prefix.
    behaviour: json(200, {
      data: [
        { id: 'qwen3-8b', object: 'model', owned_by: 'organization_owner' },
        {
          id: 'text-embedding-nomic-embed-text-v1.5',
          object: 'model',
          owned_by: 'organization_owner',
        },
      ],
      object: 'list',
    }),
    source: documented,
  },
  emptyList: { behaviour: json(200, { data: [], object: 'list' }), source: documented },
  contextWindow: undefined,
  listIsPublic: { behaviour: false, source: 'lmstudio.ai/docs/developer/core/authentication' },
  ignoresModelName: false,
  whole: {
    behaviour: (answer, model) =>
      chat.whole(model, answer, {
        message: { reasoning_content: answer.reasoning.join(''), tool_calls: [] },
        reply: { stats: {} },
      }),
    source: documented,
  },
  stream: {
    behaviour: (answer, model) => [
      ...answer.reasoning.map((piece) => chat.chunk(model, { role: 'assistant', reasoning_content: piece })),
      ...answer.text.map((piece) => chat.chunk(model, { role: 'assistant', content: piece })),
      chat.chunk(model, {}, { finish_reason: 'stop' }),
      chat.usage(model, answer),
      event('[DONE]'),
    ],
    source: documented,
  },
  tooLong: {
    // HTTP 200, because the stream has already begun when the model's runtime reports the error.
    behaviour: {
      status: 200,
      contentType: 'text/event-stream',
      body: `event: error\n${event({
        error: {
          message:
            'The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 9000>= n_ctx: 4096). Try to load the model with a larger context length, or provide a shorter input.',
        },
      })}`,
    },
    source: 'reported by users of several clients, such as github.com/lmstudio-ai/lmstudio-bug-tracker',
  },
  pictureRefused: {
    behaviour: json(400, { error: 'Model does not support images. Please use a model that does.' }),
    source: 'github.com/lmstudio-ai/lmstudio-bug-tracker/issues/908',
  },
  wrongKey: {
    behaviour: json(401, {
      error: {
        message: 'Malformed LM Studio API token provided: sk-o***. Create one in the Developer page.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    }),
    source: 'lmstudio.ai/docs/developer/core/authentication',
  },
  wrongModel: {
    behaviour: (model) =>
      json(404, {
        error: {
          message: `Model "${model}" not found. Please load a model in the developer page or use the 'lms load' command.`,
          type: 'invalid_request_error',
          param: 'model',
          code: 'model_not_found',
        },
      }),
    source: 'github.com/lmstudio-ai/lmstudio-bug-tracker',
  },
  wrongPath: {
    behaviour: (method, path) => json(200, { error: `Unexpected endpoint or method. (${method} ${path})` }),
    source: 'reported by several clients: unknown paths are answered with HTTP 200',
  },
  loading: { behaviour: 'waits', source: 'lmstudio.ai/docs: models are loaded with the first request (JIT)' },
};
