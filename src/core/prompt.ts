import type { Attachment } from '../shared/attachment';
import type { AssistantMessage, Message, UserMessage } from '../shared/conversation';
import type { PromptMessage } from './ports';

/**
 * What a model is asked: the instructions, then the path from the first message to the last.
 * Answers without text (failed, stopped early) are left out, and neighbours of one role are joined,
 * because some gateways refuse roles that do not alternate.
 */
export function buildPrompt(path: readonly Message[], instructions: string): PromptMessage[] {
  const messages: PromptMessage[] = [];
  if (instructions.trim() !== '') messages.push({ role: 'system', content: instructions.trim() });
  for (const message of path) {
    const content = message.role === 'user' ? userContent(message) : message.text;
    if (content.trim() === '') continue;
    const last = messages.at(-1);
    if (last?.role === message.role) {
      messages[messages.length - 1] = { role: last.role, content: `${last.content}\n\n${content}` };
    } else {
      messages.push({ role: message.role, content });
    }
  }
  return messages;
}

/**
 * Asks for the rest of a cut answer. The partial answer is the last thing the model sees of itself,
 * so that it goes on in the middle of a word if need be.
 */
export function buildContinuationPrompt(
  pathToAnswer: readonly Message[],
  answer: AssistantMessage,
  instructions: string,
): PromptMessage[] {
  const messages = buildPrompt(pathToAnswer, instructions);
  if (answer.text.trim() === '') return messages;
  return [
    ...messages,
    {
      role: 'user',
      content:
        'Your answer was cut off. Continue it exactly where it stops, with the very next character. Do not repeat anything and do not comment on the interruption.',
    },
  ];
}

/** A user's message on the wire: the attached code first, then the words. */
export function userContent(message: Pick<UserMessage, 'text' | 'attachments'>): string {
  return [...message.attachments.map(describeAttachment), message.text]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** An attachment as Markdown: where it is from, then the code in a fence that it cannot close. */
export function describeAttachment(attachment: Attachment): string {
  const lines =
    attachment.startLine === attachment.endLine
      ? `line ${attachment.startLine}`
      : `lines ${attachment.startLine}-${attachment.endLine}`;
  const symbol = attachment.scope === 'symbol' ? `, ${codeSpan(attachment.name)}` : '';
  const cut = attachment.truncated ? ', cut to fit' : '';
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(attachment.text) + 1));
  const language = /^[\w+#.-]*$/.test(attachment.languageId) ? attachment.languageId : '';
  const code = attachment.text.endsWith('\n') ? attachment.text : `${attachment.text}\n`;
  return `${codeSpan(attachment.path)} (${language === '' ? '' : `${language}, `}${lines}${symbol}${cut}):\n${fence}${language}\n${code}${fence}`;
}

function codeSpan(text: string): string {
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
