import type { PromptMessage } from '../../core/ports/promptMessage';
import type { ToolDefinition } from '../../core/ports/toolRunner';

/** A message as `messages` holds it on the wire. */
export type WireMessage = Readonly<Record<string, unknown>>;

/**
 * One message as OpenAI documents it: `tool_calls` of `{id, type, function: {name, arguments}}`,
 * `tool_call_id` on results, `reasoning_content` where the model wants its reasoning back.
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
  const { content, reasoning, toolCalls = [] } = message;
  const calls = toolCalls.map(({ id, name, arguments: given }) => ({
    id,
    type: 'function',
    // A call without arguments goes back as one with none: gateways parse this string.
    function: { name, arguments: given.trim() === '' ? '{}' : given },
  }));
  return {
    role: 'assistant',
    // Some gateways refuse an empty string beside calls, all accept null there.
    content: content === '' && calls.length > 0 ? null : content,
    ...(reasoning !== undefined && reasoning !== '' && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/** A function that the model may call, as `tools` holds it on the wire. */
export function wireTool({ name, description, parameters }: ToolDefinition): WireMessage {
  return { type: 'function', function: { name, description, parameters } };
}
