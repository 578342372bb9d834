import * as vscode from 'vscode';
import type { CommandRun } from '../../core/terminal/describeRun';
import { TerminalOutput } from '../../core/terminal/terminalOutput';
import { DisposableStore } from '../../shared/kit/disposable';
import { folderPath } from './folderPath';

/** Exit codes of commands that the user stopped with Ctrl+C: SIGINT in POSIX shells, STATUS_CONTROL_C_EXIT in Windows. */
const interruptCodes: ReadonlySet<number> = new Set([130, -1_073_741_510, 3_221_225_786]);

/** A command and the output that it has written so far. */
interface RecordedCommand {
  readonly execution: vscode.TerminalShellExecution;
  readonly output: TerminalOutput;
}

/** What is known of a terminal. */
interface TerminalRecord {
  running: RecordedCommand | undefined;
  /** The last command that failed, or whose exit code the shell did not report. */
  failed: (RecordedCommand & { readonly exitCode: number | undefined }) | undefined;
  /** True while no command has started after `failed`. */
  isFailedLast: boolean;
}

/**
 * Remembers the last failed command of each terminal with its output, because VS Code gives the output only while the command
 * runs. The memory is bounded (see `TerminalOutput`), is never written to the disk, and ends with the terminal. The output of a
 * command that succeeds is removed.
 */
export class CommandMemory implements vscode.Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly records = new Map<vscode.Terminal, TerminalRecord>();

  constructor() {
    this.subscriptions.add(
      vscode.window.onDidEndTerminalShellExecution(({ terminal, execution, exitCode }) => {
        this.end(terminal, execution, exitCode);
      }),
    );
    this.subscriptions.add(
      vscode.window.onDidCloseTerminal((terminal) => {
        this.records.delete(terminal);
      }),
    );
  }

  /** Records a command that has just started. `data` is its output from the beginning. Resolves when the output ends. */
  async record(
    terminal: vscode.Terminal,
    execution: vscode.TerminalShellExecution,
    data: AsyncIterable<string>,
  ): Promise<void> {
    const output = new TerminalOutput();
    const failed = this.records.get(terminal)?.failed;
    this.records.set(terminal, { running: { execution, output }, failed, isFailedLast: false });
    for await (const piece of data) output.add(piece);
  }

  /** The last command of a terminal that failed; undefined if there is no such command, or if it ran before the recording began. */
  failedIn(terminal: vscode.Terminal): CommandRun | undefined {
    const failed = this.records.get(terminal)?.failed;
    if (failed === undefined) return undefined;
    const { execution, exitCode, output } = failed;
    return {
      command: execution.commandLine.value,
      exitCode,
      folder: folderPath(execution.cwd),
      output: output.read(),
    };
  }

  /** True if the last command of a terminal is the one that failed. */
  isFailedLast(terminal: vscode.Terminal): boolean {
    return this.records.get(terminal)?.isFailedLast === true;
  }

  /** True if the commands of a terminal have been recorded. */
  knows(terminal: vscode.Terminal): boolean {
    return this.records.has(terminal);
  }

  /** True while a recorded command runs in a terminal. Text for the prompt would become its input. */
  isBusy(terminal: vscode.Terminal): boolean {
    return this.records.get(terminal)?.running !== undefined;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.records.clear();
  }

  private end(
    terminal: vscode.Terminal,
    execution: vscode.TerminalShellExecution,
    exitCode: number | undefined,
  ): void {
    const record = this.records.get(terminal);
    if (record === undefined) return;
    const output = record.running?.output;
    record.running = undefined;
    if (output === undefined || execution.commandLine.value.trim() === '') return;
    if (exitCode === 0 || (exitCode !== undefined && interruptCodes.has(exitCode))) return;
    // After a syntax error, VS Code ends another execution than the one that it started.
    record.failed = { execution, exitCode, output };
    record.isFailedLast = true;
  }
}
