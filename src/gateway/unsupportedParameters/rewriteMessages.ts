import {
  arrayContent,
  callSignatures,
  channelMarks,
  missingReasoning,
  missingSignature,
  nullContent,
  reasoningContent,
  reasoningDetails,
  roleOrder,
  systemRole,
  toolMessages,
  unreadablePictures,
  type MessageForm,
} from './messageForm';
import { inRoleOrder } from './inRoleOrder';
import { isSigned, lacksSignature, withNoSignature, withoutSignatures } from './withoutSignatures';
import { asArray, asObject, asText } from '../json/replyObject';

/** A message of a request's body. */
type BodyMessage = Readonly<Record<string, unknown>> & {
  readonly role?: unknown;
  readonly content?: unknown;
  readonly reasoning_content?: unknown;
  readonly reasoning_details?: unknown;
  readonly tool_calls?: unknown;
  readonly tool_call_id?: unknown;
};

/** Replaces a picture that is not sent. */
const picturePlaceholder = '[picture]';
const mark = /<\|(start|end|message|channel|constrain|return|call)\|>/g;

/**
 * The messages of a request's body. Empty if one of them is not an object: then the user's `extraBody` replaced the
 * messages, and Parley does not change them.
 */
export function messagesOf(body: Readonly<Record<string, unknown>>): readonly BodyMessage[] {
  const messages = asArray(body['messages']);
  return messages.every((message) => asObject(message) !== undefined)
    ? (messages as readonly BodyMessage[])
    : [];
}

/** The message forms that these messages use and that `rewriteMessages` can replace. */
export function messageFormsOf(messages: readonly BodyMessage[]): readonly MessageForm[] {
  const question = lastQuestion(messages);
  const has = (test: (message: BodyMessage) => boolean): boolean => messages.some(test);
  const hasArrays = has(
    (message) => isArray(message) && flattenedContent(message, question) !== message.content,
  );
  const pictures = has((message) => picturesToLeaveOut(message, question).length > 0);
  const formIf = (isUsed: boolean, form: MessageForm): readonly MessageForm[] => (isUsed ? [form] : []);
  return [
    ...formIf(
      has(({ role }) => role === 'system'),
      systemRole,
    ),
    ...formIf(hasArrays, arrayContent),
    ...formIf(pictures, unreadablePictures),
    ...formIf(
      has(({ reasoning_content: reasoning }) => reasoning !== undefined),
      reasoningContent,
    ),
    ...formIf(has(lacksReasoning), missingReasoning),
    ...formIf(has(isSigned), callSignatures),
    ...formIf(has(lacksSignature), missingSignature),
    ...formIf(
      has(({ reasoning_details: details }) => details !== undefined),
      reasoningDetails,
    ),
    ...formIf(has(isToolMessage), toolMessages),
    ...formIf(
      has(({ content }) => content === null),
      nullContent,
    ),
    ...formIf(
      has(({ content }) => hasChannelMarks(content)),
      channelMarks,
    ),
    ...formIf(inRoleOrder(messages) !== messages, roleOrder),
  ];
}

/**
 * Writes the messages without the message forms in `unsupported`. The text of system messages moves to the start of the
 * first user message. `[picture]` replaces each picture that is removed. Pictures that the user attached to the last
 * question stay, after its text, because an answer without them would be wrong. Returns `messages` itself if nothing
 * changes.
 *
 * @param unsupported Unsupported parameters; those that are not message forms are ignored. Of the two forms about
 *   `reasoning_content` the last one applies.
 * @param reasoning The reasoning of each message, at the same index; '' for none.
 */
