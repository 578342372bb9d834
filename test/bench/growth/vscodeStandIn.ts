/**
 * Stands in for `vscode` where parts of the host are measured outside of it: the picker's list is closed as soon as it is
 * shown, and what nobody calls there is empty.
 */

let shown = 0;

/** How many rows the list that was open last had at most. */
export function shownItems(): number {
  return shown;
}

export const [workspace, commands, env, Uri, ProgressLocation] = [{}, {}, { language: 'en' }, {}, {}];

export class ThemeIcon {
  constructor(readonly id: string) {}
}

export const QuickPickItemKind = { Separator: -1, Default: 0 };

export const l10n = {
  t: (text: string, ...values: readonly unknown[]): string =>
    text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
};

export const window = {
  createQuickPick: (): object => {
    let hidden: (() => void) | undefined;
    return {
      activeItems: [],
      selectedItems: [],
      set items(items: readonly unknown[]) {
        shown = items.length;
      },
      value: '',
      onDidAccept: () => ({ dispose: ignore }),
      onDidChangeValue: () => ({ dispose: ignore }),
      onDidChangeActive: () => ({ dispose: ignore }),
      onDidTriggerItemButton: () => ({ dispose: ignore }),
      onDidHide: (listener: () => void) => {
        hidden = listener;
        return { dispose: ignore };
      },
      show: () => hidden?.(),
      dispose: ignore,
    };
  },
};

function ignore(): void {
  // Nobody looks.
}
