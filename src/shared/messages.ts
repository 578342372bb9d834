import * as v from 'valibot';
import { conversationEventSchema } from './events';
import type { ConversationEvent } from './events';
import type { ModelReference } from './modelReference';
import type { Message, TitleSource } from './conversation';
import { exactObject } from './exactObject';
import { failureActions } from './failureActions';
import { viewStateSchema } from './viewState';

/**
 * The contract of host and webview. A message is `{type, body}`, but for the text of a stream. The view sends intents and never
 * waits for a reply: the answer to an intent is an event or a new state. Keys never cross.
 */

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** A conversation's, which is part of the name of its file. */
const chatId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,100}$/));
/** Which of an answer's media, counted from 0. */
const mediumEntries = { id, index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) };
const medium = exactObject(mediumEntries);
const empty = exactObject({});
/** A prompt may be long, but a megabyte-sized one is no longer typed by a person. */
const prompt = v.pipe(v.string(), v.maxLength(4_000_000));
/** What is copied or inserted may be a whole answer, of which there is at most 128 million characters, with its markup. */
const answer = v.pipe(v.string(), v.maxLength(200_000_000));

/** Tells replies to a newer question from those to an older one. */
const request = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** 20 MB and what base64 adds. */
const picture = v.pipe(
  v.string(),
  v.maxLength(28_000_000),
  v.regex(/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/),
);
const codeBlock = exactObject({
  /** The answer that it stands in. */
  id,
  text: prompt,
  /** The fence's info string, such as `ts src/format.ts`. */
  info: v.pipe(v.string(), v.maxLength(1_000)),
  /** The words just before the block, where a file is often named; at most the last 1,000 characters. */
  before: v.pipe(v.string(), v.maxLength(1_000)),
});

/** What `#` offers beside files. */
export const contextSources = ['selection', 'file', 'problems', 'changes', 'terminal'] as const;

export type ContextSource = (typeof contextSources)[number];

