/**
 * The address of a link if it may be opened; undefined for a link that stays plain text. Only web and mail addresses
 * may be opened: `command:`, `javascript:`, `data:`, `vscode:`, `file:` and relative addresses in a model's answer
 * could act on the user's machine or carry data away.
 */
export function linkTarget(href: string): string | undefined {
  return /^(?:https?:\/\/|mailto:)[^\s]/i.test(href) ? href : undefined;
}

/** The host of a web address, which tells the user where a picture would come from; '' if there is none. */
export function linkHost(href: string): string {
  return URL.canParse(href) ? new URL(href).host : '';
}
