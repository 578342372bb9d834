import type { FailureKind } from '../../../../src/shared/failure/failure';
import { type Wording } from './wording';

/** Refusals of the request itself with any status, and faults of the server. */
export const requestWordings: Readonly<Partial<Record<FailureKind, readonly Wording[]>>> = {
  'bad-request': [
    [
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
    [500, 'Failed to parse messages: Unsupported content part type: "image_url"'],
    [500, "raise_exception('System role not supported')\nError: Jinja Exception: System role not supported"],
    [500, { error: { code: 500, message: 'tools param requires --jinja flag', type: 'server_error' } }],
    [500, 'Cannot use tools with stream'],
    [500, 'Only one completion choice is allowed'],
    [500, 'Failed to parse tool call arguments as JSON: [json.exception.parse_error.101] parse error'],
    [400, { error: { code: 400, message: 'System role not supported', type: 'server_error' } }],
    [
      422,
      {
        object: 'error',
        message: JSON.stringify({
          detail: [
            { type: 'extra_forbidden', loc: ['body', 'top_k'], msg: 'Extra inputs are not permitted' },
          ],
        }),
        type: 'internal_error_proxy',
        code: '1000',
      },
    ],
    [400, "Field 'n': Value must be between 1 <= value <= 1, but got 3"],
    [500, { error: { type: 'invalid_request_error', message: 'messages: roles must alternate' } }],
    [500, '不支持图片输入'],
    [500, '参数 temperature 不合法'],
    [502, 'Conversation roles must alternate user/assistant/user/assistant'],
    [500, '画像はサポートされていません'],
    [500, 'JSON schema conversion failed: Pattern must start with ^'],
    [500, { error: { code: 500, message: 'Invalid messages: content is required', type: 'server_error' } }],
    [500, 'This model does not support tools'],
    [500, { error: 'multimodal input is not enabled' }],
    [500, { error: 'does not support image input' }],
    [500, { error: { message: 'logprobs is not supported with tools + stream', type: 'server_error' } }],
    [500, 'This server does not support multimodal'],
    [500, 'unknown variant `image_url`, expected `text`'],
    [500, 'temperature must be in [0, 2]'],
    [500, 'El modelo no admite imágenes'],
    [500, '模型不支持 function call'],
    [500, 'This model does not support image inputs'],
    [500, 'Tools are not supported in streaming mode'],
    [
      500,
      {
        error: {
          code: 500,
          message: 'Value is not callable: null at row 1, column 72:\n{%- raise_exception("x") %}',
          type: 'server_error',
        },
      },
    ],
    [500, 'the template does not support tool calls'],
    [500, 'unsupported content type: image_url'],
    [500, '该模型不支持图片输入'],
    [500, '不支持的参数: logprobs'],
    [500, '模型不支持工具调用'],
    [500, 'messages 参数非法'],
    [500, 'Только одно системное сообщение поддерживается: параметр messages неверный'],
  ],
  'server-error': [
    [500, 'Internal server error'],
    [503, 'The engine is currently overloaded, please try again later'],
    [529, 'Overloaded'],
    [200, { error: { type: 'overloaded_error', message: 'Overloaded' } }],
    [502, '<html><head><title>502 Bad Gateway</title></head></html>'],
    [500, '当前分组上游负载已饱和，请稍后再试'],
    [500, { error: { message: 'model limit reached, try again later', type: 'server_error' } }],
    [500, 'Something went wrong'],
    [500, 'Failed to generate output'],
    [503, 'Service Unavailable'],
    [500, 'The server had an error while processing your request'],
    [500, 'invalid upstream content'],
    [500, 'failed to read message from upstream'],
    [500, 'unknown error in template cache'],
    [
      200,
      {
        error: {
          message: 'The model is overloaded. Please try again later.',
          code: 503,
          status: 'UNAVAILABLE',
        },
      },
    ],
    [200, '系统繁忙，请稍后再试'],
    [500, '模型暂时不可用，请稍后重试'],
  ],
};
