import { isDefault } from '../../shared/conversation/chatParameters';
import { pathTo, type Conversation } from '../../shared/conversation/conversation';
import { replayMessages } from './replayMessages';
import type { SessionPorts } from './session';

/**
 * Saves a new conversation with copies of the messages up to and including `messageId`. In a bundle of its own: few chats are forked.
 *
 * @param titleOf Makes the title of the fork from that of the original.
 * @returns The id of the fork; undefined if there is nothing to copy.
 */
export async function forkConversation(
  { store, media, now, newId }: Pick<SessionPorts, 'store' | 'media' | 'now' | 'newId'>,
  conversation: Conversation,
  messageId: string,
  titleOf: (title: string) => string,
): Promise<string | undefined> {
  const path = pathTo(conversation, messageId).filter(
    (message) => message.role !== 'assistant' || message.ending !== null,
  );
  if (path.length === 0) return undefined;
  const at = now();
  const id = newId();
  const { title, titleSource, parameters } = conversation;
  const copies = replayMessages(path, newId);
  const last = copies.findLast(
    (event) => event.kind === 'message-added' && event.content.role === 'assistant',
  );
  const origin =
    last?.kind === 'message-added' ? { conversation: conversation.id, title, message: last.id } : undefined;
  await store.append(id, [
    { kind: 'conversation-created', id, at, ...(origin !== undefined && { origin }) },
    // With the source `user`, no title is requested from a model.
    {
      kind: 'title-changed',
      title: titleOf(title),
      source: titleSource === 'prompt' ? 'user' : (titleSource ?? 'user'),
      at,
    },
    ...(isDefault(parameters) ? [] : [{ kind: 'parameters-changed' as const, parameters, at }]),
    ...copies,
  ]);
  await media?.copy(conversation.id, id);
  return id;
}
