import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { contextWindowIn } from '../../../../src/gateway/failures/contextWindowIn';

/** Messages of refusals and the context window that they name. */
const refusals: readonly (readonly [words: string, window: number])[] = [
  // vLLM
  [
    "This model's maximum context length is 32768 tokens. However, you requested 512 output tokens and your prompt contains at least 32769 input tokens.",
    32_768,
  ],
  ['The decoder prompt (length 40000) is longer than the maximum model length of 16384.', 16_384],
  // OpenAI and what speaks like it
  ["This model's maximum context length is 8,192 tokens, however you requested 9,000 tokens.", 8_192],
  [
    'Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300000 tokens.',
    272_000,
  ],
  [
    "This endpoint's maximum context length is 131072 tokens. However, you requested about 150000 tokens.",
    131_072,
  ],
  ['Request body too large for some-model model. Max size: 8000 tokens.', 8_000],
  ['prompt token count of 150000 exceeds the limit of 128000', 128_000],
  ['Please reduce the length of the messages. Current length is 9000 while limit is 8192', 8_192],
  // llama.cpp, LM Studio, llama-cpp-python, Ollama
  [
    '{"error":{"code":400,"message":"request (2000 tokens) exceeds the available context size (1024 tokens), try increasing it","n_prompt_tokens":2000,"n_ctx":1024}}',
    1_024,
  ],
  ['request (5000 tokens) exceeds the available context size (4096 tokens)', 4_096],
  ['The number of tokens to keep is greater than the context length (n_keep: 9000>= n_ctx: 4096)', 4_096],
  ['the model is loaded with context length of only 2048 tokens, which is not enough', 2_048],
  ['Requested tokens (2500) exceed context window of 2048', 2_048],
  // SGLang, TGI, TensorRT
  ["The input (40000 tokens) is longer than the model's context length (32768 tokens).", 32_768],
  ['Input length (40000 tokens) exceeds the maximum allowed length (32764 tokens).', 32_764],
  ['`inputs` tokens + `max_new_tokens` must be <= 4097. Given: 5000 `inputs` tokens', 4_097],
  ['`inputs` must have less than 1024 tokens. Given: 2000', 1_024],
  ['prompt length (9000) exceeds maximum input length (8192)', 8_192],
  // Anthropic, Bedrock, Gemini, Mistral, Cohere, xAI, Fireworks, Moonshot
  ['prompt is too long: 213000 tokens > 200000 maximum', 200_000],
  [
    'input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease input length',
    200_000,
  ],
  ['Too many input tokens. Max input tokens: 128000, request input token count: 150000', 128_000],
  ['The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).', 1_048_576],
  ['input token count is 39000 but the model only supports up to 32768', 32_768],
  [
    'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
    32_768,
  ],
  ['total number of tokens in the prompt cannot exceed 4081 - received 5000', 4_081],
  ["This model's maximum prompt length is 131072 but the request contains 537812 tokens.", 131_072],
  ['The prompt is too long: 9000, model maximum context length: 8191', 8_191],
  ['Invalid request: Your request exceeded model token limit: 131072', 131_072],
  // Chinese, simplified and traditional
  ['Range of input length should be [1, 30720]', 30_720],
  ['输入长度 40000 超过模型最大上下文长度 32768', 32_768],
  ['输入的 token 数不能超过 8192', 8_192],
  ['上下文长度超出限制,最大为 128K', 128_000],
  ['請求超出模型的上下文長度（8192）', 8_192],
  ['提示的 token 數超過上限：16384', 16_384],
  // Others
  ['最大コンテキスト長は 8192 トークンです。', 8_192],
  ['최대 컨텍스트 길이는 4096 토큰입니다.', 4_096],
  ['Запрос превышает максимальную длину контекста: 32768 токенов', 32_768],
  ['La longitud máxima del contexto es de 16384 tokens', 16_384],
  ['Die maximale Kontextlänge beträgt 8192 Token', 8_192],
  ['La longueur maximale du contexte est de 32\u202f768 jetons', 32_768],
];

/** Messages with a number that is not a context window. */
const others: readonly string[] = [
  '',
  'prompt is too long',
  'Context window exceeded for given call.',
  'context deadline exceeded after 30000 ms',
  'Rate limit reached: Limit 30000, Requested 45000 tokens per minute',
  'Request too large on tokens per min (TPM): Limit 6000, Requested 9000',
  'max_tokens is too large: 100000. This model supports at most 16384 completion tokens',
  'The maximum message length is 4000 characters',
  '消息长度不能超过 2000 字符',
  'prompt too long; exceeded max context length by 1000 tokens',
  'HTTP 400 from 127.0.0.1:8080',
  'The limit is 3 images',
  '每分钟 token 数上限：60000',
];

describe('contextWindowIn', () => {
  for (const [words, window] of refusals) {
    it(`reads ${window} in: ${words}`, () => {
      equal(contextWindowIn(words), window);
      equal(contextWindowIn(`upstream error: ${words.toUpperCase()}`), window);
    });
  }

  for (const words of others) {
    it(`reads no window in: ${words}`, () => {
      equal(contextWindowIn(words), undefined);
    });
  }

  it('returns undefined or a possible whole number of tokens for any words', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.integer().map(String),
      fc.constantFrom(
        'context length',
        ' is ',
        'maximum',
        ' tokens ',
        'limit: ',
        '上下文',
        '最大',
        '> ',
        'n_ctx:',
        'k',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const window = contextWindowIn(pieces.join(''));
        ok(window === undefined || (Number.isInteger(window) && window >= 128 && window <= 100_000_000));
      }),
    );
  });
});
