import type * as vscode from 'vscode';
import type { Sessions } from '../../core/conversation/sessions';

const key = 'shownConversation';

/** The id of the conversation that the side bar of this window showed last. */
export function lastShown(memory: vscode.Memento): string | undefined {
  return memory.get<string>(key);
}

/** Which conversation the side bar of this window shows, for the next time that the window is opened. */
export class ShownConversation {
  private restoring: Promise<void> | undefined;

  constructor(
    private readonly sessions: Sessions,
    private readonly memory: vscode.Memento,
    private readonly warnOfUnread: (error: unknown) => void,
    private readonly warnOfFailure: (what: string) => (error: unknown) => void,
  ) {}

  /** Opens the one that was shown last, once; where it cannot be read, that is said and there is a new one. */
  restored(): Promise<void> {
    this.restoring ??= this.sessions
      .restore()
      .catch((error: unknown) => {
        this.warnOfFailure('Opening the last conversation')(error);
        this.warnOfUnread(error);
      })
      .then(() => {
        this.remember();
      });
    return this.restoring;
  }

  /** Notes the one that is shown now. */
  remember(): void {
    const { id } = this.sessions.current.conversation;
    this.memory.update(key, id).then(undefined, this.warnOfFailure('Remembering the chat'));
  }
}
