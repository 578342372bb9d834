import * as vscode from 'vscode';
import { plainText } from './plainText';

/**
 * Writes bytes to a file that the user chooses. Tells the user if that fails.
 *
 * @param name The proposed file name.
 * @param folder The proposed folder; by default the first folder of the workspace.
 * @returns The file; undefined if the user cancels or the file could not be written.
 */
export async function saveFile(
  name: string,
  bytes: Uint8Array,
  folder: vscode.Uri | undefined = vscode.workspace.workspaceFolders?.[0]?.uri,
): Promise<vscode.Uri | undefined> {
  const file = await vscode.window.showSaveDialog(
    folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) },
  );
  if (file === undefined) return undefined;
  try {
    await vscode.workspace.fs.writeFile(file, bytes);
    return file;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t("Couldn't write {0}: {1}", plainText(file.fsPath), plainText(reason)),
    );
    return undefined;
  }
}
