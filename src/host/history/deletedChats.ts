import type { ConversationStore, ConversationSummary } from '../../core/ports/conversationStore';
import type { SessionPool } from '../../core/conversation/sessionPool';
import type { OpenedCopies } from '../workspace/openedCopies';

/** Deletes conversations. Those that were deleted in this window can be restored until the window closes. */
export class DeletedChats {
  private readonly chats = new Map<string, ConversationSummary>();

  constructor(
    private readonly store: ConversationStore,
    private readonly pool: Pick<SessionPool, 'remove'>,
    private readonly copies: OpenedCopies,
  ) {}

  /** Lists the deleted conversations, the latest deletion first. */
  all(): readonly ConversationSummary[] {
    return [...this.chats.values()].reverse();
  }

  /** Deletes a conversation and the copies of its pictures. Ignores an unknown id. */
  async remove(id: string): Promise<void> {
    const summary = (await this.store.list()).find((candidate) => candidate.id === id);
    if (summary === undefined) return;
    await this.pool.remove(id);
    this.chats.set(id, summary);
    await this.copies.forget(id);
  }

  /** Restores a conversation that was deleted in this window. Ignores any other id. */
  async restore(id: string): Promise<void> {
    if (!this.chats.has(id)) return;
    await this.store.restore(id);
    this.chats.delete(id);
  }
}
