import * as vscode from 'vscode';
import { mayCarryKey } from '../../gateway/network/mayCarryKey';

const storageKey = 'insecureOrigins';

/** Origins over `http:` to which the user lets a key go in clear text. Asked once for each, and never for all. */
export class InsecureOrigins {
  constructor(private readonly memory: vscode.Memento) {}

  /** The origins that the user let pass, in any window. */
  all(): readonly string[] {
    const stored: unknown = this.memory.get(storageKey);
    return Array.isArray(stored) ? stored.filter((origin) => typeof origin === 'string') : [];
  }

  /** Asks again about an origin before a key goes there. */
  async forget(origin: string): Promise<void> {
    await this.memory.update(
      storageKey,
      this.all().filter((each) => each !== URL.parse(origin)?.origin),
    );
  }

  /**
   * Asks about the origin of an address when its key would go there in clear text, in a dialog that
   * nothing else can answer.
   * @returns true when the key may go there.
   */
  async ask(address: string): Promise<boolean> {
    const url = URL.parse(address);
    if (url === null) return false;
    if (mayCarryKey(url, this.all())) return true;
    const { origin } = url;
    const send = vscode.l10n.t('Send Anyway');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Send the key and your prompts to {0} unencrypted?', origin),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Everyone on the way can read them, also in a private network. Parley remembers your choice for this address only. An address that begins with https:// is safer.',
        ),
      },
      send,
    );
    if (answer !== send) return false;
    await this.memory.update(storageKey, [...this.all(), origin]);
    return true;
  }
}
