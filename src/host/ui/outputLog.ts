import type * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import type { Disposable } from '../../shared/kit/disposable';

/** Shapes of secrets: whoever logs should have redacted already; this is the last door. */
const secretShapes = /\b(Bearer\s+|sk-|api[-_]?key["']?\s*[:=]\s*["']?)[\w.~+/=-]{6,}/gi;

/** A log in VS Code's output panel whose channel is made with the first line. */
export class OutputLog implements Log, Disposable {
  private channel: vscode.LogOutputChannel | undefined;

  constructor(private readonly createChannel: () => vscode.LogOutputChannel) {}

  info(message: string): void {
    this.open().info(hideSecrets(message));
  }

  warn(message: string): void {
    this.open().warn(hideSecrets(message));
  }

  error(message: string): void {
    this.open().error(hideSecrets(message));
  }

  /** Brings the log to the user's eyes. */
  show(): void {
    this.open().show();
  }

  dispose(): void {
    this.channel?.dispose();
  }

  private open(): vscode.LogOutputChannel {
    this.channel ??= this.createChannel();
    return this.channel;
  }
}

function hideSecrets(message: string): string {
  return message.replaceAll(secretShapes, '$1•••');
}
