import * as vscode from 'vscode';
import { mayCarryKey } from '../../gateway/network/mayCarryKey';

const storageKey = 'insecureOrigins';

/** The `http:` origins to which the user allows a key to be sent unencrypted. The user is asked for each origin. */
export class InsecureOrigins {
  constructor(private readonly memory: vscode.Memento) {}

  /** Lists the allowed origins, of all windows. */
  all(): readonly string[] {
    const stored: unknown = this.memory.get(storageKey);
    return Array.isArray(stored) ? stored.filter((origin) => typeof origin === 'string') : [];
  }

  /** Removes an origin from the list, so that the user is asked again before a key is sent there. */
  async forget(origin: string): Promise<void> {
    await this.memory.update(
      storageKey,
      this.all().filter((each) => each !== URL.parse(origin)?.origin),
    );
  }

  /**
   * Asks in a modal dialog before a key is sent to an address unencrypted.
   *
   * @returns true if the key may be sent; without a question for an encrypted, local or allowed address.
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
          'Anyone on the network path can read them, even in a private network. Parley remembers your choice only for this address. An address that starts with https:// is safer.',
        ),
      },
      send,
    );
    if (answer !== send) return false;
    await this.memory.update(storageKey, [...this.all(), origin]);
    return true;
  }
}
