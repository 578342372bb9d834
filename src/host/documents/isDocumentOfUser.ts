import type { Uri } from 'vscode';

/** URI schemes of documents that VS Code or an extension shows and that the user does not edit. */
const readOnlySchemes: ReadonlySet<string> = new Set([
  'output',
  'git',
  'gitfs',
  'review',
  'search-editor',
  'comment',
  'debug',
  'vscode',
  'vscode-settings',
  'vscode-local-history',
  'walkThrough',
  'parley-proposed',
]);

/** True for a document that the user can edit, by its URI scheme. */
export function isDocumentOfUser(uri: Uri): boolean {
  return !readOnlySchemes.has(uri.scheme);
}
