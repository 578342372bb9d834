import { isDefault } from '../../shared/conversation/chatParameters';
import type { Disposable } from '../../shared/kit/disposable';
import type { Emitter } from '../../shared/kit/emitter';
import type { Session } from './session';
import type { SessionPool, SessionViewer } from './sessionPool';

/**
 * The conversation that one panel shows. When the panel shows another one, or closes, a conversation that streams continues in the
 * pool and is closed when its answers have ended.
 */
export class Sessions implements SessionViewer, Disposable {
  /** Fires when another conversation is shown. */
  readonly currentChanged: Emitter<Session>;
  /** Fires when an existing conversation is shown. */
  readonly reopened: Emitter<Session>;
  /** Fires when the shown conversation starts or stops answering, and when another conversation is shown. */
  readonly answeringChanged: Emitter<boolean>;
  private shown: Session;
  private readonly release: () => void;
  private readonly listening: Disposable;

  /** Shows an empty conversation with the id `firstId`. `restore` loads its journal. */
  constructor(
    private readonly pool: SessionPool,
    firstId?: string,
  ) {
    this.currentChanged = pool.emitter();
    this.reopened = pool.emitter();
    this.answeringChanged = pool.emitter();
    this.shown = pool.addEmpty(firstId);
    this.release = pool.watch(this);
    this.listening = pool.answeringChanged.on((session) => {
      if (session === this.shown) this.answeringChanged.fire(session.answering);
    });
  }

  /** The conversation that the panel shows. */
  get current(): Session {
    return this.shown;
  }

  /**
   * Loads the journal of the shown conversation, if it has one. Rejects when the journal cannot be read; another conversation is
   * then shown, so that nothing is appended to a journal that the user cannot see.
   */
  async restore(): Promise<void> {
    const before = this.shown;
    try {
      await this.pool.load(before.conversation.id);
    } catch (error) {
      if (this.shown === before && before.empty) this.leave();
      throw error;
    }
  }

  /** Shows an empty conversation without parameters: the shown one if it is that, otherwise a new one. */
  startNew(): Session {
    if (!this.shown.empty || !isDefault(this.shown.conversation.parameters)) this.leave();
    return this.shown;
  }

  /** Shows a conversation. Resolves to undefined when it does not exist. */
  async openConversation(id: string): Promise<Session | undefined> {
    const session = await this.reopen(id);
    if (session !== undefined) this.reopened.fire(session);
    return session;
  }

  /** Shows a conversation without making it the one that the user has just opened. Resolves to undefined when it does not exist. */
  async reopen(id: string): Promise<Session | undefined> {
    const session = await this.pool.load(id);
    return session && this.show(session);
  }

  /** Does the same. If the conversation does not exist, shows an empty one with this id. */
  async resume(id: string): Promise<Session> {
    return (await this.reopen(id)) ?? this.show(this.pool.addEmpty(id));
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
    const id = await this.pool.fork(this.shown, messageId, titleOf);
    return id === undefined ? undefined : await this.openConversation(id);
  }

  replace(session: Session): void {
    this.show(session);
  }

  /** The panel closes. */
  dispose(): void {
    this.listening.dispose();
    this.release();
  }

  private leave(): void {
    this.show(this.pool.addEmpty());
  }

  private show(loaded: Session): Session {
    const session = this.pool.hold(loaded);
    this.shown = session;
    this.pool.letGo();
    this.currentChanged.fire(session);
    this.answeringChanged.fire(session.answering);
    return session;
  }
}
