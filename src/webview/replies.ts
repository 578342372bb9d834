import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { ToView } from '../shared/messages';

/**
 * The host's latest reply to each kind of question. Whoever asks numbers the request and reads the
 * reply with that number; an older one is void.
 */
export class Replies {
  readonly context: Signal<ToView['context-found'] | null> = signal(null);
  readonly prompts: Signal<ToView['prompts-found'] | null> = signal(null);
  /** Text for the composer, until it is put there. */
  readonly insertion: Signal<ToView['insert-text'] | null> = signal(null);
  readonly history: Signal<ToView['history-listed'] | null> = signal(null);
}
