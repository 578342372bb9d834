/**
 * Turns an English message into the user's language and fills `{0}`, `{1}` … with the arguments.
 * The host's is `vscode.l10n.t`; the webview gets the same bundle (see `createTranslate`).
 */
export type Translate = (message: string, ...parameters: (string | number)[]) => string;

/** Makes a translator over one bundle (English message → translation). Missing messages stay English. */
export function createTranslate(bundle: Readonly<Record<string, string>>): Translate {
  return (message, ...parameters) =>
    (Object.hasOwn(bundle, message) ? (bundle[message] ?? message) : message).replaceAll(
      /\{(\d+)\}/g,
      (placeholder, index: string) => String(parameters[Number(index)] ?? placeholder),
    );
}
