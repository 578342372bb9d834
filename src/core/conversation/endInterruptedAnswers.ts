import { answerText } from '../../shared/answer/answerPart';
import { isUnderWay } from '../../shared/answer/toolCallState';
import type { AssistantMessage, Conversation } from '../../shared/conversation/conversation';
import { reduce } from '../../shared/conversation/reduce';

/**
 * Ends answers without an end, which were interrupted when their window closed. Only changes the conversation in memory, not the
 * journal, because another window may still be writing the same answer.
 *
 * @param goesOn Returns true for an answer that is continued instead, because its task can be asked about again.
 * @param now Milliseconds since the epoch.
 */
export function endInterruptedAnswers(
  conversation: Conversation,
  goesOn: (answer: AssistantMessage) => boolean,
  now: () => number,
): void {
  for (const message of conversation.messages.values()) {
    if (message.role !== 'assistant') continue;
    stopInterruptedCalls(conversation, message, now);
    if (message.ending !== null || goesOn(message)) continue;
    const failure = { kind: 'interrupted', retryable: true } as const;
    const ending = { outcome: answerText(message) === '' ? 'failed' : 'truncated', failure } as const;
    const { id } = message;
    reduce(conversation, { kind: 'answer-ended', id, ending, usage: null, servedModel: null, at: now() });
  }
}

/** Calls that ran when the window ended are shown as stopped. The next prompt gives them a result. */
function stopInterruptedCalls(
  conversation: Conversation,
  { id, parts }: AssistantMessage,
  now: () => number,
): void {
  const calls = parts.filter((part) => part.kind === 'tool-call');
  for (const [call, { state }] of calls.entries()) {
    if (isUnderWay(state))
      reduce(conversation, { kind: 'tool-call-state', id, call, state: 'cancelled', at: now() });
  }
}
