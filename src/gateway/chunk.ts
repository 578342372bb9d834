import type { Usage } from '../shared/usage';
import { findReplyError, replyErrorFrom, type ReplyError } from './replyError';
import { asArray, asCount, asObject, asText, type ReplyObject } from './replyObject';

/** What one piece of a reply says, whatever its shape was. */
export interface Chunk {
  readonly text: string;
  readonly reasoning: string;
  /** True when `text` came in a whole `message`, which may repeat what deltas brought before. */
  readonly isMessage: boolean;
  /** Undefined unless it says something: gateways send null and "" all along. */
  readonly finishReason: string | undefined;
  /** True when the model calls a tool. */
  readonly callsTool: boolean;
  readonly usage: Usage | undefined;
  /** The model that the gateway says it used. */
  readonly model: string | undefined;
  readonly error: ReplyError | undefined;
}

const silent: Chunk = {
  text: '',
  reasoning: '',
  isMessage: false,
  finishReason: undefined,
  callsTool: false,
  usage: undefined,
  model: undefined,
  error: undefined,
};

/**
 * Reads any parsed piece of a reply: a streamed chunk, a whole completion, either one wrapped in
 * `{code, data}`, an error in any dress. Never throws; what makes no sense says nothing.
 */
export function readChunk(value: unknown): Chunk {
  if (typeof value === 'string') return readBareString(value);
  const reply = unwrap(Array.isArray(value) ? value[0] : value);
  if (reply === undefined) return silent;
  const choice = firstChoice(reply.choices);
  const error = errorOf(reply, choice);
  const { content, isMessage } = contentOf(choice);
  return {
    text: textOf(content?.content) || textOf(content?.refusal) || plainText(choice?.text),
    reasoning: content === undefined ? '' : reasoningOf(content),
    isMessage,
    finishReason: asText(choice?.finish_reason),
    callsTool: asArray(content?.tool_calls).length > 0 || asObject(content?.function_call) !== undefined,
    usage: readUsage(reply.usage ?? choice?.usage ?? asObject(reply.x_groq)?.usage),
    model: asText(reply.model),
    error,
  };
}

/** A string where a chunk belongs is how some proxies report errors. */
function readBareString(value: string): Chunk {
  return value.trim() === '' ? silent : { ...silent, error: replyErrorFrom(value) };
}

/** `{code: 200, data: {choices}}` → what is inside. */
function unwrap(value: unknown): ReplyObject | undefined {
  const reply = asObject(value);
  if (reply === undefined || reply.choices !== undefined) return reply;
  const inner = asObject(reply.data);
  return inner?.choices === undefined ? reply : inner;
}

/** The choice that we show: number 0, or the one that does not say which it is. */
function firstChoice(choices: unknown): ReplyObject | undefined {
  for (const item of asArray(choices)) {
    const choice = asObject(item);
    if (choice !== undefined && (asCount(choice.index) ?? 0) === 0) return choice;
  }
  return undefined;
}

function errorOf(reply: ReplyObject, choice: ReplyObject | undefined): ReplyError | undefined {
  const error = findReplyError(reply) ?? (choice === undefined ? undefined : findChoiceError(choice));
  if (error !== undefined || choice?.finish_reason !== 'error') return error;
  return replyErrorFrom('');
}

function findChoiceError(choice: ReplyObject): ReplyError | undefined {
  return choice.error === undefined ? undefined : findReplyError({ error: choice.error });
}

function contentOf(choice: ReplyObject | undefined): {
  content: ReplyObject | undefined;
  isMessage: boolean;
} {
  const delta = asObject(choice?.delta);
  if (delta !== undefined) return { content: delta, isMessage: false };
  return { content: asObject(choice?.message), isMessage: true };
}

/** Content is a string, null, or an array of parts of which only the text is ours to show. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => {
      if (typeof part === 'string') return part;
      const object = asObject(part);
      return object?.type === 'thinking' ? '' : plainText(object?.text);
    })
    .join('');
}

function reasoningOf(content: ReplyObject): string {
  return (
    plainText(content.reasoning_content) ||
    plainText(content.reasoning) ||
    detailsText(content.reasoning_details) ||
    thinkingParts(content.content)
  );
}

/** OpenRouter: `[{type: "reasoning.text", text}, {type: "reasoning.summary", summary}]`. */
function detailsText(details: unknown): string {
  return asArray(details)
    .map((item) => {
      const detail = asObject(item);
      return plainText(detail?.text) || plainText(detail?.summary);
    })
    .join('');
}

/** Mistral: `content: [{type: "thinking", thinking: [{type: "text", text}]}]`. */
function thinkingParts(content: unknown): string {
  if (typeof content === 'string') return '';
  return asArray(content)
    .map((part) => {
      const object = asObject(part);
      return object?.type === 'thinking' ? textOf(object.thinking) : '';
    })
    .join('');
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const promptDetails = asObject(usage.prompt_tokens_details ?? usage.input_tokens_details);
  const completionDetails = asObject(usage.completion_tokens_details ?? usage.output_tokens_details);
  const counts = {
    promptTokens: asCount(usage.prompt_tokens) ?? asCount(usage.input_tokens),
    completionTokens: asCount(usage.completion_tokens) ?? asCount(usage.output_tokens),
    totalTokens: asCount(usage.total_tokens),
    cachedTokens: asCount(promptDetails?.cached_tokens) ?? asCount(usage.prompt_cache_hit_tokens),
    reasoningTokens: asCount(completionDetails?.reasoning_tokens),
  };
  const known = Object.entries(counts).filter(([, count]) => count !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
