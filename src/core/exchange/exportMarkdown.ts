import type { Attachment } from '../../shared/conversation/attachment';
import {
  selectedPath,
  versionsOf,
  type AssistantMessage,
  type Conversation,
  type Message,
} from '../../shared/conversation/conversation';
import type { Translate } from '../../shared/kit/translate';

/** What the document needs of the user's language. */
export interface DocumentLanguage {
  readonly t: Translate;
  /** A time in milliseconds since the epoch, for reading. */
  readonly timeOf: (at: number) => string;
}

/** The shown versions of a conversation as a Markdown document: who said what and when, attachments as fences. */
export function exportMarkdown(
  conversation: Conversation,
  title: string,
  language: DocumentLanguage,
): string {
  const path = selectedPath(conversation);
  const { t } = language;
  const hidden = path.some((message) => versionsOf(conversation, message).length > 1)
    ? [`*${t('Some messages have other versions, which are not in this file.')}*`]
    : [];
  const heading = [`# ${inLine(title)}`, `*${language.timeOf(conversation.createdAt)}*`];
  const sections = path.flatMap((message) => sectionOf(message, language));
  return `${[...heading, ...hidden, ...sections].join('\n\n')}\n`;
}

function sectionOf(message: Message, { t, timeOf }: DocumentLanguage): string[] {
  const time = timeOf(message.createdAt);
  switch (message.role) {
    case 'user':
      return [
        `## ${t('You')} · ${time}`,
        ...message.attachments.map((attachment) => attachmentBlock(attachment, t)),
        ...(message.text === '' ? [] : [message.text]),
      ];
    case 'tool':
      return [folded(t('Result of {0}', message.name), fence(message.text, ''))];
    case 'assistant':
      return [`## ${inLine(message.modelName)} · ${time}`, ...answerBlocks(message, t)];
  }
}

function answerBlocks(
  { reasoning, text, sources, media, toolCalls, ending }: AssistantMessage,
  t: Translate,
): string[] {
  const note =
    ending?.outcome === 'cancelled'
      ? t('Stopped')
      : ending?.outcome === 'failed'
        ? t('Failed')
        : ending?.outcome === 'truncated'
          ? t('The answer was cut off.')
          : undefined;
  return [
    ...(reasoning === '' ? [] : [folded(t('Reasoning'), reasoning)]),
    ...(text === '' ? [] : [text]),
    ...media.map(({ kind, url, name }) => link(name ?? kind, url, kind === 'image')),
    ...(sources.length === 0
      ? []
      : [
          `**${t('Sources')}**\n\n${sources
            .map(({ number, url, title }) => `- \\[${number}\\] ${link(title ?? url, url, false)}`)
            .join('\n')}`,
        ]),
    ...toolCalls.map((call) => folded(inLine(call.name), fence(call.arguments, 'json'))),
    ...(note === undefined ? [] : [`*${note}*`]),
  ];
}

function attachmentBlock(attachment: Attachment, t: Translate): string {
  switch (attachment.kind) {
    case 'image':
      return link(attachment.name, attachment.url, true);
    case 'code': {
      const { path, startLine, endLine, languageId, text } = attachment;
      const caption = t('{0}, lines {1} to {2}', inLine(path), startLine, endLine);
      return `**${caption}**\n\n${fence(text, languageId)}`;
    }
    case 'text':
      return `**${inLine(attachment.name)}**\n\n${fence(attachment.text, attachment.languageId)}`;
  }
}

/** Longer than any fence within. */
function fence(text: string, languageId: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${languageId.replaceAll(/[^\w#+.-]/g, '')}\n${text}${text.endsWith('\n') ? '' : '\n'}${ticks}`;
}

function folded(summary: string, content: string): string {
  // What closes the fold early would show the rest of the thoughts as the answer.
  const kept = content.replaceAll(/<(\/?(?:details|summary))/gi, '&lt;$1');
  return `<details>\n<summary>${summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</summary>\n\n${kept}\n\n</details>`;
}

function link(name: string, url: string, isImage: boolean): string {
  const address = url.replaceAll(/[\s<>]/g, (character) => encodeURIComponent(character));
  return `${isImage ? '!' : ''}[${inLine(name)}](<${address}>)`;
}

/** In one line, with nothing in it that Markdown takes for more than text. */
function inLine(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>#]/g, '\\$&');
}
