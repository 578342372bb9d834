import type { Conversation } from '../../shared/conversation/conversation';
import { Emitter } from '../../shared/kit/emitter';
import { isPassing, type ConversationEvent } from '../../shared/conversation/conversationEvent';
import { reduce } from '../../shared/conversation/reduce';
import type { ConversationStore } from '../ports/conversationStore';
import type { Log } from '../ports/log';

/** What a `ConversationLog` needs. */
export interface ConversationLogPorts {
  readonly store: ConversationStore;
  readonly log: Log;
}

/**
 * One conversation and the only way to change it. Each event goes to the reducer, to the journal and to the listeners, in this
 * order.
 */
export class ConversationLog {
  /** Fires after events have been applied. */
  readonly events: Emitter<readonly ConversationEvent[]>;
  /** Fires when events could not be written. They stay in memory, and the next write tries again. */
  readonly saveFailed: Emitter<unknown>;
  private saving = true;

  constructor(
    readonly conversation: Conversation,
    private readonly ports: ConversationLogPorts,
  ) {
    const onListenerFailed = (error: unknown): void => {
      ports.log.error(`A listener of conversation ${conversation.id} failed: ${String(error)}`);
    };
    this.events = new Emitter(onListenerFailed);
    this.saveFailed = new Emitter(onListenerFailed);
  }

  /**
   * Applies events, appends them to the journal and fires them.
   *
   * @param isStored True if another window has appended them to the journal already.
   */
  write(events: readonly ConversationEvent[], isStored = false): void {
    if (events.length === 0) return;
    for (const event of events) reduce(this.conversation, event);
    const lasting = events.filter((event) => !isStored && !isPassing(event));
    if (lasting.length > 0) this.save(lasting);
    this.events.fire(events);
  }

  private save(events: readonly ConversationEvent[]): void {
    this.ports.store.append(this.conversation.id, events).then(
      () => {
        this.saving = true;
      },
      (error: unknown) => {
        this.ports.log.error(`Could not save conversation ${this.conversation.id}: ${String(error)}`);
        // Reported once for a series of failures: an answer consists of many writes, which fail for the same reason.
        if (this.saving) this.saveFailed.fire(error);
        this.saving = false;
      },
    );
  }
}
