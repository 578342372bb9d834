import * as v from 'valibot';
import { attachmentSchema, type Attachment } from '../../shared/conversation/attachment';
import { Emitter } from '../../shared/kit/emitter';
import { StoredValue, type Memory } from '../memory/storedValue';
import type { Log } from '../../core/ports/log';
import { withMask, type MaskChange } from './withMask';
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

  /** Adds attachments; the same piece is not added twice. A mask that is added with a known picture replaces that picture's mask. */
  add(conversationId: string, attachments: readonly Attachment[]): void {
    const present = attachments.reduce(withMaskOf, this.of(conversationId));
    this.put(conversationId, [...present, ...withoutKnown(attachments, present)]);
  }

  /** Changes the mask of a picture. */
  setMask(conversationId: string, id: string, change: MaskChange): void {
    this.put(conversationId, withMask(this.of(conversationId), id, change));
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

/** The attachments, of which the one with the content of `added` has its mask. */
function withMaskOf(attachments: readonly Attachment[], added: Attachment): readonly Attachment[] {
  if (added.kind !== 'image' || added.mask === undefined) return attachments;
  const known = attachments.find((other) => other.kind === 'image' && other.url === added.url);
  return known === undefined ? attachments : withMask(attachments, known.id, { mask: added.mask });
}
