import {
  arrayContent,
  channelMarks,
  missingReasoning,
  nullContent,
  reasoningContent,
  roleOrder,
  systemRole,
  toolMessages,
  unreadablePictures,
} from './manners';
import { inOrder } from './inOrder';
import { asArray, asObject, asText } from '../json/replyObject';

/** A message of a request's body. */
export type BodyMessage = Readonly<Record<string, unknown>> & {
  readonly role?: unknown;
  readonly content?: unknown;
  readonly reasoning_content?: unknown;
  readonly tool_calls?: unknown;
  readonly tool_call_id?: unknown;
};

/** What stands in the text for a picture that is not sent. */
const pictureWord = '[picture]';
const mark = /<\|(start|end|message|channel|constrain|return|call)\|>/g;

/** Every message is an object: ours are, and what `extraBody` may have put there instead is left alone. */
export function messagesOf(body: Readonly<Record<string, unknown>>): readonly BodyMessage[] {
  const messages = asArray(body['messages']);
  return messages.every((message) => asObject(message) !== undefined)
    ? (messages as readonly BodyMessage[])
    : [];
}

/** The manners in which these messages are written and could be written otherwise. */
export function mannersOf(messages: readonly BodyMessage[]): readonly string[] {
  const asked = lastQuestion(messages);
  const has = (test: (message: BodyMessage) => boolean): boolean => messages.some(test);
  const flattens = has((message) => isArray(message) && flattenedContent(message, asked) !== message.content);
  const pictures = has((message) => picturesToLeaveOut(message, asked).length > 0);
  return [
    ...(has(({ role }) => role === 'system') ? [systemRole] : []),
    ...(flattens ? [arrayContent] : []),
    ...(pictures ? [unreadablePictures] : []),
    ...(has(({ reasoning_content: reasoning }) => reasoning !== undefined) ? [reasoningContent] : []),
    ...(has(lacksReasoning) ? [missingReasoning] : []),
    ...(has(isOfTools) ? [toolMessages] : []),
    ...(has(({ content }) => content === null) ? [nullContent] : []),
    ...(has(({ content }) => markedText(content)) ? [channelMarks] : []),
    ...(inOrder(messages) === messages ? [] : [roleOrder]),
  ];
}

/**
 * The messages written without these manners. System messages go to the head of the first question. Where pictures are left
 * out, a word says that one was there; but those that the user attached to the last question stay, after its words: an
 * answer that did not see them would be a wrong answer. Returns `messages` itself when nothing changes.
 */
export function adaptMessages(
  messages: readonly BodyMessage[],
  parts: ReadonlySet<string>,
  reasoning: readonly string[],
): readonly BodyMessage[] {
  let adapted = messages;
  const change = (to: (message: BodyMessage, index: number) => BodyMessage): void => {
    adapted = adapted.map(to);
  };
  const wanted = [...parts].findLast((part) => part === reasoningContent || part === missingReasoning);
  if (wanted === missingReasoning) {
    change((message, at) => withReasoning(message, reasoning[at] ?? ''));
  } else if (wanted === reasoningContent) {
    change(withoutReasoning);
  }
  if (parts.has(toolMessages)) adapted = withToolsAsText(adapted);
  if (parts.has(arrayContent) || parts.has(unreadablePictures)) {
    const asked = lastQuestion(adapted);
    change((message) => {
      if (
        !isArray(message) ||
        (!parts.has(arrayContent) && picturesToLeaveOut(message, asked).length === 0)
      ) {
        return message;
      }
      return { ...message, content: flattenedContent(message, asked) };
    });
  }
  if (parts.has(nullContent))
    change((message) => (message.content === null ? { ...message, content: '' } : message));
  if (parts.has(channelMarks)) change((message) => ({ ...message, content: unmarked(message.content) }));
  if (parts.has(systemRole)) adapted = withoutSystem(adapted);
  if (parts.has(roleOrder)) {
    adapted = inOrder(adapted);
    // What is said for the model to keep the order was never thought about.
    if (wanted === missingReasoning) change((message) => withReasoning(message, ''));
  }
  return adapted;
}

function isArray(message: BodyMessage): boolean {
  return Array.isArray(message.content);
}

function lacksReasoning({ role, reasoning_content: reasoning }: BodyMessage): boolean {
  return role === 'assistant' && reasoning === undefined;
}

function withReasoning(message: BodyMessage, reasoning: string): BodyMessage {
  return lacksReasoning(message) ? { ...message, reasoning_content: reasoning } : message;
}

function withoutReasoning(message: BodyMessage): BodyMessage {
  const { reasoning_content: reasoning, ...rest } = message;
  return reasoning === undefined ? message : rest;
}

