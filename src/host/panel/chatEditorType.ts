/** The type of the webview panels that show chats in editor tabs, in package.json too. */
export const chatEditorType = 'parley.chatEditor';
