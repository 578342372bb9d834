import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { selectedPath, type Conversation, messageText } from '../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';

/** What remains of a damaged journal. */
export interface IntactLines {
  /** The events of the unchanged lines, in order. */
  readonly events: readonly ConversationEvent[];
  /** True if there are other lines. */
  readonly hasOthers: boolean;
}

/** Compares a damaged journal with the original. */
export function intactLines(original: Buffer, damaged: Buffer): IntactLines {
  const written = linesOf(original);
  const found = linesOf(damaged);
  const events = written
    .filter((line) => found.includes(line))
    .map((line) => JSON.parse(Buffer.from(line, 'latin1').toString('utf8', 9)) as ConversationEvent);
  return {
    events: events.filter((event) => 'kind' in event),
    hasOthers: found.some((line) => !written.includes(line)),
  };
}

function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}

/**
 * Checks that a conversation shows everything in `events`, and nothing else but placeholders for lost messages.
 */
export function checkWhatIsLeft(
  conversation: Conversation | undefined,
  events: readonly ConversationEvent[],
): void {
  const texts = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'message-added') {
      const message = conversation?.messages.get(event.id);
      equal(message?.role, event.content.role, `${event.id} is not there`);
      if (event.content.role === 'user') equal(messageText(message), event.content.text);
    } else if (event.kind === 'text-appended') {
      texts.set(event.id, (texts.get(event.id) ?? '') + event.text);
    } else if (event.kind === 'answer-ended') {
      const message = conversation?.messages.get(event.id);
      deepStrictEqual(message?.role === 'assistant' && message.ending, event.ending);
    }
  }
  if (conversation === undefined) return;
  for (const message of conversation.messages.values()) {
    if (message.role === 'assistant') equal(messageText(message), texts.get(message.id) ?? '');
    ok(message.parent === null || conversation.messages.has(message.parent));
  }
  const title = events.filter((event) => event.kind === 'title-changed').at(-1)?.title ?? '';
  equal(conversation.title, title);
  // The example has no versions, so all messages are on the path, except those whose parent is lost.
  ok(conversation.messages.size === 0 || selectedPath(conversation).length > 0);
}
