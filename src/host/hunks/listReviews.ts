import * as vscode from 'vscode';
import { describeLeft } from './describeLeft';
import type { FileReview } from './fileReview';
import { nameOf } from './proposalTitle';
import { countLeft } from './reviewGroup';

/** What the list needs. */
interface ListPorts {
  /** The files with changes that are left. */
  readonly reviews: () => readonly FileReview[];
  /** Shows all changes in one diff. */
  readonly showAll: () => Promise<void>;
}

interface FileRow extends vscode.QuickPickItem {
  /** Undefined for the row that shows all. */
  readonly review: FileReview | undefined;
}

/** Lists files with proposed changes. Each can be shown, accepted or rejected. Resolves when the list is closed. */
export async function listReviews({ reviews, showAll }: ListPorts): Promise<void> {
  const list = vscode.window.createQuickPick<FileRow>();
  const accept = { iconPath: new vscode.ThemeIcon('check'), tooltip: vscode.l10n.t('Accept File') };
  const reject = { iconPath: new vscode.ThemeIcon('close'), tooltip: vscode.l10n.t('Reject File') };
  const fill = (): void => {
    const left = reviews();
    list.title = describeLeft(countLeft(left));
    list.items = [
      {
        label: vscode.l10n.t('Show All Changes'),
        iconPath: new vscode.ThemeIcon('diff-multiple'),
        review: undefined,
      },
      ...left.map((review) => ({
        label: nameOf(review.target),
        description: [
          vscode.workspace.asRelativePath(review.target),
          review.isNew ? vscode.l10n.t('new file') : countText(review.hunks.length),
        ].join(' · '),
        iconPath: new vscode.ThemeIcon(review.isNew ? 'new-file' : 'file'),
        buttons: [accept, reject],
        review,
      })),
    ];
    if (left.length === 0) list.hide();
  };
  list.placeholder = vscode.l10n.t('Select a file to show its changes');
  list.matchOnDescription = true;
  fill();
  let chosen: FileRow | undefined;
  list.onDidTriggerItemButton(({ item: { review }, button }) => {
    void (button === accept ? review?.acceptAll() : review?.rejectAll())?.then(fill);
  });
  list.onDidAccept(() => {
    [chosen] = list.selectedItems;
    list.hide();
  });
  await new Promise<void>((resolve) => {
    list.onDidHide(resolve);
    list.show();
  });
  list.dispose();
  if (chosen !== undefined) await (chosen.review === undefined ? showAll() : chosen.review.reveal());
}

function countText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 change') : vscode.l10n.t('{0} changes', count);
}