/** View → host, by name; each body's guard is its definition. */
export const toHostSchemas = {
  /** The view has loaded, or noticed a gap in the revisions: it wants a snapshot. */
  ready: empty,
  /** The composer has the focus for the first time: load what the first request needs. */
  'composer-focused': empty,
  /**
   * Ask `text` with the pending attachments. While an answer streams the prompt waits for its turn, or with
   * `interrupt` that answer is stopped and the prompt is next.
   */
  submit: exactObject({ text: prompt, interrupt: v.exactOptional(v.boolean()) }),
  /** A prompt that waits for its turn: forget it, take it back into the composer, or ask it now. */
  'remove-queued': exactObject({ id }),
  'edit-queued': exactObject({ id }),
  'send-queued': exactObject({ id }),
  /** Stop the answer that is streaming in the shown conversation. */
  stop: empty,
  /** Replace the prompt `id` by a new version and ask again. */
  edit: exactObject({ id, text: prompt }),
  /** Ask for another version of the answer `id`. */
  regenerate: exactObject({ id }),
  /** Ask for another version of the answer `id`, of a model that the host asks for. */
  'regenerate-with': exactObject({ id }),
  /** Go on in a new conversation that ends with the message `id`. */
  fork: exactObject({ id }),
  /** The next prompt goes to several models at once, which the host asks for. */
  'choose-comparison': empty,
  /** The next prompt goes to one model after all. */
  'end-comparison': empty,
  /** Ask the prompt `id` again, of several models that the host asks for. */
  compare: exactObject({ id }),
  /** Show the answers to the prompt `id` side by side again. */
  'show-comparison': exactObject({ id }),
  /** Of the answers that stand side by side, go on with `id`. */
  'pick-answer': exactObject({ id }),
  /** Show the version `id`. */
  'select-version': exactObject({ id }),
  /** Do what the failure of answer `id` offers. */
  'failure-action': exactObject({ id, action: v.picklist(failureActions) }),
  'new-chat': empty,
  /** The list of conversations, in full or those with `query` in their title or text. Comes back as `history-listed`. */
  'list-history': exactObject({ request, query: v.pipe(v.string(), v.maxLength(200)) }),
  'open-chat': exactObject({ id: chatId }),
  'rename-chat': exactObject({ id: chatId, title: v.pipe(v.string(), v.maxLength(500)) }),
  'pin-chat': exactObject({ id: chatId, pinned: v.boolean() }),
  'delete-chat': exactObject({ id: chatId }),
  /** Undo a deletion. */
  'restore-chat': exactObject({ id: chatId }),
  /** Write a conversation to a file; the host asks for its format and place. */
  'export-chat': exactObject({ id: chatId }),
  /** Read conversations from a file that the host asks for. */
  'import-chat': empty,
  'select-model': empty,
  /** A gateway's card was clicked; null is the card "Other…". */
  'add-gateway': exactObject({ gatewayId: v.nullable(id) }),
  /** The Attach button: the host asks what to attach. */
  attach: empty,
  /** Files and symbols for an `@` mention; an empty query wants what is at hand. Comes back as `context-found`. */
  'find-context': exactObject({ request, query: v.pipe(v.string(), v.maxLength(200)) }),
  /** Attach what `context-found` listed under this id. */
  'attach-found': exactObject({ id: v.pipe(v.string(), v.maxLength(8_192)) }),
  /** `#selection` and the like. */
  'attach-context': exactObject({ source: v.picklist(contextSources) }),
  /** Files and folders that were dropped on the panel, as URIs or absolute paths. */
  'attach-dropped': exactObject({
    uris: v.pipe(v.array(v.pipe(v.string(), v.maxLength(8_192))), v.maxLength(100)),
  }),
  /** A picture that was pasted or dropped, already scaled down. */
  'attach-picture': exactObject({ name: v.pipe(v.string(), v.maxLength(300)), url: picture }),
  /** A long text that was pasted. */
  'attach-text': exactObject({ text: prompt }),
  /** The prompts for `/`: built-in ones and prompt files. Comes back as `prompts-found`. */
  'find-prompts': exactObject({ request }),
  /** Put the prompt that `prompts-found` listed under this id into the composer. Comes back as `insert-text`. */
  'use-prompt': exactObject({ id: v.pipe(v.string(), v.maxLength(8_192)) }),
  'remove-attachment': exactObject({ id }),
  /** Show an attachment's code in an editor: one that is pending or one of a message. */
  'open-attachment': exactObject({ id }),
  /** Put text on the clipboard (a message as Markdown, a code block). */
  copy: exactObject({ text: answer }),
  /** Put a code block's text at the cursor of the active editor. */
  'insert-code': exactObject({ text: answer }),
  /** Put a code block into the file that it is about; shown as a diff first. */
  'apply-code': codeBlock,
  /** Open a code block as a new file. */
  'new-file': codeBlock,
  /** Put a code block's text into the terminal, without pressing Enter. */
  'run-in-terminal': exactObject({ text: prompt }),
  /** A link was clicked. The host checks the scheme and lets VS Code ask. */
  'open-link': exactObject({ href: v.pipe(v.string(), v.maxLength(8_192)) }),
  /** Show a medium that is elsewhere: the user wants it fetched. */
  'load-media': medium,
  /** Write a medium to a file that the user chooses. */
  'save-media': medium,
  /** What the view remembers (drafts, scroll positions) has changed; comes at most every quarter of a second. */
  'remember-view': viewStateSchema,
  /** Something broke in the view; goes to the log. */
  'view-failed': exactObject({ message: v.pipe(v.string(), v.maxLength(4_000)) }),
} as const;

export type ToHost = { [Type in keyof typeof toHostSchemas]: v.InferOutput<(typeof toHostSchemas)[Type]> };

/** A message as it travels. */
export type MessageOf<Bodies> = { [Type in keyof Bodies]: { type: Type; body: Bodies[Type] } }[keyof Bodies];

export type ToHostMessage = MessageOf<ToHost>;

