import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import { proposalScheme } from './proposalFiles';

/** The tabs that show a proposed text, in all windows and groups. */
export function proposalTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter((tab) => proposalOf(tab) !== undefined),
  );
}

/** The URI of the proposed text that a tab shows; undefined for other tabs. */
export function proposalOf({ input }: vscode.Tab): vscode.Uri | undefined {
  const uri =
    input instanceof vscode.TabInputTextDiff
      ? input.modified
      : input instanceof vscode.TabInputText
        ? input.uri
        : undefined;
  return uri?.scheme === proposalScheme ? uri : undefined;
}

/** Closes tabs that an earlier window left. */
export async function closeTabs(tabs: readonly vscode.Tab[], log: Log): Promise<void> {
  if (tabs.length === 0) return;
  await Promise.resolve(vscode.window.tabGroups.close(tabs)).catch((error: unknown) => {
    log.warn(`Couldn't close the diffs of an earlier window: ${String(error)}`);
  });
}
