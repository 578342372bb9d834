import { version } from 'node:os';
import * as vscode from 'vscode';
import { estimateTokenCount } from 'tokenx';
import { promptRoom } from '../../core/sourceControl/promptRoom';
import type { CommandPlace } from '../../core/terminal/commandMessages';
import { describeRun, type CommandRun } from '../../core/terminal/describeRun';
import { fitOutput, fitOutputTokens } from '../../core/terminal/fitOutput';
import { TerminalOutput } from '../../core/terminal/terminalOutput';
import { cutText } from '../../core/text/cutText';
import type { TextAttachment } from '../../shared/conversation/attachment';
import { chatTarget } from '../sourceControl/chatTarget';
import { askInput } from '../ui/askInput';
import { plainText } from '../ui/plainText';
import { attachTerminal } from './attachTerminal';
import { CommandMemory } from './commandMemory';
import { suggestCommand } from './suggestCommand';
import { copyFromTerminal } from './copyFromTerminal';
import { folderPath } from './folderPath';
import { putInTerminal } from './putInTerminal';
import { shellOf } from './shellOf';
import type { TerminalPorts } from './terminalPorts';

/** The most output in a chat, in UTF-16 units. */
const longestOutput = 30_000;
/** The most tokens of a prompt that asks for a command, and the fewest for the output in it. */
const mostTokens = 8_000;
const fewestTokens = 300;
/** Tokens of the fixed words and of the answer's beginning. */
const frameTokens = 500;
/** A command that is longer is cut where it is a name, in UTF-16 units. */
const longestName = 60;

/** A failed command and its terminal. */
interface Failed {
  readonly terminal: vscode.Terminal;
  readonly run: CommandRun;
}

/** What Parley does for terminals. In a bundle of its own, which is loaded with the first command or the first use. */
export class TerminalActions implements vscode.Disposable {
  private readonly memory = new CommandMemory();

  constructor(private readonly ports: TerminalPorts) {}

  /** Records a command that has just started. */
  async record(
    terminal: vscode.Terminal,
    execution: vscode.TerminalShellExecution,
    data: AsyncIterable<string>,
  ): Promise<void> {
    await this.memory.record(terminal, execution, data);
  }

  /** Asks in the panel why the last failed command failed. */
  async explainFailed(clicked: unknown): Promise<void> {
    const failed = await this.findFailed(clicked);
    if (failed === undefined) return;
    await this.askInChat(
      chipOf(failed.run),
      vscode.l10n.t('Explain why this command failed, and how to fix it.'),
    );
  }

  /** Asks in the panel what the text means that is selected in the terminal. */
  async explainSelection(): Promise<void> {
    const chip = await attachTerminal();
    if ('problem' in chip) void vscode.window.showInformationMessage(chip.problem);
    else await this.askInChat(chip, vscode.l10n.t('Explain this terminal output.'));
  }

  /** Asks for a command that works instead of the last failed one, and offers to put it at the prompt. */
  async fixFailed(clicked: unknown): Promise<void> {
    const failed = await this.findFailed(clicked);
    const target = failed && (await chatTarget(this.ports.targets, () => this.fixFailed(clicked)));
    if (failed === undefined || target === undefined) return;
    const { terminal, run } = failed;
    const used = target.instructions.reduce((sum, { text }) => sum + estimateTokenCount(text), frameTokens);
    const room = promptRoom(target, mostTokens) - used - estimateTokenCount(describeRun(run, ''));
    const { text } = fitOutputTokens(run.output, Math.max(fewestTokens, room), estimateTokenCount);
    const place = { ...placeOf(terminal), ...(run.folder !== undefined && { folder: run.folder }) };
    await suggestCommand(this.ports, target, {
      title: vscode.l10n.t('Fix: {0}', nameOf(run.command)),
      question: {
        place,
        task: { kind: 'fix', run: describeRun(run, text), language: vscode.env.language },
      },
      prompt: vscode.l10n.t('Fix this command.'),
      attachments: [chipOf(run)],
      insert: (block) => this.insert(block, terminal, place.folder),
    });
  }

  /** Asks what a command should do, and offers the command. */
  async write(): Promise<void> {
    const words = await askInput({
      title: vscode.l10n.t('Write Terminal Command'),
      prompt: vscode.l10n.t(
        '{0} writes the command. You can read it before it runs.',
        plainText(this.ports.modelName()),
      ),
      placeholder: vscode.l10n.t('What should the command do?'),
      validate: (text) => (text === '' ? vscode.l10n.t('Type what to do.') : undefined),
    });
    if (words === undefined) return;
    await this.writeFor(words, vscode.window.activeTerminal);
  }

  dispose(): void {
    this.memory.dispose();
  }

