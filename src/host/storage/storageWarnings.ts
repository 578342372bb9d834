import * as vscode from 'vscode';
import type { Corruption } from '../../storage/library/corruptionWatch';
import type { StorageError } from '../../storage/files/storageError';
import type { OutputLog } from '../ui/outputLog';

/** Files that are found to be damaged within this time of each other share one message. In milliseconds. */
const gatherDelay = 500;

/**
 * Tells the user what could not be saved, and which files are damaged and where they are. Details are in the log. In a bundle of its
 * own, which loads with the first warning.
 */
export class StorageWarnings implements vscode.Disposable {
  private readonly setAside: string[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly log: OutputLog) {}

  /**
   * What is not on disk is still in memory and goes there with the next event; the user should know until then.
   *
   * @param kind Undefined for an unexpected error.
   */
  unsaved(kind: StorageError['kind'] | undefined): void {
    this.warn(sentenceFor(kind));
  }

  /** The conversation that the window showed last could not be read; another is shown in its place. */
  unread(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.warn(
      vscode.l10n.t(
        "Couldn't read the last chat: {0}. Its file was not changed. Open the chat from the history to try again.",
        reason,
      ),
    );
  }

  /** Something is wrong with the file of a chat. */
  damaged(damage: Corruption): void {
    switch (damage.kind) {
      case 'set-aside':
        this.setAside.push(damage.path);
        clearTimeout(this.timer);
        this.timer = setTimeout(() => {
          this.tellOfSetAside();
        }, gatherDelay);
        break;
      case 'damaged':
        this.warn(
          vscode.l10n.t(
            'A chat file is damaged. Parley shows its readable part and does not change the file.',
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
    const paths = this.setAside.splice(0);
    const [path = ''] = paths;
    this.warn(
      paths.length === 1
        ? vscode.l10n.t("A chat file is damaged and can't be read. It was moved to {0}", path)
        : vscode.l10n.t(
            "{0} chat files are damaged and can't be read. They were moved, the first one to {1}",
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
  return vscode.l10n.t('A newer version of Parley wrote this chat. Update Parley to continue it.');
}

function sentenceFor(kind: StorageError['kind'] | undefined): string {
  if (kind === 'newer-version') return newerVersion();
  if (kind === 'removed') {
    return vscode.l10n.t(
      "This chat was deleted in another window, so new messages aren't saved. Restore it there, or continue in a new chat.",
    );
  }
  if (kind === 'too-large') {
    return vscode.l10n.t('A message is too large to save. It will be lost when the window closes.');
  }
  return vscode.l10n.t(
    "Couldn't save the chat. Is the disk full? The chat stays open, and Parley tries again with the next message.",
  );
}
