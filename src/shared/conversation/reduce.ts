import {
  addCall,
  addPart,
  addSources,
  appendArguments,
  appendText,
  closeWrittenCalls,
  isBeingWritten,
  moveTextToEnd,
  setCallState,
  startCall,
  turnIntoReasoning,
} from './addPart';
import { answerMedia } from '../answer/answerPart';
import { isStoredMedia } from '../answer/media';
import type { AssistantMessage, Conversation, Message } from './conversation';
import type { ConversationEvent, EventOf } from './conversationEvent';
import { changeGeneration, endGeneration } from './changeGeneration';
import { callerOf, settleCalls } from './toolResults';

/**
 * Applies one event to a conversation, in place. An answer consists of thousands of events, and with a copy for each, the cost of a
 * delta would grow with the conversation. The caller must own the conversation.
 *
 * Never throws. An invalid event (an unknown message, a duplicate id, an unknown parent) changes nothing and returns false, so the
 * valid part of a damaged journal stays readable. Text after the end of an answer is kept.
 */
export function reduce(conversation: Conversation, event: ConversationEvent): boolean {
  switch (event.kind) {
    case 'conversation-created':
      conversation.id = event.id;
      conversation.createdAt = event.at;
      conversation.updatedAt = Math.max(conversation.updatedAt, event.at);
      if (event.origin !== undefined) conversation.origin = event.origin;
      return true;
    case 'title-changed':
      conversation.title = event.title;
      conversation.titleSource = event.source;
      return true;
    case 'message-added':
      return addMessage(conversation, event);
    case 'version-selected':
      return selectPathThrough(conversation, event.id);
    case 'pin-changed':
      conversation.pinned = event.pinned;
      return true;
    case 'background-requested':
      conversation.backgroundRequests.push(event.request);
      return true;
    case 'parameters-changed':
      conversation.parameters = event.parameters;
      return true;
    case 'comparison-started':
    case 'comparison-settled':
      return compare(conversation, event);
    default:
      return changeAnswer(conversation, event);
  }
}

/** An event of one answer. */
type AnswerEvent = Exclude<
  ConversationEvent,
  {
    kind:
      | 'conversation-created'
      | 'title-changed'
      | 'pin-changed'
      | 'background-requested'
      | 'parameters-changed'
      | 'message-added'
      | 'version-selected'
      | 'comparison-started'
      | 'comparison-settled';
  }
>;

function compare(
  conversation: Conversation,
  event: EventOf<'comparison-started' | 'comparison-settled'>,
): boolean {
  const prompt = conversation.messages.get(event.id);
  if (prompt?.role !== 'user') return false;
  if (event.kind === 'comparison-started') {
    const answers = event.answers.filter((id) => prompt.children.includes(id));
    if (answers.length < 2) return false;
    prompt.comparison = answers;
    return true;
  }
  if (!prompt.children.includes(event.answer)) return false;
  prompt.comparison = null;
  return selectPathThrough(conversation, event.answer);
}

