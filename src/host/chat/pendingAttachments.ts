import * as v from 'valibot';
import { attachmentSchema, type Attachment } from '../../shared/conversation/attachment';
import { Emitter } from '../../shared/kit/emitter';
import { StoredValue, type Memory } from '../memory/storedValue';
import type { Log } from '../../core/ports/log';
import { withoutKnown } from './withoutKnown';

/** The chips in the composer of each conversation; kept with the workspace, so that a reload loses none. */
export class PendingAttachments {
  /** Fires when a conversation's chips change. */
  readonly changed: Emitter<void>;

  private readonly stored: StoredValue<Readonly<Record<string, readonly Attachment[]>>>;

  constructor(memory: Memory, log: Log) {
    this.stored = new StoredValue(memory, log, {
      key: 'pendingAttachments',
      schema: v.record(v.string(), v.array(attachmentSchema)),
      fallback: {},
      name: 'the attachments of the next prompts',
    });
    this.changed = new Emitter((error) => {
      log.error(`A listener of the attachments failed: ${String(error)}`);
    });
  }

  /** The attachments that the next prompt of a conversation takes along. */
  of(conversationId: string): readonly Attachment[] {
    return this.stored.get()[conversationId] ?? [];
  }

  /** Adds attachments; the same piece is not added twice. */
  add(conversationId: string, attachments: readonly Attachment[]): void {
    this.change(conversationId, (present) => [...present, ...withoutKnown(attachments, present)]);
  }

  remove(conversationId: string, id: string): void {
    this.change(conversationId, (present) => present.filter((attachment) => attachment.id !== id));
  }

  change(
    conversationId: string,
    change: (attachments: readonly Attachment[]) => readonly Attachment[],
  ): void {
    this.put(conversationId, change(this.of(conversationId)));
  }

  /** Hands over the attachments of a conversation and forgets them. */
  take(conversationId: string): readonly Attachment[] {
    const attachments = this.of(conversationId);
    if (attachments.length > 0) this.put(conversationId, []);
    return attachments;
  }

  private put(conversationId: string, attachments: readonly Attachment[]): void {
    const all = { ...this.stored.get(), [conversationId]: attachments };
    const kept = Object.entries(all).filter(([, list]) => list.length > 0);
    this.stored.set(Object.fromEntries(kept));
    this.changed.fire();
  }
}
