import * as v from 'valibot';
import { contextSources } from './contextSource';
import { exactObject } from '../kit/exactObject';
import { failureActions } from '../failure/failureAction';
import { mediumEntries } from './mediumEntries';
import type { MessageOf } from '../kit/messageOf';
import { viewStateSchema } from './viewState';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** A conversation's, which is part of the name of its file. */
const chatId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,100}$/));
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

/** View → host, by name: the bodies. */
export type ToHost = { [Type in keyof typeof toHostSchemas]: v.InferOutput<(typeof toHostSchemas)[Type]> };

export type ToHostMessage = MessageOf<ToHost>;

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
