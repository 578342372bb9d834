import * as vscode from 'vscode';
import { autoExecution, type AutoExecution } from '../../core/paths/autoExecution';
import { findRealPlace } from '../workspace/findRealPlace';

/** The URI scheme of the user's settings, key bindings and tasks. */
const userDataScheme = 'vscode-userdata';

/**
 * Tells whether a program runs or obeys a file without being asked. Follows symbolic links within the workspace.
 *
 * @returns undefined for an ordinary file.
 */
export async function autoExecutionOf(uri: vscode.Uri): Promise<AutoExecution | undefined> {
  if (uri.scheme === userDataScheme) return 'ask';
  const place = await findRealPlace(uri);
  const levels = [uri, place.uri].map(({ path }) => autoExecution(path));
  return levels.includes('ask') ? 'ask' : levels.find((level) => level !== undefined);
}

/**
 * Asks in a modal dialog before a model's text is written to a file that a program runs or obeys without being asked.
 *
 * @param yes The label of the button that agrees.
 * @returns true for every other file, without a question.
 */
export async function mayWriteTo(uri: vscode.Uri, yes: string): Promise<boolean> {
  if ((await autoExecutionOf(uri)) !== 'ask') return true;
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "VS Code, Git, a shell or an AI agent may run or follow {0} without asking. Write the model's text there?",
      vscode.workspace.asRelativePath(uri),
    ),
    {
      modal: true,
      detail: vscode.l10n.t('Such a file can run commands that you did not type. Review every line first.'),
    },
    yes,
  );
  return answer === yes;
}
