import type { Conversation } from '../../shared/conversation/conversation';
import { Emitter } from '../../shared/kit/emitter';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { reduce } from '../../shared/conversation/reduce';
import type { ConversationStore } from '../ports/conversationStore';
import type { Log } from '../ports/log';

/** What a book needs from the floors beside it. */
export interface BookPorts {
  readonly store: ConversationStore;
  readonly log: Log;
}

/**
 * One conversation and the only way to change it: an event goes through the reducer, into the journal
 * and to the listeners, in this order.
 */
export class ConversationLog {
  /** Fires after the events have been applied. */
  readonly events: Emitter<readonly ConversationEvent[]>;
  /** Fires when events could not be written; they stay in memory and are tried again with the next. */
  readonly saveFailed: Emitter<unknown>;
  private saving = true;

  constructor(
    readonly conversation: Conversation,
    private readonly ports: BookPorts,
  ) {
    const onListenerFailed = (error: unknown): void => {
      ports.log.error(`A listener of conversation ${conversation.id} failed: ${String(error)}`);
    };
    this.events = new Emitter(onListenerFailed);
    this.saveFailed = new Emitter(onListenerFailed);
  }

  /** Writes events that happened. */
  write(events: readonly ConversationEvent[]): void {
    for (const event of events) reduce(this.conversation, event);
    // How far a server has come with a prompt is of no interest later.
    const lasting = events.filter(({ kind }) => kind !== 'prompt-progressed');
    if (lasting.length > 0) this.save(lasting);
    this.events.fire(events);
  }

  private save(events: readonly ConversationEvent[]): void {
    this.ports.store.append(this.conversation.id, events).then(
      () => {
        this.saving = true;
      },
      (error: unknown) => {
        this.ports.log.error(`Conversation ${this.conversation.id} could not be saved: ${String(error)}`);
        // Said once for each streak: an answer is many writes, and all fail for one reason.
        if (this.saving) this.saveFailed.fire(error);
        this.saving = false;
      },
    );
  }
}
