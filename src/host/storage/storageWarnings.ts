import * as vscode from 'vscode';
import type { Corruption } from '../../storage/library/corruptionWatch';
import { StorageError } from '../../storage/files/storageError';
import type { OutputLog } from '../ui/outputLog';

/** Damage that is found in one go is told in one go. In milliseconds. */
const gatherDelay = 300;

/** What storage has to tell people: what could not be saved, what is damaged and where it is. Details are in the log. */
export class StorageWarnings implements vscode.Disposable {
  private readonly setAside: string[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly log: OutputLog) {}

  /** What is not on disk is still in memory and goes there with the next event; the user should know until then. */
  unsaved(error: unknown): void {
    this.warn(sentenceFor(error));
  }

  /** The conversation that the window showed last could not be read; another is shown in its place. */
  unread(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.warn(
      vscode.l10n.t(
        'The last chat could not be read: {0}. It is not changed; open it from the history.',
        reason,
      ),
    );
  }

  /** Something is wrong with the file of a chat. */
  damaged(damage: Corruption): void {
    switch (damage.kind) {
      case 'set-aside':
        this.setAside.push(damage.path);
        this.timer ??= setTimeout(() => {
          this.tellOfSetAside();
        }, gatherDelay);
        break;
      case 'damaged':
        this.warn(
          vscode.l10n.t(
            'The file of a chat is damaged. What can be read of it is shown; the file stays as it is.',
          ),
        );
        break;
      case 'newer-version':
        this.warn(newerVersion());
        break;
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private tellOfSetAside(): void {
    this.timer = undefined;
    const paths = this.setAside.splice(0);
    const [path = ''] = paths;
    this.warn(
      paths.length === 1
        ? vscode.l10n.t('The file of a chat is damaged and cannot be read. It was set aside: {0}', path)
        : vscode.l10n.t(
            'The files of {0} chats are damaged and cannot be read. They were set aside, the first one as {1}',
            paths.length,
            path,
          ),
    );
  }

  private warn(sentence: string): void {
    const showLog = vscode.l10n.t('Show Log');
    void vscode.window.showWarningMessage(sentence, showLog).then((answer) => {
      if (answer === showLog) this.log.show();
    });
  }
}

function newerVersion(): string {
  return vscode.l10n.t(
    'This chat was written by a newer Parley and cannot be continued here. Update Parley to go on.',
  );
}

function sentenceFor(error: unknown): string {
  const kind = error instanceof StorageError ? error.kind : undefined;
  if (kind === 'newer-version') return newerVersion();
  if (kind === 'removed') {
    return vscode.l10n.t(
      'This chat was deleted in another window, so what is new in it is not saved. Bring it back there, or go on in a new chat.',
    );
  }
  if (kind === 'too-large') {
    return vscode.l10n.t('A message is too large to be saved, and will be gone when the window closes.');
  }
  return vscode.l10n.t(
    'The chat could not be saved. Is the disk full? It stays open and is tried again with the next message.',
  );
}
