import type * as vscode from 'vscode';
import type { DisposableStore } from '../../shared/kit/disposable';
import type { OutputLog } from '../ui/outputLog';

/** What VS Code and the entry provide to every feature. Other features are passed separately, as ports. */
export interface House {
  readonly log: OutputLog;
  /** Returns a function that logs an error as the failure of `what`. */
  readonly warnOfFailure: (what: string) => (error: unknown) => void;
  /** Disposes what features add when the window closes. */
  readonly subscriptions: DisposableStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What is remembered for the workspace. */
  readonly workspaceState: vscode.Memento;
  /** What is remembered for all workspaces. */
  readonly globalState: vscode.Memento;
  /** The folder of conversations, prompts and other files of all workspaces. */
  readonly storage: vscode.Uri;
}
