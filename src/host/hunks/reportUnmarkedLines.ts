import * as vscode from 'vscode';
import { indentationOnlyLines } from '../../core/edits/lines/indentationOnlyLines';
import { splitText } from '../../core/edits/lines/lineEdit';

/** Tells the user how many changed lines the diff does not mark, because they differ only in indentation. */
export async function reportUnmarkedLines(
  changes: readonly { readonly document: vscode.TextDocument | undefined; readonly text: string }[],
): Promise<void> {
  const count = changes.reduce((sum, { document, text }) => sum + countUnmarked(document, text), 0);
  if (count === 0) return;
  const show = vscode.l10n.t('Show Whitespace Differences');
  const message =
    count === 1
      ? vscode.l10n.t('1 line differs only in indentation. The diff does not mark it.')
      : vscode.l10n.t('{0} lines differ only in indentation. The diff does not mark them.', count);
  if ((await vscode.window.showInformationMessage(message, show)) === show)
    await vscode.commands.executeCommand('toggle.diff.ignoreTrimWhitespace');
}

/** The unmarked lines of a document; 0 for a new file. */
function countUnmarked(document: vscode.TextDocument | undefined, text: string): number {
  // The setting depends on the language: it is off for Python.
  if (
    document === undefined ||
    vscode.workspace.getConfiguration('diffEditor', document).get('ignoreTrimWhitespace') !== true
  )
    return 0;
  return indentationOnlyLines(splitText(document.getText()).lines, splitText(text).lines);
}
