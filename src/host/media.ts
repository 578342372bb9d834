import * as vscode from 'vscode';
import type { Media } from '../shared/media';
import { decodeDataUrl, mediaFileName } from './dataUrl';
import { openLink } from './editorActions';

/**
 * Writes a medium to the file that the user chooses. What did not come with the answer opens outside
 * instead, after VS Code's own question: nothing is fetched from elsewhere here.
 */
export async function saveMedia(media: Media): Promise<void> {
  const content = decodeDataUrl(media.url);
  if (content === undefined) {
    await openLink(media.url);
    return;
  }
  const name = mediaFileName(media.name ?? media.kind, content.mimeType);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog(
    folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) },
  );
  if (file === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(file, content.bytes);
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        '{0} could not be written: {1}',
        file.fsPath,
        error instanceof Error ? error.message : String(error),
      ),
    );
  }
}
