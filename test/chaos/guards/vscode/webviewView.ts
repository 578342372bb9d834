import { inspect } from 'node:util';
import type * as vscode from 'vscode';
import { noteEffect } from '../effects';
import { never, type EventEmitter } from './values';

/** A view that is no more than a channel: `received` is what its page sends, and what is sent to the page is noted. */
export function webviewView(received: EventEmitter<unknown>['event']): vscode.WebviewView {
  return {
    visible: true,
    webview: {
      options: {},
      html: '',
      cspSource: 'test:',
      asWebviewUri: (uri: unknown) => uri,
      onDidReceiveMessage: received,
      postMessage: (message: unknown) => {
        noteEffect('tell page', inspect(message, { depth: 0 }));
        return Promise.resolve(true);
      },
    },
    onDidChangeVisibility: never,
    onDidDispose: never,
  } as unknown as vscode.WebviewView;
}

/** A tab in the background, whose page sends nothing. */
export function webviewTab(): vscode.WebviewPanel {
  return {
    ...webviewView(never),
    visible: false,
    reveal: () => undefined,
    dispose: () => undefined,
    onDidChangeViewState: never,
  } as unknown as vscode.WebviewPanel;
}
