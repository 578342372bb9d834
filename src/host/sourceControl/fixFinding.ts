import * as vscode from 'vscode';
import { exactFixMessages, readExactEdit } from '../../core/edits/exact/readExactEdit';
import { applyLineEdits, splitText } from '../../core/edits/lines/lineEdit';
import { isUsable } from '../../core/prompt/askOnce';
import { baseName } from '../../core/text/baseName';
import { plainText } from '../ui/plainText';
import { askWithProgress } from './askWithProgress';
import { chatTarget } from './chatTarget';
import { lineOf, openText, type PlacedFinding } from './findingThreads';
import type { SourceControlPorts } from './sourceControlPorts';
import { tellFailure } from './tellFailure';

/** The longest reply that is read, in UTF-16 units. */
const longestReply = 400_000;

/**
 * Asks the model for the exact change that fixes a finding, and shows it as a diff. The file changes when the user accepts.
 *
 * @returns true if the user accepted a part of the change. A message has told why there is no change.
 */
export async function fixFinding(
  { client, targets, reviews }: Pick<SourceControlPorts, 'client' | 'targets' | 'reviews'>,
  placed: PlacedFinding,
): Promise<boolean> {
  const name = plainText(baseName(placed.uri.path));
  const document = await openText(placed.uri);
  if (document === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t("{0} couldn't be opened.", name));
    return false;
  }
  const again = async (): Promise<void> => {
    await fixFinding({ client, targets, reviews }, placed);
  };
  const target = await chatTarget(targets, again);
  if (target === undefined) return false;
  const { modelName } = target;
  const { lines, eol } = splitText(document.getText());
  const problem = { problem: placed.finding.text, name, file: lines, line: lineOf(placed, document) };
  const title = vscode.l10n.t('Asking {0} for a fix…', plainText(modelName));
  const reply = await askWithProgress(client, target, exactFixMessages(problem), { title, longestReply });
  if (reply === undefined) return false;
  if (reply.ending.outcome === 'failed') {
    void tellFailure(reply.ending.failure, again);
    return false;
  }
  const plan = isUsable(reply.ending) ? readExactEdit(reply.text, lines) : undefined;
  if (plan?.kind !== 'edits') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("The model's reply has no edit that fits {0}.", name),
    );
    return false;
  }
  const proposed = applyLineEdits(lines, plan.edits).join(eol);
  const review = await (await reviews()).propose(document, proposed, { modelName });
  return (await review.ended).accepted > 0;
}
