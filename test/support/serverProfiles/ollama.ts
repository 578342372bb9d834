import { ChatFormat } from './chatFormat';
import { event, json, type ServerProfile } from './serverProfile';

const openAiPackage = 'github.com/ollama/ollama, openai/openai.go';
const chat = new ChatFormat({ id: 'chatcmpl-101', reply: () => ({ system_fingerprint: 'fp_ollama' }) });

/** Ollama. */
export const ollama: ServerProfile = {
  name: 'Ollama',
  preset: 'ollama',
  model: 'llama3.2:latest',
  serverHeader: undefined,
  list: {
    behaviour: json(200, {
      object: 'list',
      data: [{ id: 'llama3.2:latest', object: 'model', created: 1_790_000_000, owned_by: 'library' }],
    }),
    source: openAiPackage,
  },
  emptyList: { behaviour: json(200, { object: 'list', data: null }), source: openAiPackage },
  contextWindow: undefined,
  listIsPublic: {
    behaviour: true,
    source: 'docs.ollama.com/openai: a key is required by clients but ignored',
  },
  ignoresModelName: false,
  whole: {
    behaviour: (answer, model) =>
      chat.whole(model, answer, {
        message: answer.reasoning.length > 0 ? { reasoning: answer.reasoning.join('') } : {},
      }),
    source: openAiPackage,
  },
  stream: {
    // Each delta repeats the role. Content is '' during the reasoning, which is in the field `reasoning`.
    behaviour: (answer, model) => [
      ...answer.reasoning.map((piece) =>
        chat.chunk(model, { role: 'assistant', content: '', reasoning: piece }),
      ),
      ...answer.text.map((piece) => chat.chunk(model, { role: 'assistant', content: piece })),
      chat.chunk(model, { role: 'assistant', content: '' }, { finish_reason: 'stop' }),
      chat.usage(model, answer) + event('[DONE]'),
    ],
    source: openAiPackage,
  },
  tooLong: {
    behaviour: 'cut',
    source: 'docs.ollama.com/context-length: what does not fit num_ctx is left out of the prompt',
  },
  pictureRefused: {
    behaviour: json(500, {
      error: {
        message:
          'Failed to create new sequence: failed to process inputs: this model is missing data required for image input',
        type: 'api_error',
        param: null,
        code: null,
      },
    }),
    source: 'github.com/ollama/ollama, model/model.go ErrNoVisionModel',
  },
  wrongKey: {
    behaviour: json(401, { error: { message: 'unauthorized', type: 'api_error', param: null, code: null } }),
    source: `${openAiPackage}; seen behind a reverse proxy alone, since Ollama itself takes any key`,
  },
  wrongModel: {
    behaviour: (model) =>
      json(404, {
        error: {
          message: `model "${model}" not found, try pulling it first`,
          type: 'api_error',
          param: null,
          code: null,
        },
      }),
    source: 'github.com/chatchat-space/Langchain-Chatchat/issues/4925',
  },
  wrongPath: {
    behaviour: () => ({ status: 404, body: '404 page not found', contentType: 'text/plain' }),
    source: 'github.com/jakobdylanc/llmcord/issues/56 (gin)',
  },
  loading: { behaviour: 'waits', source: 'docs.ollama.com/faq: a model is loaded with the first request' },
};