/** A whole conversation as plain data. */
export interface ConversationSnapshot {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly title: string;
  readonly titleSource: TitleSource | null;
  readonly pinned: boolean;
  readonly roots: readonly string[];
  readonly selectedRoot: string | null;
  readonly messages: readonly Message[];
}

/** A gateway as the empty panel shows it. */
export interface GatewayCard {
  readonly id: string;
  readonly name: string;
  /** One short line under the name, translated. */
  readonly description: string;
  /** True when requests can be sent: a key is stored, or none is needed. */
  readonly ready: boolean;
}

/** A context chip in the composer. */
export interface AttachmentChip {
  /** Instructions come with every prompt of the conversation, unless they are removed. */
  readonly kind: 'code' | 'image' | 'text' | 'instructions';
  readonly id: string;
  /** "format.ts:12-30" */
  readonly label: string;
  /** Tooltip: path, lines, what was left out. Translated. */
  readonly description: string;
  /** Estimated for the chosen model; null for what is not counted in tokens here. */
  readonly tokens: number | null;
}

/** A prompt that waits for the answer before it. */
export interface QueuedPrompt {
  readonly id: string;
  readonly text: string;
  /** Labels of what goes with it. */
  readonly attachments: readonly string[];
}

/** A model by its name, as the panel shows it. */
export interface NamedModel {
  readonly reference: ModelReference;
  readonly name: string;
}

/** Something that `@` can attach. */
export interface ContextItem {
  /** For `attach-found`. */
  readonly id: string;
  readonly kind: 'file' | 'folder' | 'symbol';
  readonly label: string;
  /** Where it is: the folder of a file or folder, '' at the top of the workspace; the file of a symbol. */
  readonly description: string;
}

/** A prompt that `/` can put into the composer. */
export interface PromptItem {
  /** For `use-prompt`. */
  readonly id: string;
  /** What follows the slash: "tests". */
  readonly name: string;
  /** Translated, for the built-in ones; of the file's front matter for others. */
  readonly description: string;
  readonly source: 'built-in' | 'workspace' | 'personal';
}

/** A conversation in the panel's list. */
export interface HistoryEntry {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly messageCount: number;
  readonly pinned: boolean;
  readonly answering: boolean;
  /** True for the conversation that the panel shows. */
  readonly current: boolean;
  /** Deleted in this window; it can be brought back. */
  readonly deleted: boolean;
  /** The words around the first place in its text where the query was found; null when it is in the title or there was no query. */
  readonly excerpt: string | null;
}

/** How full the model's window would be with the next prompt; all in tokens. */
export interface ContextMeter {
  /** What goes along of the conversation. */
  readonly used: number;
  /** Kept free for the answer. */
  readonly reserved: number;
  /** What the model can take; null when nobody knows. */
  readonly window: number | null;
  /** Messages at the beginning that no longer fit and stay behind. */
  readonly dropped: number;
}

/** What the panel shows around the conversation. */
export interface PanelState {
  /** The model that the next prompt goes to; null before the first gateway is set up. */
  readonly model: {
    readonly reference: ModelReference;
    readonly name: string;
    readonly gatewayName: string;
  } | null;
  readonly gateways: readonly GatewayCard[];
  readonly attachments: readonly AttachmentChip[];
  /** Null while nothing is known about it. */
  readonly context: ContextMeter | null;
  /** Prompts that wait for their turn, the next one first. */
  readonly queue: readonly QueuedPrompt[];
  /** The models that the next prompt goes to when they are several; else empty. */
  readonly comparison: readonly NamedModel[];
}

