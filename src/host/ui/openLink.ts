import * as vscode from 'vscode';

/** Schemes that a link in an answer may open. `command:` and all others are dead text. */
const openableSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Opens a link of an answer outside, after VS Code's own question. Anything but the web and mail is ignored. */
export async function openLink(href: string): Promise<void> {
  const url = URL.parse(href);
  if (url === null || !openableSchemes.has(url.protocol)) return;
  // What was looked at is what is opened: VS Code reads an address less leniently than browsers do.
  await vscode.env.openExternal(vscode.Uri.parse(url.href, true));
}
