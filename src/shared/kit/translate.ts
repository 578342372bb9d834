/**
 * Translates an English message into the user's language and replaces `{0}`, `{1}` … by the arguments. The host uses
 * `vscode.l10n.t`; the webview uses the same bundle with `createTranslate`.
 */
export type Translate = (message: string, ...parameters: (string | number)[]) => string;

/** Creates a translator from a bundle (English message → translation). A message without a translation stays English. */
export function createTranslate(bundle: Readonly<Record<string, string>>): Translate {
  return (message, ...parameters) =>
    (Object.hasOwn(bundle, message) ? (bundle[message] ?? message) : message).replaceAll(
      /\{(\d+)\}/g,
      (placeholder, index: string) => String(parameters[Number(index)] ?? placeholder),
    );
}
