import { readAnthropic } from './readAnthropic';
import { readGemini } from './readGemini';
import { asObject, asText, type ReplyObject } from '../../json/replyObject';
import { readResponses } from './readResponses';
import { notOver, type TranslatedChunk } from './translatedChunk';

/**
 * Translates a chunk in the format of OpenAI's Responses API, of Anthropic, Gemini, Ollama or DashScope into a chunk of Chat
 * Completions. Undefined if it has none of these formats.
 */
export function translateChunk(value: ReplyObject): TranslatedChunk | undefined {
  if (typeof value.type === 'string') {
    const translated = readResponses(value, value.type) ?? readAnthropic(value, value.type);
    if (translated !== undefined) return translated;
  }
  if (value.object === 'response') return readResponses({ response: value }, 'response.completed');
  const inner = asObject(value.response);
  const gemini = readGemini(value) ?? (inner === undefined ? undefined : readGemini(inner));
  if (gemini !== undefined) return notOver(gemini);
  return readOllama(value) ?? readDashScope(value);
}

/** Ollama's `/api/chat` (`{message: {content, thinking}, done}`) and `/api/generate` (`{response, done}`). */
function readOllama(value: ReplyObject): TranslatedChunk | undefined {
  if (typeof value.done !== 'boolean') return undefined;
  const message = asObject(value.message);
  if (message === undefined && typeof value.response !== 'string') return undefined;
  const delta = message ?? {
    content: value.response,
    ...(value.thinking !== undefined && { thinking: value.thinking }),
  };
  const { model, prompt_eval_count: prompt, eval_count: completion } = value;
  const finishReason = value.done ? (asText(value.done_reason) ?? 'stop') : null;
  return {
    isOver: value.done,
    reply: {
      model,
      choices: [{ index: 0, delta, finish_reason: finishReason }],
      ...(completion !== undefined && { usage: { prompt_tokens: prompt, completion_tokens: completion } }),
    },
  };
}

/** DashScope's own format: `{output: {choices}, usage}`. */
function readDashScope(value: ReplyObject): TranslatedChunk | undefined {
  const output = asObject(value.output);
  if (output === undefined || !Array.isArray(output.choices)) return undefined;
  return notOver({ ...value, ...output });
}
