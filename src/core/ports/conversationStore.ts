import type { Conversation } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';

/** A conversation as an entry of a list. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly messageCount: number;
  readonly pinned: boolean;
  /** True if it has one prompt and each of its answers failed. */
  readonly failed: boolean;
  /** Names and ids of the models that answered, the last one of the selected path first; may be empty. */
  readonly models: readonly string[];
}

/** A search result. */
export interface SearchHit {
  readonly conversation: ConversationSummary;
  /** The text around the first match in a message, in one line; null when title and models contain all words of the query. */
  readonly excerpt: string | null;
}

/** Stores conversations, each as a journal of events. */
export interface ConversationStore {
  /**
   * Finds the conversations whose title, models or messages contain all words of `query`, ignoring case. Pinned ones come first, then
   * the newest. A blank query finds all conversations.
   */
  search(query: string): Promise<readonly SearchHit[]>;
  /** All conversations: pinned ones first, then the newest. Leaves out damaged ones and reports them to the log. */
  list(): Promise<readonly ConversationSummary[]>;
  /** Builds a conversation from its journal; resolves to undefined when there is no journal. */
  load(id: string): Promise<Conversation | undefined>;
  /**
   * Appends events in order. Resolves when the events are in the file. Rejects when they could not be written; they stay queued,
   * and the next append tries again.
   */
  append(id: string, events: readonly ConversationEvent[]): Promise<void>;
  /** Moves a conversation to the trash. */
  remove(id: string): Promise<void>;
  /** Moves a conversation back from the trash. */
  restore(id: string): Promise<void>;
  /** Resolves when all events appended so far are written. */
  flush(): Promise<void>;
}
