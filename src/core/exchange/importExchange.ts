import * as v from 'valibot';
import { emptyConversation, type Conversation } from '../../shared/conversation/conversation';
import { conversationEventSchema, type ConversationEvent } from '../../shared/conversation/conversationEvent';
import { reduce } from '../../shared/conversation/reduce';
import { conversationEvents } from './conversationEvents';
import { ImportProblem } from './importProblem';
import { latestTime } from './readTime';

/** The field `format` of a file in Parley's own format. */
const exchangeFormat = 'parley-chat';
/** The field `version`. Versions of Parley that know only lower numbers refuse the file. */
const exchangeVersion = 1;

const headSchema = v.object({ format: v.literal(exchangeFormat), version: v.number() });
const bodySchema = v.object({ title: v.string(), events: v.array(v.unknown()) });

/**
 * Writes a conversation as JSON text in Parley's own format (docs/importing.md). Includes attachments and pictures, never keys.
 */
export function exportJson(conversation: Conversation, title: string): string {
  const { id } = conversation;
  const events = conversationEvents(conversation, id);
  return `${JSON.stringify({ format: exchangeFormat, version: exchangeVersion, title, events }, null, 2)}\n`;
}

/** True when a JSON value has the `format` field of Parley's own format. */
export function isExchangeFile(value: unknown): boolean {
  return v.is(v.looseObject({ format: v.literal(exchangeFormat) }), value);
}

/**
 * Reads a file in Parley's own format.
 *
 * @param id Id of the new conversation.
 * @throws {ImportProblem} `newer-version`, or `damaged` when any part of the file is invalid.
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
 * Removes the URIs of attached code. A hostile file could name any URI, such as `file:///home/…/.bashrc`; Parley would then open
 * that file to show the code and change it to apply an answer. Keeps the path inside the workspace.
 */
function withoutPlaces(event: ConversationEvent): ConversationEvent {
  if (event.kind !== 'message-added' || event.content.role !== 'user') return event;
  const attachments = event.content.attachments.map((attachment) =>
    attachment.kind === 'code' ? { ...attachment, uri: '' } : attachment,
  );
  return { ...event, content: { ...event.content, attachments } };
}
