import * as vscode from 'vscode';
import { importedPaths } from '../../core/completions/importedPaths';
import type { TestedFile } from '../../core/failingTests/failingTestMessages';
import { splitText } from '../../core/edits/lines/lineEdit';
import type { ContextGuard } from '../workspace/contextGuard';

/** The most files beside the test's, and the longest, in UTF-16 units. */
const mostFiles = 6;
const longestFile = 400_000;
/** How many lines of the test's file are searched for imports. */
const importLines = 200;

/** A file with its document. */
export interface OpenedFile extends TestedFile {
  readonly document: vscode.TextDocument;
}

/**
 * Opens the file of a test, and the workspace's files that the test uses: those in the stack, then those that it imports. Files that
 * are hidden, may hold secrets or are outside the workspace are left out; for the test's own file the user is asked.
 *
 * @param places The file of the test first.
 * @returns Empty if the file of the test cannot be read or the user does not want to send it.
 */
export async function testedFiles(
  places: readonly { readonly uri: vscode.Uri; readonly line: number }[],
  guard: ContextGuard,
): Promise<readonly OpenedFile[]> {
  const [own, ...called] = unique(places);
  const test = own && (await open(own.uri, own.line));
  if (test === undefined || !(await guard.admits(test.document.uri, 'editor'))) return [];
  const others = unique([...called, ...(await imported(test.document))]).filter(
    ({ uri }) => uri.toString() !== test.document.uri.toString(),
  );
  const listable = await guard.listable(others.map(({ uri }) => uri));
  const files: OpenedFile[] = [test];
  for (const { uri, line } of others) {
    if (files.length > mostFiles) break;
    const file = listable.has(uri) ? await open(uri, line) : undefined;
    if (file !== undefined) files.push(file);
  }
  return files;
}

/** The files that exist of those that a file imports. A workspace that is not trusted could mislead the model with them. */
async function imported(
  document: vscode.TextDocument,
): Promise<readonly { readonly uri: vscode.Uri; readonly line: number }[]> {
  if (!vscode.workspace.isTrusted) return [];
  const head = document.getText(new vscode.Range(0, 0, importLines, 0));
  const found: { uri: vscode.Uri; line: number }[] = [];
  for (const candidates of importedPaths(head, document.languageId)) {
    for (const path of candidates) {
      const uri = vscode.Uri.joinPath(document.uri, '..', path);
      if (!(await isFile(uri))) continue;
      found.push({ uri, line: 0 });
      break;
    }
  }
  return found;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    // An import may leave out the ending, so that most of its paths do not exist.
    return false;
  }
}

async function open(uri: vscode.Uri, line: number): Promise<OpenedFile | undefined> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    if (text.length > longestFile) return undefined;
    const { languageId } = document;
    return {
      document,
      path: vscode.workspace.asRelativePath(uri),
      lines: splitText(text).lines,
      languageId,
      line,
    };
  } catch {
    // The file was deleted, is binary or is a folder.
    return undefined;
  }
}

function unique<Place extends { readonly uri: vscode.Uri }>(places: readonly Place[]): readonly Place[] {
  // The first place of each file counts.
  return [
    ...new Map(places.toReversed().map((place) => [place.uri.toString(), place])).values(),
  ].toReversed();
}
