import type { ToolCall } from '../../shared/answer/toolCall';
import type { ToolOutcome } from '../../shared/answer/toolCallState';
import type { EventOf } from '../../shared/conversation/conversationEvent';

/** What a tool gave back, or why it gave nothing. */
interface ToolResult {
  /** For the model. */
  readonly text: string;
  readonly outcome: ToolOutcome;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The event that adds the result of a call below the message `parent`, as the message `id`. */
export function toolResultEvent(
  id: string,
  parent: string,
  { id: callId, name }: ToolCall,
  { text, outcome, at }: ToolResult,
): EventOf<'message-added'> {
  return { kind: 'message-added', id, parent, at, content: { role: 'tool', callId, name, text, outcome } };
}
