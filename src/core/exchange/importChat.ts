import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { importExchange, isExchangeFile } from './importExchange';
import { importChatGpt, isChatGptChat } from './importChatGpt';
import { importContinue, isContinueSession } from './importContinue';
import { ImportProblem } from './importProblem';

/**
 * The events of one conversation from a file, as the conversation `id`, whichever format it is in; empty
 * when it has no message. Throws an `ImportProblem`.
 *
 * @param now For what names no time, in milliseconds since the epoch.
 */
export function importChat(value: unknown, id: string, now: number): ConversationEvent[] {
  const events = read(value, id, now);
  return events.some(({ kind }) => kind === 'message-added') ? events : [];
}

function read(value: unknown, id: string, now: number): ConversationEvent[] {
  if (isExchangeFile(value)) return importExchange(value, id);
  if (isChatGptChat(value)) return importChatGpt(value, id, now);
  if (isContinueSession(value)) return importContinue(value, id, now);
  throw new ImportProblem('unknown-format');
}
