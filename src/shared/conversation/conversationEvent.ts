import * as v from 'valibot';
import { attachmentSchema } from './attachment';
import { backgroundRequestSchema } from './backgroundRequest';
import { promptRecordSchema } from './promptRecord';
import { chatParametersSchema } from './chatParameters';
import { forkOriginSchema } from './forkOrigin';
import { generationSchema, taskActionSchema } from '../answer/generation';
import { taskSchema, taskStates } from '../answer/task';
import { endingSchema } from '../answer/ending';
import { keptReasoningSchema } from '../answer/keptReasoning';
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

const conversationCreated = v.object({
  kind: v.literal('conversation-created'),
  id,
  at,
  /** Absent for a conversation that is no fork, and in journals of earlier versions. */
  origin: v.exactOptional(forkOriginSchema),
});

const titleChanged = v.object({
  kind: v.literal('title-changed'),
  title: v.string(),
  source: v.picklist(['prompt', 'user', 'model']),
  at,
});

/** A message was added below `parent` and is now the selected version there. */
const messageAdded = v.object({
  kind: v.literal('message-added'),
  id,
  parent: v.nullable(id),
  at,
  content: v.variant('role', [
    v.object({ role: v.literal('user'), text: v.string(), attachments: v.array(attachmentSchema) }),
    v.object({
      role: v.literal('assistant'),
      model: modelReferenceSchema,
      modelName: v.string(),
      /** What was sent beside the messages. Absent when nothing was, and in journals of version 0.1.0. */
      parameters: v.exactOptional(chatParametersSchema),
      /** For pictures, video and music: what they are made with. Absent for chat. */
      generation: v.exactOptional(generationSchema),
    }),
    /** The result of a tool as text, for the call `callId` of the message above. */
    v.object({
      role: v.literal('tool'),
      callId: v.string(),
      name: v.string(),
      text: v.string(),
      /** The outcome of the call. Absent in journals of version 0.1.0, where every result counts as `done`. */
      outcome: v.exactOptional(toolOutcomeSchema),
    }),
  ]),
});

const textAppended = v.object({ kind: v.literal('text-appended'), id, text: v.string(), at });

const reasoningAppended = v.object({ kind: v.literal('reasoning-appended'), id, text: v.string(), at });

/**
 * The last `length` UTF-16 units of the answer's text were reasoning. Some chat templates open the reasoning in the prompt, so that
 * only the closing mark shows what the text before it was.
 */
const textBecameReasoning = v.object({
  kind: v.literal('text-became-reasoning'),
  id,
  length: v.pipe(v.number(), v.integer(), v.minValue(0)),
  at,
});

/** Pages that the answer cites. See `addSource`. */
const sourcesAdded = v.object({
  kind: v.literal('sources-added'),
  id,
  sources: v.array(sourceSchema),
  at,
});

/** How much of the prompt the server has processed, in tokens. Shown before the first delta, and not stored in the journal. */
const promptProgressed = v.object({
  kind: v.literal('prompt-progressed'),
  id,
  done: v.number(),
  total: v.number(),
  at,
});

/** A gateway accepted work that it does later. Stored before the gateway is first asked about it, so that a restart loses nothing. */
const taskSubmitted = v.object({ kind: v.literal('task-submitted'), id, task: taskSchema, at });

/** The progress of a task. Not stored in the journal. */
const taskProgressed = v.object({
  kind: v.literal('task-progressed'),
  id,
  state: v.picklist(taskStates),
  /** 0 to 100; null if unknown. */
  percent: v.nullable(v.number()),
  at,
});

/** An unfinished picture, which replaces the one before. Not stored in the journal. */
const previewShown = v.object({ kind: v.literal('preview-shown'), id, media: mediaSchema, at });

/** The buttons of a finished task. */
const taskActionsOffered = v.object({
  kind: v.literal('task-actions-offered'),
  id,
  actions: v.array(taskActionSchema),
  at,
});

const mediaAdded = v.object({ kind: v.literal('media-added'), id, media: mediaSchema, at });

/** Log probabilities of the tokens since the last such event. */
const tokensAppended = v.object({ kind: v.literal('tokens-appended'), id, tokens: v.array(tokenSchema), at });

/** The index of a call in its reply, counted from 0. */
const index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The model began to write a tool call. Repeated when the name grows; `name` is the name so far. */
const toolCallStarted = v.object({ kind: v.literal('tool-call-started'), id, index, name: v.string(), at });

/** A delta of the arguments of a call that the model is writing. */
const toolCallArguments = v.object({
  kind: v.literal('tool-call-arguments'),
  id,
  index,
  text: v.string(),
  at,
});

/**
 * A complete tool call. With `index`, it replaces the call that began with this index. Without `index`, it is another call; version
 * 0.1.0 wrote only such events for tool calls.
 */
