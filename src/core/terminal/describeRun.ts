import { cleanText } from '../text/cleanText';
import { cutText } from '../text/cutText';
import type { CommandOutput } from './terminalOutput';

/** A command that ran in a terminal. */
export interface CommandRun {
  readonly command: string;
  /** Undefined if the shell did not report it. */
  readonly exitCode: number | undefined;
  /** The path of the working folder; undefined if unknown. */
  readonly folder: string | undefined;
  readonly output: CommandOutput;
}

/** A longer command is cut, in UTF-16 units. */
const longestCommand = 4_000;

/**
 * Describes a command as a terminal shows it: the command after a prompt sign, then the output, then the exit code and the folder.
 *
 * @param output The part of the output to show.
 */
export function describeRun({ command, exitCode, folder }: CommandRun, output: string): string {
  const facts = [
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ...(folder === undefined ? [] : [`in ${cleanText(folder)}`]),
  ];
  return [
    `$ ${cutText(cleanText(command).trim(), longestCommand)}`,
    output.trimEnd(),
    facts.length === 0 ? '' : `[${facts.join(', ')}]`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}
