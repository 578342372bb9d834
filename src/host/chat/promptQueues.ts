import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import { attachmentSchema } from '../../shared/conversation/attachment';
import { Emitter } from '../../shared/kit/emitter';
import { StoredValue, type Memory } from '../memory/storedValue';

const promptSchema = v.object({
  id: v.string(),
  text: v.string(),
  attachments: v.array(attachmentSchema),
});

/** A prompt that waits for the answer before it. */
export type WaitingPrompt = v.InferOutput<typeof promptSchema>;

/** The prompts that wait in each conversation; kept with the workspace, so that a reload loses none. */
export class PromptQueues {
  /** Fires when a conversation's queue changes. */
  readonly changed: Emitter<void>;

  private readonly stored: StoredValue<Readonly<Record<string, readonly WaitingPrompt[]>>>;

  constructor(memory: Memory, log: Log) {
    this.stored = new StoredValue(memory, log, {
      key: 'promptQueues',
      schema: v.record(v.string(), v.array(promptSchema)),
      fallback: {},
      name: 'the waiting prompts',
    });
    this.changed = new Emitter((error) => {
      log.error(`A listener of the waiting prompts failed: ${String(error)}`);
    });
  }

  /** The waiting prompts of a conversation, the next one first. */
  of(conversationId: string): readonly WaitingPrompt[] {
    return this.stored.get()[conversationId] ?? [];
  }

  /** Puts a prompt at the end, or before all others. */
  add(conversationId: string, prompt: Omit<WaitingPrompt, 'id'>, where: 'first' | 'last'): void {
    const added = { ...prompt, id: crypto.randomUUID() };
    const others = this.of(conversationId);
    this.put(conversationId, where === 'first' ? [added, ...others] : [...others, added]);
  }

  /** Hands over a prompt and forgets it; the next one without an id. Undefined when there is none. */
  take(conversationId: string, id?: string): WaitingPrompt | undefined {
    const waiting = this.of(conversationId);
    const taken = id === undefined ? waiting[0] : waiting.find((prompt) => prompt.id === id);
    if (taken !== undefined) {
      this.put(
        conversationId,
        waiting.filter((prompt) => prompt !== taken),
      );
    }
    return taken;
  }

  private put(conversationId: string, prompts: readonly WaitingPrompt[]): void {
    const all = { ...this.stored.get(), [conversationId]: prompts };
    const kept = Object.entries(all).filter(([, list]) => list.length > 0);
    this.stored.set(Object.fromEntries(kept));
    this.changed.fire();
  }
}
