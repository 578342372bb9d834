import * as v from 'valibot';
import type { Message } from '../conversation/conversation';
import { conversationEventSchema } from '../conversation/conversationEvent';
import { promptRecordSchema } from '../conversation/promptRecord';
import { mediumEntries } from './mediumEntries';
import { dictationSchema } from './dictationMessage';
import { speechSchema } from './speechMessage';
import { panelParts, type ToViewMessage } from './toView';
import { rememberedConversationsSchema } from './viewState';

/*
 * The host is trusted, and a snapshot may be large. So these schemas check only the parts of snapshots and states without which
 * the view would fail.
 */
const eventsSchema = v.object({ revision: v.number(), events: v.array(conversationEventSchema) });
const unknowns = v.array(v.unknown());
const stateSchema = v.looseObject({
  gateways: unknowns,
  attachments: unknowns,
  queue: unknowns,
  comparison: unknowns,
  applied: v.exactOptional(
    v.array(v.object({ answer: v.string(), block: v.string(), files: v.array(v.string()) })),
  ),
});
const snapshotSchema = v.looseObject({
  revision: v.number(),
  conversation: v.looseObject({
    id: v.string(),
    roots: v.array(v.string()),
    messages: v.custom<readonly Message[]>(areMessageShapes),
  }),
  state: stateSchema,
});

const mediaLoadedSchema = v.object({
  ...mediumEntries,
  url: v.pipe(v.string(), v.startsWith('data:')),
});

const thumbnailLoadedSchema = v.object({
  id: v.string(),
  url: v.pipe(v.string(), v.startsWith('data:image/')),
  mask: v.exactOptional(v.pipe(v.string(), v.startsWith('data:image/png;'))),
});

const promptPlannedSchema = v.object({
  request: v.number(),
  plan: v.nullable(v.object({ modelName: v.string(), record: promptRecordSchema })),
});

const draftsSchema = v.object({ views: rememberedConversationsSchema });

const insertTextSchema = v.object({
  text: v.string(),
  selectStart: v.number(),
  selectEnd: v.number(),
  edit: v.exactOptional(v.string()),
});

/** The form in which a message is sent to the view: a string for `text`, otherwise `{type, body}`. */
export function packToViewMessage(message: ToViewMessage): unknown {
  return message.type === 'text' ? message.body : message;
}

/** Reads a message that `packToViewMessage` has packed; undefined for anything else. Never throws. */
export function readToViewMessage(value: unknown): ToViewMessage | undefined {
  if (typeof value === 'string') return { type: 'text', body: value };
  const envelope = v.safeParse(v.object({ type: v.string(), body: v.unknown() }), value);
  if (!envelope.success) return undefined;
  const { type, body } = envelope.output;
  switch (type) {
    case 'events':
      return v.is(eventsSchema, body) ? { type, body } : undefined;
    case 'snapshot':
      return v.is(snapshotSchema, body) ? ({ type, body } as unknown as ToViewMessage) : undefined;
    case 'state':
      return v.is(stateSchema, body) ? ({ type, body } as unknown as ToViewMessage) : undefined;
    case 'media-loaded':
      return v.is(mediaLoadedSchema, body) ? { type, body } : undefined;
    case 'thumbnail-loaded':
      return v.is(thumbnailLoadedSchema, body) ? { type, body } : undefined;
    case 'speech':
      return v.is(speechSchema, body) ? { type, body } : undefined;
    case 'dictation':
      return v.is(dictationSchema, body) ? { type, body } : undefined;
    case 'focus-composer':
      return { type, body: {} };
    case 'give-back-prompt':
      return v.is(v.object({ text: v.string() }), body) ? { type, body } : undefined;
    case 'drafts': {
      const drafts = v.safeParse(draftsSchema, body);
      return drafts.success ? { type, body: drafts.output } : undefined;
    }
    case 'insert-text':
      return v.is(insertTextSchema, body) ? { type, body } : undefined;
    case 'context-found':
      return isReply(body, 'items') ? ({ type, body } as unknown as ToViewMessage) : undefined;
    case 'prompts-found':
      return isReply(body, 'prompts') ? ({ type, body } as unknown as ToViewMessage) : undefined;
    case 'local-servers-found':
      return isReply(body, 'servers') ? ({ type, body } as unknown as ToViewMessage) : undefined;
    case 'prompt-planned':
      return v.is(promptPlannedSchema, body) ? { type, body } : undefined;
    case 'history-listed':
      return isReply(body, 'entries') ? ({ type, body } as unknown as ToViewMessage) : undefined;
    case 'show':
      return v.is(v.object({ part: v.picklist(panelParts) }), body) ? { type, body } : undefined;
    default:
      return undefined;
  }
}

function isReply(body: unknown, list: string): boolean {
  return v.is(v.looseObject({ request: v.number(), [list]: unknowns }), body);
}

/** Checks by hand: a schema would take half of the time until a long conversation is visible. */
function areMessageShapes(value: unknown): boolean {
  return Array.isArray(value) && value.every(isMessageShape);
}

function isMessageShape(value: unknown): boolean {
  const message = fieldsOf(value);
  const { role, id, children, parts } = message;
  if (typeof id !== 'string' || !Array.isArray(children)) return false;
  if (!children.every((child) => typeof child === 'string')) return false;
  if (role === 'user' || role === 'tool') return true;
  const lists = [parts, message['tokens'], message['adaptations']];
  return (
    role === 'assistant' && lists.every(Array.isArray) && Array.isArray(parts) && parts.every(isPartShape)
  );
}

function isPartShape(value: unknown): boolean {
  const { kind, text, media, call, sources } = fieldsOf(value);
  switch (kind) {
    case 'text':
    case 'reasoning':
      return typeof text === 'string';
    case 'media':
      return typeof fieldsOf(media)['url'] === 'string';
    case 'tool-call':
      return typeof fieldsOf(call)['arguments'] === 'string';
    default:
      return kind === 'sources' && Array.isArray(sources);
  }
}

/** The fields of an object; none of anything else. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
