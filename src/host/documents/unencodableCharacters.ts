import * as vscode from 'vscode';
import { plainText } from '../ui/plainText';

/** The most characters that a message names. */
const mostNamed = 5;
const notASCII = /[^\0-\x7f]/gu;

/**
 * Finds the characters of a text that the document's encoding does not have, without duplicates, at most five. VS Code would save
 * "?" or another character in their place, without a warning.
 */
export async function unencodableCharacters(
  { encoding }: vscode.TextDocument,
  text: string,
): Promise<readonly string[]> {
  if (await survives(text, encoding)) return [];
  const distinct = new Set(Array.from(text.matchAll(notASCII), ([character]) => character));
  const lost: string[] = [];
  for (const character of distinct) {
    if (lost.length === mostNamed) break;
    if (!(await survives(character, encoding))) lost.push(character);
  }
  return lost;
}

/**
 * Checks that a document was read in the encoding of its file. Otherwise saving an accepted change would damage other lines.
 *
 * @returns false if the encoding is wrong. A message then tells the user.
 */
export async function isDecodedCorrectly(document: vscode.TextDocument): Promise<boolean> {
  if (!(await isDecodedWithLoss(document))) return true;
  const choose = vscode.l10n.t('Choose Encoding');
  const name = plainText(vscode.workspace.asRelativePath(document.uri));
  const message = vscode.l10n.t(
    'VS Code reads {0} with the encoding {1}, but the file has another one. Choose its encoding, then apply the code again.',
    name,
    document.encoding,
  );
  void vscode.window.showWarningMessage(message, choose).then(async (answer) => {
    if (answer !== choose) return;
    await vscode.window.showTextDocument(document, { preview: false });
    await vscode.commands.executeCommand('workbench.action.editor.changeEncoding');
  });
  return false;
}

/**
 * True if the file has bytes that are invalid in the document's encoding: saving it would write other bytes. False for a document
 * that is not on disk.
 */
async function isDecodedWithLoss({ uri, encoding }: vscode.TextDocument): Promise<boolean> {
  if (uri.scheme === 'untitled') return false;
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes.every((byte) => byte < 0x80)) return false;
    const text = await vscode.workspace.decode(bytes, { encoding });
    if (!text.includes('\uFFFD')) return false;
    const again = await vscode.workspace.encode(text, { encoding });
    return !Buffer.from(again).equals(Buffer.from(bytes));
  } catch {
    // A notebook cell, or a document without a file.
    return false;
  }
}

async function survives(text: string, encoding: string): Promise<boolean> {
  const bytes = await vscode.workspace.encode(text, { encoding });
  return (await vscode.workspace.decode(bytes, { encoding })) === text;
}
