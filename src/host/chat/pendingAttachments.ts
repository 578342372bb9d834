import * as v from 'valibot';
import { attachmentSchema, type Attachment } from '../../shared/conversation/attachment';
import { Emitter } from '../../shared/kit/emitter';
import { StoredValue, type Memory } from '../memory/storedValue';
import type { Log } from '../../core/ports/log';

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
    const present = this.of(conversationId);
    const fresh = attachments.filter(
      (attachment) => !present.some((other) => isSamePiece(other, attachment)),
    );
    this.put(conversationId, [...present, ...fresh]);
  }

  remove(conversationId: string, id: string): void {
    this.put(
      conversationId,
      this.of(conversationId).filter((attachment) => attachment.id !== id),
    );
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

function isSamePiece(left: Attachment, right: Attachment): boolean {
  if (left.kind === 'image') return right.kind === 'image' && left.url === right.url;
  if (left.kind === 'text')
    return right.kind === 'text' && left.name === right.name && left.text === right.text;
  return (
    right.kind === 'code' &&
    left.uri === right.uri &&
    left.startLine === right.startLine &&
    left.endLine === right.endLine &&
    left.text === right.text
  );
}