const toolCalled = v.object({
  kind: v.literal('tool-called'),
  id,
  call: toolCallSchema,
  index: v.exactOptional(index),
  at,
});

/**
 * A call waits for approval, runs or is over. `call` is its index among the answer's calls, counted from 0. A call with a result
 * needs no such event at its end: the message with the result ends it.
 */
const toolCallStateChanged = v.object({
  kind: v.literal('tool-call-state'),
  id,
  call: index,
  state: toolCallProgressSchema,
  at,
});

/** The reasoning of an answer that calls a tool, which its model demands back with the results. Comes before the answer ends. */
const reasoningKept = v.object({ kind: v.literal('reasoning-kept'), id, items: keptReasoningSchema, at });

/** The request failed before the first delta and will be sent again. */
const retryScheduled = v.object({ kind: v.literal('retry-scheduled'), id, retry: retrySchema, at });

/** The gateway refused an unsupported parameter (`stream_options`, `temperature` …), and the request was sent without it. */
const requestAdapted = v.object({ kind: v.literal('request-adapted'), id, part: v.string(), at });

/**
 * The answer is requested with a shorter history: the messages before `from` on its path are left out of the prompt, or replaced
 * by `summary`. Applies to all later prompts below the answer too. The messages stay in the conversation.
 */
const contextShortened = v.object({
  kind: v.literal('context-shortened'),
  id,
  from: id,
  summary: v.nullable(v.string()),
  at,
});

/** A request for the answer is sent. An answer that was resumed, or that is sent again, has several; the last one counts. */
const promptSent = v.object({ kind: v.literal('prompt-sent'), id, prompt: promptRecordSchema, at });

const answerEnded = v.object({
  kind: v.literal('answer-ended'),
  id,
  ending: endingSchema,
  usage: v.nullable(usageSchema),
  servedModel: v.nullable(v.string()),
  at,
});

/** The user resumed a truncated answer. Its text stays. */
const answerResumed = v.object({ kind: v.literal('answer-resumed'), id, at });

/** The selected path now leads through this message. */
const versionSelected = v.object({ kind: v.literal('version-selected'), id, at });

/** These answers to the prompt `id`, at least two, are now shown side by side. */
const comparisonStarted = v.object({
  kind: v.literal('comparison-started'),
  id,
  answers: v.pipe(v.array(id), v.minLength(2)),
  at,
});

/** The user picked one of the answers to the prompt `id` that were side by side. It is the selected version. */
const comparisonSettled = v.object({ kind: v.literal('comparison-settled'), id, answer: id, at });

/** Parley sent a request by itself, for this conversation but not for one of its answers. */
const backgroundRequested = v.object({
  kind: v.literal('background-requested'),
  request: backgroundRequestSchema,
  at,
});

/** The conversation was pinned to the top of the history, or unpinned. */
const pinChanged = v.object({ kind: v.literal('pin-changed'), pinned: v.boolean(), at });

/** The user changed what the chat sends beside its messages. `parameters` replaces the earlier ones. */
const parametersChanged = v.object({
  kind: v.literal('parameters-changed'),
  parameters: chatParametersSchema,
  at,
});

/**
 * All events of a conversation. `reduce` applies them, the journal stores them, and the host sends them to the view. Journals
 * outlive versions of Parley, so a kind is never renamed and a field never changes its meaning.
 */
export const conversationEventSchema = v.variant('kind', [
  conversationCreated,
  titleChanged,
  messageAdded,
  textAppended,
  reasoningAppended,
  textBecameReasoning,
  promptProgressed,
  taskSubmitted,
  taskProgressed,
  previewShown,
  taskActionsOffered,
  mediaAdded,
  sourcesAdded,
  tokensAppended,
  toolCallStarted,
  toolCallArguments,
  toolCalled,
  toolCallStateChanged,
  reasoningKept,
  retryScheduled,
  requestAdapted,
  contextShortened,
  promptSent,
  answerEnded,
  answerResumed,
  versionSelected,
  comparisonStarted,
  comparisonSettled,
  pinChanged,
  backgroundRequested,
  parametersChanged,
]);

export type ConversationEvent = v.InferOutput<typeof conversationEventSchema>;

/** One kind of event, by name. */
export type EventOf<Kind extends ConversationEvent['kind']> = Extract<ConversationEvent, { kind: Kind }>;

const passing: ReadonlySet<ConversationEvent['kind']> = new Set([
  'prompt-progressed',
  'task-progressed',
  'preview-shown',
]);

/** True for an event that only matters while the answer is made. The journal does not keep it. */
export function isPassing({ kind }: ConversationEvent): boolean {
  return passing.has(kind);
}