  private async writeFor(words: string, terminal: vscode.Terminal | undefined): Promise<void> {
    const target = await chatTarget(this.ports.targets, () => this.writeFor(words, terminal));
    if (target === undefined) return;
    const place = placeOf(terminal);
    await suggestCommand(this.ports, target, {
      title: nameOf(words),
      question: { place, task: { kind: 'write', words } },
      prompt: words,
      attachments: [],
      insert: (block) => this.insert(block, terminal, place.folder),
    });
  }

  /** Text would become input of a program that runs in the terminal, so it then goes to another terminal. */
  private async insert(
    block: string,
    terminal: vscode.Terminal | undefined,
    folder: string | undefined,
  ): Promise<void> {
    const free = terminal === undefined || this.memory.isBusy(terminal) ? undefined : terminal;
    await putInTerminal(block, free, folder === undefined ? {} : { cwd: folder });
  }

  private async askInChat(chip: TextAttachment, prompt: string): Promise<void> {
    const { panels, submission, restored } = this.ports;
    await restored();
    const { sessions, page } = panels.used;
    // An explanation does not wait for another answer: that answer continues in its own conversation.
    if (sessions.current.answering) sessions.startNew();
    await submission.askAbout(sessions.current, [chip], prompt);
    await page.reveal();
  }

  /** The last failed command of the clicked terminal or the active one. Tells the user if there is none. */
  private async findFailed(clicked: unknown): Promise<Failed | undefined> {
    const { activeTerminal, terminals } = vscode.window;
    const terminal = terminals.find((each) => each === clicked) ?? activeTerminal;
    if (terminal === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No terminal is open.'));
      return undefined;
    }
    const run = await this.readFailed(terminal);
    if (run !== undefined) return { terminal, run };
    if (this.memory.knows(terminal))
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No command has failed in this terminal since Parley started.'),
      );
    else await offerSelection();
    return undefined;
  }

  private async readFailed(terminal: vscode.Terminal): Promise<CommandRun | undefined> {
    const run = this.memory.failedIn(terminal);
    if (run === undefined) return this.memory.knows(terminal) ? undefined : await readLastCommand(terminal);
    if (run.output.lineCount > 0 || !this.memory.isFailedLast(terminal)) return run;
    // VS Code gives no output of a command that ends in the moment in which it begins.
    const last = await readLastCommand(terminal, run.command);
    return last === undefined ? run : { ...run, output: last.output };
  }
}

/**
 * The last command of the active terminal, whatever its end. VS Code copies it.
 *
 * @param expected The command, if it is known. By default, the first line.
 */
async function readLastCommand(
  terminal: vscode.Terminal,
  expected?: string,
): Promise<CommandRun | undefined> {
  if (terminal !== vscode.window.activeTerminal) return undefined;
  const text = (await copyFromTerminal('last-command')).replaceAll('\r\n', '\n');
  const command = expected?.replaceAll('\r\n', '\n').trim() ?? text.split('\n', 1)[0]?.trim() ?? '';
  const begin = text.trimStart();
  if (command === '' || !begin.startsWith(command)) return undefined;
  const output = new TerminalOutput();
  output.add(begin.slice(command.length).replace(/^[ \t]*\n/, ''));
  const folder = folderPath(terminal.shellIntegration?.cwd);
  return { command, exitCode: undefined, folder, output: output.read() };
}

/** Says how to explain output that Parley has not seen. */
async function offerSelection(): Promise<void> {
  const explain = vscode.l10n.t('Explain Terminal Selection');
  const text = vscode.l10n.t(
    'Parley knows no command of this terminal: its shell reports none to VS Code, or none has run yet. Select the output in the terminal, then choose Explain Terminal Selection.',
  );
  if ((await vscode.window.showInformationMessage(text, explain)) === explain)
    await vscode.commands.executeCommand('parley.explainTerminalSelection');
}

function placeOf(terminal: vscode.Terminal | undefined): CommandPlace {
  const systems: Partial<Record<NodeJS.Platform, string>> = {
    win32: 'Windows',
    darwin: 'macOS',
    linux: 'Linux',
  };
  const { platform } = process;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return {
    shell: shellOf(terminal),
    system: `${systems[platform] ?? platform} (${version()})`,
    folder: folderPath(terminal?.shellIntegration?.cwd ?? folder?.uri),
  };
}

/** A command with its output as an attachment. */
function chipOf(run: CommandRun): TextAttachment {
  const { text, shown, isCut } = fitOutput(run.output, longestOutput);
  const name = nameOf(run.command);
  return {
    kind: 'text',
    id: crypto.randomUUID(),
    scope: 'terminal',
    name: run.exitCode === undefined ? name : vscode.l10n.t('{0} (exit code {1})', name, run.exitCode),
    languageId: 'text',
    text: describeRun(run, text),
    amount: { shown, total: run.output.lineCount },
    truncated: isCut,
  };
}

/** A command or a wish in one line, cut. */
function nameOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= longestName ? line : `${cutText(line, longestName)}…`;
}
