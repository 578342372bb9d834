import * as vscode from 'vscode';
import { cutText } from '../../core/context/cutText';
import { notebookText, type NotebookCellText } from '../../core/context/notebookText';
import type { CodeAttachment } from '../../shared/conversation/attachment';

/** In UTF-16 units, like a file's. */
const longestNotebook = 60_000;
/** What code prints in colour is text between escape sequences. */
const terminalColours = /\p{Cc}\[[0-9;]{0,20}m/gu;

/** True for a file that VS Code opens as a notebook by default. */
export function isNotebookName({ path }: vscode.Uri): boolean {
  return /\.ipynb$/i.test(path);
}

/** A notebook's cells as an attachment, without the pictures in it. Rejects when VS Code cannot read it as a notebook. */
export async function attachNotebook(uri: vscode.Uri): Promise<CodeAttachment> {
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  const whole = notebookText(notebook.getCells().map(cellText));
  const text = cutText(whole, longestNotebook);
  return {
    kind: 'code',
    id: crypto.randomUUID(),
    scope: 'file',
    name: uri.path.split('/').at(-1) ?? uri.path,
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

/** The plainest form of an output; undefined for one that has no text. */
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
  // A picture's text says only "<Figure size …>".
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
    // Not the form that VS Code documents: as it is.
    return json;
  }
}
