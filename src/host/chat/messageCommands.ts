import * as v from 'valibot';
import { env } from 'vscode';
import { messageText, type AssistantMessage, type UserMessage } from '../../shared/conversation/conversation';
import type { CommandTable } from '../contributions/commandIds';
import type { IntentTable } from '../contributions/intents';
import type { OpenPanels } from '../contributions/openPanels';

/** The part of a message's `data-vscode-context` that is read. The page wrote it, so it is not trusted. */
const clickedSchema = v.object({ messageId: v.string() });

/**
 * The commands in the context menu of a message. They do nothing unless the conversation of the used panel has the message.
 *
 * @param intents What the commands have in common with the buttons of the page.
 */
export function messageCommands(
  panels: OpenPanels,
  intents: Pick<IntentTable, 'fork' | 'regenerate-with'>,
): Pick<CommandTable, 'parley.copyMessage' | 'parley.forkMessage' | 'parley.regenerateWith'> {
  const clickedMessage = (clicked: unknown): UserMessage | AssistantMessage | undefined => {
    const read = v.safeParse(clickedSchema, clicked);
    const message = read.success
      ? panels.used.sessions.current.conversation.messages.get(read.output.messageId)
      : undefined;
    return message?.role === 'tool' ? undefined : message;
  };
  const endedAnswer = (clicked: unknown): AssistantMessage | undefined => {
    const message = clickedMessage(clicked);
    return message?.role === 'assistant' && message.ending !== null ? message : undefined;
  };
  return {
    'parley.copyMessage': async (clicked) => {
      const message = clickedMessage(clicked);
      if (message !== undefined) await env.clipboard.writeText(messageText(message));
    },
    'parley.forkMessage': async (clicked) => {
      const answer = endedAnswer(clicked);
      if (answer !== undefined) await intents.fork({ id: answer.id }, panels.used);
    },
    'parley.regenerateWith': async (clicked) => {
      const answer = endedAnswer(clicked);
      if (answer !== undefined) await intents['regenerate-with']({ id: answer.id }, panels.used);
    },
  };
}
