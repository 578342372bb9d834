import { ChatFormat } from './chatFormat';
import { event, json, usageOf, type ServerProfile } from './serverProfile';

const protocol = 'github.com/vllm-project/vllm, vllm/entrypoints/openai';
const chat = new ChatFormat({ id: 'chatcmpl-c3', choice: { logprobs: null } });

function refusal(status: number, type: string, message: string): ReturnType<typeof json> {
  return json(status, { error: { message, type, param: null, code: status } });
}

/** The server of vLLM. */
export const vllm: ServerProfile = {
  name: 'vLLM',
  preset: 'vllm',
  model: 'Qwen/Qwen3-8B',
  serverHeader: 'uvicorn',
  list: {
    behaviour: json(200, {
      object: 'list',
      data: [
        {
          id: 'Qwen/Qwen3-8B',
          object: 'model',
          created: 1_790_000_000,
          owned_by: 'vllm',
          root: 'Qwen/Qwen3-8B',
          parent: null,
          max_model_len: 8_192,
          permission: [{ id: 'modelperm-1', object: 'model_permission', allow_sampling: true }],
        },
      ],
    }),
    source: protocol,
  },
  emptyList: { behaviour: json(200, { object: 'list', data: [] }), source: protocol },
  contextWindow: 8_192,
  listIsPublic: { behaviour: false, source: `${protocol}/api_server.py: /v1 needs the key of --api-key` },
  ignoresModelName: false,
  whole: {
    behaviour: (answer, model) =>
      chat.whole(model, answer, {
        message: {
          refusal: null,
          tool_calls: [],
          reasoning_content: answer.reasoning.length > 0 ? answer.reasoning.join('') : null,
        },
        choice: { stop_reason: null },
        reply: { usage: { ...usageOf(answer), prompt_tokens_details: null }, prompt_logprobs: null },
      }),
    source: protocol,
  },
  stream: {
    // The first chunk has the role and an empty content. Some versions send the reasoning in both fields.
    behaviour: (answer, model) => [
      chat.chunk(model, { role: 'assistant', content: '' }, {}, { prompt_token_ids: null }),
      ...answer.reasoning.map((piece) =>
        chat.chunk(model, { reasoning: piece, reasoning_content: piece }, { token_ids: null }),
      ),
      ...answer.text.map((piece) => chat.chunk(model, { content: piece }, { token_ids: null })),
      chat.chunk(model, { content: '' }, { finish_reason: 'stop', stop_reason: null }),
      chat.usage(model, answer),
      event('[DONE]'),
    ],
    source: protocol,
  },
  tooLong: {
    behaviour: refusal(
      400,
      'BadRequestError',
      "This model's maximum context length is 8192 tokens. However, your request has 9000 input tokens. Please reduce the length of the input messages.",
    ),
    source: protocol,
  },
  pictureRefused: {
    behaviour: refusal(400, 'BadRequestError', 'Qwen/Qwen3-8B is not a multimodal model'),
    source: 'github.com/vllm-project/vllm/issues/19144',
  },
  wrongKey: { behaviour: json(401, { error: 'Unauthorized' }), source: `${protocol}/api_server.py` },
  wrongModel: {
    behaviour: (model) => refusal(404, 'NotFoundError', `The model \`${model}\` does not exist.`),
    source: protocol,
  },
  wrongPath: { behaviour: () => json(404, { detail: 'Not Found' }), source: 'FastAPI' },
  loading: { behaviour: 'closed', source: `${protocol}: the port opens when the model is loaded` },
};
