import * as vscode from 'vscode';
import { isSameModel, type ModelReference } from '../../shared/conversation/modelReference';
import { showPicker } from '../ui/showPicker';
import { pressRowButton, type ModelItem, type ModelRows } from './modelRows';
import { showRowsAsGiven } from './showRowsAsGiven';

const fewest = 2;
const most = 4;

/**
 * Lets the user check two to four models. Checked models stay in the list whatever is typed: below the others if they do not match.
 *
 * @param checked The models that are checked at first.
 * @returns An empty list if the user cancels.
 */
export async function pickSeveralModels(
  rows: ModelRows,
  checked: readonly ModelReference[],
): Promise<readonly ModelReference[]> {
  const { offer } = rows;
  // Pictures are compared with pictures.
  const forChat = offer.list.find('', false, true).models;
  const isForChat = checked.every((model) => forChat.some(({ reference }) => isSameModel(reference, model)));
  const picked = await showPicker<ModelItem, readonly ModelReference[]>(
    ({ picker, subscriptions, answer, isOpen }) => {
      picker.title = vscode.l10n.t('Compare Models');
      picker.placeholder = vscode.l10n.t('Select 2 to 4 models');
      picker.canSelectMany = true;
      showRowsAsGiven(picker);
      let wanted = checked;
      let showsHidden = false;
      /** True until VS Code has named the checked rows of the newest list. Until then, it may name those of the list before. */
      let isSettling = false;

      const show = (keepsScroll: boolean): void => {
        const query = picker.value;
        const found = rows.models({ query, showsHidden, isForChat });
        const isWanted = ({ model }: ModelItem): boolean =>
          model !== undefined && wanted.some((other) => isSameModel(other, model));
        const missing =
          query.trim() === ''
            ? []
            : rows
                .models({ query: '', showsHidden: true })
                .filter((item) => isWanted(item) && !found.includes(item));
        const items = [
          ...found,
          ...(missing.length > 0
            ? [{ label: vscode.l10n.t('Selected'), kind: vscode.QuickPickItemKind.Separator }]
            : []),
          ...missing,
          ...rows.notes(),
        ];
        const active = keepsScroll ? picker.activeItems[0]?.model : undefined;
        picker.keepScrollPosition = keepsScroll;
        picker.items = items;
        if (active !== undefined)
          picker.activeItems = items.filter(({ model }) => isSameModel(model, active));
        const selected = items.filter(isWanted);
        picker.selectedItems = selected;
        isSettling = selected.length > 0;
        const hidden = rows.hiddenLabel({ query, showsHidden, isForChat });
        picker.buttons =
          hidden === undefined
            ? []
            : [
                {
                  iconPath: new vscode.ThemeIcon('eye'),
                  tooltip: `${hidden.label} (${hidden.description})`,
                },
              ];
      };

      show(false);
      picker.busy = true;
      const refreshed = offer.refresh(() => {
        if (isOpen()) show(true);
      });
      void refreshed.then(() => {
        if (isOpen()) picker.busy = false;
      });
      subscriptions.add(
        picker.onDidChangeSelection((selected) => {
          const models = selected.flatMap(({ model }) => (model === undefined ? [] : [model]));
          const shown = wanted.filter((model) => picker.items.some((item) => isSameModel(item.model, model)));
          const isExpected =
            models.length === shown.length &&
            shown.every((model) => models.some((other) => isSameModel(other, model)));
          if (isSettling && !isExpected) return;
          isSettling = false;
          // A model whose row is not known yet stays wanted.
          wanted = [...wanted.filter((model) => !shown.includes(model)), ...models];
        }),
      );
      subscriptions.add(
        picker.onDidChangeValue(() => {
          show(false);
        }),
      );
      subscriptions.add(
        picker.onDidTriggerButton(() => {
          showsHidden = true;
          show(true);
        }),
      );
      subscriptions.add(
        picker.onDidTriggerItemButton(({ item, button }) => {
          if (item.model === undefined) return;
          pressRowButton(offer, item.model, button);
          show(true);
        }),
      );
      subscriptions.add(
        picker.onDidAccept(() => {
          const chosen = wanted.filter((model) =>
            picker.items.some((item) => isSameModel(item.model, model)),
          );
          if (chosen.length >= fewest && chosen.length <= most) answer(chosen);
          else {
            picker.title = vscode.l10n.t('Compare Models: Select 2 to 4, not {0}', chosen.length);
          }
        }),
      );
    },
  );
  return picked ?? [];
}
