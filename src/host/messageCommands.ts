import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Sessions } from '../core/conversation/sessions';
import { messageText, type AssistantMessage, type UserMessage } from '../shared/conversation/conversation';
import type { CommandTable } from './entry/commandIds';
import type { Intents } from './intents';

/** What the commands of a message's context menu call. */
interface MessageCommandPorts {
  readonly sessions: Sessions;
  readonly intents: Intents;
}

/** Of what `data-vscode-context` holds for a message; the page wrote it, so that it is not trusted. */
const clickedSchema = v.object({ messageId: v.string() });

/** The commands of the context menu of a message, by id. Without a message of the shown conversation they do nothing. */
export function messageCommands({
  sessions,
  intents,
}: MessageCommandPorts): Pick<
  CommandTable,
  'parley.copyMessage' | 'parley.forkMessage' | 'parley.regenerateWith'
> {
  const clickedMessage = (clicked: unknown): UserMessage | AssistantMessage | undefined => {
    const read = v.safeParse(clickedSchema, clicked);
    const message = read.success
      ? sessions.current.conversation.messages.get(read.output.messageId)
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
      if (message !== undefined) await vscode.env.clipboard.writeText(messageText(message));
    },
    'parley.forkMessage': async (clicked) => {
      const answer = endedAnswer(clicked);
      if (answer !== undefined) await intents.handle({ type: 'fork', body: { id: answer.id } });
    },
    'parley.regenerateWith': async (clicked) => {
      const answer = endedAnswer(clicked);
      if (answer !== undefined) await intents.handle({ type: 'regenerate-with', body: { id: answer.id } });
    },
  };
}
