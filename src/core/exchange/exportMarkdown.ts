import { isBlank, type AnswerPart } from '../../shared/answer/answerPart';
import type { Attachment } from '../../shared/conversation/attachment';
import {
  selectedPath,
  versionsOf,
  type AssistantMessage,
  type Conversation,
  type Message,
} from '../../shared/conversation/conversation';
import type { Translate } from '../../shared/kit/translate';
import { escapeMarkdown, fenced } from '../text/escapeMarkdown';

/** The language of an exported document. */
interface DocumentLanguage {
  readonly t: Translate;
  /** Formats a time, given in milliseconds since the epoch. */
  readonly timeOf: (at: number) => string;
}

/**
 * Writes the selected path of a conversation as a Markdown document, with the author and the time of each message. Attached
 * text is in fenced code blocks.
 */
export function exportMarkdown(
  conversation: Conversation,
  title: string,
  language: DocumentLanguage,
): string {
  const path = selectedPath(conversation);
  const { t } = language;
  const hidden = path.some((message) => versionsOf(conversation, message).length > 1)
    ? [`*${t('Some messages have other versions that are not in this file.')}*`]
    : [];
  const heading = [`# ${escapeMarkdown(title)}`, `*${language.timeOf(conversation.createdAt)}*`];
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
      return [foldedSection(t('Result of {0}', message.name), fenced(message.text, ''))];
    case 'assistant':
      return [`## ${escapeMarkdown(message.modelName)} · ${time}`, ...answerBlocks(message, t)];
  }
}

function answerBlocks({ parts, ending }: AssistantMessage, t: Translate): string[] {
  const note =
    ending?.outcome === 'cancelled'
      ? t('Stopped')
      : ending?.outcome === 'failed'
        ? t('Failed')
        : ending?.outcome === 'truncated'
          ? t('The answer was cut off.')
          : undefined;
  return [...parts.flatMap((part) => partBlock(part, t)), ...(note === undefined ? [] : [`*${note}*`])];
}

function partBlock(part: AnswerPart, t: Translate): string[] {
  if (isBlank(part)) return [];
  switch (part.kind) {
    case 'text':
      return [part.text];
    case 'reasoning':
      return [foldedSection(t('Reasoning'), part.text)];
    case 'media': {
      const { kind, url, name } = part.media;
      return [link(name ?? kind, url, kind === 'image')];
    }
    case 'tool-call':
      return [foldedSection(escapeMarkdown(part.call.name), fenced(part.call.arguments, 'json'))];
    case 'sources': {
      const items = part.sources.map(
        ({ number, url, title }) => `- \\[${number}\\] ${link(title ?? url, url, false)}`,
      );
      return [`**${t('Sources')}**\n\n${items.join('\n')}`];
    }
  }
}

function attachmentBlock(attachment: Attachment, t: Translate): string {
  switch (attachment.kind) {
    case 'image':
      return link(attachment.name, attachment.url, true);
    case 'code': {
      const { path, startLine, endLine, languageId, text } = attachment;
      const caption = t('{0}, lines {1} to {2}', escapeMarkdown(path), startLine, endLine);
      return `**${caption}**\n\n${fenced(text, languageId)}`;
    }
    case 'text':
      return `**${escapeMarkdown(attachment.name)}**\n\n${fenced(attachment.text, attachment.languageId)}`;
  }
}

function foldedSection(summary: string, content: string): string {
  // A closing tag in the content would end the section early and show the rest of the reasoning as the answer.
  const kept = content.replaceAll(/<(\/?(?:details|summary))/gi, '&lt;$1');
  return `<details>\n<summary>${summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</summary>\n\n${kept}\n\n</details>`;
}

function link(name: string, url: string, isImage: boolean): string {
  const address = url.replaceAll(/[\s<>]/g, (character) => encodeURIComponent(character));
  return `${isImage ? '!' : ''}[${escapeMarkdown(name)}](<${address}>)`;
}
