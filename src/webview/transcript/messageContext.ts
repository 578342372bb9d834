/**
 * The context of a message for VS Code's context menu: the value of its `data-vscode-context`. The menus in
 * package.json test `webviewSection`, `messageRole` and `messageSettled`; their commands get the whole object. A
 * message is settled if it no longer changes and no other answer is displayed beside it to pick from.
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
