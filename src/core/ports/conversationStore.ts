import type { Conversation } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';

/** A conversation in the list. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly messageCount: number;
  readonly pinned: boolean;
}

/** A conversation that a search found. */
export interface SearchHit {
  readonly conversation: ConversationSummary;
  /** The words around the first place in a message, in one line; null when the title has all the words. */
  readonly excerpt: string | null;
}

/** Where conversations are kept: one journal of events each. */
export interface ConversationStore {
  /**
   * The conversations whose title or messages contain the words of `query`, whatever their case: pinned
   * ones first, then the newest. Everything for a blank query.
   */
  search(query: string): Promise<readonly SearchHit[]>;
  /** All conversations, pinned ones first, then the newest. Damaged ones are left out and reported to the log, never deleted. */
  list(): Promise<readonly ConversationSummary[]>;
  /** Reduces a conversation from its journal; undefined when there is none. */
  load(id: string): Promise<Conversation | undefined>;
  /**
   * Appends events, in order. Returns at once; the write follows. Resolves when these events are in
   * the file, rejects when they could not be written (they stay queued and are tried again with the
   * next append).
   */
  append(id: string, events: readonly ConversationEvent[]): Promise<void>;
  /** Moves a conversation to the trash, from where `restore` brings it back. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Resolves when everything appended so far is written. */
  flush(): Promise<void>;
}
