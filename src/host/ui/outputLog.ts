import type * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import type { Disposable } from '../../shared/kit/disposable';

/** `LogLevel.Trace` of VS Code: this file has only the types, so that unit tests can load it. */
const traceLevel = 1;

/** Patterns of secrets. Callers redact their messages; this is the last defence. */
const secretShapes = /\b(Bearer\s+|sk-|api[-_]?key["']?\s*[:=]\s*["']?)[\w.~+/=-]{6,}/gi;

/** A log in VS Code's Output panel. Creates the channel with the first message, and redacts secrets. */
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

  get trace(): ((message: string) => void) | undefined {
    const channel = this.open();
    const level: number = channel.logLevel;
    if (level !== traceLevel) return undefined;
    return (message) => {
      channel.trace(hideSecrets(message));
    };
  }

  /** Shows the log in the Output panel. */
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
