import * as vscode from 'vscode';
import type { ConversationStore, ConversationSummary } from '../../core/ports/conversationStore';
import { withMediaContent } from '../../core/exchange/withMediaContent';
import type { Log } from '../../core/ports/log';
import type { MediaStore } from '../../core/ports/mediaStore';
import type { Session } from '../../core/conversation/session';
import type { SessionPool } from '../../core/conversation/sessionPool';
import { DisposableStore } from '../../shared/kit/disposable';
import type { ToHost } from '../../shared/messages/toHost';
import type { HistoryEntry } from '../../shared/messages/toView';
import { summarise } from '../../storage/library/summarise';
import type { OpenPanels, Panel } from '../contributions/openPanels';
import { OpenedCopies } from '../workspace/openedCopies';
import { writeChat } from './writeChat';
import { readChats } from './readChats';
import { DeletedChats } from './deletedChats';

/** How long changes are gathered before one new list is sent, in milliseconds. */
const listDelay = 200;

/** What `HistoryActions` needs from the rest of the host. */
export interface HistoryPorts {
  readonly store: ConversationStore;
  readonly pool: SessionPool;
  readonly panels: OpenPanels;
  /** Media that are stored beside the journals. */
  readonly media: Pick<MediaStore, 'read'>;
  readonly log: Log;
  /** Parley's storage folder, with the copies of opened pictures. */
  readonly storage: { readonly fsPath: string };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The list of conversations in the panels. In a bundle of its own, which is loaded on first use. */
export class HistoryActions implements vscode.Disposable {
  private readonly deleted: DeletedChats;
  private readonly subscriptions = new DisposableStore();
  private readonly watched = new WeakSet<Session>();
  /** The last request of each panel. */
  private readonly asked = new Map<Panel, ToHost['list-history']>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: HistoryPorts) {
    const { store, pool, panels } = ports;
    this.deleted = new DeletedChats(store, pool, new OpenedCopies(ports.storage.fsPath));
    for (const { sessions } of panels.all) this.watch(sessions.current);
    this.subscriptions.add(
      panels.chatChanged.on(({ sessions }) => {
        this.watch(sessions.current);
        this.listSoon();
      }),
    );
    this.subscriptions.add(
      pool.answeringChanged.on(() => {
        this.listSoon();
      }),
    );
  }

  /** Sends the list to a panel: search results, or all conversations for an empty query. */
  async list(body: ToHost['list-history'], panel: Panel): Promise<void> {
    this.asked.set(panel, body);
    const hits = await this.ports.store.search(body.query);
    // The user typed on, and a newer request is under way.
    if (this.asked.get(panel) !== body) return;
    const entries = hits.map(({ conversation, excerpt }) => this.entry(conversation, excerpt, false, panel));
    const isSearch = body.query.trim() !== '';
    const deleted = isSearch ? [] : this.deleted.all().map((chat) => this.entry(chat, null, true, panel));
    panel.page.send('history-listed', { request: body.request, entries: [...entries, ...deleted] });
  }

  /** Shows a conversation in a panel. */
  async open({ id }: ToHost['open-chat'], panel: Panel): Promise<void> {
    const session = await panel.sessions.openConversation(id);
    if (session === undefined) {
      void vscode.window.showWarningMessage(vscode.l10n.t('This chat no longer exists.'));
      this.listSoon();
    } else await panel.page.reveal();
  }

  /** Renames a conversation. */
  async rename({ id, title }: ToHost['rename-chat']): Promise<void> {
    await this.ports.pool.rename(id, title);
    this.listSoon();
  }

  /** Pins or unpins a conversation. */
  async pin({ id, pinned }: ToHost['pin-chat']): Promise<void> {
    await this.ports.pool.pin(id, pinned);
    this.listSoon();
  }

  /** Deletes a conversation. `restore` undoes it. */
  async remove({ id }: ToHost['delete-chat']): Promise<void> {
    await this.deleted.remove(id);
    this.listSoon();
  }

  /** Deletes the conversation that a panel shows, and offers to undo that. */
  async removeCurrent(panel: Panel): Promise<void> {
    const { conversation, empty } = panel.sessions.current;
    if (empty) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This chat is empty.'));
      return;
    }
    const { id } = conversation;
    const title = summarise(conversation)?.title ?? '';
    await this.remove({ id });
    await panel.page.reveal();
    const undo = vscode.l10n.t('Undo');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Deleted "{0}".', title === '' ? vscode.l10n.t('Untitled Chat') : title),
      undo,
    );
    if (answer !== undo) return;
    await this.restore({ id });
    await this.open({ id }, panel);
  }

  /** Restores a deleted conversation. */
  async restore({ id }: ToHost['restore-chat']): Promise<void> {
    await this.deleted.restore(id);
    this.listSoon();
  }

  /** Writes a conversation to a file. */
  async exportChat(wanted: string): Promise<void> {
    const { pool, store, media } = this.ports;
    const conversation = pool.get(wanted)?.conversation ?? (await store.load(wanted));
    const summary = conversation && summarise(conversation);
    if (conversation === undefined || !summary) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This chat has nothing to export yet.'));
      return;
    }
    const whole = await withMediaContent(conversation, (address) => media.read(wanted, address));
    await writeChat(whole, summary.title === '' ? vscode.l10n.t('Untitled Chat') : summary.title);
  }

  /** Imports conversations from a file and shows the one that changed last in a panel. */
  async importChat(panel: Panel): Promise<void> {
    const last = await readChats(this.ports);
    if (last !== undefined) await this.open({ id: last }, panel);
    this.listSoon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  private entry(
    { id, title, updatedAt, messageCount, pinned, failed, models }: ConversationSummary,
    excerpt: string | null,
    deleted: boolean,
    { sessions }: Panel,
  ): HistoryEntry {
    const current = id === sessions.current.conversation.id;
    const answering = this.ports.pool.get(id)?.answering === true;
    const model = models[0] ?? null;
    return {
      id,
      title,
      updatedAt,
      messageCount,
      pinned,
      failed,
      model,
      answering,
      current,
      deleted,
      excerpt,
    };
  }

  /** Sends a new list when messages or the title of a conversation change. */
  private watch(session: Session): void {
    if (this.watched.has(session)) return;
    this.watched.add(session);
    session.events.on((events) => {
      if (events.some(({ kind }) => kind === 'title-changed' || kind === 'message-added')) this.listSoon();
    });
  }

  /** Sends a new list, after a short delay, to each panel that has requested one before. */
  private listSoon(): void {
    if (this.asked.size === 0) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const [panel, body] of this.asked) {
        if (this.ports.panels.all.includes(panel)) this.list({ ...body }, panel).catch(this.warn);
        else this.asked.delete(panel);
      }
    }, listDelay);
  }

  private readonly warn = (error: unknown): void => {
    this.ports.log.error(`Couldn't update the list of chats: ${String(error)}`);
  };
}
