import * as vscode from 'vscode';
import type { Place } from '../../core/edits/applyPlan';
import { indentUnit, reindent } from '../../core/edits/indentation';
import { splitBlock, type LineEdit } from '../../core/edits/lineEdit';
import { indentOf } from '../../core/edits/lineLikeness';

interface Row extends vscode.QuickPickItem {
  readonly edits: readonly LineEdit[];
  readonly start: number;
  readonly end: number;
}

/** Asks where in a document a code block goes, and shows each place while its row is the active one. */
export async function pickPlace(
  document: vscode.TextDocument,
  places: readonly Place[],
  block: string,
): Promise<readonly LineEdit[] | undefined> {
  const editor = await vscode.window.showTextDocument(document, { preview: true });
  const mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
  });
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = vscode.l10n.t('Apply Code');
  pick.placeholder = vscode.l10n.t('Where does the code belong?');
  pick.items = rowsOf(document, places, block, editor);
  pick.onDidChangeActive(([row]) => {
    if (row === undefined) return;
    const last = Math.max(row.start, row.end - 1);
    const range = document.validateRange(new vscode.Range(row.start, 0, last, 0));
    editor.setDecorations(mark, [range]);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  });
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]?.edits);
        pick.hide();
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
    mark.dispose();
  }
}

function rowsOf(
  document: vscode.TextDocument,
  places: readonly Place[],
  block: string,
  editor: vscode.TextEditor,
): readonly Row[] {
  const cursor = cursorPlace(document, block, editor);
  const rows = places.map(({ kind, edits, start, end }): Row => {
    const detail = document.lineAt(Math.min(start, document.lineCount - 1)).text.trim();
    switch (kind) {
      case 'whole':
        return { label: vscode.l10n.t('Replace the Whole File'), edits, start, end };
      case 'lines':
      case 'merge':
      case 'add':
        return {
          label: vscode.l10n.t('Replace Lines {0} to {1}', start + 1, end),
          detail,
          edits,
          start,
          end,
        };
      case 'end':
        return { label: vscode.l10n.t('Add at the End'), edits, start, end };
    }
  });
  const at = rows.findIndex((_, index) => places[index]?.kind === 'end');
  return at === -1 ? [...rows, cursor] : [...rows.slice(0, at), cursor, ...rows.slice(at)];
}

/** Over the selected lines, or above the cursor's line; on an empty line in its place. */
function cursorPlace(document: vscode.TextDocument, block: string, editor: vscode.TextEditor): Row {
  const { selection } = editor;
  const start = selection.start.line;
  const line = document.lineAt(start).text;
  const replaces = !selection.isEmpty || line.trim() === '';
  // A selection that ends where a line begins does not mean that line.
  const last =
    selection.end.character === 0 && selection.end.line > start ? selection.end.line : selection.end.line + 1;
  const end = replaces ? last : start;
  const unit = editor.options.insertSpaces === false ? '\t' : Number(editor.options.indentSize ?? 4);
  const own = splitBlock(block);
  const lines = reindent(own, indentOf(line), indentUnit(own) === undefined ? undefined : unit);
  return {
    label: selection.isEmpty
      ? vscode.l10n.t('Insert at the Cursor, Line {0}', start + 1)
      : vscode.l10n.t('Replace the Selection, Lines {0} to {1}', start + 1, end),
    detail: line.trim(),
    edits: [{ start, end, lines }],
    start,
    end,
  };
}
