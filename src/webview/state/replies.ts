import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { ToView } from '../../shared/messages/toView';

/**
 * The host's reply to the latest of the requests of each kind that it has replied to. Whoever asks numbers the request and
 * reads the reply with that number; an older one is void.
 */
export class Replies {
  readonly context: Signal<ToView['context-found'] | null> = signal(null);
  readonly prompts: Signal<ToView['prompts-found'] | null> = signal(null);
  /** Text for the composer, until it is put there. */
  readonly insertion: Signal<ToView['insert-text'] | null> = signal(null);
  readonly history: Signal<ToView['history-listed'] | null> = signal(null);
}

/** Takes a reply, unless a newer request's came before it: what is asked later may be found sooner. */
export function takeReply<Reply extends { readonly request: number }>(
  latest: Signal<Reply | null>,
  reply: Reply,
): void {
  if (reply.request >= (latest.peek()?.request ?? 0)) latest.value = reply;
}
