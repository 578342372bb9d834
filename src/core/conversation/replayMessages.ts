import type { AnswerPart } from '../../shared/answer/answerPart';
import type { AssistantMessage, Message } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';

/**
 * The events that build copies of messages, each below the one before it. Used for forks. An answer without an end gets none.
 *
 * @param messages First to last; their earlier parents do not matter.
 * @param newId Returns a new id for each message. The ids of tool calls stay the same.
 */
export function replayMessages(messages: readonly Message[], newId: () => string): ConversationEvent[] {
  let parent: string | null = null;
  const ids = new Map(messages.map(({ id }) => [id, newId()]));
  return messages.flatMap((message) => {
    const id = ids.get(message.id) ?? message.id;
    const events = replayMessage(message, id, parent, ids);
    parent = id;
    return events;
  });
}

/**
 * The events that build a copy of one message, with the id `id`, below `parent`.
 *
 * @param ids New ids by old ids; null when the ids stay the same.
 */
export function replayMessage(
  message: Message,
  id: string,
  parent: string | null,
  ids: ReadonlyMap<string, string> | null,
): ConversationEvent[] {
  const at = message.createdAt;
  switch (message.role) {
    case 'user': {
      const content = { role: message.role, text: message.text, attachments: [...message.attachments] };
      return [{ kind: 'message-added', id, parent, at, content }];
    }
    case 'tool': {
      const { role, callId, name, text, outcome } = message;
      const content = { role, callId, name, text, ...(outcome !== undefined && { outcome }) };
      return [{ kind: 'message-added', id, parent, at, content }];
    }
    case 'assistant': {
      const { role, model, modelName, parameters, generation, shortened } = message;
      const content = {
        role,
        model,
        modelName,
        ...(parameters !== undefined && { parameters }),
        ...(generation !== undefined && { generation }),
      };
      const from = shortened === null || ids === null ? shortened?.from : ids.get(shortened.from);
      return [
        { kind: 'message-added', id, parent, at, content },
        ...message.adaptations.map((part) => ({ kind: 'request-adapted' as const, id, part, at })),
        ...(shortened !== null && from !== undefined
          ? [{ kind: 'context-shortened' as const, id, from, summary: shortened.summary, at }]
          : []),
        ...(message.prompt === null
          ? []
          : [{ kind: 'prompt-sent' as const, id, prompt: message.prompt, at }]),
        ...replayEarlierEnds(message, id),
        ...(message.continues ? [] : replayFirstEnd(message, id)),
        ...replayProgress(message, id),
        ...replayContent(message, id),
        ...(message.keptReasoning === undefined
          ? []
          : [{ kind: 'reasoning-kept' as const, id, items: [...message.keptReasoning], at }]),
        ...(message.continues ? replayFirstEnd(message, id) : []),
        ...replayEnding(message, id),
      ];
    }
  }
}

/** The task of pictures, video or music, its progress and its buttons. */
function replayProgress({ progress, createdAt: at }: AssistantMessage, id: string): ConversationEvent[] {
  if (progress === undefined) return [];
  const { task, state, percent, preview, actions } = progress;
  return [
    ...(task === null ? [] : [{ kind: 'task-submitted' as const, id, task, at: task.submittedAt }]),
    ...(state === null ? [] : [{ kind: 'task-progressed' as const, id, state, percent, at }]),
    ...(preview === null ? [] : [{ kind: 'preview-shown' as const, id, media: preview, at }]),
    ...(actions.length === 0
      ? []
      : [{ kind: 'task-actions-offered' as const, id, actions: [...actions], at }]),
  ];
}

function replayContent(message: AssistantMessage, id: string): ConversationEvent[] {
  const { parts, tokens, textStartedAt } = message;
  const events: ConversationEvent[] = [];
  const textAt = parts.find(({ kind }) => kind === 'text')?.at ?? null;
  // Empty text says when the text began, where no part does.
  if (textStartedAt !== null && textStartedAt !== textAt) {
    events.push({ kind: 'text-appended', id, text: '', at: textStartedAt });
  }
  let calls = 0;
  for (const part of parts) {
    events.push(...replayPart(part, id, calls));
    if (part.kind === 'tool-call') calls += 1;
  }
  const at = textStartedAt ?? message.createdAt;
  if (tokens.length > 0) events.push({ kind: 'tokens-appended', id, tokens: [...tokens], at });
  return events;
}

/** @param place Of a tool call: which of the answer's calls it is. */
function replayPart(part: AnswerPart, id: string, place: number): ConversationEvent[] {
  const { at } = part;
  switch (part.kind) {
    case 'text':
      return [{ kind: 'text-appended', id, text: part.text, at }];
    case 'reasoning':
      return [{ kind: 'reasoning-appended', id, text: part.text, at }];
    case 'media':
      return [{ kind: 'media-added', id, media: part.media, at }];
    case 'sources':
      return [{ kind: 'sources-added', id, sources: [...part.sources], at }];
    case 'tool-call': {
      const { call, state, index } = part;
      if (index !== null) {
        return [
          { kind: 'tool-call-started', id, index, name: call.name, at },
          { kind: 'tool-call-arguments', id, index, text: call.arguments, at },
        ];
      }
      const called = { kind: 'tool-called', id, call: { ...call }, at } as const;
      if (state === 'writing' || state === 'written') return [called];
      return [called, { kind: 'tool-call-state', id, call: place, state, at }];
    }
  }
}

/** The ends of earlier requests for an answer, of which only the tokens are known. The last one of an answer without an end follows. */
function replayEarlierEnds(
  { ending, usage, earlierUsage = [], createdAt: at }: AssistantMessage,
  id: string,
): ConversationEvent[] {
  const isLastKnown = ending === null && usage !== null;
  return (isLastKnown ? earlierUsage.slice(0, -1) : earlierUsage).flatMap((earlier) => [
    { kind: 'answer-ended', id, ending: { outcome: 'cancelled' }, usage: earlier, servedModel: null, at },
    { kind: 'answer-resumed', id, at },
  ]);
}

/** An answer that had ended, and then was asked to go on. */
function replayFirstEnd(
  { ending, usage, earlierUsage = [], servedModel, continues, createdAt: at }: AssistantMessage,
  id: string,
): ConversationEvent[] {
  if (ending !== null) return [];
  if (usage === null && servedModel === null && !continues && earlierUsage.length === 0) return [];
  return [
    { kind: 'answer-ended', id, ending: { outcome: 'cancelled' }, usage, servedModel, at },
    { kind: 'answer-resumed', id, at },
  ];
}

function replayEnding(message: AssistantMessage, id: string): ConversationEvent[] {
  const { ending, usage, servedModel, retry, createdAt: at } = message;
  const events: ConversationEvent[] = [];
  if (ending !== null) {
    events.push({ kind: 'answer-ended', id, ending, usage, servedModel, at: message.endedAt ?? at });
  }
  if (retry !== null) events.push({ kind: 'retry-scheduled', id, retry, at });
  return events;
}
