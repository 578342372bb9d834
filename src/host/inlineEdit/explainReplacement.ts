import * as vscode from 'vscode';
import type { Replacement } from '../../core/inlineEdit/readReplacement';
import { baseName } from '../../core/text/baseName';
import { plainText } from '../ui/plainText';
import type { RunningEdit } from './runningEdit';

/** The longest sentence of a model that a notification shows, in UTF-16 units. */
const longestWords = 300;

/** Tells the user why a complete answer leaves nothing to review, or what the review leaves out. */
export async function explainReplacement(
  edit: RunningEdit,
  shown: Replacement | 'conflict',
  { answer, modelName }: { readonly answer: string; readonly modelName: string },
): Promise<void> {
  const name = plainText(baseName(edit.document.uri.path));
  const model = plainText(modelName);
  if (shown === 'conflict') {
    tell(vscode.l10n.t('{0} was changed in the same place as the proposal. Nothing was written.', name));
    return;
  }
  if (shown.kind === 'change') {
    if (shown.others > 0)
      await offerAnswer(vscode.l10n.t('The answer has more code blocks than the diff shows.'), answer);
    return;
  }
  // An earlier part of the answer looked like a change.
  await edit.discard();
  switch (shown.kind) {
    case 'unchanged':
      tell(vscode.l10n.t('{0} proposes no change.', model));
      break;
    case 'words': {
      const words = answer.replaceAll(/\s+/g, ' ').trim();
      const start = words.length > longestWords ? `${words.slice(0, longestWords)}…` : words;
      await offerAnswer(vscode.l10n.t('{0}: {1}', model, plainText(start)), answer);
      break;
    }
    case 'unclear':
      await offerAnswer(vscode.l10n.t("The model's reply has no edit that fits {0}.", name), answer);
      break;
    case 'empty':
    case 'waiting':
      tell(vscode.l10n.t('{0} returned no code.', model));
      break;
  }
}

/** Shows a sentence, and the whole answer as a document if the user wants it. */
async function offerAnswer(sentence: string, answer: string): Promise<void> {
  const show = vscode.l10n.t('Show Answer');
  if ((await vscode.window.showInformationMessage(sentence, show)) !== show) return;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: answer });
  await vscode.window.showTextDocument(document);
}

function tell(sentence: string): void {
  void vscode.window.showInformationMessage(sentence);
}
