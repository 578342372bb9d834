import { join } from 'node:path';
import type * as vscode from 'vscode';
import { noteEffect } from '../effects';
import { editorOf, openTextDocument, opened, type TextDocument } from './documents';
import { stage } from './stage';
import { Uri } from './uri';
import { webviewTab } from './webviewView';
import { EventEmitter, never, nothing, QuickPickItemKind } from './values';

/** A message with buttons is a question. */
function showMessage(text: string, ...others: readonly (string | object | undefined)[]): Promise<unknown> {
  const items = others.filter((item) => typeof item === 'string' || (item !== undefined && 'title' in item));
  noteEffect(items.length > 0 ? 'ask' : 'tell', text);
  return Promise.resolve(stage().saysYes ? items[0] : undefined);
}

interface Row {
  readonly kind?: number;
}

/** How many lists were shown. The person leaves each fourth one, because some lists come back after each action. */
let lists = 0;

/** A list or a box that the person closes at once, after having chosen something or not. */
function createPrompt(kind: string): Record<string, unknown> {
  const accepted = new EventEmitter<undefined>();
  const hidden = new EventEmitter<undefined>();
  const prompt: Record<string, unknown> & { items: Row[] } = {
    items: [],
    value: '',
    activeItems: [],
    selectedItems: [],
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    onDidChangeActive: never,
    onDidChangeValue: never,
    onDidChangeSelection: never,
    onDidTriggerItemButton: never,
    onDidTriggerButton: never,
    dispose: () => undefined,
    hide: () => {
      hidden.fire(undefined);
    },
    show: () => {
      noteEffect('ask', kind);
      setImmediate(() => {
        const rows = prompt.items.filter((item) => item.kind !== QuickPickItemKind.Separator);
        prompt['selectedItems'] = rows.slice(0, prompt['canSelectMany'] === true ? 2 : 1);
        if (kind === 'box')
          prompt['value'] = prompt['password'] === true ? 'sk-guards-0123456789abcdef' : stage().baseUrl;
        if (kind === 'list') lists += 1;
        if (stage().saysYes && (kind !== 'list' || lists % 4 !== 0)) accepted.fire(undefined);
        // What was typed is checked first, which takes a moment.
        setTimeout(
          () => {
            hidden.fire(undefined);
          },
          stage().saysYes ? 50 : 0,
        );
      });
    },
  };
  return prompt;
}

/** As `vscode.window`, with a person in front of it who is always of one mind. */
export const window: Readonly<Record<string, unknown>> = {
  get activeTextEditor(): object {
    return editorOf(opened());
  },
  get visibleTextEditors(): readonly object[] {
    return [editorOf(opened())];
  },
  activeNotebookEditor: undefined,
  activeTerminal: undefined,
  tabGroups: {
    all: [],
    activeTabGroup: { activeTab: undefined },
    close: () => Promise.resolve(true),
    onDidChangeTabs: never,
    onDidChangeTabGroups: never,
  },
  onDidChangeActiveTextEditor: never,
  onDidStartTerminalShellExecution: never,
  onDidEndTerminalShellExecution: never,
  createOutputChannel: () => {
    const log = (line: string): void => {
      noteEffect('log', line);
    };
    return {
      info: log,
      warn: log,
      error: log,
      show: () => {
        noteEffect('show log');
      },
      dispose: () => undefined,
    };
  },
  createStatusBarItem: () => ({ show: () => undefined, hide: () => undefined, dispose: () => undefined }),
  createTextEditorDecorationType: () => nothing,
  createQuickPick: () => createPrompt('list'),
  createInputBox: () => createPrompt('box'),
  createTerminal: () => {
    noteEffect('open terminal');
    return {
      name: 'sh',
      state: {},
      shellIntegration: {},
      show: () => undefined,
      sendText: (text: string, presses = true) => {
        noteEffect(presses ? 'run in terminal' : 'type in terminal', text);
      },
    };
  },
  registerWebviewViewProvider: (_id: string, provider: vscode.WebviewViewProvider) => {
    stage().provider = provider;
    return nothing;
  },
  registerWebviewPanelSerializer: () => nothing,
  createWebviewPanel: () => {
    noteEffect('open tab');
    return webviewTab();
  },
  showInformationMessage: showMessage,
  showWarningMessage: showMessage,
  showErrorMessage: showMessage,
  showQuickPick: async (
    items: readonly Row[] | Promise<readonly Row[]>,
    options?: { canPickMany?: boolean },
  ) => {
    noteEffect('ask', 'list');
    const rows = (await items).filter(({ kind }) => kind !== QuickPickItemKind.Separator);
    if (!stage().saysYes) return undefined;
    return options?.canPickMany === true ? rows.slice(0, 1) : rows[0];
  },
  showInputBox: () => {
    noteEffect('ask', 'box');
    return Promise.resolve(stage().saysYes ? 'typed' : undefined);
  },
  showOpenDialog: () => {
    noteEffect('ask', 'open');
    return Promise.resolve(stage().saysYes ? [Uri.file(join(stage().workspace, 'maths.ts'))] : undefined);
  },
  showSaveDialog: () => {
    noteEffect('ask', 'save');
    return Promise.resolve(stage().saysYes ? Uri.file(join(stage().workspace, 'saved.bin')) : undefined);
  },
  showTextDocument: async (what: TextDocument | Uri) => {
    const document = what instanceof Uri ? await openTextDocument(what) : what;
    noteEffect('show editor', document.uri);
    return editorOf(document);
  },
  withProgress: (_options: unknown, task: (progress: object, token: object) => unknown) =>
    task({ report: () => undefined }, { isCancellationRequested: false, onCancellationRequested: never }),
};
