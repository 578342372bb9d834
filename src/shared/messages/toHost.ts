import * as v from 'valibot';
import { generationSettingsSchema } from '../answer/generation';
import { exactObject } from '../kit/exactObject';
import { isBase64DataUrl } from '../text/isBase64DataUrl';
import { failureActions } from '../failure/failureAction';
import { mediumEntries } from './mediumEntries';
import { longestSystemText } from '../conversation/chatParameters';
import { dictateEntries } from './dictationMessage';
import { readAloudEntries, readingEntries, speechPartEntries } from './speechMessage';
import { contextSources, mostBlocksAtOnce, starters, type MessageOf } from './toView';
import { longestPrompt, viewStateSchema } from './viewState';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** The id of a conversation. It is part of a file name, so it allows few characters. */
const chatId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,100}$/));
const medium = exactObject(mediumEntries);
const empty = exactObject({});
const prompt = v.pipe(v.string(), v.maxLength(longestPrompt));
/** Text to copy or insert. It may be a whole answer: at most 128 million characters, plus markup. */
const answer = v.pipe(v.string(), v.maxLength(200_000_000));

/** Number of a request. The reply repeats it, so that the view can ignore replies to older requests. */
const request = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A `data:` URL of at most 20 MB, in base64. */
const picture = v.pipe(
  v.string(),
  v.maxLength(28_000_000),
  v.check((url) => isBase64DataUrl(url, /^data:image\/(?:png|jpeg|gif|webp);base64,/)),
);
/**
 * A `data:` URL of a PNG of less than 4 MB, which is the most that OpenAI takes as a mask. What is transparent in it is to be changed.
 */
const mask = v.pipe(
  v.string(),
  v.maxLength(5_500_000),
  v.check((url) => isBase64DataUrl(url, /^data:image\/png;base64,/)),
);
/** Where an attachment goes: to the prompt `edit`, which is open in its editor; without it, to the next prompt. */
const place = { edit: v.exactOptional(id) };
/** The name of a preset. */
const presetName = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const codeBlockEntries = {
  text: prompt,
  /** The fence's info string, such as `ts src/format.ts`. */
  info: v.pipe(v.string(), v.maxLength(1_000)),
  /** The text before the block, which often names a file; at most the last 1,000 characters. */
  before: v.pipe(v.string(), v.maxLength(1_000)),
};
const codeBlock = exactObject({
  /** The answer that contains the code block. */
  id,
  ...codeBlockEntries,
});

