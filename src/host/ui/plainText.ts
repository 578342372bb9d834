/**
 * Escapes a file name or another untrusted text for a VS Code notification or input box. These render `[text](command:…)` as a
 * link that runs a command, and a file can have such a name.
 */
export function plainText(text: string): string {
  return text.replaceAll('](', '] (');
}
