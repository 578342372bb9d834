import { answerReasoning, answerText } from '../../shared/answer/answerPart';
import type { Attachment, CodeAttachment, TextAttachment } from '../../shared/conversation/attachment';
import type { AssistantMessage, Message, UserMessage } from '../../shared/conversation/conversation';
import type { PromptMessage, PromptPart } from '../ports/promptMessage';
import { codeSpan, fenced, fenceLanguage } from '../text/escapeMarkdown';
import { collectModelPictures, nameMissingMedia } from './collectModelPictures';
import { pairToolCalls, type PairedCalls } from './pairToolCalls';
import { withoutDataUrls } from './withoutDataUrls';
import { withoutThinking } from './withoutThinking';

/** What the prompt for a model depends on, apart from the messages. */
export interface PromptStyle {
  /** The system message; blank for none. */
  readonly instructions: string;
  /** True for a model that needs its own reasoning back, as `reasoning_content`. */
  readonly wantsReasoning: boolean;
  /** Whether the model accepts pictures; absent when unknown. */
  readonly takesPictures?: boolean;
}

/**
 * Builds the messages of a request: the instructions, then the path from the first message to the last. Leaves out answers
 * without content (failed, stopped early). The user messages around such an answer stay separate; the gateway room joins them
 * for a gateway whose roles must alternate. Pictures that the model made are sent with the next user message, before its text,
 * because no gateway accepts pictures in an assistant message.
 */
export function buildPrompt(path: readonly Message[], style: PromptStyle): PromptMessage[] {
  const messages: PromptMessage[] = [];
  const { kept, summary } = keptPart(path);
  const system = [
    style.instructions.trim(),
    summary === null ? '' : `Summary of the conversation so far:\n\n${summary}`,
  ].filter((part) => part !== '');
  if (system.length > 0) messages.push({ role: 'system', content: system.join('\n\n') });
  const paired = pairToolCalls(kept);
  const pictures = collectModelPictures(kept, style.takesPictures);
  let waiting: readonly string[] = [];
  for (const message of kept) {
    if (message.role === 'user') {
      const content = contentWithPictures(waiting, message, style.takesPictures);
      waiting = [];
      if (content.length > 0) messages.push({ role: 'user', content });
    } else if (message.role === 'tool') {
      if (paired.results.has(message.id)) {
        messages.push({ role: 'tool', content: message.text, callId: message.callId });
      }
    } else {
      waiting = [...waiting, ...(pictures.get(message.id) ?? [])];
      const answer = answerForPrompt(message, paired, style);
      if (answer !== undefined) messages.push(answer);
    }
  }
  return messages;
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
    ...buildPrompt(messages, { ...style, instructions: '' }),
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
export function buildContinuationPrompt(
  pathToAnswer: readonly Message[],
  answer: AssistantMessage,
  style: PromptStyle,
): PromptMessage[] {
  const messages = buildPrompt(pathToAnswer, style);
  if (answerText(answer).trim() === '' || messages.at(-1)?.role !== 'assistant') return messages;
  return [
    ...messages,
    {
      role: 'user',
      content:
        'Your answer was cut off. Continue it exactly where it stops, with the very next character. Do not repeat anything and do not comment on the interruption.',
    },
  ];
}

/** An answer as a message of the request; undefined when it has no content. */
function answerForPrompt(
  message: AssistantMessage,
  paired: PairedCalls,
  { wantsReasoning }: PromptStyle,
): PromptMessage | undefined {
  const toolCalls = paired.calls.get(message.id) ?? [];
  const text = withoutThinking(withoutDataUrls(answerText(message), true).text);
  const content = nameMissingMedia(message, text);
  if (content.trim() === '' && toolCalls.length === 0) return undefined;
  const reasoning = answerReasoning(message);
  return {
    role: 'assistant',
    content,
    ...(reasoning !== '' && (wantsReasoning ? { reasoning } : { unsentReasoning: reasoning })),
    ...(toolCalls.length > 0 && { toolCalls }),
  };
}

/** The content of a user message, with the pictures of the answers before it and the pictures in its own text (`data:` URLs). */
function contentWithPictures(
  modelPictures: readonly string[],
  message: UserMessage,
  takesPictures: boolean | undefined,
): string | readonly PromptPart[] {
  const { text, pictures } = withoutDataUrls(message.text, false);
  const before = [...modelPictures, ...(takesPictures === false ? [] : pictures)].map(picturePart);
  const content = userContent({ text, attachments: message.attachments });
  if (before.length === 0 || content.length === 0) return content;
  // Pictures after the text are the attachments, which the user asks about.
  const words = { type: 'text', text: 'About this picture:' } as const;
  if (typeof content === 'string') return [...before, { type: 'text', text: content }];
  return content[0]?.type === 'text' ? [...before, ...content] : [...before, words, ...content];
}

/**
 * The content of a user message: attached text first, then the user's text. It is an array of parts only if there are
 * pictures, because some gateways refuse arrays.
 */
function userContent(message: Pick<UserMessage, 'text' | 'attachments'>): string | readonly PromptPart[] {
  const text = userText(message);
  const pictures = message.attachments.flatMap(pictureOf);
  if (pictures.length === 0) return text;
  return text === '' ? pictures : [{ type: 'text', text }, ...pictures];
}

/** The text of a user message without its pictures: attached text first, then the user's text. */
export function userText({ text, attachments }: Pick<UserMessage, 'text' | 'attachments'>): string {
  const attached = attachments.flatMap((attachment) => {
    if (attachment.kind === 'image') return [];
    return [attachment.kind === 'code' ? describeAttachment(attachment) : describeText(attachment)];
  });
  return [...attached, text].filter((part) => part.trim() !== '').join('\n\n');
}

function pictureOf(attachment: Attachment): readonly PromptPart[] {
  return attachment.kind === 'image' ? [picturePart(attachment.url)] : [];
}

function picturePart(url: string): PromptPart {
  return { type: 'image_url', image_url: { url } };
}

/** A code attachment as Markdown: path, language and lines, then the code in a fence. */
function describeAttachment(attachment: CodeAttachment): string {
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
