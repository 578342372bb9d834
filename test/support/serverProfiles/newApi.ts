import { event, json, usageOf, type CannedReply, type ServerProfile } from './serverProfile';

const repository = 'github.com/QuantumNous/new-api';
const requestId = '20261101000000000000000abcdefgh';
const frame = (model: string): object => ({
  id: 'chatcmpl-d4',
  object: 'chat.completion.chunk',
  created: 1_790_000_000,
  model,
});

function withId(reply: CannedReply): CannedReply {
  return { ...reply, headers: { 'X-Oneapi-Request-Id': requestId } };
}

function refusal(status: number, code: string, message: string): CannedReply {
  const error = { code, message: `${message} (request id: ${requestId})`, type: 'new_api_error' };
  return withId(json(status, { error }));
}

/** New API, which most Chinese gateways run. It passes on what the provider behind it sends. */
export const newApi: ServerProfile = {
  name: 'New API',
  preset: undefined,
  model: 'gpt-4o',
  serverHeader: undefined,
  list: {
    behaviour: withId(
      json(200, {
        data: [
          {
            id: 'gpt-4o',
            object: 'model',
            created: 1_626_777_600,
            owned_by: 'openai',
            supported_endpoint_types: ['openai'],
          },
        ],
        object: 'list',
        success: true,
      }),
    ),
    source: `${repository}, controller/model.go`,
  },
  emptyList: {
    behaviour: json(200, { data: [], object: 'list', success: true }),
    source: `${repository}, controller/model.go`,
  },
  contextWindow: undefined,
  listIsPublic: { behaviour: false, source: `${repository}, middleware/auth.go` },
  ignoresModelName: false,
  whole: {
    behaviour: (answer, model) =>
      withId(
        json(200, {
          ...frame(model),
          object: 'chat.completion',
          choices: [
            {
              index: 0,
              message: {
                role: 'assistant',
                content: answer.text.join(''),
                ...(answer.reasoning.length > 0 && { reasoning_content: answer.reasoning.join('') }),
              },
              finish_reason: 'stop',
            },
          ],
          usage: { ...usageOf(answer), input_tokens: 0, output_tokens: 0, input_tokens_details: null },
        }),
      ),
    source: `${repository}, dto/openai_response.go`,
  },
  stream: {
    // Comments keep the connection open. The usage is in a chunk without choices, and New API itself may have counted it.
    behaviour: (answer, model) => [
      ': PING\n\n',
      event({
        ...frame(model),
        system_fingerprint: null,
        choices: [
          { delta: { content: '', role: 'assistant' }, logprobs: null, finish_reason: null, index: 0 },
        ],
      }),
      ...answer.reasoning.map((piece) =>
        event({
          ...frame(model),
          system_fingerprint: null,
          choices: [{ delta: { reasoning_content: piece }, logprobs: null, finish_reason: null, index: 0 }],
        }),
      ),
      ': PING\n\n',
      ...answer.text.map((piece) =>
        event({
          ...frame(model),
          system_fingerprint: null,
          choices: [{ delta: { content: piece }, logprobs: null, finish_reason: null, index: 0 }],
        }),
      ),
      event({
        ...frame(model),
        system_fingerprint: null,
        choices: [{ delta: {}, logprobs: null, finish_reason: 'stop', index: 0 }],
      }),
      event({ ...frame(model), system_fingerprint: '', choices: [], usage: usageOf(answer) }),
      event('[DONE]'),
    ],
    source: `${repository}, relay/channel/openai/relay-openai.go and relay/helper (PING)`,
  },
  tooLong: {
    behaviour: refusal(
      400,
      'context_length_exceeded',
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 200000 tokens.",
    ),
    source: `${repository}: the provider's code and words, with New API's type`,
  },
  pictureRefused: {
    behaviour: refusal(
      400,
      'invalid_request_error',
      'Invalid content type. image_url is only supported by certain models.',
    ),
    source: `${repository}: the provider's words, with New API's type`,
  },
  wrongKey: { behaviour: refusal(401, '', '无效的令牌'), source: `${repository}, middleware/auth.go` },
  wrongModel: {
    behaviour: (model) =>
      refusal(503, 'model_not_found', `分组 default 下模型 ${model} 无可用渠道（distributor）`),
    source: `${repository}/pull/6310`,
  },
  wrongPath: {
    behaviour: (method, path) =>
      method === 'GET'
        ? { status: 200, contentType: 'text/html', body: '<!doctype html><title>New API</title>' }
        : json(404, {
            error: {
              message: `Invalid URL (${method} ${path})`,
              type: 'invalid_request_error',
              param: '',
              code: '',
            },
          }),
    source: `${repository}, controller/relay.go and router/web-router.go`,
  },
  loading: { behaviour: 'never', source: 'it serves no model of its own' },
};
