import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { ToView } from '../../shared/messages/toView';

/** The most pictures that are kept for thumbnails. Each may have megabytes. */
const mostThumbnails = 20;

/**
 * The host's latest reply of each kind. A component numbers its request and reads the reply with that number; older
 * replies are ignored.
 */
export class Replies {
  readonly context: Signal<ToView['context-found'] | null> = signal(null);
  readonly prompts: Signal<ToView['prompts-found'] | null> = signal(null);
  /** Text for the composer, until it is inserted. */
  readonly insertion: Signal<ToView['insert-text'] | null> = signal(null);
  readonly localServers: Signal<ToView['local-servers-found'] | null> = signal(null);
  /** The pictures of the pending attachments and their masks, by the ids. */
  readonly thumbnails: Signal<ReadonlyMap<string, ToView['thumbnail-loaded']>> = signal(new Map());
  readonly plan: Signal<ToView['prompt-planned'] | null> = signal(null);
  /** Read at once by the player, so that none is lost. */
  readonly speech: Signal<ToView['speech'] | null> = signal(null);
  readonly dictation: Signal<ToView['dictation']> = signal({ phase: 'none' });
  readonly history: Signal<ToView['history-listed'] | null> = signal(null);

  /** Keeps the picture of a pending attachment; of many, the latest ones. */
  takeThumbnail(thumbnail: ToView['thumbnail-loaded']): void {
    const { id } = thumbnail;
    const kept = [...this.thumbnails.peek()].filter(([other]) => other !== id);
    this.thumbnails.value = new Map([...kept.slice(1 - mostThumbnails), [id, thumbnail]]);
  }
}

/** Accepts a reply, unless the reply to a newer request came before it. */
export function takeReply<Reply extends { readonly request: number }>(
  latest: Signal<Reply | null>,
  reply: Reply,
): void {
  if (reply.request >= (latest.peek()?.request ?? 0)) latest.value = reply;
}
