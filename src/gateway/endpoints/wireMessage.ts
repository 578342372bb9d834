import type { KeptReasoning, ReasoningItem } from '../../shared/answer/keptReasoning';
import type { PromptMessage } from '../../core/ports/promptMessage';
import type { ToolDefinition } from '../../core/ports/toolRunner';

/** An element of `messages` or of `tools` in the body of a request. */
type WireMessage = Readonly<Record<string, unknown>>;

/** The fields of a call and of its `function` that the model checks. */
type SignatureFields = Partial<
  Pick<Extract<ReasoningItem, { type: 'call_signature' }>, 'fields' | 'inFunction'>
>;

/**
 * Writes a message in OpenAI's format ("Create chat completion"): `tool_calls` of `{id, type, function: {name, arguments}}`,
 * and `tool_call_id` on results. Adds `reasoning_content`, as DeepSeek documents it, if the message has reasoning, and the signatures
 * that came with the calls, each at its place.
 */
export function wireMessage(message: PromptMessage): WireMessage {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.content };
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.content };
    case 'assistant':
      return wireAssistant(message);
  }
}

function wireAssistant(message: Extract<PromptMessage, { role: 'assistant' }>): WireMessage {
  const { content, reasoning, toolCalls = [], keptReasoning = [] } = message;
  const details = keptReasoning.flatMap((item) => (item.type === 'reasoning_details' ? item.details : []));
  const calls = toolCalls.map(({ id, name, arguments: given }, index) => {
    const { fields, inFunction } = signatureOf(index, keptReasoning);
    return {
      ...fields,
      id,
      type: 'function',
      // Gateways parse the arguments, and '' is not JSON.
      function: { ...inFunction, name, arguments: given.trim() === '' ? '{}' : given },
    };
  });
  return {
    role: 'assistant',
    // Some gateways reject an empty string next to tool calls. Null is the documented form.
    content: content === '' && calls.length > 0 ? null : content,
    ...(reasoning !== undefined && reasoning !== '' && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

function signatureOf(index: number, kept: KeptReasoning): SignatureFields {
  const item = kept.find((one) => one.type === 'call_signature' && one.afterCalls === index);
  return item?.type === 'call_signature' ? item : {};
}

/** Writes a tool as an element of `tools`. */
export function wireTool({ name, description, parameters }: ToolDefinition): WireMessage {
  return { type: 'function', function: { name, description, parameters } };
}
