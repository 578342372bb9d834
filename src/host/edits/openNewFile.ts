import * as vscode from 'vscode';
import { namedPaths, type NamedBlock } from '../../core/edits/plan/namedPaths';
import { mayWriteTo } from '../documents/mayWriteTo';
import { findLanguageId } from './findLanguageId';
import { findFilesOfBlock } from '../workspace/findNamedFiles';

/** The least weight of a name that belongs to the block itself. A name in the text before the block may be another file's. */
const leastWeight = 0.75;

/**
 * Opens a code block as an untitled file. If the block names a path in the workspace where no file exists, saving writes it
 * there.
 */
export async function openNewFile(block: NamedBlock): Promise<vscode.TextDocument> {
  const uri = await wantedPath(block);
  const document = await (uri === undefined
    ? vscode.workspace.openTextDocument({ language: await findLanguageId(block.info), content: block.text })
    : openUntitled(uri, block.text));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

async function openUntitled(uri: vscode.Uri, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(document.uri, document.validateRange(all), text.endsWith('\n') ? text : `${text}\n`);
  await vscode.workspace.applyEdit(edit);
  return document;
}

/**
 * The path for the new file. Undefined if the block names none, or if the user does not agree to a file that runs without being
 * asked.
 */
async function wantedPath(block: NamedBlock): Promise<vscode.Uri | undefined> {
  const uri = await freePath(block);
  if (uri === undefined) return undefined;
  return (await mayWriteTo(uri, vscode.l10n.t('Open Anyway'))) ? uri : undefined;
}

/** The path that the block names, if it is in the workspace and no file exists there; otherwise undefined. */
export async function freePath(block: NamedBlock): Promise<vscode.Uri | undefined> {
  for (const { path, weight } of namedPaths(block)) {
    if (weight < leastWeight) break;
    // Code goes into a notebook's cell, not into the file: only JSON can be a notebook file.
    if (/\.ipynb$/i.test(path) && !block.text.trimStart().startsWith('{')) continue;
    const places = await findFilesOfBlock(path);
    const [place] = places;
    if (place !== undefined && places.every(({ exists }) => !exists) && !isOpen(place.uri)) return place.uri;
  }
  return undefined;
}

/** True if an untitled file with this path is open. It may have the user's work. */
function isOpen(uri: vscode.Uri): boolean {
  const untitled = uri.with({ scheme: 'untitled' }).toString();
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === untitled);
}
