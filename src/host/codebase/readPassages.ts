import * as vscode from 'vscode';
import { hashText } from '../../core/codebase/hashText';
import type { Hit } from '../../core/codebase/searchSegments';
import { selectPassages } from '../../core/codebase/selectPassages';
import { baseName } from '../../core/text/baseName';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { attachRange } from '../context/attachSelections';
import type { ContextGuard } from '../workspace/contextGuard';
import { readWorkspaceText } from '../workspace/readWorkspaceText';
import { largestIndexedFile } from './readCodebaseFiles';

/** A file of the workspace, with the text that the index has its offsets from. */
interface PassageFile {
  readonly document: vscode.TextDocument;
  readonly text: string;
  /** The place of an offset of the text in the document. */
  readonly positionAt: (offset: number) => vscode.Position;
}

/**
 * Reads the code that was found, as attachments, best first. The index may be older than the files: a hit whose text is no
 * longer at its place is left out, as is one in a file that must not be attached any more.
 */
export async function readPassages(
  hits: readonly Hit[],
  guard: Pick<ContextGuard, 'listable'>,
): Promise<CodeAttachment[]> {
  const uris = [...new Set(hits.map(({ uri }) => uri))].map((uri) => vscode.Uri.parse(uri, true));
  const files = new Map<string, PassageFile>();
  for (const uri of await guard.listable(uris)) {
    const file = await openFile(uri);
    if (file !== undefined) files.set(uri.toString(), file);
  }
  const valid = hits.filter((hit) => isAtItsPlace(hit, files.get(hit.uri)?.text));
  return selectPassages(valid).flatMap(({ uri, start, end }) => {
    const file = files.get(uri);
    return file === undefined ? [] : [attachmentOf(file, start, end)];
  });
}

function isAtItsPlace({ start, length, hash }: Hit, whole: string | undefined): boolean {
  const text = whole?.slice(start, start + length);
  if (text?.length !== length) return false;
  const [one, other] = hashText(text);
  return one === hash[0] && other === hash[1];
}

/** Opens a file; undefined if it was deleted, or if VS Code refuses it as binary. It is then not attached. */
async function openFile(uri: vscode.Uri): Promise<PassageFile | undefined> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    const stored = await storedTextOf(document);
    return stored === undefined
      ? { document, text, positionAt: (offset) => document.positionAt(offset) }
      : { document, text: stored, positionAt: (offset) => lineAndColumn(stored, offset) };
  } catch {
    return undefined;
  }
}

/**
 * The text of a file on the disk if only its line ends differ from those of the document: VS Code gives all lines of a document the
 * same ends, but the index has the offsets of the file. Undefined if the texts are the same, or if they differ in more.
 */
async function storedTextOf(document: vscode.TextDocument): Promise<string | undefined> {
  if (document.isDirty) return undefined;
  const stored = await readWorkspaceText(document.uri, largestIndexedFile);
  const shown = document.getText();
  if (stored === undefined || stored === shown) return undefined;
  return withOneLineEnd(stored) === withOneLineEnd(shown) ? stored : undefined;
}

function withOneLineEnd(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

/** The position of an offset in a text whose lines end with any of VS Code's line ends: CR LF, LF or CR. */
function lineAndColumn(text: string, offset: number): vscode.Position {
  let line = 0;
  let start = 0;
  for (let at = 0; at < offset; at += 1) {
    const unit = text.charAt(at);
    if (unit !== '\n' && (unit !== '\r' || text.charAt(at + 1) === '\n')) continue;
    line += 1;
    start = at + 1;
  }
  return new vscode.Position(line, offset - start);
}

/** The blank lines after the code are left out. */
function attachmentOf(
  { document, text, positionAt }: PassageFile,
  start: number,
  end: number,
): CodeAttachment {
  const { length } = text.slice(start, end).trimEnd();
  const range = new vscode.Range(positionAt(start), positionAt(start + length));
  return attachRange(document, range, 'selection', baseName(document.uri.path));
}
