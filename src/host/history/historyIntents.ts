import type * as vscode from 'vscode';
import type { ConversationStore, Log } from '../../core/ports';
import type { Sessions } from '../../core/sessions';
import type { ToHost, ToView } from '../../shared/messages';
import { HistoryPicker } from './historyPicker';

/** What the history needs. */
export interface HistoryPorts {
  readonly store: ConversationStore;
  readonly sessions: Sessions;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Sends the panel's list. */
  readonly send: <Type extends 'history-listed'>(type: Type, body: ToView[Type]) => void;
  /** Puts the cursor back into the composer. */
  readonly reveal: () => Promise<void>;
}

/** The list of conversations, as a quick pick and in the panel. A bundle of its own, loaded with the first use. */
export class HistoryIntents implements vscode.Disposable {
  private readonly picker: HistoryPicker;

  constructor(private readonly ports: HistoryPorts) {
    this.picker = new HistoryPicker(ports.store, ports.sessions, ports.reveal, ports.now);
  }

  /** Shows the list as a quick pick. */
  async pick(): Promise<void> {
    await this.picker.show();
  }

  /** Sends the panel's list. */
  async list(body: ToHost['list-history']): Promise<void> {
    await notBuiltYet('list-history', body);
  }

  /** Shows a conversation. */
  async open(body: ToHost['open-chat']): Promise<void> {
    await notBuiltYet('open-chat', body);
  }

  /** Renames a conversation. */
  async rename(body: ToHost['rename-chat']): Promise<void> {
    await notBuiltYet('rename-chat', body);
  }

  /** Pins a conversation to the top, or no longer does. */
  async pin(body: ToHost['pin-chat']): Promise<void> {
    await notBuiltYet('pin-chat', body);
  }

  /** Deletes a conversation; it can be brought back. */
  async remove(body: ToHost['delete-chat']): Promise<void> {
    await notBuiltYet('delete-chat', body);
  }

  /** Undoes a deletion. */
  async restore(body: ToHost['restore-chat']): Promise<void> {
    await notBuiltYet('restore-chat', body);
  }

  /** Writes a conversation to a file; the shown one without an id. */
  async exportChat(id?: string): Promise<void> {
    await notBuiltYet('export-chat', id ?? this.ports.sessions.current.conversation.id);
  }

  /** Reads conversations from a file. */
  async importChat(): Promise<void> {
    await notBuiltYet('import-chat', undefined);
  }

  dispose(): void {
    return undefined;
  }
}

/** Until this intent is built. */
function notBuiltYet(type: string, body: unknown): Promise<void> {
  return Promise.reject(new Error(`${type} is not built yet: ${JSON.stringify(body)}`));
}
