import * as vscode from 'vscode';
import type { ChatClient } from '../../core/ports/chatClient';
import type { PromptMessage } from '../../core/ports/promptMessage';
import { askOnce, type OnceReply } from '../../core/prompt/askOnce';
import type { ChatTarget } from './chatTarget';

/**
 * Asks a model while a notification shows `title` and a Cancel button.
 *
 * @param longestReply The longest reply that is read, in UTF-16 units.
 * @returns undefined if the user cancelled.
 */
export async function askWithProgress(
  client: Pick<ChatClient, 'ask'>,
  { route, model }: ChatTarget,
  messages: readonly PromptMessage[],
  { title, longestReply }: { readonly title: string; readonly longestReply: number },
): Promise<OnceReply | undefined> {
  const stopping = new AbortController();
  const question = { modelId: model.modelId, messages };
  const reply = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      token.onCancellationRequested(() => {
        stopping.abort();
      });
      return await askOnce(client, route, question, { longestReply }, stopping.signal);
    },
  );
  return stopping.signal.aborted ? undefined : reply;
}
