import { emptyConversation, type Conversation } from '../../shared/conversation/conversation';
import { Emitter } from '../../shared/kit/emitter';
import { Session, type SessionPorts } from './session';

/** A view of the pool, as the pool sees it. */
export interface SessionViewer {
  /** The conversation that the view shows. */
  readonly current: Session;
  /** Shows a session instead: an empty one because the shown one was deleted, or the shown one with its journal. */
  replace(session: Session): void;
}

/**
 * The open conversations: one `Session` for each, however many panels show it, so that each journal has one writer. A conversation
 * stays open while a panel shows it or an answer runs. An answer does not depend on any panel.
 */
export class SessionPool {
  /** Fires when an answer of a conversation begins while none is running, and when its last running answer has ended. */
  readonly answeringChanged: Emitter<Session>;
  /** Fires when the last running answer of a conversation, shown or not, has ended. */
  readonly finished: Emitter<Session>;
  /** Fires when a conversation could not be saved. */
  readonly saveFailed: Emitter<unknown>;
  private readonly open = new Map<string, Session>();
  /** The empty sessions whose conversation may have a journal. */
  private readonly unread = new WeakSet<Session>();
  private readonly viewers = new Set<SessionViewer>();
  private readonly ports: SessionPorts;

  constructor(ports: SessionPorts) {
    this.ports = { ...ports, titleRequests: new Set() };
    this.answeringChanged = this.emitter();
    this.finished = this.emitter();
    this.saveFailed = this.emitter();
  }

  /** Makes an emitter that logs the errors of its listeners. */
  emitter<Value>(): Emitter<Value> {
    return new Emitter((error) => {
      this.ports.log.error(`A listener of the sessions failed: ${String(error)}`);
    });
  }

  /** An open session by its conversation's id. */
  get(id: string): Session | undefined {
    return this.open.get(id);
  }

  /** The conversations that panels show. */
  shown(): readonly Session[] {
    return [...new Set([...this.viewers].map(({ current }) => current))];
  }

  /** Keeps what the viewer shows open. Returns a function that ends that. */
  watch(viewer: SessionViewer): () => void {
    this.viewers.add(viewer);
    return () => {
      this.viewers.delete(viewer);
      this.letGo();
    };
  }

  /**
   * Opens an empty conversation. If one with the id is open already, returns that.
   *
   * @param id Of a conversation that may have a journal, which `load` reads. Absent for a new conversation.
   */
  addEmpty(id?: string): Session {
    const open = id === undefined ? undefined : this.open.get(id);
    if (open !== undefined) return open;
    const session = this.add(emptyConversation(id ?? this.ports.newId(), this.ports.now()));
    if (id !== undefined) this.unread.add(session);
    return session;
  }

  /**
   * Opens a conversation. The caller shows it, or closes it with `letGo`. Panels that show it without its journal then show it with the
   * journal. Resolves to undefined when the conversation does not exist.
   */
  async load(id: string): Promise<Session | undefined> {
    const before = this.open.get(id);
    if (before !== undefined && !(before.empty && this.unread.has(before))) return before;
    const conversation = await this.ports.store.load(id);
    // Another panel may have opened it in the meantime, or the user may have sent a prompt.
    const open = this.open.get(id);
    if (conversation === undefined || (open !== undefined && (open !== before || !open.empty))) return open;
    const session = this.add(conversation);
    for (const viewer of this.viewers) if (viewer.current === before) viewer.replace(session);
    return session;
  }

  private add(conversation: Conversation): Session {
    const session = new Session(conversation, this.ports);
    this.open.set(conversation.id, session);
    session.saveFailed.on((error) => {
      this.saveFailed.fire(error);
    });
    session.answeringChanged.on((answering) => {
      this.answeringChanged.fire(session);
      if (answering) return;
      this.finished.fire(session);
      this.letGo();
    });
    return session;
  }

  /**
   * Called with a session that a panel is about to show. If it was closed since it was loaded, opens it again.
   *
   * @returns The open session of the conversation.
   */
  hold(session: Session): Session {
    const { id } = session.conversation;
    const open = this.open.get(id) ?? session;
    this.open.set(id, open);
    return open;
  }

  /** Closes the conversations that no panel shows and that have no running answer. */
  letGo(): void {
    const shown = new Set(this.shown());
    for (const [id, session] of this.open) {
      if (!shown.has(session) && !session.answering) this.open.delete(id);
    }
  }

  /** Opens a conversation without showing it, so that its tasks go on. Resolves to undefined when it does not exist. */
  async wake(id: string): Promise<Session | undefined> {
    const session = await this.load(id);
    this.letGo();
    return session;
  }

  /** Renames a conversation, shown or not. */
  async rename(id: string, title: string): Promise<void> {
    (await this.load(id))?.rename(title);
    this.letGo();
  }

  /** Pins a conversation, shown or not, to the top of the history, or unpins it. */
  async pin(id: string, pinned: boolean): Promise<void> {
    (await this.load(id))?.pin(pinned);
    this.letGo();
  }

  /** Saves a fork of a conversation and returns its id. See `forkConversation`. */
  async fork(
    { conversation }: Session,
    messageId: string,
    titleOf: (title: string) => string,
  ): Promise<string | undefined> {
    const { forkConversation } = await import('./forkConversation');
    return await forkConversation(this.ports, conversation, messageId, titleOf);
  }

  /** Stops and closes a conversation, and moves its journal to the trash. Each panel that shows it gets an empty one. */
  async remove(id: string): Promise<void> {
    await this.open.get(id)?.stop();
    for (const viewer of this.viewers)
      if (viewer.current.conversation.id === id) viewer.replace(this.addEmpty());
    this.open.delete(id);
    await this.ports.store.remove(id);
  }
}
