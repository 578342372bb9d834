import { asArray, asObject, asText, type ReplyObject } from '../../json/replyObject';

/** The finish reasons of Chat Completions for Gemini's. Other reasons become lower case. */
const finishReasons: Readonly<Record<string, string>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
  IMAGE_SAFETY: 'content_filter',
};

/**
 * Translates a reply of Gemini's `generateContent`, `{candidates: [{content: {parts}, finishReason}], usageMetadata}`, into a
 * chunk of Chat Completions. Undefined if the value is something else.
 */
export function readGemini(value: ReplyObject): ReplyObject | undefined {
  const { candidates, promptFeedback, usageMetadata, modelVersion } = value;
  const blocked = asText(asObject(promptFeedback)?.blockReason);
  if (!Array.isArray(candidates) && blocked === undefined && usageMetadata === undefined) return undefined;
  const choices =
    blocked === undefined
      ? asArray(candidates).map(readCandidate)
      : [{ index: 0, delta: {}, finish_reason: 'content_filter' }];
  const { error } = value;
  return {
    model: modelVersion,
    choices,
    usage: usageOf(usageMetadata),
    ...(error !== undefined && { error }),
  };
}

function readCandidate(value: unknown, place: number): ReplyObject {
  const candidate = asObject(value) ?? {};
  const parts = asArray(asObject(candidate.content)?.parts).map((part) => asObject(part) ?? {});
  const told = asText(candidate.finishReason);
  const calls = parts.flatMap((part, index) => callOf(part, index));
  return {
    index: candidate.index ?? place,
    delta: {
      content: parts.flatMap(contentOf),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
    finish_reason: told === undefined ? null : (finishReasons[told] ?? told.toLowerCase()),
    ...(candidate.groundingMetadata !== undefined && { groundingMetadata: candidate.groundingMetadata }),
    ...(candidate.citationMetadata !== undefined && { citationMetadata: candidate.citationMetadata }),
  };
}

/** Translates text, reasoning and pictures. Executed code and its output become code blocks. */
function contentOf(part: ReplyObject): readonly ReplyObject[] {
  const { text, thought } = part;
  if (typeof text === 'string') return [{ type: 'text', text, ...(thought === true && { thought }) }];
  const inline = asObject(part.inlineData ?? part.inline_data);
  if (inline !== undefined) {
    const { mimeType, mime_type: mime, data } = inline;
    return [{ type: 'media', data, mime_type: mimeType ?? mime }];
  }
  const code = asText(asObject(part.executableCode)?.code);
  const output = asText(asObject(part.codeExecutionResult)?.output);
  const shown = code ?? output;
  return shown === undefined ? [] : [{ type: 'text', text: `\n\`\`\`\n${shown.trimEnd()}\n\`\`\`\n` }];
}

function callOf(part: ReplyObject, index: number): readonly ReplyObject[] {
  const call = asObject(part.functionCall);
  if (call === undefined) return [];
  return [{ index, id: call.id, function: { name: call.name, arguments: call.args ?? {} } }];
}

function usageOf(value: unknown): ReplyObject | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const { candidatesTokenCount: answer, thoughtsTokenCount: thoughts } = usage;
  const hasBoth = typeof answer === 'number' && typeof thoughts === 'number';
  return {
    prompt_tokens: usage.promptTokenCount,
    completion_tokens: hasBoth ? answer + thoughts : (answer ?? thoughts),
    total_tokens: usage.totalTokenCount,
    prompt_tokens_details: { cached_tokens: usage.cachedContentTokenCount },
    completion_tokens_details: { reasoning_tokens: thoughts },
  };
}
