import * as vscode from 'vscode';
import { namedPaths, type NamedBlock } from '../../core/edits/plan/namedPaths';
import { mayWriteTo } from './mayWriteTo';
import { languageId } from './languageId';
import { findFilesOfBlock } from '../workspace/findNamedFiles';

/** A name as sure as this is meant as the block's own; words before a block may speak of another file. */
const sureName = 0.75;

/**
 * Opens a code block as a new file that is not saved yet. When the block names a path of the workspace where nothing is yet,
 * saving it puts it there.
 */
export async function openNewFile(block: NamedBlock): Promise<vscode.TextDocument> {
  const uri = await wantedPath(block);
  const document = await (uri === undefined
    ? vscode.workspace.openTextDocument({ language: await languageId(block.info), content: block.text })
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

/** Without the user's word nothing goes where it would be acted on by itself; the file then has no name yet. */
async function wantedPath(block: NamedBlock): Promise<vscode.Uri | undefined> {
  const uri = await freePath(block);
  if (uri === undefined) return undefined;
  return (await mayWriteTo(uri, vscode.l10n.t('Open It There'))) ? uri : undefined;
}

/** Where the block wants to be, when that is in the workspace and nothing is there; undefined otherwise. */
export async function freePath(block: NamedBlock): Promise<vscode.Uri | undefined> {
  for (const { path, weight } of namedPaths(block)) {
    if (weight < sureName) break;
    // Code is not the text of a notebook's file.
    if (/\.ipynb$/i.test(path) && !block.text.trimStart().startsWith('{')) continue;
    const places = await findFilesOfBlock(path);
    const [place] = places;
    if (place !== undefined && places.every(({ exists }) => !exists) && !isOpen(place.uri)) return place.uri;
  }
  return undefined;
}

/** An unsaved file of this name is the user's work. */
function isOpen(uri: vscode.Uri): boolean {
  const untitled = uri.with({ scheme: 'untitled' }).toString();
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === untitled);
}
