import * as vscode from 'vscode';
import { actsByItself } from '../../core/apply/actingFile';
import { findRealPlace } from '../context/realPlace';

/** Whether VS Code, git or a shell acts on a file by itself, wherever its links lead. */
export async function isActing(uri: vscode.Uri): Promise<boolean> {
  const place = await findRealPlace(uri);
  return [uri, place.uri].some((each) => actsByItself(vscode.workspace.asRelativePath(each, false)));
}

/** Asks before a model's text goes to such a file, in a dialog that nothing else can answer. */
export async function askAboutActing(uri: vscode.Uri, yes: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'VS Code, Git or a shell acts on {0} by itself. Put the model’s text there?',
      vscode.workspace.asRelativePath(uri),
    ),
    {
      modal: true,
      detail: vscode.l10n.t(
        'What stands in such a file can run commands that you did not type. Read every line of it first.',
      ),
    },
    yes,
  );
  return answer === yes;
}
