import * as vscode from 'vscode';
import { showPicker } from '../ui/showPicker';
import { isSameModel, type ModelReference } from '../../shared/conversation/modelReference';
import type { ModelItem } from './modelPicker';

const fewest = 2;
const most = 4;

/** The models to choose from. The list can grow while it is open. */
interface ModelOffer {
  /** The rows that are known so far. */
  readonly items: () => readonly ModelItem[];
  /** Fetches more rows, and calls `onChange` when there are some. Resolves when all are fetched; never rejects. */
  readonly refresh: (onChange: () => void) => Promise<void>;
}

/**
 * Lets the user check two to four models.
 *
 * @param checked The models that are checked at first.
 * @returns An empty list if the user cancels.
 */
export async function pickSeveralModels(
  offer: ModelOffer,
  checked: readonly ModelReference[],
): Promise<readonly ModelReference[]> {
  const picked = await showPicker<ModelItem, readonly ModelReference[]>(
    ({ picker, subscriptions, answer, isOpen }) => {
      picker.title = vscode.l10n.t('Compare Models');
      picker.placeholder = vscode.l10n.t('Select two to four models');
      picker.canSelectMany = true;
      picker.matchOnDescription = true;
      picker.keepScrollPosition = true;
      const show = (wanted: readonly ModelReference[]): void => {
        const items = offer.items();
        picker.items = items;
        picker.selectedItems = items.filter(({ choice }) => wanted.some((model) => isSame(choice, model)));
      };
      show(checked);
      picker.busy = true;
      const refreshed = offer.refresh(() => {
        if (!isOpen()) return;
        // A model to check that had no row before may have one now.
        const absent = checked.filter((model) => !picker.items.some(({ choice }) => isSame(choice, model)));
        show([...referencesOf(picker.selectedItems), ...absent]);
      });
      void refreshed.then(() => {
        if (isOpen()) picker.busy = false;
      });
      subscriptions.add(
        picker.onDidAccept(() => {
          const chosen = referencesOf(picker.selectedItems);
          if (chosen.length >= fewest && chosen.length <= most) answer(chosen);
          else {
            picker.title = vscode.l10n.t('Compare Models: Select two to four, not {0}', chosen.length);
          }
        }),
      );
    },
  );
  return picked ?? [];
}

function referencesOf(items: readonly ModelItem[]): readonly ModelReference[] {
  return items.flatMap(({ choice }) => (typeof choice === 'object' ? [choice] : []));
}

function isSame(choice: ModelItem['choice'], model: ModelReference): boolean {
  return typeof choice === 'object' && isSameModel(choice, model);
}
