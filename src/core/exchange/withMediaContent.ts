import type { AnswerPart } from '../../shared/answer/answerPart';
import { isStoredMedia } from '../../shared/answer/media';
import type { Conversation, Message } from '../../shared/conversation/conversation';

/**
 * A copy of a conversation in which stored media have their content instead of their addresses, which mean nothing outside of
 * Parley. A medium that is gone is left out.
 *
 * @param read The content of an address as a `data:` URL; undefined if it is gone.
 */
export async function withMediaContent(
  conversation: Conversation,
  read: (address: string) => Promise<string | undefined>,
): Promise<Conversation> {
  const messages = new Map<string, Message>();
  for (const [id, message] of conversation.messages) {
    messages.set(
      id,
      message.role === 'assistant' ? { ...message, parts: await withContent(message.parts, read) } : message,
    );
  }
  return { ...conversation, messages };
}

async function withContent(
  parts: readonly AnswerPart[],
  read: (address: string) => Promise<string | undefined>,
): Promise<AnswerPart[]> {
  const whole: AnswerPart[] = [];
  for (const part of parts) {
    if (part.kind !== 'media' || !isStoredMedia(part.media.url)) {
      whole.push(part);
      continue;
    }
    const url = await read(part.media.url);
    if (url !== undefined) whole.push({ ...part, media: { ...part.media, url } });
  }
  return whole;
}
