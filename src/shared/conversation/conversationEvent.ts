import * as v from 'valibot';
import { attachmentSchema } from './attachment';
import { endingSchema } from '../answer/ending';
import { mediaSchema } from '../answer/media';
import { retrySchema } from '../answer/retry';
import { sourceSchema } from '../answer/source';
import { tokenSchema } from '../answer/token';
import { toolCallSchema } from '../answer/toolCall';
import { toolCallProgressSchema, toolOutcomeSchema } from '../answer/toolCallState';
import { usageSchema } from '../answer/usage';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** Milliseconds since the epoch. */
const at = v.number();

const modelReferenceSchema = v.object({ gatewayId: v.string(), modelId: v.string() });

const conversationCreated = v.object({ kind: v.literal('conversation-created'), id, at });

const titleChanged = v.object({
  kind: v.literal('title-changed'),
  title: v.string(),
  source: v.picklist(['prompt', 'user', 'model']),
  at,
});

/** A message joins the tree under `parent` and becomes the selected version there. */
const messageAdded = v.object({
  kind: v.literal('message-added'),
  id,
  parent: v.nullable(id),
  at,
  content: v.variant('role', [
    v.object({ role: v.literal('user'), text: v.string(), attachments: v.array(attachmentSchema) }),
    v.object({ role: v.literal('assistant'), model: modelReferenceSchema, modelName: v.string() }),
    /** What a tool gave back, as text; answers the call `callId` of the message before. */
    v.object({
      role: v.literal('tool'),
      callId: v.string(),
      name: v.string(),
      text: v.string(),
      /** What became of the call. Absent in journals of version 0.1.0, where every result counts as `done`. */
      outcome: v.exactOptional(toolOutcomeSchema),
    }),
  ]),
});

const textAppended = v.object({ kind: v.literal('text-appended'), id, text: v.string(), at });

const reasoningAppended = v.object({ kind: v.literal('reasoning-appended'), id, text: v.string(), at });

/**
 * The last `length` UTF-16 units of the answer's text were reasoning, and join the reasoning's end: some models open
 * their thinking in the prompt, so that only its end shows what came before it.
 */
const textBecameReasoning = v.object({
  kind: v.literal('text-became-reasoning'),
  id,
  length: v.pipe(v.number(), v.integer(), v.minValue(0)),
  at,
});

/** Pages that the answer refers to. See `addSource`. */
const sourcesAdded = v.object({
  kind: v.literal('sources-added'),
  id,
  sources: v.array(sourceSchema),
  at,
});

/** How much of the prompt the server has read, in tokens. Shown while nothing else comes, and not kept in the journal. */
const promptProgressed = v.object({
  kind: v.literal('prompt-progressed'),
  id,
  done: v.number(),
  total: v.number(),
  at,
});

const mediaAdded = v.object({ kind: v.literal('media-added'), id, media: mediaSchema, at });

/** Log probabilities of the tokens that came since the last ones. */
const tokensAppended = v.object({ kind: v.literal('tokens-appended'), id, tokens: v.array(tokenSchema), at });

/** Which call of a reply it is, counted from 0. */
const index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The model began to write a tool call. Sent again when more of the name came; `name` is all of it so far. */
const toolCallStarted = v.object({ kind: v.literal('tool-call-started'), id, index, name: v.string(), at });

/** A piece of the arguments of a call that the model is writing. */
const toolCallArguments = v.object({
  kind: v.literal('tool-call-arguments'),
  id,
  index,
  text: v.string(),
  at,
});

/**
 * A whole tool call. With `index` it completes the call that began under this number, whose name and arguments it replaces;
 * without, it is another call. Version 0.1.0 writes it without, and nothing before it.
 */
const toolCalled = v.object({
  kind: v.literal('tool-called'),
  id,
  call: toolCallSchema,
  index: v.exactOptional(index),
  at,
});

/**
 * A whole call waits for approval, runs or is over. `call` says which of the answer's calls, counted from 0. A call that has
 * a result needs no such event: the message with the result ends it.
 */
const toolCallStateChanged = v.object({
  kind: v.literal('tool-call-state'),
  id,
  call: index,
  state: toolCallProgressSchema,
  at,
});

/** Nothing came yet and the request is about to be sent again. */
const retryScheduled = v.object({ kind: v.literal('retry-scheduled'), id, retry: retrySchema, at });

/** The gateway refused a part of the request (`stream_options`, `temperature` …), which was then sent without it. */
const requestAdapted = v.object({ kind: v.literal('request-adapted'), id, part: v.string(), at });

/**
 * The answer is asked with a shorter history: what stands before the message `from` on its path is
 * left out, or replaced by `summary`. Holds for what follows the answer, too; the messages stay.
 */
const contextShortened = v.object({
  kind: v.literal('context-shortened'),
  id,
  from: id,
  summary: v.nullable(v.string()),
  at,
});

const answerEnded = v.object({
  kind: v.literal('answer-ended'),
  id,
  ending: endingSchema,
  usage: v.nullable(usageSchema),
  servedModel: v.nullable(v.string()),
  at,
});

/** More of an ended answer is awaited: the user asked a cut answer to go on. Its text stays. */
const answerResumed = v.object({ kind: v.literal('answer-resumed'), id, at });

/** The selected path goes through this message from now on. */
const versionSelected = v.object({ kind: v.literal('version-selected'), id, at });

/** These answers to the prompt `id` stand side by side from now on. At least two. */
const comparisonStarted = v.object({
  kind: v.literal('comparison-started'),
  id,
  answers: v.pipe(v.array(id), v.minLength(2)),
  at,
});

/** One of the answers to the prompt `id` that stood side by side was picked; it is the selected version. */
const comparisonSettled = v.object({ kind: v.literal('comparison-settled'), id, answer: id, at });

/** The conversation was pinned to the top of the history, or no longer is. */
const pinChanged = v.object({ kind: v.literal('pin-changed'), pinned: v.boolean(), at });

/**
 * Everything that can happen to a conversation: what `reduce` takes, the journal stores and the
 * host sends to the view. A journal outlives versions, so a kind is never renamed and a field
 * never changes its meaning.
 */
export const conversationEventSchema = v.variant('kind', [
  conversationCreated,
  titleChanged,
  messageAdded,
  textAppended,
  reasoningAppended,
  textBecameReasoning,
  promptProgressed,
  mediaAdded,
  sourcesAdded,
  tokensAppended,
  toolCallStarted,
  toolCallArguments,
  toolCalled,
  toolCallStateChanged,
  retryScheduled,
  requestAdapted,
  contextShortened,
  answerEnded,
  answerResumed,
  versionSelected,
  comparisonStarted,
  comparisonSettled,
  pinChanged,
]);

export type ConversationEvent = v.InferOutput<typeof conversationEventSchema>;

/** One kind of event, by name. */
export type EventOf<Kind extends ConversationEvent['kind']> = Extract<ConversationEvent, { kind: Kind }>;
