/**
 * What VS Code's context menu learns about a message: the value of its `data-vscode-context`. The
 * menus in package.json ask for `webviewSection` and `messageRole`; their commands get the whole.
 */
export function messageContext(messageId: string, messageRole: 'user' | 'assistant'): string {
  return JSON.stringify({
    webviewSection: 'message',
    messageId,
    messageRole,
    preventDefaultContextMenuItems: false,
  });
}
