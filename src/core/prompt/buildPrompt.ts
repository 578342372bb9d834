import { answerReasoning, answerText, answerToolCalls } from '../../shared/answer/answerPart';
import type { Attachment, CodeAttachment, TextAttachment } from '../../shared/conversation/attachment';
import type { AssistantMessage, Message, UserMessage } from '../../shared/conversation/conversation';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { InstructionText } from './target';
import type { PromptMessage, PromptPart } from '../ports/promptMessage';
import { codeSpan, fenced, fenceLanguage } from '../text/escapeMarkdown';
import { collectModelPictures, nameMissingMedia } from './collectModelPictures';
import { pairToolCalls, type PairedCalls } from './pairToolCalls';
import { withoutDataUrls } from './withoutDataUrls';
import { withoutThinking } from './withoutThinking';

/** What the prompt for a model depends on, apart from the messages. */
export interface PromptStyle {
  /** The texts of the system message, in order; blank ones are left out. */
  readonly instructions: readonly InstructionText[];
  /** True for a model that needs its own reasoning back, as `reasoning_content`. */
  readonly wantsReasoning: boolean;
  /** Whether the model accepts pictures; absent when unknown. */
  readonly takesPictures?: boolean;
  /** The model, which gets back only its own reasoning; absent: no reasoning is kept. */
  readonly model?: ModelReference;
}

/** Where a piece of a prompt comes from. */
export type PromptOrigin =
  | { readonly kind: 'instructions'; readonly index: number }
  | { readonly kind: 'summary' | 'picture' | 'continuation' }
  | { readonly kind: 'message'; readonly id: string }
  | { readonly kind: 'attachment'; readonly id: string; readonly messageId: string };

/** A piece of a message: its text, how many pictures it holds, and where both come from. */
interface PromptPiece {
  readonly origin: PromptOrigin;
  readonly text: string;
  readonly pictures: number;
}

/** A message of a request and the pieces that it consists of, in order. */
export interface ComposedMessage {
  readonly message: PromptMessage;
  readonly pieces: readonly PromptPiece[];
}

/** The messages of a request, without their origins. See `composePrompt`. */
export function buildPrompt(path: readonly Message[], style: PromptStyle): PromptMessage[] {
  return composePrompt(path, style).map(({ message }) => message);
}

/**
 * Builds the messages of a request: the instructions, then the path from the first message to the last. Leaves out answers
 * without content (failed, stopped early). The user messages around such an answer stay separate; the gateway room joins them
 * for a gateway whose roles must alternate. Pictures that the model made are sent with the next user message, before its text,
 * because no gateway accepts pictures in an assistant message.
 */
export function composePrompt(path: readonly Message[], style: PromptStyle): ComposedMessage[] {
  const messages: ComposedMessage[] = [];
  const { kept, summary } = keptPart(path);
  const system = systemPieces(style.instructions, summary);
  if (system.length > 0)
    messages.push({ message: { role: 'system', content: textOf(system) }, pieces: system });
  const paired = pairToolCalls(kept);
  const pictures = collectModelPictures(kept, style.takesPictures);
  let waiting: readonly string[] = [];
  for (const message of kept) {
    const { id } = message;
    if (message.role === 'user') {
      const composed = composeUserMessage(waiting, message, style.takesPictures);
      waiting = [];
      if (composed !== undefined) messages.push(composed);
    } else if (message.role === 'tool') {
      if (paired.results.has(id)) {
        const { text, callId } = message;
        const pieces = [piece({ kind: 'message', id }, text)];
        messages.push({ message: { role: 'tool', content: text, callId }, pieces });
      }
    } else {
      waiting = [...waiting, ...(pictures.get(id) ?? [])];
      const answer = answerForPrompt(message, paired, style);
      if (answer !== undefined)
        messages.push({ message: answer, pieces: [piece({ kind: 'message', id }, answer.content)] });
    }
  }
  return messages;
}

function piece(origin: PromptOrigin, text: string, pictures = 0): PromptPiece {
  return { origin, text, pictures };
}

/** The text of pieces: their texts with an empty line between them. */
function textOf(pieces: readonly PromptPiece[]): string {
  return pieces
    .map(({ text }) => text)
    .filter((text) => text.trim() !== '')
    .join('\n\n');
}

/** The pieces of the system message, without blank ones. */
function systemPieces(instructions: readonly InstructionText[], summary: string | null): PromptPiece[] {
  const pieces = instructions.map(({ text }, index) => piece({ kind: 'instructions', index }, text.trim()));
  if (summary !== null)
    pieces.push(piece({ kind: 'summary' }, `Summary of the conversation so far:\n\n${summary}`));
  return pieces.filter(({ text }) => text !== '');
}

/** The part of a path that is still sent after its beginning was left out to make room. The latest shortening counts. */
export function keptPart(path: readonly Message[]): {
  readonly kept: readonly Message[];
  readonly summary: string | null;
} {
  const cut = path.findLast((message) => message.role === 'assistant' && message.shortened !== null);
  const shortened = cut?.role === 'assistant' ? cut.shortened : null;
  const start = shortened === null ? -1 : path.findIndex(({ id }) => id === shortened.from);
  return start < 0 || shortened === null
    ? { kept: path, summary: null }
    : { kept: path.slice(start), summary: shortened.summary };
}

/** Builds the request for a summary of messages that are about to be left out. */
export function buildSummaryPrompt(messages: readonly Message[], style: PromptStyle): PromptMessage[] {
  return [
    ...buildPrompt(messages, { ...style, instructions: [] }),
    {
      role: 'user',
      content:
        'Summarise our conversation so far for yourself, so that you can go on with it without its text. Keep facts, decisions, names, file paths, open questions and code that is still needed. At most 400 words, no introduction.',
    },
  ];
}

