import * as v from 'valibot';
import { attachmentSchema, type Attachment } from '../../shared/conversation/attachment';
import type { UserMessage } from '../../shared/conversation/conversation';
import { Emitter } from '../../shared/kit/emitter';
import { StoredValue, type Memory } from '../memory/storedValue';
import type { Log } from '../../core/ports/log';
import { withoutKnown } from './withoutKnown';

const editSchema = v.object({ id: v.string(), attachments: v.array(attachmentSchema) });

/** A prompt that is open in its editor, with the attachments of its new version. */
type PromptEdit = v.InferOutput<typeof editSchema>;

/** The prompts that are being edited in each conversation. Stored with the workspace, so that a reload keeps them open. */
export class PromptEdits {
  /** Fires when an edit begins, changes or ends. */
  readonly changed: Emitter<void>;

  private readonly stored: StoredValue<Readonly<Record<string, readonly PromptEdit[]>>>;

  constructor(memory: Memory, log: Log) {
    this.stored = new StoredValue(memory, log, {
      key: 'promptEdits',
      schema: v.record(v.string(), v.array(editSchema)),
      fallback: {},
      name: 'the edited prompts',
    });
    this.changed = new Emitter((error) => {
      log.error(`A listener of the edited prompts failed: ${String(error)}`);
    });
  }

  /** The edits of a conversation. */
  of(conversationId: string): readonly PromptEdit[] {
    return this.stored.get()[conversationId] ?? [];
  }

  /** Begins to edit a prompt with a copy of its attachments. */
  begin(conversationId: string, { id, attachments }: Pick<UserMessage, 'id' | 'attachments'>): void {
    this.put(conversationId, id, { id, attachments: [...attachments] });
  }

  /** Adds attachments. Ignores those that the edit has, and an edit that has ended. */
  add(conversationId: string, id: string, added: readonly Attachment[]): void {
    this.change(conversationId, id, (attachments) => [...attachments, ...withoutKnown(added, attachments)]);
  }

  /** Removes an attachment. */
  remove(conversationId: string, id: string, attachmentId: string): void {
    this.change(conversationId, id, (attachments) => attachments.filter((each) => each.id !== attachmentId));
  }

  /** Ends an edit and returns the attachments of the new version; undefined if the prompt was not being edited. */
  end(conversationId: string, id: string): readonly Attachment[] | undefined {
    const edit = this.of(conversationId).find((candidate) => candidate.id === id);
    if (edit !== undefined) this.put(conversationId, id, undefined);
    return edit?.attachments;
  }

  /** Changes the attachments of an edit. Ignores an edit that has ended. */
  change(
    conversationId: string,
    id: string,
    change: (attachments: readonly Attachment[]) => readonly Attachment[],
  ): void {
    const edit = this.of(conversationId).find((candidate) => candidate.id === id);
    if (edit !== undefined) this.put(conversationId, id, { id, attachments: [...change(edit.attachments)] });
  }

  /** @param edit undefined ends the edit. */
  private put(conversationId: string, id: string, edit: PromptEdit | undefined): void {
    const others = this.of(conversationId).filter((other) => other.id !== id);
    const edits = edit === undefined ? others : [...others, edit];
    const all = { ...this.stored.get(), [conversationId]: edits };
    this.stored.set(Object.fromEntries(Object.entries(all).filter(([, list]) => list.length > 0)));
    this.changed.fire();
  }
}
