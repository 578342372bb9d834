import * as vscode from 'vscode';
import type { Place } from '../../core/edits/lines/applyPlan';
import { indentUnit, reindent } from '../../core/edits/lines/adaptIndentation';
import { splitBlock, type LineEdit } from '../../core/edits/lines/lineEdit';
import { indentOf } from '../../core/edits/lines/plainLine';
import { chosenRow, showPicker } from '../ui/showPicker';

/** What the user chose: the edits of a place, or to ask the model. Undefined if the user cancelled. */
type PlaceChoice = readonly LineEdit[] | 'ask-model' | undefined;

interface Row extends vscode.QuickPickItem {
  readonly choice: PlaceChoice;
  readonly start: number;
  readonly end: number;
}

/**
 * Asks where in a document a code block goes. The editor highlights the place of the active row.
 *
 * @param block The text to insert at the cursor; undefined for a block that cannot be inserted, such as a diff.
 * @param mayAsk True offers to ask the model for the exact edit.
 */
export async function pickPlace(
  document: vscode.TextDocument,
  places: readonly Place[],
  block: string | undefined,
  mayAsk: boolean,
): Promise<PlaceChoice> {
  const editor = await vscode.window.showTextDocument(document, { preview: true });
  const mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
  });
  const ask = mayAsk ? [askRow()] : [];
  const showActive = (row: Row | undefined): void => {
    if (row === undefined || row.choice === 'ask-model') {
      editor.setDecorations(mark, []);
      return;
    }
    const last = Math.max(row.start, row.end - 1);
    const range = document.validateRange(new vscode.Range(row.start, 0, last, 0));
    editor.setDecorations(mark, [range]);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  };
  try {
    return await showPicker<Row, NonNullable<PlaceChoice>>(({ picker, subscriptions, answer }) => {
      picker.title = vscode.l10n.t('Apply Code');
      picker.placeholder = vscode.l10n.t('Select where the code goes');
      picker.items = [...rowsOf(document, places, block, editor), ...ask];
      subscriptions.add(
        picker.onDidChangeActive(([row]) => {
          showActive(row);
        }),
      );
      subscriptions.add(
        picker.onDidAccept(() => {
          answer(chosenRow(picker)?.choice);
        }),
      );
    });
  } finally {
    mark.dispose();
  }
}

function askRow(): Row {
  return {
    label: vscode.l10n.t('Ask the Model for the Exact Edit'),
    detail: vscode.l10n.t('Sends the code and this file, or the relevant part of it.'),
    iconPath: new vscode.ThemeIcon('comment-discussion'),
    choice: 'ask-model',
    start: 0,
    end: 0,
  };
}

function rowsOf(
  document: vscode.TextDocument,
  places: readonly Place[],
  block: string | undefined,
  editor: vscode.TextEditor,
): readonly Row[] {
  const rows = places.map((place): Row => {
    const { edits, start, end } = place;
    return { label: labelOf(place), detail: detailOf(document, place), choice: edits, start, end };
  });
  if (block === undefined) return rows;
  const cursor = cursorPlace(document, block, editor);
  const at = rows.findIndex((_, index) => places[index]?.kind === 'end');
  return at === -1 ? [...rows, cursor] : [...rows.slice(0, at), cursor, ...rows.slice(at)];
}

function labelOf({ kind, start, end }: Place): string {
  switch (kind) {
    case 'whole':
      return vscode.l10n.t('Replace the Whole File');
    case 'merge':
      return vscode.l10n.t('Merge into Lines {0} to {1}', start + 1, Math.max(end, start + 1));
    case 'lines':
      return vscode.l10n.t('Replace Lines {0} to {1}', start + 1, end);
    case 'end':
      return vscode.l10n.t('Add at the End');
  }
}

/** The first lines that an edit would remove without the block showing them; otherwise the first line of the place. */
function detailOf(document: vscode.TextDocument, { kind, start, vanishing }: Place): string {
  const textOf = (line: number): string =>
    document
      .lineAt(Math.min(line, document.lineCount - 1))
      .text.trim()
      .slice(0, 60);
  if (vanishing === undefined || vanishing.length === 0)
    return kind === 'end' || kind === 'whole' ? '' : textOf(start);
  const shown = vanishing.slice(0, 3).map(textOf).join(' · ');
  return vscode.l10n.t('Removes {0} lines that the code does not show: {1}', vanishing.length, shown);
}

/** The row for the cursor: replaces the selected lines or an empty line, or inserts above the cursor's line. */
function cursorPlace(document: vscode.TextDocument, block: string, editor: vscode.TextEditor): Row {
  const { selection } = editor;
  const start = selection.start.line;
  const line = document.lineAt(start).text;
  const replaces = !selection.isEmpty || line.trim() === '';
  // A selection that ends at the start of a line does not include that line.
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
    choice: [{ start, end, lines }],
    start,
    end,
  };
}
