/**
 * What Parley's host needs of VS Code, in a process without one: it does little, notes whatever would have left the extension, and
 * has a person in front of it who says no to everything, or yes. Stands in for the module `vscode`; names are VS Code's.
 */
import { noteEffect } from '../effects';
import type { TextDocument } from './documents';
import { stage } from './stage';
import type { Uri } from './uri';
import { nothing } from './values';

export * from './values';
export { Uri } from './uri';
export { window } from './window';
export { workspace } from './workspace';

/** As in VS Code. */
export const commands: Readonly<Record<string, unknown>> = {
  registerCommand: (id: string, run: (...parameters: unknown[]) => unknown) => {
    stage().commands.set(id, run);
    return nothing;
  },
  executeCommand: (name: string, ...parameters: readonly unknown[]) => {
    noteEffect(`command ${name}`, parameters.map(String).join(' '));
    return Promise.resolve(undefined);
  },
};

/** As in VS Code. */
export const languages: Readonly<Record<string, unknown>> = {
  getDiagnostics: () => [],
  getLanguages: () => Promise.resolve(['typescript', 'json', 'shellscript']),
  registerCodeLensProvider: () => nothing,
  registerHoverProvider: () => nothing,
  registerCodeActionsProvider: () => nothing,
  registerInlineCompletionItemProvider: () => nothing,
  setTextDocumentLanguage: (document: TextDocument) => Promise.resolve(document),
};

/** As in VS Code. */
export const extensions: Readonly<Record<string, unknown>> = { getExtension: () => undefined };

/** A VS Code without the API for language models. */
export const lm = undefined;

/** As in VS Code. */
export const l10n: Readonly<Record<string, unknown>> = {
  bundle: undefined,
  t: (message: string, ...values: readonly unknown[]) =>
    message.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
};

/** As in VS Code. */
export const env: Readonly<Record<string, unknown>> = {
  language: 'en',
  remoteName: undefined,
  appRoot: '/nowhere',
  shell: '/bin/zsh',
  clipboard: {
    readText: () => {
      noteEffect('read clipboard');
      return Promise.resolve('');
    },
    writeText: (text: string) => {
      noteEffect('write clipboard', text);
      return Promise.resolve();
    },
  },
  openExternal: (uri: Uri) => {
    noteEffect('open outside', uri);
    return Promise.resolve(true);
  },
};
