import * as vscode from 'vscode';
import { DisposableStore } from '../../shared/kit/disposable';

/** An open quick pick, and the ways to close it. */
interface OpenPicker<Item extends vscode.QuickPickItem, Answer> {
  readonly picker: vscode.QuickPick<Item>;
  /** Disposed when the quick pick closes. */
  readonly subscriptions: DisposableStore;
  /** Closes the quick pick with an answer. */
  readonly answer: (answer: Answer | undefined) => void;
  /** Closes the quick pick; `showPicker` then rejects with the error. */
  readonly fail: (error: unknown) => void;
  /** True until the quick pick closes. Work that ends later must not change it. */
  readonly isOpen: () => boolean;
}

/**
 * Shows a quick pick whose rows or buttons change while it is open. A list that stays the same needs only `showQuickPick`.
 *
 * @param use Fills the quick pick before it is shown, and answers its events.
 * @returns The answer; undefined if the user closes the quick pick.
 */
export async function showPicker<Item extends vscode.QuickPickItem, Answer>(
  use: (open: OpenPicker<Item, Answer>) => void,
): Promise<Answer | undefined> {
  const subscriptions = new DisposableStore();
  const picker = subscriptions.add(vscode.window.createQuickPick<Item>());
  let isOpen = true;
  try {
    return await new Promise<Answer | undefined>((resolve, reject) => {
      subscriptions.add(
        picker.onDidHide(() => {
          resolve(undefined);
        }),
      );
      use({ picker, subscriptions, answer: resolve, fail: reject, isOpen: () => isOpen });
      picker.show();
    });
  } finally {
    isOpen = false;
    subscriptions.dispose();
  }
}

/** The row that Enter or a click chose. VS Code has no selection if rows were replaced at that moment; the active row is meant then. */
export function chosenRow<Item extends vscode.QuickPickItem>(
  picker: vscode.QuickPick<Item>,
): Item | undefined {
  return picker.selectedItems[0] ?? picker.activeItems[0];
}
