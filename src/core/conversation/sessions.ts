import { isDefault } from '../../shared/conversation/chatParameters';
import { emptyConversation, pathTo, type Conversation } from '../../shared/conversation/conversation';
import { Emitter } from '../../shared/kit/emitter';
import { Session, type SessionPorts } from './session';

/**
 * The open conversations; one of them is shown. A conversation that streams when the user leaves it continues in the background
 * and is closed when its answers have ended.
 */
export class Sessions {
  /** Fires when another conversation is shown. */
  readonly currentChanged: Emitter<Session>;
  /** Fires when an existing conversation is shown. */
  readonly reopened: Emitter<Session>;
  /** Fires when the shown conversation starts or stops answering, and when another conversation is shown. */
  readonly answeringChanged: Emitter<boolean>;
  /** Fires when the last running answer of a conversation, shown or not, has ended. */
  readonly finished: Emitter<Session>;
  /** Fires when a conversation could not be saved. */
  readonly saveFailed: Emitter<unknown>;
  private readonly open = new Map<string, Session>();
  private shown: Session;

  private readonly ports: SessionPorts;

  /** Shows an empty conversation with the id `firstId`. `restore` loads its journal. */
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
   * Loads the journal of the shown conversation, if it has one. Rejects when the journal cannot be read; another conversation is
   * then shown, so that nothing is appended to a journal that the user cannot see.
   */
  async restore(): Promise<void> {
    const before = this.shown;
    const conversation = await this.loadShown();
    // The user may have sent a prompt or opened another conversation in the meantime.
    if (conversation === undefined || this.shown !== before || !before.empty) return;
    this.show(this.add(new Session(conversation, this.ports)));
  }

  /** Shows an empty conversation without parameters: the shown one if it is that, otherwise a new one. */
  startNew(): Session {
    if (!this.shown.empty || !isDefault(this.shown.conversation.parameters)) this.show(this.addEmpty());
    return this.shown;
  }

  /** Shows a conversation. Resolves to undefined when it does not exist. */
  async openConversation(id: string): Promise<Session | undefined> {
    const session = await this.load(id);
    if (session === undefined) return undefined;
    this.show(session);
    this.reopened.fire(session);
    return session;
  }

  /** Opens a conversation without showing it, so that its tasks go on. Resolves to undefined when it does not exist. */
  async wake(id: string): Promise<Session | undefined> {
    const session = await this.load(id);
    this.letGo();
    return session;
  }

  /** Renames a conversation, shown or not. */
  async rename(id: string, title: string): Promise<void> {
    (await this.wake(id))?.rename(title);
  }

  /** Pins a conversation, shown or not, to the top of the history, or unpins it. */
  async pin(id: string, pinned: boolean): Promise<void> {
    (await this.wake(id))?.pin(pinned);
  }

  /**
   * Shows a new conversation with copies of the shown messages up to and including `messageId`.
   *
   * @param titleOf Makes the title of the fork from that of the original, in the user's language.
   */
  async fork(
    messageId: string,
    titleOf: (title: string) => string = (title) => title,
  ): Promise<Session | undefined> {
    const { conversation } = this.shown;
    const path = pathTo(conversation, messageId).filter(
      (message) => message.role !== 'assistant' || message.ending !== null,
    );
    if (path.length === 0) return undefined;
    // A bundle of its own: few chats are forked.
    const { replayMessages } = await import('./replayMessages');
    const at = this.ports.now();
    const id = this.ports.newId();
    const { title, titleSource, parameters } = conversation;
    const copies = replayMessages(path, this.ports.newId);
    const last = copies.findLast(
      (event) => event.kind === 'message-added' && event.content.role === 'assistant',
    );
    const origin =
      last?.kind === 'message-added' ? { conversation: conversation.id, title, message: last.id } : undefined;
    await this.ports.store.append(id, [
      { kind: 'conversation-created', id, at, ...(origin !== undefined && { origin }) },
      // With the source `user`, no title is requested from a model.
      {
        kind: 'title-changed',
        title: titleOf(title),
        source: titleSource === 'prompt' ? 'user' : (titleSource ?? 'user'),
        at,
      },
      ...(isDefault(parameters) ? [] : [{ kind: 'parameters-changed' as const, parameters, at }]),
      ...copies,
    ]);
    await this.ports.media?.copy(conversation.id, id);
    return await this.openConversation(id);
  }

  /** Stops and closes a conversation, and moves its journal to the trash. */
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
