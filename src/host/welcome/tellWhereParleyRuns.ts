import type * as vscode from 'vscode';
import { isThisComputer } from '../ui/isThisComputer';
import { plainText } from '../ui/plainText';

const key = 'toldWhereParleyRuns';
/** The most computers that are remembered. The oldest ones are dropped. */
const mostComputers = 200;

/** The parts of the VS Code API that the notice needs. */
interface RemoteWindow {
  readonly env: Pick<typeof vscode.env, 'remoteName'>;
  readonly l10n: Pick<typeof vscode.l10n, 't'>;
  readonly window: { showInformationMessage(message: string, ok: string): Thenable<unknown> };
}

/**
 * Tells the user, once per remote computer, where chats are stored, where keys are stored, and what `localhost` means.
 *
 * @param computer The name of the computer on which extensions run.
 * @param memory The global state, which VS Code stores on the user's own computer.
 */
export async function tellWhereParleyRuns(
  { env, l10n, window }: RemoteWindow,
  computer: string,
  memory: vscode.Memento,
): Promise<void> {
  if (env.remoteName === undefined || isThisComputer(env.remoteName)) return;
  const told = computersIn(memory.get<unknown>(key));
  const name = `${env.remoteName} ${computer}`.slice(0, 300);
  if (told.includes(name)) return;
  await memory.update(key, [...told, name].slice(-mostComputers));
  void window.showInformationMessage(
    l10n.t(
      'In this window, Parley runs on {0}. Chats are stored there, and "localhost" in a gateway\'s address means that computer. VS Code stores your keys with its other secrets, and Parley uses them on {0}.',
      plainText(computer),
    ),
    l10n.t('OK'),
  );
}

/** Reads the stored list; empty if another version stored something else. */
function computersIn(stored: unknown): readonly string[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter((name): name is string => typeof name === 'string');
}
