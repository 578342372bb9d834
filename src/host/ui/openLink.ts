import * as vscode from 'vscode';

/** The schemes that a link in an answer may open. All others, such as `command:`, are ignored. */
const openableSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Opens a web or mail link of an answer outside VS Code, which asks the user first. Ignores all other links. */
export async function openLink(href: string): Promise<void> {
  const url = URL.parse(href);
  if (url === null || !openableSchemes.has(url.protocol)) return;
  // Opens the parsed form, so that the checked URL is the one that is opened: VS Code's parser is stricter than this one.
  await vscode.env.openExternal(vscode.Uri.parse(url.href, true));
}
