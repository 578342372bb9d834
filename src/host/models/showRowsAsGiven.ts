import type { QuickPick, QuickPickItem } from 'vscode';

/**
 * Lets a quick pick show its rows in the given order, also after the user has typed something; with `alwaysShow`, it shows all of
 * them. By default, VS Code sorts rows by their label and hides separators while there is a query.
 *
 * `sortByLabel` is a property of every quick pick, but its declaration is a proposal (`quickPickSortByLabel`). Other published
 * extensions set it too. A VS Code without it only sorts the rows by label.
 */
export function showRowsAsGiven(picker: QuickPick<QuickPickItem>): void {
  const sortable: { sortByLabel?: boolean } = picker as { sortByLabel?: boolean };
  sortable.sortByLabel = false;
}
