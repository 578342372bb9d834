import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import { proposalScheme } from './proposalFiles';

/** The tabs that show a proposed text, in all windows and groups. */
export function proposalTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter((tab) => proposalsOf(tab).length > 0));
}

/** The URI of the proposed text that a tab shows alone; undefined for other tabs. */
export function proposalOf(tab: vscode.Tab): vscode.Uri | undefined {
  return isDiffOfSeveral(tab) ? undefined : proposalsOf(tab)[0];
}

/** True for a tab that shows the changes of several files. */
export function isDiffOfSeveral({ input }: vscode.Tab): boolean {
  return isSeveral(input);
}

/** The URIs of the proposed texts that a tab shows. */
export function proposalsOf({ input }: vscode.Tab): readonly vscode.Uri[] {
  const uris =
    input instanceof vscode.TabInputTextDiff
      ? [input.modified]
      : input instanceof vscode.TabInputText
        ? [input.uri]
        : isSeveral(input)
          ? input.textDiffs.map(({ modified }) => modified)
          : [];
  return uris.filter(({ scheme }) => scheme === proposalScheme);
}

/** Closes tabs. They may be gone already. */
export async function closeTabs(tabs: readonly vscode.Tab[], log: Log): Promise<void> {
  if (tabs.length === 0) return;
  await Promise.resolve(vscode.window.tabGroups.close(tabs)).catch((error: unknown) => {
    log.warn(`Couldn't close the diffs of proposals: ${String(error)}`);
  });
}

/**
 * The input of a tab that `vscode.changes` opened. VS Code has had this property since 1.86, but the stable types have no class for
 * it. Without it, Parley would not notice that such a tab is closed or active. The test "keeps all changes when the diff of several
 * files is closed" notices.
 */
function isSeveral(input: unknown): input is { readonly textDiffs: readonly vscode.TabInputTextDiff[] } {
  return (
    typeof input === 'object' && input !== null && 'textDiffs' in input && Array.isArray(input.textDiffs)
  );
}