/** The question that is asked: the last message, if it is the user's. */
function lastQuestion(messages: readonly BodyMessage[]): BodyMessage | undefined {
  const last = messages.at(-1);
  return last?.role === 'user' ? last : undefined;
}

function isText(part: unknown): boolean {
  return asObject(part)?.type === 'text';
}

/** Pictures before the words come from the history, or stood in the text; those after the words are what is asked about. */
function picturesToLeaveOut(message: BodyMessage, asked: BodyMessage | undefined): readonly unknown[] {
  const content = asArray(message.content);
  const words = content.findIndex(isText);
  return content.filter((part, at) => !isText(part) && (message !== asked || (words !== -1 && at < words)));
}

/** The text of an array, or, where pictures of the last question stay, the array with only these. */
function flattenedContent(message: BodyMessage, asked: BodyMessage | undefined): unknown {
  const content = asArray(message.content);
  const left = new Set(picturesToLeaveOut(message, asked));
  const kept = content.filter((part) => !isText(part) && !left.has(part));
  if (kept.length > 0 && left.size === 0) return message.content;
  const texts = content.flatMap((part) => (left.has(part) ? pictureWord : textOfPart(part)));
  const text = texts.filter((line) => line !== '').join('\n');
  return kept.length === 0 ? text : [{ type: 'text', text }, ...kept];
}

function markedText(content: unknown): boolean {
  return content !== undefined && unmarked(content) !== content;
}

/** The special tokens as words that no template takes for one. Returns `content` itself when it has none. */
function unmarked(content: unknown): unknown {
  if (typeof content === 'string') return content.replaceAll(mark, '<$1>');
  if (!Array.isArray(content)) return content;
  const parts = asArray(content);
  if (!parts.some((part) => textOfPart(part).search(mark) !== -1)) return content;
  return parts.map((part) =>
    isText(part) ? { type: 'text', text: textOfPart(part).replaceAll(mark, '<$1>') } : part,
  );
}

function isOfTools({ role, tool_calls: calls }: BodyMessage): boolean {
  return role === 'tool' || asArray(calls).length > 0;
}

/** Calls and results in words: the results of one answer as one message of the user. */
function withToolsAsText(messages: readonly BodyMessage[]): readonly BodyMessage[] {
  const told: BodyMessage[] = [];
  let isResult = false;
  for (const message of messages) {
    const last = told.at(-1);
    if (message.role === 'tool') {
      const text = `Result of the tool:\n${textOf(message.content)}`;
      if (isResult && last !== undefined)
        told[told.length - 1] = { ...last, content: `${textOf(last.content)}\n\n${text}` };
      else told.push({ role: 'user', content: text });
      isResult = true;
      continue;
    }
    isResult = false;
    told.push(isOfTools(message) ? withCallsAsText(message) : message);
  }
  return told;
}

function withCallsAsText({ tool_calls: calls, ...message }: BodyMessage): BodyMessage {
  const lines = asArray(calls).map((call) => {
    const called = asObject(asObject(call)?.function);
    return `Called the tool ${asText(called?.name) ?? ''} with ${asText(called?.arguments) ?? '{}'}`;
  });
  return {
    ...message,
    content: [textOf(message.content), ...lines].filter((line) => line !== '').join('\n\n'),
  };
}

function withoutSystem(messages: readonly BodyMessage[]): readonly BodyMessage[] {
  const instructions = messages
    .filter((message) => message.role === 'system')
    .map((message) => textOf(message.content))
    .join('\n\n');
  const rest = messages.filter((message) => message.role !== 'system');
  if (instructions === '') return rest;
  const first = rest.findIndex((message) => message.role === 'user');
  const question = rest[first];
  if (question === undefined) return [{ role: 'user', content: instructions }, ...rest];
  const content = isArray(question)
    ? withTextBefore(asArray(question.content), instructions)
    : `${instructions}\n\n${textOf(question.content)}`;
  return rest.with(first, { ...question, content });
}

/** The text joins the first words: pictures that stand before them stay there. */
function withTextBefore(content: readonly unknown[], text: string): readonly unknown[] {
  const words = content.findIndex(isText);
  if (words === -1) return [{ type: 'text', text }, ...content];
  return content.with(words, { type: 'text', text: `${text}\n\n${textOfPart(content[words])}` });
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map(textOfPart)
    .filter((text) => text !== '')
    .join('\n');
}

function textOfPart(part: unknown): string {
  const text = asObject(part)?.text;
  return typeof text === 'string' ? text : '';
}
