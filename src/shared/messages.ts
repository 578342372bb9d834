import * as v from 'valibot';
import { conversationEventSchema } from './events';
import type { ConversationEvent } from './events';
import type { ModelReference } from './modelReference';
import type { Message, TitleSource } from './conversation';
import { failureActions } from './explainFailure';
import { viewStateSchema } from './viewState';

/**
 * The contract of host and webview. A message is `{type, body}`. The view sends intents and never
 * waits for a reply: the answer to an intent is an event or a new state. Keys never cross.
 */

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** Which of an answer's media, counted from 0. */
const medium = v.strictObject({ id, index: v.pipe(v.number(), v.integer(), v.minValue(0)) });
const empty = v.strictObject({});
/** A prompt may be long, but a megabyte-sized one is no longer typed by a person. */
const prompt = v.pipe(v.string(), v.maxLength(4_000_000));

/** View → host, by name; each body's guard is its definition. */
export const toHostSchemas = {
  /** The view has loaded, or noticed a gap in the revisions: it wants a snapshot. */
  ready: empty,
  /** The composer has the focus for the first time: load what the first request needs. */
  'composer-focused': empty,
  /** Ask `text` with the pending attachments. */
  submit: v.strictObject({ text: prompt }),
  /** Stop the answer that is streaming in the shown conversation. */
  stop: empty,
  /** Replace the prompt `id` by a new version and ask again. */
  edit: v.strictObject({ id, text: prompt }),
  /** Ask for another version of the answer `id`. */
  regenerate: v.strictObject({ id }),
  /** Show the version `id`. */
  'select-version': v.strictObject({ id }),
  /** Do what the failure of answer `id` offers. */
  'failure-action': v.strictObject({ id, action: v.picklist(failureActions) }),
  'new-chat': empty,
  'show-history': empty,
  'select-model': empty,
  /** A gateway's card was clicked; null is the card "Other…". */
  'add-gateway': v.strictObject({ gatewayId: v.nullable(v.string()) }),
  /** The Attach button: the host asks what to attach. */
  attach: empty,
  'remove-attachment': v.strictObject({ id }),
  /** Show an attachment's code in an editor: one that is pending or one of a message. */
  'open-attachment': v.strictObject({ id }),
  /** Put text on the clipboard (a message as Markdown, a code block). */
  copy: v.strictObject({ text: v.string() }),
  /** Put a code block's text at the cursor of the active editor. */
  'insert-code': v.strictObject({ text: v.string() }),
  /** A link was clicked. The host checks the scheme and lets VS Code ask. */
  'open-link': v.strictObject({ href: v.pipe(v.string(), v.maxLength(8_192)) }),
  /** Show a medium that is elsewhere: the user wants it fetched. */
  'load-media': medium,
  /** Write a medium to a file that the user chooses. */
  'save-media': medium,
  /** What the view remembers (drafts, scroll positions) has changed; comes at most every quarter of a second. */
  'remember-view': viewStateSchema,
  /** Something broke in the view; goes to the log. */
  'view-failed': v.strictObject({ message: v.pipe(v.string(), v.maxLength(4_000)) }),
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
  readonly kind: 'code' | 'image';
  readonly id: string;
  /** "format.ts:12-30" */
  readonly label: string;
  /** Tooltip: path, lines, what was left out. Translated. */
  readonly description: string;
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
  /** The surroundings changed. */
  state: PanelState;
  /** What `load-media` asked for, as a `data:` URL. Kept by the page alone. */
  'media-loaded': { readonly id: string; readonly index: number; readonly url: string };
  /** Put the cursor into the composer. */
  'focus-composer': Record<string, never>;
  /** Put this text into the composer, before what is there. Used to give a prompt back. */
  'give-back-prompt': { readonly text: string };
}

export type ToViewMessage = MessageOf<ToView>;

/** Reads a message from the view; undefined when it is not one, whatever was sent. */
export function readToHostMessage(value: unknown): ToHostMessage | undefined {
  const envelope = v.safeParse(v.strictObject({ type: v.string(), body: v.unknown() }), value);
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
const stateSchema = v.looseObject({ gateways: v.array(v.unknown()), attachments: v.array(v.unknown()) });
const unknowns = v.array(v.unknown());
const messageShape = v.variant('role', [
  v.looseObject({ role: v.picklist(['user', 'tool']), id: v.string(), children: v.array(v.string()) }),
  v.looseObject({
    role: v.literal('assistant'),
    id: v.string(),
    children: v.array(v.string()),
    media: unknowns,
    tokens: unknowns,
    toolCalls: unknowns,
    adaptations: unknowns,
  }),
]);
const snapshotSchema = v.looseObject({
  revision: v.number(),
  conversation: v.looseObject({
    id: v.string(),
    roots: v.array(v.string()),
    messages: v.array(messageShape),
  }),
  state: stateSchema,
});

const mediaLoadedSchema = v.object({
  ...medium.entries,
  url: v.pipe(v.string(), v.startsWith('data:')),
});

/** Reads a message from the host; undefined when it is not one. */
export function readToViewMessage(value: unknown): ToViewMessage | undefined {
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
    default:
      return undefined;
  }
}