function changeAnswer(conversation: Conversation, event: AnswerEvent): boolean {
  const answer = conversation.messages.get(event.id);
  if (answer?.role !== 'assistant') return false;
  if (event.kind === 'tool-call-arguments' && !isBeingWritten(answer.parts, event.index)) return false;
  if (event.kind === 'tool-call-state' && !setCallState(answer.parts, event)) return false;
  if (answer.promptProgress !== null) answer.promptProgress = null;
  switch (event.kind) {
    case 'text-appended':
      answer.retry = null;
      answer.textStartedAt ??= event.at;
      if (answer.continues) moveTextToEnd(answer.parts);
      answer.continues = false;
      appendText(answer.parts, 'text', event.text, event.at);
      return true;
    case 'reasoning-appended':
      answer.retry = null;
      appendText(answer.parts, 'reasoning', event.text, event.at);
      return true;
    case 'text-became-reasoning':
      turnIntoReasoning(answer.parts, event.length);
      // The text of a truncated answer stays, and the text after the reasoning continues it.
      answer.continues = answer.parts.some(({ kind }) => kind === 'text');
      if (answer.continues) return true;
      answer.textStartedAt = null;
      answer.tokens.length = 0;
      return true;
    case 'prompt-progressed':
      answer.promptProgress = { done: event.done, total: event.total };
      return true;
    case 'sources-added':
      addSources(answer.parts, event.sources, event.at);
      return true;
    case 'task-submitted':
    case 'task-progressed':
    case 'preview-shown':
    case 'task-actions-offered':
      changeGeneration(answer, event);
      return true;
    case 'media-added':
      answer.retry = null;
      // Two windows may have waited for the same task.
      if (isStoredMedia(event.media.url) && hasMedia(answer, event.media.url)) return true;
      addPart(answer.parts, { kind: 'media', media: event.media, at: event.at });
      return true;
    case 'tokens-appended':
      // One at a time: a function call cannot have a hundred thousand arguments.
      for (const token of event.tokens) answer.tokens.push(token);
      return true;
    case 'tool-call-started':
      answer.retry = null;
      answer.continues = false;
      startCall(answer.parts, event);
      return true;
    case 'tool-call-arguments':
      appendArguments(answer.parts, event);
      return true;
    case 'tool-called':
      answer.retry = null;
      answer.continues = false;
      addCall(answer.parts, event);
      settleCalls(conversation, answer);
      return true;
    case 'tool-call-state':
      return true;
    case 'reasoning-kept':
      answer.keptReasoning = event.items;
      return true;
    case 'retry-scheduled':
      answer.retry = event.retry;
      return true;
    case 'request-adapted':
      answer.adaptations.push(event.part);
      return true;
    case 'context-shortened':
      answer.shortened = { from: event.from, summary: event.summary };
      return true;
    case 'prompt-sent':
      answer.prompt = event.prompt;
      return true;
    case 'answer-ended':
      answer.retry = null;
      answer.continues = false;
      closeWrittenCalls(answer.parts);
      answer.ending = event.ending;
      answer.usage = event.usage;
      answer.servedModel = event.servedModel;
      answer.endedAt = event.at;
      endGeneration(answer);
      conversation.updatedAt = Math.max(conversation.updatedAt, event.at);
      return true;
    case 'answer-resumed':
      if (answer.usage !== null && answer.ending !== null) (answer.earlierUsage ??= []).push(answer.usage);
      answer.continues = true;
      answer.ending = null;
      answer.endedAt = null;
      return true;
  }
}

function hasMedia(answer: AssistantMessage, url: string): boolean {
  return answerMedia(answer).some((media) => media.url === url);
}

function addMessage(conversation: Conversation, event: EventOf<'message-added'>): boolean {
  if (conversation.messages.has(event.id)) return false;
  if (event.parent !== null && !conversation.messages.has(event.parent)) return false;
  conversation.messages.set(event.id, messageFrom(event));
  const siblings =
    event.parent === null ? conversation.roots : conversation.messages.get(event.parent)?.children;
  siblings?.push(event.id);
  conversation.updatedAt = Math.max(conversation.updatedAt, event.at);
  if (event.content.role === 'tool') {
    const caller = callerOf(conversation, event.id);
    if (caller !== undefined) settleCalls(conversation, caller);
  }
  return selectPathThrough(conversation, event.id);
}

function messageFrom(event: EventOf<'message-added'>): Message {
  const base = {
    id: event.id,
    parent: event.parent,
    children: [],
    selectedChild: null,
    createdAt: event.at,
  };
  // The base comes last, so that the content of a message cannot override its place in the tree.
  if (event.content.role === 'tool') return { ...event.content, ...base };
  if (event.content.role === 'user') return { ...event.content, ...base, comparison: null };
  return {
    ...event.content,
    ...base,
    parts: [],
    continues: false,
    tokens: [],
    promptProgress: null,
    retry: null,
    adaptations: [],
    shortened: null,
    prompt: null,
    ending: null,
    usage: null,
    servedModel: null,
    textStartedAt: null,
    endedAt: null,
  };
}

/**
 * By conversation: the message to which the path was selected last. All messages above it are selected too, so adding a message to
 * a long conversation does not walk up the whole tree.
 */
const lastSelected = new WeakMap<Conversation, string>();

/** Selects the path from the root to `id`. The selection below `id` stays. */
function selectPathThrough(conversation: Conversation, id: string): boolean {
  const selected = lastSelected.get(conversation);
  let message = conversation.messages.get(id);
  if (message === undefined) return false;
  while (message.parent !== null && message.id !== selected) {
    const parent = conversation.messages.get(message.parent);
    if (parent === undefined) return false;
    parent.selectedChild = message.id;
    message = parent;
  }
  if (message.parent === null) conversation.selectedRoot = message.id;
  lastSelected.set(conversation, id);
  return true;
}
