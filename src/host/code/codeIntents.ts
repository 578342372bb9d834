import type * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import type { Sessions } from '../../core/sessions';
import type { ToHost } from '../../shared/messages';
import { insertCode } from './insertCode';

/** What bringing code from an answer to the workspace needs. */
export interface CodePorts {
  readonly sessions: Sessions;
  readonly log: Log;
}

/** Brings code blocks to files and terminals. A bundle of its own, loaded with the first use. */
export class CodeIntents implements vscode.Disposable {
  constructor(private readonly ports: CodePorts) {}

  /** Puts a code block's text at the cursor of the active editor. */
  async insert({ text }: ToHost['insert-code']): Promise<void> {
    this.ports.log.info('A code block is inserted.');
    await insertCode(text);
  }

  /** Shows what a code block would change in its file, and changes it when the user accepts. */
  async apply(body: ToHost['apply-code']): Promise<void> {
    await notBuiltYet('apply-code', body);
  }

  /** Opens a code block as a new file. */
  async createFile(body: ToHost['new-file']): Promise<void> {
    await notBuiltYet('new-file', body);
  }

  /** Puts text into the terminal, without pressing Enter. */
  async runInTerminal(body: ToHost['run-in-terminal']): Promise<void> {
    await notBuiltYet('run-in-terminal', body);
  }

  dispose(): void {
    return undefined;
  }
}

/** Until this intent is built. */
function notBuiltYet(type: string, body: unknown): Promise<void> {
  return Promise.reject(new Error(`${type} is not built yet: ${JSON.stringify(body)}`));
}
