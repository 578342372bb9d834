import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Closes all editors and discards unsaved changes. */
export async function closeAll(): Promise<void> {
  // VS Code's own files are left alone: settings.json is dirty while VS Code writes a setting.
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && (uri.scheme !== 'file' || vscode.workspace.getWorkspaceFolder(uri)),
  );
  for (const document of unsaved) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The current text of a document in VS Code. */
export async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

/** The diffs of proposed changes in all tabs. */
export function proposals(): readonly vscode.TabInputTextDiff[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) =>
      input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'parley-proposed' ? [input] : [],
    );
}

/** The diffs in the active tab, if it shows several files together. */
export function diffsTogether(): readonly vscode.TabInputTextDiff[] {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isTogether =
    typeof input === 'object' && input !== null && 'textDiffs' in input && Array.isArray(input.textDiffs);
  return isTogether ? (input.textDiffs as vscode.TabInputTextDiff[]) : [];
}

/** The diff in the active tab. */
export function activeDiff(): vscode.TabInputTextDiff {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  assert.ok(input instanceof vscode.TabInputTextDiff, 'No diff is shown.');
  return input;
}