/**
 * Builds the request for the rest of a truncated answer. The partial answer is the last assistant message, so that the model
 * can continue in the middle of a word.
 *
 * @param pathToAnswer Ends with the answer.
 */
export function composeContinuation(
  pathToAnswer: readonly Message[],
  answer: AssistantMessage,
  style: PromptStyle,
): ComposedMessage[] {
  const messages = composePrompt(pathToAnswer, style);
  if (answerText(answer).trim() === '' || messages.at(-1)?.message.role !== 'assistant') return messages;
  const content =
    'Your answer was cut off. Continue it exactly where it stops, with the very next character. Do not repeat anything and do not comment on the interruption.';
  return [
    ...messages,
    { message: { role: 'user', content }, pieces: [piece({ kind: 'continuation' }, content)] },
  ];
}

/** An answer as a message of the request; undefined when it has no content. */
function answerForPrompt(
  message: AssistantMessage,
  paired: PairedCalls,
  { wantsReasoning, model }: PromptStyle,
): Extract<PromptMessage, { role: 'assistant' }> | undefined {
  const toolCalls = paired.calls.get(message.id) ?? [];
  const text = withoutThinking(withoutDataUrls(answerText(message), true).text);
  const content = nameMissingMedia(message, text);
  if (content.trim() === '' && toolCalls.length === 0) return undefined;
  const reasoning = answerReasoning(message);
  const { keptReasoning } = message;
  // The reasoning belongs to all calls of the answer. An endpoint refuses it if one of them is missing.
  const mayReturn =
    keptReasoning !== undefined &&
    model?.gatewayId === message.model.gatewayId &&
    model.modelId === message.model.modelId &&
    toolCalls.length > 0 &&
    toolCalls.length === answerToolCalls(message).length;
  return {
    role: 'assistant',
    content,
    ...(reasoning !== '' && (wantsReasoning ? { reasoning } : { unsentReasoning: reasoning })),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(mayReturn && { keptReasoning }),
  };
}

/**
 * A user message: attached text first, then the user's text, then attached pictures. Before them are the pictures of the
 * answers before it and the pictures in its own text (`data:` URLs). The content is an array of parts only if there are
 * pictures, because some gateways refuse arrays.
 *
 * @returns undefined for a message without content.
 */
function composeUserMessage(
  modelPictures: readonly string[],
  message: UserMessage,
  takesPictures: boolean | undefined,
): ComposedMessage | undefined {
  const { id, attachments } = message;
  const { text: ownText, pictures } = withoutDataUrls(message.text, false);
  const ownPictures = takesPictures === false ? [] : pictures;
  const pieces = userPieces({ id, text: ownText, attachments });
  const text = textOf(pieces);
  const attached = attachments.flatMap(pictureOf);
  if (text === '' && attached.length === 0) return undefined;
  const before = [...modelPictures, ...ownPictures].map(picturePart);
  if (before.length + attached.length === 0) return { message: { role: 'user', content: text }, pieces };
  // Pictures after the text are the attachments, which the user asks about.
  const words = text === '' && before.length > 0 ? 'About this picture:' : text;
  const content: PromptPart[] = [
    ...before,
    ...(words === '' ? [] : [{ type: 'text' as const, text: words }]),
    ...attached,
  ];
  return {
    message: { role: 'user', content },
    pieces: [
      ...(modelPictures.length > 0 ? [piece({ kind: 'picture' }, '', modelPictures.length)] : []),
      ...(ownPictures.length > 0 ? [piece({ kind: 'message', id }, '', ownPictures.length)] : []),
      ...pieces,
    ],
  };
}

/** The pieces of a user message: the attachments, then the user's text. Pictures have no text. */
function userPieces({
  id,
  text,
  attachments,
}: Pick<UserMessage, 'id' | 'text' | 'attachments'>): PromptPiece[] {
  return [
    ...attachments.map((attachment) => {
      const origin = { kind: 'attachment', id: attachment.id, messageId: id } as const;
      if (attachment.kind === 'image') return piece(origin, '', 1);
      return piece(origin, attachment.kind === 'code' ? describeCode(attachment) : describeText(attachment));
    }),
    ...(text.trim() === '' ? [] : [piece({ kind: 'message', id }, text)]),
  ];
}

/** The text of a user message without its pictures: attached text first, then the user's text. */
export function userText({ text, attachments }: Pick<UserMessage, 'text' | 'attachments'>): string {
  return textOf(userPieces({ id: '', text, attachments }));
}

function pictureOf(attachment: Attachment): PromptPart[] {
  return attachment.kind === 'image' ? [picturePart(attachment.url)] : [];
}

function picturePart(url: string): PromptPart {
  return { type: 'image_url', image_url: { url } };
}

/** A code attachment as Markdown: path, language and lines, then the code in a fence. */
function describeCode(attachment: CodeAttachment): string {
  const lines =
    attachment.startLine === attachment.endLine
      ? `line ${attachment.startLine}`
      : `lines ${attachment.startLine}-${attachment.endLine}`;
  const symbol = attachment.scope === 'symbol' ? `, ${codeSpan(attachment.name)}` : '';
  const cut = attachment.truncated ? ', cut to fit' : '';
  const language = fenceLanguage(attachment.languageId);
  return `${codeSpan(attachment.path)} (${language === '' ? '' : `${language}, `}${lines}${symbol}${cut}):\n${fenced(attachment.text, language)}`;
}

/** A text attachment as Markdown: its name, then the text, in a fence unless it is Markdown itself (no language). */
function describeText({ name, text, languageId, truncated }: TextAttachment): string {
  const heading = `${codeSpan(name)}${truncated ? ' (cut to fit)' : ''}:`;
  return `${heading}\n${languageId === '' ? text : fenced(text, languageId)}`;
}