/** Host → view, by name. */
export interface ToView {
  /** The whole truth: sent on `ready`, and whenever another conversation is shown. */
  snapshot: {
    /** Number of the last event batch that the conversation includes. */
    readonly revision: number;
    readonly conversation: ConversationSnapshot;
    readonly state: PanelState;
  };
  /** What happened since `revision - 1`. At most one such message a frame. */
  events: { readonly revision: number; readonly events: readonly ConversationEvent[] };
  /**
   * The revision after the last one, when all it brings is more text for the message to which the last
   * revision appended text: a stream is little else, and an envelope outweighs a few words. It crosses
   * without any (`packToViewMessage`).
   */
  text: string;
  /** The surroundings changed. */
  state: PanelState;
  /** What `load-media` asked for, as a `data:` URL. Kept by the page alone. */
  'media-loaded': { readonly id: string; readonly index: number; readonly url: string };
  /** Put the cursor into the composer. */
  'focus-composer': Record<string, never>;
  /** Put this text into the composer, before what is there. Used to give a prompt back. */
  'give-back-prompt': { readonly text: string };
  /**
   * Put this text where the cursor is in the composer, over the `/word` that asked for it. The part from
   * `selectStart` to `selectEnd` (UTF-16 units in `text`) is selected, for typing over it.
   */
  'insert-text': { readonly text: string; readonly selectStart: number; readonly selectEnd: number };
  /** Replies; one to an older request than the last is void. */
  'context-found': { readonly request: number; readonly items: readonly ContextItem[] };
  'prompts-found': { readonly request: number; readonly prompts: readonly PromptItem[] };
  'history-listed': { readonly request: number; readonly entries: readonly HistoryEntry[] };
  /** Open a part of the panel: a command asked for it. */
  show: { readonly part: PanelPart };
}

/** Parts of the panel that commands open. */
export const panelParts = ['history', 'find', 'shortcuts'] as const;

export type PanelPart = (typeof panelParts)[number];

export type ToViewMessage = MessageOf<ToView>;

const envelopeSchema = exactObject({ type: v.string(), body: v.unknown() });

/** Reads a message from the view; undefined when it is not one, whatever was sent. */
export function readToHostMessage(value: unknown): ToHostMessage | undefined {
  const envelope = v.safeParse(envelopeSchema, value);
  if (!envelope.success || !Object.hasOwn(toHostSchemas, envelope.output.type)) return undefined;
  const type = envelope.output.type as keyof typeof toHostSchemas;
  const body = v.safeParse(toHostSchemas[type], envelope.output.body);
  if (!body.success) return undefined;
  return { type, body: body.output } as ToHostMessage;
}

/*
 * The host is trusted, and a snapshot may be large: of snapshots and states only what the view would
 * stumble over is checked.
 */
const eventsSchema = v.object({ revision: v.number(), events: v.array(conversationEventSchema) });
const unknowns = v.array(v.unknown());
const stateSchema = v.looseObject({
  gateways: unknowns,
  attachments: unknowns,
  queue: unknowns,
  comparison: unknowns,
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

const insertTextSchema = v.object({ text: v.string(), selectStart: v.number(), selectEnd: v.number() });

/** What crosses for a message to the view: text alone as it is, everything else as `{type, body}`. */
export function packToViewMessage(message: ToViewMessage): unknown {
  return message.type === 'text' ? message.body : message;
}

/** Reads a message from the host, as `packToViewMessage` made it; undefined when it is not one. */
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
    case 'focus-composer':
      return { type, body: {} };
    case 'give-back-prompt':
      return v.is(v.object({ text: v.string() }), body) ? { type, body } : undefined;
    case 'insert-text':
      return v.is(insertTextSchema, body) ? { type, body } : undefined;
    case 'context-found':
      return isReply(body, 'items') ? ({ type, body } as unknown as ToViewMessage) : undefined;
    case 'prompts-found':
      return isReply(body, 'prompts') ? ({ type, body } as unknown as ToViewMessage) : undefined;
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

/** By hand: a schema takes half of the time until a long conversation is seen. */
function areMessageShapes(value: unknown): boolean {
  return Array.isArray(value) && value.every(isMessageShape);
}

function isMessageShape(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const message: Readonly<Record<string, unknown>> = { ...value };
  const { role, id, children } = message;
  if (typeof id !== 'string' || !Array.isArray(children)) return false;
  if (!children.every((child) => typeof child === 'string')) return false;
  if (role === 'user' || role === 'tool') return true;
  const lists = [message['media'], message['tokens'], message['toolCalls'], message['adaptations']];
  return role === 'assistant' && lists.every(Array.isArray);
}
