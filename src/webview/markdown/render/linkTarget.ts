/**
 * The address of a link that may be opened, or undefined for one that stays dead text. Only the web
 * and mail may be opened: `command:`, `javascript:`, `data:`, `vscode:`, `file:` and relative
 * addresses from a model's answer could act on the user's machine or carry data.
 */
export function linkTarget(href: string): string | undefined {
  return /^(?:https?:\/\/|mailto:)[^\s]/i.test(href) ? href : undefined;
}

/** The host of a web address, for showing where a picture would come from; '' when there is none. */
export function linkHost(href: string): string {
  return URL.canParse(href) ? new URL(href).host : '';
}
