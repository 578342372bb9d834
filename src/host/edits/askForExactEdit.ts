import * as vscode from 'vscode';
import { collectText } from '../../core/conversation/collectText';
import { mayHoldSecrets } from '../../core/paths/mayHoldSecrets';
import type { ApplyPlan, Place } from '../../core/edits/lines/applyPlan';
import { exactEditMessages, readExactEdit } from '../../core/edits/exact/readExactEdit';
import { splitText } from '../../core/edits/lines/lineEdit';
import type { ChatClient } from '../../core/ports/chatClient';
import { plainText } from '../ui/plainText';
import type { Targets } from '../models/targets';

/** What asking for an exact edit needs. */
export interface ExactEditPorts {
  readonly client: ChatClient;
  readonly targets: Pick<Targets, 'current'>;
}

/** A longer reply, in UTF-16 units, is no edit of one file. */
const longestReply = 400_000;

/** Whether a document may be sent: a file that usually holds secrets never goes to a gateway this way. */
export function mayAskForExactEdit(document: vscode.TextDocument): boolean {
  return !mayHoldSecrets(document.uri.path);
}

/**
 * Asks the chosen model what a block changes in a document. The user chose that: the document's text is sent.
 *
 * @returns undefined when the user stopped it, or when nothing came that fits, of which the user has then been told.
 */
export async function askForExactEdit(
  { client, targets }: ExactEditPorts,
  document: vscode.TextDocument,
  block: string,
  places: readonly Place[],
): Promise<Extract<ApplyPlan, { kind: 'edits' }> | undefined> {
  const { route, model, modelName } = await targets.current();
  const name = plainText(document.uri.path.split('/').at(-1) ?? '');
  const file = splitText(document.getText()).lines;
  const stopping = new AbortController();
  const reply =
    'failure' in route
      ? ''
      : await vscode.window.withProgress(
          {
            location: vscode.ProgressLocation.Notification,
            title: vscode.l10n.t('Asking {0} for the exact edit…', plainText(modelName)),
            cancellable: true,
          },
          async (_, token) => {
            const messages = exactEditMessages({ block, name, file, places });
            const stream = client.ask({ ...route, modelId: model.modelId, messages });
            token.onCancellationRequested(() => {
              stopping.abort();
              stream.cancel();
            });
            return await collectText(stream, longestReply);
          },
        );
  if (stopping.signal.aborted) return undefined;
  const plan = readExactEdit(reply, file);
  if (plan.kind === 'edits') return plan;
  void vscode.window.showWarningMessage(vscode.l10n.t('The model gave no edit that fits {0}.', name));
  return undefined;
}
