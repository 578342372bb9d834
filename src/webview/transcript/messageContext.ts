/**
 * What VS Code's context menu learns about a message: the value of its `data-vscode-context`. The
 * menus in package.json ask for `webviewSection`, `messageRole` and `messageSettled`; their commands get
 * the whole. A message is settled when nothing more comes of it and no other stands beside it to pick from.
 */
export function messageContext(
  messageId: string,
  messageRole: 'user' | 'assistant',
  messageSettled: boolean,
): string {
  return JSON.stringify({
    webviewSection: 'message',
    messageId,
    messageRole,
    messageSettled,
    preventDefaultContextMenuItems: false,
  });
}