export function rewriteMessages(
  messages: readonly BodyMessage[],
  unsupported: ReadonlySet<string>,
  reasoning: readonly string[],
): readonly BodyMessage[] {
  let rewritten = messages;
  const change = (to: (message: BodyMessage, index: number) => BodyMessage): void => {
    rewritten = rewritten.map(to);
  };
  const reasoningForm = [...unsupported].findLast(
    (form) => form === reasoningContent || form === missingReasoning,
  );
  if (reasoningForm === missingReasoning) {
    change((message, at) => withReasoning(message, reasoning[at] ?? ''));
  } else if (reasoningForm === reasoningContent) {
    change(withoutReasoning);
  }
  if (unsupported.has(callSignatures)) change(withoutSignatures);
  if (unsupported.has(missingSignature)) change(withNoSignature);
  if (unsupported.has(reasoningDetails)) change(withoutDetails);
  if (unsupported.has(toolMessages)) rewritten = withToolsAsText(rewritten);
  if (unsupported.has(arrayContent) || unsupported.has(unreadablePictures)) {
    const question = lastQuestion(rewritten);
    change((message) => {
      if (
        !isArray(message) ||
        (!unsupported.has(arrayContent) && picturesToLeaveOut(message, question).length === 0)
      ) {
        return message;
      }
      return { ...message, content: flattenedContent(message, question) };
    });
  }
  if (unsupported.has(nullContent))
    change((message) => (message.content === null ? { ...message, content: '' } : message));
  if (unsupported.has(channelMarks))
    change((message) => ({ ...message, content: withoutChannelMarks(message.content) }));
  if (unsupported.has(systemRole)) rewritten = withoutSystem(rewritten);
  if (unsupported.has(roleOrder)) {
    rewritten = inRoleOrder(rewritten);
    // `inRoleOrder` may add answers of the model, which have no reasoning.
    if (reasoningForm === missingReasoning) change((message) => withReasoning(message, ''));
  }
  return rewritten;
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

function withoutDetails(message: BodyMessage): BodyMessage {
  const { reasoning_details: details, ...rest } = message;
  return details === undefined ? message : rest;
}

/** The last message, if it is from the user. */
function lastQuestion(messages: readonly BodyMessage[]): BodyMessage | undefined {
  const last = messages.at(-1);
  return last?.role === 'user' ? last : undefined;
}

function isText(part: unknown): boolean {
  return asObject(part)?.type === 'text';
}

/**
 * In the last question, a picture before the text comes from the history or from the middle of the text, so it can be
 * removed; a picture after the text is an attachment, so it stays.
 */
function picturesToLeaveOut(message: BodyMessage, question: BodyMessage | undefined): readonly unknown[] {
  const content = asArray(message.content);
  const words = content.findIndex(isText);
  return content.filter(
    (part, at) => !isText(part) && (message !== question || (words !== -1 && at < words)),
  );
}

/** The text of a content array. If pictures of the last question stay: an array of one text and these pictures. */
function flattenedContent(message: BodyMessage, question: BodyMessage | undefined): unknown {
  const content = asArray(message.content);
  const left = new Set(picturesToLeaveOut(message, question));
  const kept = content.filter((part) => !isText(part) && !left.has(part));
  if (kept.length > 0 && left.size === 0) return message.content;
  const texts = content.flatMap((part) => (left.has(part) ? picturePlaceholder : textOfPart(part)));
  const text = texts.filter((line) => line !== '').join('\n');
  return kept.length === 0 ? text : [{ type: 'text', text }, ...kept];
}

function hasChannelMarks(content: unknown): boolean {
  return content !== undefined && withoutChannelMarks(content) !== content;
}

/** Writes special tokens such as `<|end|>` as `<end>`, which no chat template reads as a token. Returns `content` itself if it has none. */
function withoutChannelMarks(content: unknown): unknown {
  if (typeof content === 'string') return content.replaceAll(mark, '<$1>');
  if (!Array.isArray(content)) return content;
  const parts = asArray(content);
  if (!parts.some((part) => textOfPart(part).search(mark) !== -1)) return content;
  return parts.map((part) =>
    isText(part) ? { type: 'text', text: textOfPart(part).replaceAll(mark, '<$1>') } : part,
  );
}

function isToolMessage({ role, tool_calls: calls }: BodyMessage): boolean {
  return role === 'tool' || asArray(calls).length > 0;
}

/** Writes tool calls and their results as text. All results of one answer become one user message. */
function withToolsAsText(messages: readonly BodyMessage[]): readonly BodyMessage[] {
  const written: BodyMessage[] = [];
  let isResult = false;
  for (const message of messages) {
    const last = written.at(-1);
    if (message.role === 'tool') {
      const text = `Result of the tool:\n${textOf(message.content)}`;
      if (isResult && last !== undefined)
        written[written.length - 1] = { ...last, content: `${textOf(last.content)}\n\n${text}` };
      else written.push({ role: 'user', content: text });
      isResult = true;
      continue;
    }
    isResult = false;
    written.push(isToolMessage(message) ? withCallsAsText(message) : message);
  }
  return written;
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

/** Adds `text` before the first text part; pictures before that part keep their place. */
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
