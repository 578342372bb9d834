import type { GenerationOffer } from '../answer/generationOffer';
import type { ChatParameters } from '../conversation/chatParameters';
import type { Message, TitleSource } from '../conversation/conversation';
import type { AttachmentIcon } from '../conversation/attachmentWords';
import type { BackgroundRequest } from '../conversation/backgroundRequest';
import type { ConversationEvent } from '../conversation/conversationEvent';
import type { ForkOrigin } from '../conversation/forkOrigin';
import type { PromptRecord } from '../conversation/promptRecord';
import type { DictationMessage } from './dictationMessage';
import type { SpeechMessage } from './speechMessage';
import type { RememberedConversation } from './viewState';
import type { ModelReference } from '../conversation/modelReference';

/**
 * A message between host and webview: `{type, body}`, except for streamed text (see `packToViewMessage`). The view sends intents
 * (`ToHost`) and does not wait for replies; the effect of an intent comes as an event or as a new state (`ToView`). Keys are
 * never in a message.
 */
export type MessageOf<Bodies> = { [Type in keyof Bodies]: { type: Type; body: Bodies[Type] } }[keyof Bodies];

/** The sources that `#` offers besides files. */
export const contextSources = ['selection', 'file', 'problems', 'changes', 'terminal', 'codebase'] as const;

/** One of these sources. */
export type ContextSource = (typeof contextSources)[number];

/** A whole conversation as plain data. */
export interface ConversationSnapshot {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly title: string;
  readonly titleSource: TitleSource | null;
  readonly pinned: boolean;
  readonly parameters: ChatParameters;
  readonly roots: readonly string[];
  readonly selectedRoot: string | null;
  readonly messages: readonly Message[];
  readonly backgroundRequests?: readonly BackgroundRequest[];
  readonly origin?: ForkOrigin;
}

/** A gateway in the list of an empty panel. */
export interface GatewayCard {
  readonly id: string;
  readonly name: string;
  /** A short line under the name, in the user's language. */
  readonly description: string;
  /** True when a key is stored or the gateway needs no key. */
  readonly ready: boolean;
  /** The web page where the user gets a key. */
  readonly keyPage?: string;
}

/** A server on this computer that answered, for a card. */
export interface LocalServerCard {
  /** The id of its preset. */
  readonly id: string;
  readonly name: string;
  /** `locked`: it asks for a key. `loading`: it loads its model. */
  readonly state: 'running' | 'loading' | 'locked';
  /** How many models it lists. */
  readonly models: number;
}

/** An attachment in the composer. */
export interface AttachmentChip {
  /** `instructions` are sent with every prompt of the conversation until the user removes them. */
  readonly kind: 'code' | 'image' | 'text' | 'instructions';
  readonly id: string;
  readonly icon: AttachmentIcon;
  /** "format.ts 12–30 of 80", in the user's language. */
  readonly label: string;
  /** Tooltip: path, lines and what was left out, in the user's language. */
  readonly description: string;
  /** Its estimated tokens in the next prompt; null when there is no model. */
  readonly tokens: number | null;
  /** True for a picture that `load-thumbnail` can load. */
  readonly hasThumbnail?: boolean;
  /** True for a picture with a mask. */
  readonly hasMask?: boolean;
}

/** An earlier prompt that is open in its editor. */
export interface EditedPrompt {
  /** The id of the prompt. */
  readonly id: string;
  /** The attachments of the new version. */
  readonly attachments: readonly AttachmentChip[];
}

/** A prompt that is queued behind the current answer. */
export interface QueuedPrompt {
  readonly id: string;
  readonly text: string;
  /** The labels of its attachments. */
  readonly attachments: readonly string[];
}

/** The price of one request at a model that is paid per request. */
export interface RequestPrice {
  readonly amount: number;
  /** A code of ISO 4217. */
  readonly currency: string;
  /** True if some user groups of the gateway pay more. */
  readonly isLowest?: boolean;
  /** True if the tokens are paid too. */
  readonly hasTokenPrice?: boolean;
}

