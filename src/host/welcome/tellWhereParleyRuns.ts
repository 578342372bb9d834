import type * as vscode from 'vscode';
import { plainText } from '../ui/plainText';

const key = 'toldWhereParleyRuns';
/** Computers that are remembered; the one that was told longest ago goes first. */
const mostComputers = 200;

/** What the notice needs of VS Code. */
export interface RemoteWindow {
  readonly env: Pick<typeof vscode.env, 'remoteName'>;
  readonly l10n: Pick<typeof vscode.l10n, 't'>;
  readonly window: { showInformationMessage(message: string, ok: string): Thenable<unknown> };
}

/**
 * Says once per remote computer where keys, chats and `localhost` are.
 *
 * @param computer The name of the computer that extensions run on.
 * @param memory What is remembered for all workspaces. VS Code keeps it on the computer before the user.
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
      'In this window Parley runs on {0}. Chats are stored there, and "localhost" in a gateway\'s address is that computer. VS Code keeps your keys where it keeps its other secrets, and Parley uses them on {0}.',
      plainText(computer),
    ),
    l10n.t('OK'),
  );
}

/** VS Code in a browser has its server's address for a name; the server on this computer is not remote. */
function isThisComputer(remoteName: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(remoteName);
}

/** What is stored may be from another version. */
function computersIn(stored: unknown): readonly string[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter((name): name is string => typeof name === 'string');
}
