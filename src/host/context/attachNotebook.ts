import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { cutText } from '../../core/text/cutText';
import { notebookText, type NotebookCellText } from '../../core/context/notebookText';
import type { CodeAttachment } from '../../shared/conversation/attachment';

/** The longest text that is attached, in UTF-16 units; the same limit as for other files. */
const longestNotebook = 60_000;
/** ANSI escape sequences that colour printed text. */
const terminalColours = /\p{Cc}\[[0-9;]{0,20}m/gu;

/** True if VS Code opens the file as a notebook by default. */
export function isNotebookName({ path }: vscode.Uri): boolean {
  return /\.ipynb$/i.test(path);
}

/**
 * Attaches a notebook's cells and their text output, as Markdown without pictures.
 *
 * @throws an error of VS Code if it cannot read the file as a notebook.
 */
export async function attachNotebook(uri: vscode.Uri): Promise<CodeAttachment> {
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  const whole = notebookText(notebook.getCells().map(cellText));
  const text = cutText(whole, longestNotebook);
  return {
    kind: 'code',
    id: crypto.randomUUID(),
    scope: 'file',
    name: baseName(uri.path),
    path: vscode.workspace.asRelativePath(uri),
    uri: uri.toString(),
    languageId: 'markdown',
    startLine: 1,
    endLine: text.split('\n').length,
    text,
    truncated: text.length < whole.length,
  };
}

function cellText({ kind, document, outputs }: vscode.NotebookCell): NotebookCellText {
  const text = document.getText();
  if (kind === vscode.NotebookCellKind.Markup) {
    return { kind: 'markdown', text, languageId: '', outputs: [], others: 0 };
  }
  const texts = outputs.map(({ items }) => outputText(items));
  return {
    kind: 'code',
    text,
    languageId: document.languageId,
    outputs: texts.filter((output) => output !== undefined),
    others: texts.filter((output) => output === undefined).length,
  };
}

/** The plain text of a cell output; undefined if the output has no text or is a picture. */
function outputText(items: readonly vscode.NotebookCellOutputItem[]): string | undefined {
  const wanted = [
    'application/vnd.code.notebook.error',
    'application/vnd.code.notebook.stdout',
    'application/vnd.code.notebook.stderr',
    'text/plain',
  ];
  const item = wanted
    .map((mime) => items.find((each) => each.mime === mime))
    .find((each) => each !== undefined);
  // The text form of a picture is only "<Figure size …>".
  const isPicture = items.some(({ mime }) => mime.startsWith('image/'));
  if (item === undefined || isPicture) return undefined;
  const text = new TextDecoder().decode(item.data);
  return (item.mime.endsWith('.error') ? errorText(text) : text).replaceAll(terminalColours, '');
}

function errorText(json: string): string {
  try {
    const { name, message, stack } = JSON.parse(json) as Partial<Record<string, unknown>>;
    const heading = [name, message].filter((part) => typeof part === 'string').join(': ');
    return typeof stack === 'string' && stack !== '' ? stack : heading;
  } catch {
    // Not the documented form of an error output: use it as it is.
    return json;
  }
}
