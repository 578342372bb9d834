import * as vscode from 'vscode';
import { hashText } from '../../core/codebase/hashText';
import type { Hit } from '../../core/codebase/searchSegments';
import { selectPassages } from '../../core/codebase/selectPassages';
import { baseName } from '../../core/text/baseName';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { attachRange } from '../context/attachSelections';
import type { ContextGuard } from '../workspace/contextGuard';

/**
 * Reads the code that was found, as attachments, best first. The index may be older than the files: a hit whose text is no
 * longer at its place is left out, as is one in a file that must not be attached any more.
 */
export async function readPassages(
  hits: readonly Hit[],
  guard: Pick<ContextGuard, 'listable'>,
): Promise<CodeAttachment[]> {
  const uris = [...new Set(hits.map(({ uri }) => uri))].map((uri) => vscode.Uri.parse(uri, true));
  const documents = new Map<string, vscode.TextDocument>();
  for (const uri of await guard.listable(uris)) {
    const document = await openDocument(uri);
    if (document !== undefined) documents.set(uri.toString(), document);
  }
  const valid = hits.filter(({ uri, start, length, hash }) => {
    const text = documents
      .get(uri)
      ?.getText()
      .slice(start, start + length);
    if (text?.length !== length) return false;
    const [one, other] = hashText(text);
    return one === hash[0] && other === hash[1];
  });
  return selectPassages(valid).flatMap(({ uri, start, end }) => {
    const document = documents.get(uri);
    return document === undefined ? [] : [attachmentOf(document, start, end)];
  });
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // The file was deleted, or VS Code refuses it as binary. It is then not attached.
    return undefined;
  }
}

/** The blank lines after the code are left out. */
function attachmentOf(document: vscode.TextDocument, start: number, end: number): CodeAttachment {
  const { length } = document.getText().slice(start, end).trimEnd();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + length));
  return attachRange(document, range, 'selection', baseName(document.uri.path));
}
