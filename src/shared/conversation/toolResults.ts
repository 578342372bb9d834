import { isOver } from '../answer/toolCallState';
import type { AssistantMessage, Conversation, Message, ToolMessage } from './conversation';

/** The answer whose call the tool result `id` belongs to; undefined when no answer is above it. */
export function callerOf(conversation: Conversation, id: string): AssistantMessage | undefined {
  let message = conversation.messages.get(id);
  while (message?.role === 'tool') {
    message = message.parent === null ? undefined : conversation.messages.get(message.parent);
  }
  return message?.role === 'assistant' ? message : undefined;
}

/**
 * The results of an answer's calls, by the call's id. Results follow the answer one below the other, or side by side; the
 * model's next answer ends them. Of several results for one call the last is taken.
 */
export function toolResults(
  conversation: Conversation,
  answer: AssistantMessage,
): ReadonlyMap<string, ToolMessage> {
  const results = new Map<string, ToolMessage>();
  const open: Message[] = [answer];
  for (let message = open.pop(); message !== undefined; message = open.pop()) {
    for (const id of message.children) {
      const child = conversation.messages.get(id);
      if (child?.role !== 'tool') continue;
      results.set(child.callId, child);
      open.push(child);
    }
  }
  return results;
}

/** Ends the calls of an answer that have a result. */
export function settleCalls(conversation: Conversation, answer: AssistantMessage): void {
  if (answer.children.length === 0) return;
  const results = toolResults(conversation, answer);
  for (const part of answer.parts) {
    if (part.kind !== 'tool-call' || part.state === 'writing' || isOver(part.state)) continue;
    const result = part.call.id === '' ? undefined : results.get(part.call.id);
    if (result !== undefined) part.state = result.outcome ?? 'done';
  }
}
