import * as v from 'valibot';
import { emptyConversation, type Conversation } from '../../shared/conversation/conversation';
import { conversationEventSchema, type ConversationEvent } from '../../shared/conversation/conversationEvent';
import { reduce } from '../../shared/conversation/reduce';
import { conversationEvents } from './conversationEvents';
import { ImportProblem } from './importProblem';

/** What tells a file of ours. */
export const exchangeFormat = 'parley-chat';
/** A higher number means that older versions of Parley must not read it. */
export const exchangeVersion = 1;
/** The last moment that a date can name, in milliseconds since the epoch. */
const latestTime = 8.64e15;

const headSchema = v.object({ format: v.literal(exchangeFormat), version: v.number() });
const bodySchema = v.object({ title: v.string(), events: v.array(v.unknown()) });

/** A conversation as a JSON text in Parley's own format, see docs/importing.md. Attachments and pictures are in it; keys never are. */
export function exportJson(conversation: Conversation, title: string): string {
  const { id } = conversation;
  const events = conversationEvents(conversation, id);
  return `${JSON.stringify({ format: exchangeFormat, version: exchangeVersion, title, events }, null, 2)}\n`;
}

/** True when a JSON value says that it is in Parley's own format. */
export function isExchangeFile(value: unknown): boolean {
  return v.is(v.looseObject({ format: v.literal(exchangeFormat) }), value);
}

/**
 * The events of the conversation in a file of ours, as the conversation `id`. Throws an `ImportProblem`
 * when the version is newer or any of it is not as it should be.
 */
export function importExchange(value: unknown, id: string): ConversationEvent[] {
  const head = v.safeParse(headSchema, value);
  if (!head.success) throw new ImportProblem('damaged');
  if (head.output.version > exchangeVersion) throw new ImportProblem('newer-version');
  const body = v.safeParse(bodySchema, value);
  if (!body.success) throw new ImportProblem('damaged');
  const conversation = emptyConversation(id, 0);
  return body.output.events.map((candidate) => {
    const parsed = v.safeParse(conversationEventSchema, candidate);
    if (!parsed.success || !(Math.abs(parsed.output.at) <= latestTime)) throw new ImportProblem('damaged');
    const event = withoutPlaces(
      parsed.output.kind === 'conversation-created' ? { ...parsed.output, id } : parsed.output,
    );
    if (!reduce(conversation, event)) throw new ImportProblem('damaged');
    return event;
  });
}

/**
 * A file may say of code that it is from anywhere: `file:///home/…/.bashrc`, a server. That is not believed, or showing the code
 * would open it there and applying an answer would change it; its path within the workspace stays.
 */
function withoutPlaces(event: ConversationEvent): ConversationEvent {
  if (event.kind !== 'message-added' || event.content.role !== 'user') return event;
  const attachments = event.content.attachments.map((attachment) =>
    attachment.kind === 'code' ? { ...attachment, uri: '' } : attachment,
  );
  return { ...event, content: { ...event.content, attachments } };
}
