import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable';
import { isSameModel, type ModelReference } from '../shared/modelReference';
import type { ModelItem } from './modelPicker';

const fewest = 2;
const most = 4;

/** Lets the user check two to four models; empty when the list was closed without. */
export async function pickSeveralModels(
  items: readonly ModelItem[],
  checked: readonly ModelReference[],
): Promise<readonly ModelReference[]> {
  const subscriptions = new DisposableStore();
  const picker = subscriptions.add(vscode.window.createQuickPick<ModelItem>());
  picker.title = vscode.l10n.t('Compare Models');
  picker.placeholder = vscode.l10n.t('Check two to four models');
  picker.canSelectMany = true;
  picker.matchOnDescription = true;
  picker.items = items;
  picker.selectedItems = items.filter(({ choice }) => checked.some((model) => isSame(choice, model)));
  try {
    return await new Promise((resolve) => {
      subscriptions.add(
        picker.onDidAccept(() => {
          const chosen = referencesOf(picker.selectedItems);
          if (chosen.length >= fewest && chosen.length <= most) resolve(chosen);
          else {
            picker.title = vscode.l10n.t('Compare Models: two to four, not {0}', chosen.length);
          }
        }),
      );
      subscriptions.add(
        picker.onDidHide(() => {
          resolve([]);
        }),
      );
      picker.show();
    });
  } finally {
    subscriptions.dispose();
  }
}

function referencesOf(items: readonly ModelItem[]): readonly ModelReference[] {
  return items.flatMap(({ choice }) => (typeof choice === 'object' ? [choice] : []));
}

function isSame(choice: ModelItem['choice'], model: ModelReference): boolean {
  return typeof choice === 'object' && isSameModel(choice, model);
}
