import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { mayHoldSecrets } from '../../core/paths/mayHoldSecrets';
import type { ApplyPlan, Place } from '../../core/edits/lines/applyPlan';
import { exactEditMessages, readExactEdit } from '../../core/edits/exact/readExactEdit';
import { splitText } from '../../core/edits/lines/lineEdit';
import type { ChatClient } from '../../core/ports/chatClient';
import { askOnce, usableText } from '../../core/prompt/askOnce';
import { plainText } from '../ui/plainText';
import type { Targets } from '../models/targets';

/** What `askForExactEdit` needs from the rest of the host. */
export interface ExactEditPorts {
  readonly client: ChatClient;
  readonly targets: Pick<Targets, 'current'>;
}

/** The longest reply that is read, in UTF-16 units. */
const longestReply = 400_000;

/** False for a file that may hold secrets: its text is not sent to a gateway. */
export function mayAskForExactEdit(document: vscode.TextDocument): boolean {
  return !mayHoldSecrets(document.uri.path);
}

/**
 * Asks the chosen model for the exact edit that a code block makes in a document. Sends the block and the document's text, so
 * call it only when the user has chosen that.
 *
 * @returns undefined if the user cancelled, or if the reply has no edit that fits. A message has then told the user.
 */
export async function askForExactEdit(
  { client, targets }: ExactEditPorts,
  document: vscode.TextDocument,
  block: string,
  places: readonly Place[],
): Promise<Extract<ApplyPlan, { kind: 'edits' }> | undefined> {
  const { route, model, modelName } = await targets.current();
  const name = plainText(baseName(document.uri.path));
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
            const question = { modelId: model.modelId, messages };
            token.onCancellationRequested(() => {
              stopping.abort();
            });
            return usableText(await askOnce(client, route, question, { longestReply }, stopping.signal));
          },
        );
  if (stopping.signal.aborted) return undefined;
  const plan = readExactEdit(reply, file);
  if (plan.kind === 'edits') return plan;
  void vscode.window.showWarningMessage(vscode.l10n.t("The model's reply has no edit that fits {0}.", name));
  return undefined;
}
