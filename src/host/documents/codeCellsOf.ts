import * as vscode from 'vscode';

/** The URI scheme of notebook cells. */
const cellScheme = 'vscode-notebook-cell';

/**
 * True for a notebook file. VS Code writes its text from the cells, so code goes into a cell and not into the file. False if the
 * user has opened the file as text.
 */
export function isNotebookFile(uri: vscode.Uri): boolean {
  if (uri.scheme === cellScheme) return false;
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: ofGroup }) => ofGroup);
  const isText = tabs.some(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
  if (isText) return false;
  return (
    /\.ipynb$/i.test(uri.path) ||
    vscode.workspace.notebookDocuments.some((notebook) => notebook.uri.toString() === uri.toString())
  );
}

/** The documents of a notebook's code cells, in order. Empty if VS Code cannot read the file as a notebook. */
export async function codeCellsOf(notebook: vscode.Uri): Promise<readonly vscode.Uri[]> {
  try {
    return codeCells(await vscode.workspace.openNotebookDocument(notebook));
  } catch {
    // The file is damaged, or no extension for this kind of notebook is enabled.
    return [];
  }
}

/** The documents of the code cells of all notebooks that are open in a tab. */
export function openCells(): readonly vscode.Uri[] {
  const open = new Set(
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(({ input }) => (input instanceof vscode.TabInputNotebook ? [input.uri.toString()] : [])),
  );
  return vscode.workspace.notebookDocuments.filter(({ uri }) => open.has(uri.toString())).flatMap(codeCells);
}

/** The document of the selected cell in the active notebook editor; undefined without a selected cell. */
export function activeCell(): vscode.Uri | undefined {
  const editor = vscode.window.activeNotebookEditor;
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  return editor.notebook.cellAt(editor.selection.start).document.uri;
}

/** The notebook cell with this document URI; undefined for other documents. */
export function cellOf(uri: vscode.Uri): vscode.NotebookCell | undefined {
  if (uri.scheme !== cellScheme) return undefined;
  return vscode.workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find(({ document }) => document.uri.toString() === uri.toString());
}

/** Shows a cell's notebook and selects the cell. */
export async function showCell(cell: vscode.NotebookCell): Promise<void> {
  const selection = new vscode.NotebookRange(cell.index, cell.index + 1);
  const editor = await vscode.window.showNotebookDocument(cell.notebook, { selections: [selection] });
  editor.revealRange(selection, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
}

/**
 * Adds a code cell at the end of a notebook and shows it. One undo removes it.
 *
 * @returns false if VS Code refused the edit.
 */
export async function addCell(notebook: vscode.Uri, text: string, languageId: string): Promise<boolean> {
  const document = await vscode.workspace.openNotebookDocument(notebook);
  const index = document.cellCount;
  const edit = new vscode.WorkspaceEdit();
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, languageId);
  edit.set(document.uri, [vscode.NotebookEdit.insertCells(index, [cell])]);
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  await showCell(document.cellAt(index));
  return true;
}

function codeCells(notebook: vscode.NotebookDocument): readonly vscode.Uri[] {
  return notebook
    .getCells()
    .filter(({ kind }) => kind === vscode.NotebookCellKind.Code)
    .map(({ document }) => document.uri);
}
