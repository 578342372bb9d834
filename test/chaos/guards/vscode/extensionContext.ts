import { join } from 'node:path';
import type * as vscode from 'vscode';
import { noteEffect } from '../effects';
import type { Stage } from './stage';
import { Uri } from './uri';
import { EventEmitter, ExtensionMode } from './values';

/** What an extension gets of VS Code when it is activated. */
export function extensionContext(stage: Stage): vscode.ExtensionContext {
  const memento = (): object => {
    const values = new Map<string, unknown>();
    return {
      get: (name: string, usual?: unknown) => values.get(name) ?? usual,
      keys: () => [...values.keys()],
      update: (name: string, value: unknown) => {
        noteEffect('remember', name);
        values.set(name, value);
        return Promise.resolve();
      },
    };
  };
  const secrets = new Map<string, string>();
  const changed = new EventEmitter<{ key: string }>();
  return {
    subscriptions: [],
    extension: { packageJSON: { version: '0.0.0' } },
    extensionMode: ExtensionMode.Test,
    extensionUri: Uri.file('/extension'),
    globalStorageUri: Uri.file(stage.storage),
    storageUri: Uri.file(join(stage.storage, 'workspace')),
    workspaceState: memento(),
    globalState: memento(),
    secrets: {
      get: (name: string) => {
        noteEffect('read key', name);
        return Promise.resolve(secrets.get(name));
      },
      store: (name: string, value: string) => {
        noteEffect('write key', name);
        secrets.set(name, value);
        changed.fire({ key: name });
        return Promise.resolve();
      },
      delete: (name: string) => {
        noteEffect('write key', name);
        return Promise.resolve();
      },
      keys: () => Promise.resolve([...secrets.keys()]),
      onDidChange: changed.event,
    },
  } as unknown as vscode.ExtensionContext;
}
