import type { Message, TitleSource } from '../conversation/conversation';
import type { ConversationEvent } from '../conversation/conversationEvent';
import type { MessageOf } from '../kit/messageOf';
import type { ModelReference } from '../conversation/modelReference';

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