/** A model and its name in the panel. */
interface NamedModel {
  readonly reference: ModelReference;
  readonly name: string;
  /** Absent for a model that is not paid per request, and when the price is unknown. */
  readonly requestPrice?: RequestPrice;
}

/** A file, folder or symbol that `@` can attach. */
export interface ContextItem {
  /** For `attach-found`. */
  readonly id: string;
  readonly kind: 'file' | 'folder' | 'symbol';
  readonly label: string;
  /** The folder of a file or folder ('' at the top of the workspace), or the file of a symbol. */
  readonly description: string;
}

/** A prompt that `/` can put into the composer. */
export interface PromptItem {
  /** For `use-prompt`. */
  readonly id: string;
  /** The text after the slash, such as "tests". */
  readonly name: string;
  /** In the user's language for built-in prompts; otherwise from the front matter of the file. */
  readonly description: string;
  readonly source: 'built-in' | 'workspace' | 'personal';
}

/** The first prompts that an empty chat offers for what is open in VS Code. */
export const starters = ['explain-file', 'write-tests', 'review-changes', 'fix-problems'] as const;

/** One of these prompts. */
export type Starter = (typeof starters)[number];

/** What is open in VS Code. */
export interface OpenedContext {
  /** The name of the file in the active editor; null if there is none, or if it may contain secrets. */
  readonly file: string | null;
  /** The function or type around the cursor in that file. */
  readonly symbol: { readonly name: string; readonly isCallable: boolean } | null;
  /** The number of errors and warnings in that file. */
  readonly problems: number;
  /** The number of files with uncommitted Git changes. */
  readonly changes: number;
}

/** A stored model with parameters. */
export interface PresetItem {
  readonly id: string;
  readonly name: string;
  /** The name of its model and, with several gateways, of its gateway. */
  readonly modelName: string;
  /** False when the gateway of its model is gone. */
  readonly available: boolean;
  /** True when the model is the model of the next prompt. */
  readonly hasCurrentModel: boolean;
  readonly parameters: ChatParameters;
}

/** A conversation in the history list of the panel. */
export interface HistoryEntry {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly messageCount: number;
  readonly pinned: boolean;
  /** True if it has one prompt and each of its answers failed. */
  readonly failed: boolean;
  /** The name of the model that answered last; null without an answer. */
  readonly model: string | null;
  readonly answering: boolean;
  /** True for the conversation that the panel shows. */
  readonly current: boolean;
  /** Deleted in this window; the user can still undo that. */
  readonly deleted: boolean;
  /** The text around the first match of the query; null when the title or a model matches or there is no query. */
  readonly excerpt: string | null;
}

/** How full the model's context window is with the next prompt, in tokens. */
export interface ContextMeter {
  /** The conversation so far. */
  readonly used: number;
  /** Reserved for the answer. */
  readonly reserved: number;
  /** The context window; null when unknown. */
  readonly window: number | null;
  /** How many messages at the beginning are left out. */
  readonly dropped: number;
}

/** The most code blocks that are applied at once. */
export const mostBlocksAtOnce = 100;

/** A code block whose change the user accepted. */
export interface AppliedBlock {
  /** The id of the answer that contains the block. */
  readonly answer: string;
  /** The block's key, from `codeBlockKey`. */
  readonly block: string;
  /** The changed files, relative to the workspace. */
  readonly files: readonly string[];
}

/** What the next prompt would consist of. */
interface PlannedPrompt {
  /** The name of the model that gets the prompt. If several models get it, the plan is for the first of them. */
  readonly modelName: string;
  readonly record: PromptRecord;
}

