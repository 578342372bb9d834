import type { FailureKind } from '../../../../src/shared/failure/failure';
import { message, type Wording } from './wording';

/** Refusals for a limit: of the context window, of money, of requests per time. */
export const limitWordings: Readonly<Partial<Record<FailureKind, readonly Wording[]>>> = {
  'request-too-large': [
    [
      400,
      {
        object: 'error',
        message: "This model's maximum context length is 4096 tokens. However, your prompt contains 5000.",
        type: 'BadRequestError',
        code: 400,
      },
    ],
    [
      400,
      {
        error: {
          code: 400,
          message:
            'request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it',
          type: 'exceed_context_size_error',
          n_ctx: 4096,
        },
      },
    ],
    [
      500,
      'the request exceeds the available context size. try increasing the context size or enable context shift',
    ],
    [
      400,
      {
        error: {
          message: 'litellm.ContextWindowExceededError: Context Window exceeded for given call.',
          type: null,
          code: '400',
        },
      },
    ],
    [400, 'prompt is too long: 213000 tokens > 200000 maximum'],
    [400, 'input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000'],
    [
      400,
      message(
        JSON.stringify({
          error: {
            message: "This model's maximum context length is 8192 tokens.",
            code: 'context_length_exceeded',
          },
        }),
      ),
    ],
    [
      502,
      message(
        `upstream said: ${JSON.stringify({ error: { message: JSON.stringify({ error: { message: 'Input is too long for requested model.' } }) } })}`,
      ),
    ],
    [
      400,
      {
        error:
          'Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
      },
    ],
    [
      200,
      {
        error: {
          message: 'The number of tokens to keep from the initial prompt is greater than the context length.',
        },
      },
    ],
    [
      400,
      [
        {
          error: {
            code: 400,
            message:
              'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
            status: 'INVALID_ARGUMENT',
          },
        },
      ],
    ],
    [400, 'Invalid request: Your request exceeded model token limit: 131072'],
    [400, { error: { code: '1261', message: 'Prompt 超长' } }],
    [400, 'Range of input length should be [1, 30720]'],
    [400, "This model's maximum prompt length is 131072 but the request contains 537812 tokens."],
    [400, 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length'],
    [
      422,
      {
        error:
          'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4097. Given: 5000 `inputs` tokens and 1000 `max_new_tokens`',
      },
    ],
    [400, "The input (40000 tokens) is longer than the model's context length (32768 tokens)."],
    [413, 'Request body too large for some-model model. Max size: 8000 tokens.'],
    [
      429,
      {
        error: {
          message: 'Request too large for some-model on tokens per min (TPM): Limit 30000, Requested 45000.',
          type: 'tokens',
          code: 'rate_limit_exceeded',
        },
      },
    ],
    [400, 'Please reduce the length of the messages or completion.'],
    [400, 'Your input exceeds the context window of this model. Please adjust your input and try again.'],
    [400, 'prompt too long; exceeded max context length by 1000 tokens'],
    [400, 'Total tokens of image and text exceed max message tokens.'],
    [400, '输入内容过长，超过模型最大上下文长度'],
    [400, '请求的 token 数超过了模型的最大限制（131072）'],
    [500, '上下文长度超出限制'],
    [400, '輸入超過模型的最大長度'],
    [400, '提示過長，請縮短後再試'],
    [400, 'プロンプトが長すぎます。最大コンテキスト長は 8192 トークンです。'],
    [400, 'トークン数が上限を超えています'],
    [400, '입력이 너무 깁니다. 최대 컨텍스트 길이는 8192 토큰입니다.'],
    [400, '컨텍스트 길이를 초과했습니다'],
    [400, 'Запрос превышает максимальную длину контекста (32768 токенов)'],
    [400, 'El prompt supera la longitud máxima de contexto'],
    [400, 'Le contexte dépasse la limite du modèle'],
    [400, 'Die Eingabe ist zu lang und überschreitet die maximale Kontextlänge'],
    [400, 'O prompt excede o comprimento máximo do contexto'],
    [
      400,
      {
        error: { message: 'Input length 9000 exceeds maximum length 8192', code: 'invalid_parameter_error' },
      },
    ],
    [400, { error: { code: 'InvalidParameter', message: 'The input tokens exceed the limit of 32768' } }],
    [
      400,
      { message: 'too many tokens: size limit exceeded by 1000 tokens. Try using shorter or fewer inputs' },
    ],
    [400, 'total number of tokens in the prompt cannot exceed 4081 - received 5000'],
    [400, "Requested token count exceeds the model's maximum context length of 32768 tokens."],
    [400, 'context window exceeds limit (2013)'],
    [400, { error_code: 336103, error_msg: 'Prompt tokens too long' }],
    [400, { error_code: 336007, error_msg: "the length of messages' content exceeded the max input length" }],
    [400, 'Number of input tokens must be no more than 32768, got 40000'],
    [400, 'This model supports at most 128000 tokens in the prompt'],
    [400, 'messages too long for model'],
    [400, 'Conversation is too long. Please start a new chat.'],
    [400, '对话过长，请新建对话'],
    [400, '输入的tokens超过限制'],
    [400, '请求内容超过模型上下文窗口'],
    [400, '超出模型最大上下文限制'],
    [400, '超出最大長度限制 (4096 tokens)'],
    [400, '入力トークン数がモデルの最大値を超えました'],
    [400, '요청이 모델의 최대 토큰 수를 초과했습니다'],
    [400, 'Слишком длинный запрос: 40000 токенов, максимум 32768'],
    [400, 'Se ha superado el límite de contexto del modelo'],
    [400, 'La requête est trop longue pour ce modèle'],
    [400, 'Kontextfenster überschritten'],
    [400, 'Das Kontextlimit wurde überschritten'],
    [400, 'Превышен размер контекста'],
    [500, { error: 'input length exceeds the context length' }],
    [400, "the input exceeds the model's context window"],
    [400, 'sequence length 9000 is longer than maximum 8192'],
    [
      400,
      'Token indices sequence length is longer than the specified maximum sequence length for this model (9000 > 8192)',
    ],
    [400, 'exceeded maximum context: 5000/4096 tokens'],
    [413, 'Payload Too Large'],
    [400, 'Your prompt has 9000 tokens, which is more than the 8192 this model accepts'],
    [400, 'maximum context size exceeded'],
    [400, 'the prompt exceeds the maximum number of tokens'],
    [400, 'Input too long'],
    [400, 'input_tokens (40000) + max_tokens (4096) must be <= 32768'],
    [400, '上下文过长'],
    [400, '超过模型上下文窗口大小'],
    [400, 'tokens 数量超限，最大支持 8192'],
    [400, '消息长度超出模型限制'],
    [400, 'input too long, max 32k'],
    [400, 'コンテキストウィンドウを超えています'],
    [400, '入力が最大トークン数を超えています'],
    [400, '프롬프트가 너무 깁니다'],
    [400, 'Количество токенов превышает лимит модели (8192)'],
    [400, 'Le message est trop long pour la fenêtre de contexte'],
    [400, 'La conversación es demasiado larga'],
    [400, 'A entrada é muito longa'],
    [400, 'Il prompt è troppo lungo'],
    [400, 'Der Prompt ist zu lang'],
  ],
  'rate-limited': [
    [429, 'Rate limit reached for some-model. Please try again in 20s.'],
    [
      429,
      [
        {
          error: {
            code: 429,
            message:
              'You exceeded your current quota, please check your plan and billing details. Quota exceeded for metric: requests per minute. Please retry in 43.2s.',
            status: 'RESOURCE_EXHAUSTED',
          },
        },
      ],
    ],
    [200, { error: { message: 'Too many requests', type: 'rate_limit_error' } }],
    [500, '请求过于频繁，请稍后再试'],
    [403, 'API rate limit exceeded'],
    [503, 'レート制限を超えました'],
    [429, 'Quota exceeded for tokens per minute'],
    [429, 'Too many tokens, please wait before trying again.'],
    [429, 'Rate limit exceeded, please retry after 20 seconds'],
    [200, '请求太频繁了'],
    [503, 'concurrency limit reached'],
    [429, 'You have exceeded the limit, please wait 20 seconds'],
    [500, '您的请求过于频繁，请 10 秒后再试'],
    [503, { __type: 'ThrottlingException', message: 'Rate exceeded' }],
  ],
};
