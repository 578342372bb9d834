import * as vscode from 'vscode';
import { isSameModel, type ModelReference } from '../../shared/conversation/modelReference';
import { chosenRow, showPicker } from '../ui/showPicker';
import { pressRowButton, type ModelItem, type ModelRows, type RowAction } from './modelRows';
import { showRowsAsGiven } from './showRowsAsGiven';

/** What the user has picked: a model, or an action with the text in the search field. */
type PickedRow = { readonly model: ModelReference } | { readonly action: RowAction; readonly typed: string };

/** How the picker looks at first. */
interface PickOptions {
  readonly title: string;
  /** The row of this model is active at first. Without a row for it, the first row is. */
  readonly first: ModelReference | undefined;
}

/**
 * Lets the user search for a model. Matching is Parley's own (`ModelSearch`), because VS Code compares a query with the label as a
 * whole: each change of the text replaces the rows.
 *
 * @returns undefined if the user closes the picker.
 */
export async function pickOneModel(rows: ModelRows, options: PickOptions): Promise<PickedRow | undefined> {
  const { offer } = rows;
  return await showPicker<ModelItem, PickedRow>(({ picker, subscriptions, answer, isOpen }) => {
    picker.title = options.title;
    picker.placeholder = vscode.l10n.t(
      'Search models of {0}',
      offer.gateways.map(({ name }) => name).join(', '),
    );
    showRowsAsGiven(picker);
    let showsHidden = false;
    /** The row that is active when VS Code has received the rows; undefined when VS Code has named the active row since. */
    let expected: ModelItem | undefined;

    const show = (active: ModelItem | undefined, keepsScroll: boolean): void => {
      const items = rows.all({ query: picker.value, showsHidden });
      expected = active ?? items.find(isRow);
      picker.keepScrollPosition = keepsScroll;
      picker.items = items;
      if (expected !== undefined) picker.activeItems = [expected];
    };
    const found = (): readonly ModelItem[] => rows.models({ query: picker.value, showsHidden });
    const rowOf = (model: ModelReference | undefined): ModelItem | undefined =>
      model && found().find((item) => isSameModel(item.model, model));
    /** Shows the rows again after a mark has changed. The same row stays active, or else the one in its place. */
    const updateMarks = (): void => {
      const place = picker.activeItems[0] === undefined ? -1 : picker.items.indexOf(picker.activeItems[0]);
      const same = rowOf(picker.activeItems[0]?.model);
      show(same ?? found().slice(Math.max(place, 0)).find(isRow), true);
    };
    /** Shows the rows again after a list was fetched. If the user has not moved, the best match stays active. */
    const updateLists = (): void => {
      const active = expected ?? picker.activeItems[0];
      const isBest = picker.value.trim() !== '' && active === picker.items.find(isRow);
      if (isBest) show(undefined, true);
      else if (active?.model !== undefined) show(rowOf(active.model), true);
      else {
        const same = rows
          .all({ query: picker.value, showsHidden })
          .find(({ label }) => label === active?.label);
        show(same, true);
      }
    };

    show(rowOf(options.first), false);
    picker.busy = true;
    const refreshed = offer.refresh(() => {
      if (isOpen()) updateLists();
    });
    void refreshed.then(() => {
      if (isOpen()) picker.busy = false;
    });
    subscriptions.add(
      picker.onDidChangeValue(() => {
        show(picker.value.trim() === '' ? rowOf(options.first) : undefined, false);
      }),
    );
    subscriptions.add(
      picker.onDidChangeActive(() => {
        expected = undefined;
      }),
    );
    subscriptions.add(
      picker.onDidTriggerItemButton(({ item, button }) => {
        if (item.model === undefined) return;
        pressRowButton(offer, item.model, button);
        updateMarks();
      }),
    );
    subscriptions.add(
      picker.onDidAccept(() => {
        // Someone who types and presses Enter at once means the first row for the text, which VS Code may not have shown yet.
        const row = expected ?? chosenRow(picker);
        if (row?.model !== undefined) answer({ model: row.model });
        else if (row?.action?.kind === 'show-hidden') {
          showsHidden = true;
          const hidden = offer.list
            .find(picker.value, true)
            .models.find(({ section }) => section === 'hidden');
          show(rowOf(hidden?.reference), true);
        } else if (row?.action !== undefined) {
          answer({ action: row.action, typed: picker.value.trim() });
        }
      }),
    );
  });
}

/** False for a separator or a note. */
function isRow({ model, action }: ModelItem): boolean {
  return model !== undefined || action !== undefined;
}