/** View → host: the schemas of the bodies, by the name of the message. */
export const toHostSchemas = {
  /** The view has loaded or has missed a revision. The host replies with a snapshot. */
  ready: empty,
  /** The composer gets the focus for the first time. The host loads the modules that the first request needs. */
  'composer-focused': empty,
  /**
   * Send `text` with the pending attachments. While an answer streams, the prompt is queued; with `interrupt`, the answer is
   * stopped and the prompt is sent next.
   */
  submit: exactObject({ text: prompt, interrupt: v.exactOptional(v.boolean()) }),
  /** Remove a queued prompt, move it back to the composer, or send it now. */
  'remove-queued': exactObject({ id }),
  'edit-queued': exactObject({ id }),
  'send-queued': exactObject({ id }),
  /** Stop the answer that is streaming in the shown conversation. */
  stop: empty,
  /** Open the editor of the prompt `id`. The host copies its attachments for the new version. */
  'begin-edit': exactObject({ id }),
  /** Close the editor of the prompt `id` without sending. */
  'end-edit': exactObject({ id }),
  /** Add a new version of the prompt `id`, with the attachments of its editor, and send it. */
  edit: exactObject({ id, text: prompt }),
  /** Replace what the shown conversation sends beside its messages. */
  'set-parameters': exactObject({
    parameters: exactObject({
      temperature: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(2))),
      effort: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(40))),
      systemText: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(longestSystemText))),
      generation: v.exactOptional(exactObject(generationSettingsSchema.entries)),
    }),
  }),
  /** Store the model and the parameters of the shown conversation as a preset. */
  'save-preset': exactObject({ name: presetName }),
  /** Use the model and the parameters of a preset in the shown conversation. */
  'choose-preset': exactObject({ id }),
  'rename-preset': exactObject({ id, name: presetName }),
  'delete-preset': exactObject({ id }),
  /** Undo a deletion in this window. */
  'restore-preset': exactObject({ id }),
  /** Request another version of the answer `id`. */
  regenerate: exactObject({ id }),
  /** Request another version of the answer `id` from a model that the user picks. */
  'regenerate-with': exactObject({ id }),
  /** Continue in a new conversation that ends with the message `id`. */
  fork: exactObject({ id }),
  /** Send the next prompt to several models that the user picks. */
  'choose-comparison': empty,
  /** Send the next prompt to one model again. */
  'end-comparison': empty,
  /** Send the prompt `id` again, to several models that the user picks. */
  compare: exactObject({ id }),
  /** Show the answers to the prompt `id` side by side again. */
  'show-comparison': exactObject({ id }),
  /** Continue with `id` of the answers that are side by side. */
  'pick-answer': exactObject({ id }),
  /** Show the version `id`. */
  'select-version': exactObject({ id }),
  /** Run the action that the failure of the answer `id` offers. */
  'failure-action': exactObject({ id, action: v.picklist(failureActions) }),
  'new-chat': empty,
  /** List the conversations with `query` in their title or text; all for an empty query. The reply is `history-listed`. */
  'list-history': exactObject({ request, query: v.pipe(v.string(), v.maxLength(200)) }),
  'open-chat': exactObject({ id: chatId }),
  'rename-chat': exactObject({ id: chatId, title: v.pipe(v.string(), v.maxLength(500)) }),
  'pin-chat': exactObject({ id: chatId, pinned: v.boolean() }),
  'delete-chat': exactObject({ id: chatId }),
  /** Undo a deletion. */
  'restore-chat': exactObject({ id: chatId }),
  /** Write a conversation to a file. The host asks for the format and the file. */
  'export-chat': exactObject({ id: chatId }),
  /** Read conversations from a file that the user picks. */
  'import-chat': empty,
  'select-model': empty,
  /** A gateway's card was clicked. Without an id, `kind` is the card of local servers or of any base URL. */
  'add-gateway': exactObject({
    gatewayId: v.nullable(id),
    kind: v.exactOptional(v.picklist(['local', 'custom'])),
  }),
  /** Look for servers on this computer, for the cards. The reply is `local-servers-found`. */
  'find-local-servers': exactObject({ request }),
  /** The Attach button was clicked. The host asks what to attach. */
  attach: exactObject(place),
  /** Find files and symbols for an `@` mention; open files for an empty query. The reply is `context-found`. */
  'find-context': exactObject({ request, query: v.pipe(v.string(), v.maxLength(200)) }),
  /** Attach the item that `context-found` listed with this id. */
  'attach-found': exactObject({ id: v.pipe(v.string(), v.maxLength(8_192)), ...place }),
  /** Attach what a first prompt is about, and send the prompt. The prompt in the composer stays. */
  start: exactObject({ starter: v.picklist(starters) }),
  /**
   * Attach one of the sources that `#` offers, such as `#selection`. `text` is the prompt so far, for `#codebase`, which searches
   * for it.
   */
  'attach-context': exactObject({
    source: v.picklist(contextSources),
    text: v.exactOptional(v.pipe(v.string(), v.maxLength(4_000))),
    ...place,
  }),
  /** Files and folders that were dropped on the panel, as URIs or absolute paths. */
  'attach-dropped': exactObject({
    uris: v.pipe(v.array(v.pipe(v.string(), v.maxLength(8_192))), v.maxLength(100)),
    ...place,
  }),
  /** Attach a picture that was pasted or dropped. The view has scaled it down. */
  'attach-picture': exactObject({ name: v.pipe(v.string(), v.maxLength(300)), url: picture, ...place }),
  /** Attach a long text that was pasted. */
  'attach-text': exactObject({ text: prompt, ...place }),
  /** Find the prompts for `/`: built-in ones and prompt files. The reply is `prompts-found`. */
  'find-prompts': exactObject({ request }),
  /** Put the prompt that `prompts-found` listed with this id into the composer. The reply is `insert-text`. */
  'use-prompt': exactObject({ id: v.pipe(v.string(), v.maxLength(8_192)), ...place }),
  /**
   * Plan the next prompt with `text` from the composer, as it would be sent now. Only sent while the plan is shown. The reply is
   * `prompt-planned`.
   */
  'plan-prompt': exactObject({ request, text: prompt }),
  /** Load the picture of the pending attachment `id`, for its thumbnail. The reply is `thumbnail-loaded`. */
  'load-thumbnail': exactObject({ id }),
  'remove-attachment': exactObject({ id, ...place }),
  /**
   * Give the attached picture `id` a mask, or remove its mask if `mask` is absent. `picture` replaces the picture by one whose
   * rows and columns are those of the mask.
   */
  'set-mask': exactObject({
    id,
    mask: v.exactOptional(mask),
    picture: v.exactOptional(picture),
    ...place,
  }),
  /** Open an attachment, pending or of a message, in an editor. */
  'open-attachment': exactObject({ id }),
  /** Put text on the clipboard (a message as Markdown, a code block). */
  copy: exactObject({ text: answer }),
  /** Put a code block's text at the cursor of the active editor. */
  'insert-code': exactObject({ text: answer }),
  /** Apply a code block to the file that it belongs to. The host shows a diff first. */
  'apply-code': codeBlock,
  /** Apply several code blocks of an answer, in their order, in one review. */
  'apply-all': exactObject({
    id,
    blocks: v.pipe(v.array(exactObject(codeBlockEntries)), v.minLength(1), v.maxLength(mostBlocksAtOnce)),
  }),
  /** Open a code block as a new file. */
  'new-file': codeBlock,
  /** Put a code block's text at the prompt of a terminal, without running it. */
  'run-in-terminal': exactObject({ text: prompt }),
  /** A link was clicked. The host checks its scheme, and VS Code asks the user. */
  'open-link': exactObject({ href: v.pipe(v.string(), v.maxLength(8_192)) }),
  /** Fetch a medium from the network. The reply is `media-loaded`. */
  'load-media': medium,
  /** Write a medium to a file that the user chooses. */
  'save-media': medium,
  /** Write a medium to a file, and insert a reference to it at the cursor of the active editor. */
  'insert-media': medium,
  /** Attach a picture of an answer to the next prompt, with a mask if there is one here. */
  'edit-media': exactObject({ ...mediumEntries, mask: v.exactOptional(mask) }),
  /**
   * Press the button `index` of the finished task of the answer `id`, which starts another task. `text` and `mask` are what a task
   * that waits for a prompt gets.
   */
  'run-task-action': exactObject({
    id,
    index: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(200)),
    text: v.exactOptional(v.pipe(v.string(), v.maxLength(20_000))),
    mask: v.exactOptional(mask),
  }),
  /** Dictate a prompt. The reply is `dictation`. */
  dictate: exactObject(dictateEntries),
  /** Read an answer aloud, or read on with another voice. The reply is `speech`. */
  'read-aloud': exactObject(readAloudEntries),
  /** Make the sound of one part of a reading. The reply is `speech`. */
  'load-speech': exactObject(speechPartEntries),
  /** The view cannot play the format of a part. */
  'speech-unplayable': exactObject(speechPartEntries),
  /** Write the sound of a part to a file that the user chooses. */
  'save-speech': exactObject(speechPartEntries),
  /** The user has stopped a reading. Parts that were not requested yet are not needed. */
  'stop-speech': exactObject(readingEntries),
  /** The user turned to this panel: its page got the focus. */
  'page-focused': exactObject({}),
  /** Show a conversation in an editor, or in an editor in a window of its own. */
  'open-elsewhere': exactObject({ id, place: v.picklist(['editor', 'window']) }),
  /** The drafts or scroll positions have changed. Sent at most four times a second. */
  'remember-view': viewStateSchema,
  /** An unexpected error in the view, for the log. */
  'view-failed': exactObject({ message: v.pipe(v.string(), v.maxLength(4_000)) }),
} as const;

/** View → host: the bodies, by the name of the message. */
export type ToHost = { [Type in keyof typeof toHostSchemas]: v.InferOutput<(typeof toHostSchemas)[Type]> };

/** A message from the view. */
export type ToHostMessage = MessageOf<ToHost>;

const envelopeSchema = exactObject({ type: v.string(), body: v.unknown() });

/** Reads a message from the view; undefined for anything else. Never throws. */
export function readToHostMessage(value: unknown): ToHostMessage | undefined {
  const envelope = v.safeParse(envelopeSchema, value);
  if (!envelope.success || !Object.hasOwn(toHostSchemas, envelope.output.type)) return undefined;
  const type = envelope.output.type as keyof typeof toHostSchemas;
  const body = v.safeParse(toHostSchemas[type], envelope.output.body);
  if (!body.success) return undefined;
  return { type, body: body.output } as ToHostMessage;
}
