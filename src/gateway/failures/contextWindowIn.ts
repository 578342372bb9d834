import { LazyExpression } from '../../core/text/lazyExpression';
import { normaliseWords } from './normaliseWords';

/** Numbers outside this range are not the size of a context window; in tokens. */
const smallest = 128;
const largest = 100_000_000;

/** A number with its unit: `131072`, `32k`, `1m`. */
const count = String.raw`(\d{1,9}(?:\.\d{1,2})?) ?(k|m)?\b`;
/** The text between a name and its number: it contains no other number and no end of a sentence. */
const upTo = (most: number): string => String.raw`[^.\d。;；]{0,${most}}?`;

/**
 * How gateways name the context window in a refusal, the clearest form first. Each expression captures the number and its
 * unit. Sources: the errors of vLLM, SGLang, TGI, llama.cpp, LM Studio, Ollama, OpenAI, Azure, Anthropic, Bedrock, Gemini,
 * Mistral, Cohere, xAI, DeepSeek, Moonshot, DashScope, OpenRouter, GitHub Models and Cerebras, and their translations.
 */
const forms: readonly LazyExpression[] = [
  // llama.cpp, LM Studio: `"n_ctx": 4096`, `n_keep: 9000 >= n_ctx: 4096`.
  String.raw`\bn_ctx(?:_slot|_seq)?["']? ?[:=] ?["']?${count}`,
  // Anthropic: `213000 tokens > 200000 maximum`, `188240 + 21333 > 200000`.
  String.raw`\d(?: tokens?)? ?> ?${count}`,
  // DashScope: `Range of input length should be [1, 30720]`.
  String.raw`length should be \[ ?\d{1,9} ?, ?${count} ?\]`,
  // `maximum context length is 8192`, `context size (4096 tokens)`, `context window of 2048`; not `… by 100 tokens`.
  String.raw`context[ _-]?(?:length|window|size|limit)${upTo(40)}${count}`,
  // `with 32768 maximum context length`, `the 8192 token context window`.
  String.raw`${count}[ -](?:tokens?[ -])?(?:max(?:imum)? )?context[ -](?:length|window|size|limit)`,
  // `maximum prompt length is 131072`, `maximum model length of 32768`, `maximum allowed length (32764 tokens)`.
  String.raw`max(?:imum)?[ _](?:\w{1,12}[ _]){0,2}(?:length|len)\b${upTo(30)}${count}`,
  // `maximum number of tokens allowed (1048576)`, `Max input tokens: 128000`.
  String.raw`max(?:imum)?[ _](?:number of |allowed |total[ _]|input[ _]|prompt[ _]|message[ _]){1,3}tokens?\b${upTo(30)}${count}`,
  // `only supports up to 32768`, `supports at most 8192 tokens`.
  String.raw`supports? (?:only )?(?:up to|at most|a maximum of) ${count}`,
  // `model token limit: 131072`, `the configured limit of 272000 tokens`, `while limit is 8192`.
  String.raw`limit(?: for this model)? ?(?:of|is|:|=|\() ?(?:only )?${count}`,
  // TGI: `must be <= 4097`, `must have less than 1024 tokens`; Cohere: `cannot exceed 4081`.
  String.raw`(?:must be|must have|should be|cannot|can not|may not) (?:<=|<|less than|at most|no more than|exceed|be more than) ${count}`,
  // GitHub Models: `Max size: 8000 tokens`.
  String.raw`max(?:imum)? size ?:? ?${count} ?tokens?`,
  // Chinese, both scripts: `最大上下文长度为 32768`, `上限：8192`, `不能超过 4096`, `8192 的上下文`.
  String.raw`(?:上下文|语境|語境)(?:长度|長度|窗口|視窗|视窗|大小)?${upTo(16)}${count}`,
  String.raw`(?:最大|最长|最長|最多|上限|限制|不能超过|不能超過|不超过|不超過|不得超过|不得超過)${upTo(16)}${count}`,
  String.raw`${count} ?(?:个|個)? ?tokens? ?(?:的)?(?:上限|限制|上下文|最大)`,
  // Japanese and Korean.
  String.raw`(?:コンテキスト|最大|上限)${upTo(16)}${count}`,
  String.raw`(?:컨텍스트|최대|한도)${upTo(20)}${count}`,
  // Russian, Spanish, Portuguese, Italian, French, German.
  String.raw`(?:максимальн\p{L}{1,4}|контекст\p{L}{0,4}|лимит\p{L}{0,3})${upTo(40)}${count}`,
  String.raw`(?:m[aá]xim[ao]s?|massim[ao]|maximal(?:e[ns]?)?|contexto?e?|contesto|kontext\p{L}{1,10})\b${upTo(40)}${count}`,
].map((form) => new LazyExpression(form, 'u'));

/** A limit of requests or tokens in a period of time. */
const perTime =
  /\bper (?:min|minute|second|sec|hour|day)\b|\b[tr]p[mdh]\b|(?:tokens?|requests?)\/(?:min|day)|每(?:分钟|分鐘|秒|天|日|小时|小時)|1分あたり|분당/;
/** Follows a number that counts something else: tokens of the answer, characters, bytes, time. */
const otherUnit =
  /^ ?(?:(?:completion|output|new|generated|generation|response) tokens?\b|(?:characters?|chars?|bytes?|kb|mb|ms|s|seconds?)\b|个?字符|個?字元|字节|位元組|文字|자)/;

/**
 * Finds the size of the context window in a refusal, in tokens: `n_ctx`, "maximum context length is N", "> N maximum" and
 * similar forms in several languages. "32k" is read as 32,000, the smaller of its two meanings.
 *
 * @param words The gateway's error message, or the body of its reply.
 * @returns undefined if there is no such number, if it is a limit per time or of the answer alone, or if it is too small
 *   or too large for a context window.
 */
export function contextWindowIn(words: string): number | undefined {
  const text = normaliseWords(words);
  if (perTime.test(text)) return undefined;
  for (const form of forms) {
    const found = form.exec(text);
    if (found === null) continue;
    const [all, digits = '', unit = ''] = found;
    if (otherUnit.test(text.slice(found.index + all.length)) || /\bby [\d.]+ ?[km]?$/.test(all)) continue;
    const window = Number(digits) * (unit === 'k' ? 1_000 : unit === 'm' ? 1_000_000 : 1);
    if (Number.isInteger(window) && window >= smallest && window <= largest) return window;
  }
  return undefined;
}
