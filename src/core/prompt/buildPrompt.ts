import type { Attachment, CodeAttachment, TextAttachment } from '../../shared/conversation/attachment';
import type { AssistantMessage, Message, UserMessage } from '../../shared/conversation/conversation';
import { answeredCalls, type AnsweredCalls } from './answeredCalls';
import { withoutDataUrls } from './withoutDataUrls';
import { ownPictures, withWordsForMedia } from './ownPictures';
import type { PromptMessage, PromptPart } from '../ports/promptMessage';
import { withoutThinking } from './withoutThinking';

/** How a model wants to be asked. */
export interface PromptStyle {
  /** The system message; blank for none. */
  readonly instructions: string;
  /** True for models that want their own reasoning back, as `reasoning_content`. */
  readonly wantsReasoning: boolean;
  /** Whether the model takes pictures, as far as that is known. */
  readonly takesPictures?: boolean;
}

/**
 * What a model is asked: the instructions, then the path from the first message to the last. Answers that say nothing
 * (failed, stopped early) are left out; the prompts around them stay apart, and are joined only for a gateway that wants its
 * roles to alternate. The model's own pictures go along with the next prompt, before its words: no gateway takes pictures in
 * an answer.
 */
export function buildPrompt(path: readonly Message[], style: PromptStyle): PromptMessage[] {
  const messages: PromptMessage[] = [];
  const { kept, summary } = keptPart(path);
  const system = [
    style.instructions.trim(),
    summary === null ? '' : `Summary of the conversation so far:\n\n${summary}`,
  ].filter((part) => part !== '');
  if (system.length > 0) messages.push({ role: 'system', content: system.join('\n\n') });
  const answered = answeredCalls(kept);
  const pictures = ownPictures(kept, style.takesPictures);
  let waiting: readonly string[] = [];
  for (const message of kept) {
    if (message.role === 'user') {
      const content = contentWith(waiting, message, style.takesPictures);
      waiting = [];
      if (content.length > 0) messages.push({ role: 'user', content });
    } else if (message.role === 'tool') {
      if (answered.results.has(message.id)) {
        messages.push({ role: 'tool', content: message.text, callId: message.callId });
      }
    } else {
      waiting = [...waiting, ...(pictures.get(message.id) ?? [])];
      const answer = answerForPrompt(message, answered, style);
      if (answer !== undefined) messages.push(answer);
    }
  }
  return messages;
}

/** What is left of a path whose beginning was left out for want of room; the latest cut counts. */
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

/** Asks a model to put the beginning of a conversation into few words. */
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
 * Asks for the rest of a cut answer. The partial answer is the last thing the model sees of itself,
 * so that it goes on in the middle of a word if need be.
 */
export function buildContinuationPrompt(
  pathToAnswer: readonly Message[],
  answer: AssistantMessage,
  style: PromptStyle,
): PromptMessage[] {
  const messages = buildPrompt(pathToAnswer, style);
  if (answer.text.trim() === '' || messages.at(-1)?.role !== 'assistant') return messages;
  return [
    ...messages,
    {
      role: 'user',
      content:
        'Your answer was cut off. Continue it exactly where it stops, with the very next character. Do not repeat anything and do not comment on the interruption.',
    },
  ];
}

/** An answer on the wire; undefined when it says nothing. */
function answerForPrompt(
  message: AssistantMessage,
  answered: AnsweredCalls,
  { wantsReasoning }: PromptStyle,
): PromptMessage | undefined {
  const toolCalls = answered.calls.get(message.id) ?? [];
  const content = withWordsForMedia(message, withoutThinking(withoutDataUrls(message.text, true).text));
  if (content.trim() === '' && toolCalls.length === 0) return undefined;
  const { reasoning } = message;
  return {
    role: 'assistant',
    content,
    ...(reasoning !== '' && (wantsReasoning ? { reasoning } : { unsentReasoning: reasoning })),
    ...(toolCalls.length > 0 && { toolCalls }),
  };
}

/** A prompt on the wire, with pictures of the answers before it and such as stand in its own text as `data:` URLs. */
function contentWith(
  own: readonly string[],
  message: UserMessage,
  takesPictures: boolean | undefined,
): string | readonly PromptPart[] {
  const { text, pictures } = withoutDataUrls(message.text, false);
  const before = [...own, ...(takesPictures === false ? [] : pictures)].map(picturePart);
  const content = userContent({ text, attachments: message.attachments });
  if (before.length === 0 || content.length === 0) return content;
  // Pictures after the words are those that the user asks about.
  const words = { type: 'text', text: 'About this picture:' } as const;
  if (typeof content === 'string') return [...before, { type: 'text', text: content }];
  return content[0]?.type === 'text' ? [...before, ...content] : [...before, words, ...content];
}

/**
 * A user's message on the wire: the attached code first, then the words. With pictures it becomes an
 * array of parts, and only then: some gateways refuse arrays.
 */
export function userContent(
  message: Pick<UserMessage, 'text' | 'attachments'>,
): string | readonly PromptPart[] {
  const text = userText(message);
  const pictures = message.attachments.flatMap(pictureOf);
  if (pictures.length === 0) return text;
  return text === '' ? pictures : [{ type: 'text', text }, ...pictures];
}

/** What a user's message says in words: the attached text first, then the words themselves. */
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

/** An attachment as Markdown: where it is from, then the code in a fence that it cannot close. */
export function describeAttachment(attachment: CodeAttachment): string {
  const lines =
    attachment.startLine === attachment.endLine
      ? `line ${attachment.startLine}`
      : `lines ${attachment.startLine}-${attachment.endLine}`;
  const symbol = attachment.scope === 'symbol' ? `, ${codeSpan(attachment.name)}` : '';
  const cut = attachment.truncated ? ', cut to fit' : '';
  const language = fenceLanguage(attachment.languageId);
  return `${codeSpan(attachment.path)} (${language === '' ? '' : `${language}, `}${lines}${symbol}${cut}):\n${fenced(attachment.text, language)}`;
}

/** Text that is no piece of a file: its name, then the text, in a fence unless it is Markdown. */
function describeText({ name, text, languageId, truncated }: TextAttachment): string {
  const heading = `${codeSpan(name)}${truncated ? ' (cut to fit)' : ''}:`;
  const language = fenceLanguage(languageId);
  return `${heading}\n${languageId === '' ? text : fenced(text, language)}`;
}

function fenceLanguage(languageId: string): string {
  return /^[\w+#.-]*$/.test(languageId) ? languageId : '';
}

/** Text in a fence that it cannot close. `language` is '' for none. */
export function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  return `${fence}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** A name or a path as code, on one line, in backticks that it cannot close. */
export function codeSpan(text: string): string {
  const singleLine = text.replaceAll(/[\r\n]+/g, ' ');
  const run = longestRunOfBackticks(singleLine);
  if (run === 0) return `\`${singleLine}\``;
  const delimiter = '`'.repeat(run + 1);
  return `${delimiter} ${singleLine} ${delimiter}`;
}

function longestRunOfBackticks(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
