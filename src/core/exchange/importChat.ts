import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { importExchange, isExchangeFile } from './importExchange';
import { importChatGpt, isChatGptChat } from './importChatGpt';
import { importContinue, isContinueSession } from './importContinue';
import { ImportProblem } from './importProblem';

/**
 * Reads one conversation from the JSON value of a file in any known format: Parley, ChatGPT, Continue.
 *
 * @param id Id of the new conversation.
 * @param now Used where the file has no time, in milliseconds since the epoch.
 * @returns The events that build the conversation; empty when it has no message.
 * @throws {ImportProblem} `unknown-format`, or as the importer of the format does.
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
