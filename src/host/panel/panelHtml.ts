import { randomBytes } from 'node:crypto';
import { Uri, env, l10n, workspace, type Webview } from 'vscode';

/**
 * The panel's page. The policy lets in our own bundle and nothing else: scripts by nonce (which
 * their lazily loaded chunks inherit), styles and fonts from the extension, pictures from the
 * extension, and pictures, sounds and videos from data that is already here.
 *
 * @param viewState What the views remembered, for it to check.
 * @param tab The key of the editor tab; undefined for the side bar.
 */
export function panelHtml(webview: Webview, extensionUri: Uri, viewState: unknown, tab?: string): string {
  const nonce = randomBytes(16).toString('base64');
  const asset = (name: string): string =>
    webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
    'media-src data: blob:',
  ].join('; ');
  const chat = workspace.getConfiguration('chat');
  const bootstrap = {
    language: env.language,
    bundle: l10n.bundle ?? {},
    chatFont: { size: chat.get('fontSize', 13), family: chat.get('fontFamily', 'default') },
    viewState,
    tab,
  };
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${asset('webview.css')}">
<title>Parley</title>
</head>
<body>
<div id="root"></div>
<script type="application/json" id="parley-bootstrap">${escapeScript(JSON.stringify(bootstrap))}</script>
<script type="module" nonce="${nonce}" src="${asset('webview.js')}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** Inside a script element only `<` can end the element. */
function escapeScript(json: string): string {
  return json.replaceAll('<', String.raw`\u003c`);
}
