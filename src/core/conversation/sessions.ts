import { emptyConversation, pathTo, type Conversation } from '../../shared/conversation/conversation';
import { Emitter } from '../../shared/kit/emitter';
import { replayMessages } from './replayMessages';
import { Session, type SessionPorts } from './session';

/**
 * The open conversations, one of them shown. A conversation that is left while it streams goes on in
 * the background and is let go once it is done.
 */
export class Sessions {
  /** Fires when another conversation is shown. */
  readonly currentChanged: Emitter<Session>;
  /** Fires when a conversation that was there before is shown. */
  readonly reopened: Emitter<Session>;
  /** Fires when the shown conversation begins or ends to answer. */
  readonly answeringChanged: Emitter<boolean>;
  /** Fires when a conversation, shown or not, has no answer under way any longer. */
  readonly finished: Emitter<Session>;
  /** Fires when a conversation could not be written to disk. */
  readonly saveFailed: Emitter<unknown>;
  private readonly open = new Map<string, Session>();
  private shown: Session;

  private readonly ports: SessionPorts;

  /** Begins with an empty conversation; `restore` brings back an earlier one. */
  constructor(ports: SessionPorts, firstId: string | undefined) {
    this.ports = { ...ports, titleRequests: new Set() };
    const onListenerFailed = (error: unknown): void => {
      ports.log.error(`A listener of the sessions failed: ${String(error)}`);
    };
    this.currentChanged = new Emitter(onListenerFailed);
    this.reopened = new Emitter(onListenerFailed);
    this.answeringChanged = new Emitter(onListenerFailed);
    this.finished = new Emitter(onListenerFailed);
    this.saveFailed = new Emitter(onListenerFailed);
    this.shown = this.addEmpty(firstId);
  }

  /** The conversation that the panel shows. */
  get current(): Session {
    return this.shown;
  }

  /** An open session by its conversation's id. */
  get(id: string): Session | undefined {
    return this.open.get(id);
  }

  /**
   * Loads what the shown conversation's journal holds, when the window last showed one. Rejects when it cannot
   * be read; another conversation is shown then, so that nothing new goes into an old journal unseen.
   */
  async restore(): Promise<void> {
    const before = this.shown;
    const conversation = await this.loadShown();
    // Somebody may have asked or moved on while the disk was being read; then there is nothing to bring back.
    if (conversation === undefined || this.shown !== before || !before.empty) return;
    this.show(this.add(new Session(conversation, this.ports)));
  }

  /** Shows an empty conversation. The one that is shown serves when it is empty itself. */
  startNew(): Session {
    if (!this.shown.empty) this.show(this.addEmpty());
    return this.shown;
  }

  /** Shows a conversation; returns undefined when it does not exist. */
  async openConversation(id: string): Promise<Session | undefined> {
    const session = await this.load(id);
    if (session === undefined) return undefined;
    this.show(session);
    this.reopened.fire(session);
    return session;
  }

  /** Renames a conversation, shown or not. */
  async rename(id: string, title: string): Promise<void> {
    const session = await this.load(id);
    session?.rename(title);
    this.letGo();
  }

  /** Pins a conversation, shown or not, to the top of the history, or no longer does. */
  async pin(id: string, pinned: boolean): Promise<void> {
    const session = await this.load(id);
    session?.pin(pinned);
    this.letGo();
  }

  /** Shows a new conversation that has the shown one's messages up to and including `messageId`. */
  async fork(messageId: string): Promise<Session | undefined> {
    const { conversation } = this.shown;
    const path = pathTo(conversation, messageId).filter(
      (message) => message.role !== 'assistant' || message.ending !== null,
    );
    if (path.length === 0) return undefined;
    const at = this.ports.now();
    const id = this.ports.newId();
    const { title, titleSource } = conversation;
    await this.ports.store.append(id, [
      { kind: 'conversation-created', id, at },
      // The fork has a title already; a model need not be asked for another.
      {
        kind: 'title-changed',
        title,
        source: titleSource === 'prompt' ? 'user' : (titleSource ?? 'user'),
        at,
      },
      ...replayMessages(path, this.ports.newId),
    ]);
    return await this.openConversation(id);
  }

  /** Stops and forgets a conversation; its journal goes to the trash. */
  async remove(id: string): Promise<void> {
    await this.open.get(id)?.stop();
    if (this.shown.conversation.id === id) this.startNew();
    this.open.delete(id);
    await this.ports.store.remove(id);
  }

  private async loadShown(): Promise<Conversation | undefined> {
    const before = this.shown;
    try {
      return await this.ports.store.load(before.conversation.id);
    } catch (error) {
      if (this.shown === before && before.empty) this.show(this.addEmpty());
      throw error;
    }
  }

  private addEmpty(id = this.ports.newId()): Session {
    return this.add(new Session(emptyConversation(id, this.ports.now()), this.ports));
  }

  private async load(id: string): Promise<Session | undefined> {
    const open = this.open.get(id);
    if (open !== undefined) return open;
    const conversation = await this.ports.store.load(id);
    if (conversation === undefined) return undefined;
    return this.open.get(id) ?? this.add(new Session(conversation, this.ports));
  }

  private add(session: Session): Session {
    this.open.set(session.conversation.id, session);
    session.saveFailed.on((error) => {
      this.saveFailed.fire(error);
    });
    session.answeringChanged.on((answering) => {
      if (session === this.shown) this.answeringChanged.fire(answering);
      if (!answering) this.finished.fire(session);
      if (session !== this.shown) this.letGo();
    });
    return session;
  }

  private show(session: Session): void {
    this.shown = session;
    this.letGo();
    this.currentChanged.fire(session);
    this.answeringChanged.fire(session.answering);
  }

  private letGo(): void {
    for (const [id, session] of this.open) {
      if (session !== this.shown && !session.answering) this.open.delete(id);
    }
  }
}
