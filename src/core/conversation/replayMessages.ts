import type { AssistantMessage, Message } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';

/**
 * The events that make messages anew, each under the one before it: for a fork, or for a conversation
 * from elsewhere. An answer that has no end gets none.
 *
 * @param messages First to last; where they stood before does not count.
 * @param newId A fresh id for each; ids within (a call's, a compared answer's) stay.
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
 * The events that make one message anew, as `id` under `parent`.
 *
 * @param ids New ids by the old ones; null when they stay.
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
      const { role, callId, name, text } = message;
      return [{ kind: 'message-added', id, parent, at, content: { role, callId, name, text } }];
    }
    case 'assistant': {
      const { role, model, modelName, shortened } = message;
      const from = shortened === null || ids === null ? shortened?.from : ids.get(shortened.from);
      return [
        { kind: 'message-added', id, parent, at, content: { role, model, modelName } },
        ...message.adaptations.map((part) => ({ kind: 'request-adapted' as const, id, part, at })),
        ...(shortened !== null && from !== undefined
          ? [{ kind: 'context-shortened' as const, id, from, summary: shortened.summary, at }]
          : []),
        ...replayContent(message, id),
        ...replayEnding(message, id),
      ];
    }
  }
}

function replayContent(message: AssistantMessage, id: string): ConversationEvent[] {
  const { text, reasoning, createdAt: at } = message;
  const textAt = message.textStartedAt ?? at;
  return [
    ...(reasoning === '' ? [] : [{ kind: 'reasoning-appended' as const, id, text: reasoning, at }]),
    ...(message.textStartedAt === null ? [] : [{ kind: 'text-appended' as const, id, text, at: textAt }]),
    ...(message.sources.length === 0
      ? []
      : [{ kind: 'sources-added' as const, id, sources: [...message.sources], at: textAt }]),
    ...message.media.map((media) => ({ kind: 'media-added' as const, id, media, at: textAt })),
    ...(message.tokens.length === 0
      ? []
      : [{ kind: 'tokens-appended' as const, id, tokens: [...message.tokens], at: textAt }]),
    ...message.toolCalls.map((call) => ({ kind: 'tool-called' as const, id, call, at: textAt })),
  ];
}

function replayEnding(message: AssistantMessage, id: string): ConversationEvent[] {
  const { ending, usage, servedModel, retry, createdAt: at } = message;
  const events: ConversationEvent[] = [];
  if (ending !== null) {
    events.push({ kind: 'answer-ended', id, ending, usage, servedModel, at: message.endedAt ?? at });
  } else if (usage !== null || servedModel !== null) {
    // It had ended, and then was asked to go on.
    events.push(
      { kind: 'answer-ended', id, ending: { outcome: 'cancelled' }, usage, servedModel, at },
      { kind: 'answer-resumed', id, at },
    );
  }
  if (retry !== null) events.push({ kind: 'retry-scheduled', id, retry, at });
  return events;
}