/** The state of the panel apart from the conversation. */
export interface PanelState {
  /** The model for the next prompt; null before the first gateway is set up. */
  readonly model:
    | (NamedModel & {
        readonly gatewayName: string;
        /** Whether the model reasons before it answers; absent when unknown. */
        readonly reasoning?: boolean;
      })
    | null;
  /** Set when that model makes pictures, video or music: what it can be asked for. */
  readonly generation?: GenerationOffer;
  readonly gateways: readonly GatewayCard[];
  readonly attachments: readonly AttachmentChip[];
  /** Null until it is first calculated. */
  readonly context: ContextMeter | null;
  /** The prompts that are being edited; absent when there are none. */
  readonly edits?: readonly EditedPrompt[];
  /** What the settings send for the model of the next prompt, where the chat sets nothing; absent for nothing. */
  readonly settingParameters?: Omit<ChatParameters, 'systemText'>;
  /** For the first prompts of an empty chat; absent in other chats and when nothing is open. */
  readonly opened?: OpenedContext;
  /** Stored presets by name; absent when there are none. */
  readonly presets?: readonly PresetItem[];
  /** Queued prompts, the next one first. */
  readonly queue: readonly QueuedPrompt[];
  /** The models that compare their answers to the next prompt; empty for one model. */
  readonly comparison: readonly NamedModel[];
  /** The applied code blocks of the conversation; absent for none. */
  readonly applied?: readonly AppliedBlock[];
}

/** Host → view: the bodies, by the name of the message. */
export interface ToView {
  /** The whole conversation and state. Sent after `ready` and when another conversation is shown. */
  snapshot: {
    /** Number of the last batch of events that the conversation includes. */
    readonly revision: number;
    readonly conversation: ConversationSnapshot;
    readonly state: PanelState;
  };
  /** The events after `revision - 1`. Sent at most once per frame. */
  events: { readonly revision: number; readonly events: readonly ConversationEvent[] };
  /**
   * The next revision, if it only appends text to the message that the last revision appended to. Most messages of a stream are
   * of this kind, so they are sent without an envelope (`packToViewMessage`).
   */
  text: string;
  /** The state of the panel has changed. */
  state: PanelState;
  /** The picture of the attachment `id` and its mask, as `data:` URLs. Only the page keeps them. */
  'thumbnail-loaded': { readonly id: string; readonly url: string; readonly mask?: string };
  /** The medium that `load-media` requested, as a `data:` URL. Only the page keeps it. */
  /** `url` is a `data:` URL; empty if a stored file is gone. */
  'media-loaded': { readonly id: string; readonly index: number; readonly url: string };
  /** What becomes of a reading; see `read-aloud`. */
  speech: SpeechMessage;
  /** What dictation does; see `dictate`. */
  dictation: DictationMessage;
  /** Focus the composer. */
  'focus-composer': Record<string, never>;
  /** Put a prompt back into the composer, before the text that is already there. */
  'give-back-prompt': { readonly text: string };
  /**
   * Replace the `/word` at the cursor of the composer by this text, and select the range from `selectStart` to `selectEnd`
   * (UTF-16 units in `text`), so that the user types over it. With `edit`, in the editor of this prompt instead.
   */
  'insert-text': {
    readonly text: string;
    readonly selectStart: number;
    readonly selectEnd: number;
    readonly edit?: string;
  };
  /** Drafts of the window's views. The view takes over those that changed later than its own. */
  drafts: { readonly views: readonly RememberedConversation[] };
  /** Replies. The view ignores a reply to an older request than its last one. */
  'context-found': { readonly request: number; readonly items: readonly ContextItem[] };
  'prompts-found': { readonly request: number; readonly prompts: readonly PromptItem[] };
  'local-servers-found': { readonly request: number; readonly servers: readonly LocalServerCard[] };
  /** `plan` is null when there is no model. */
  'prompt-planned': { readonly request: number; readonly plan: PlannedPrompt | null };
  'history-listed': { readonly request: number; readonly entries: readonly HistoryEntry[] };
  /** Open a part of the panel, for a command. */
  show: { readonly part: PanelPart };
}

/** Parts of the panel that commands open. */
export const panelParts = ['history', 'find', 'shortcuts'] as const;

/** One of these parts. */
export type PanelPart = (typeof panelParts)[number];

/** A message from the host. */
export type ToViewMessage = MessageOf<ToView>;
