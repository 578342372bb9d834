import * as vscode from 'vscode';

/** Schemes that a link in an answer may open. `command:` and all others are dead text. */
const openableSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Opens a link of an answer outside, after VS Code's own question. Anything but the web and mail is ignored. */
export async function openLink(href: string): Promise<void> {
  if (!URL.canParse(href) || !openableSchemes.has(new URL(href).protocol)) return;
  await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
