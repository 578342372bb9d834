import type { AnswerPart } from '../../shared/answer/answerPart';
import type { Disposable } from '../../shared/kit/disposable';

/** A part of an answer whose text grows while it streams: text, reasoning, or the arguments of a tool call. */
export interface GrowingPart {
  readonly kind: 'text' | 'reasoning' | 'tool-call';
  /** Index among the answer's parts. */
  readonly index: number;
}

/** Receives the text of one part. */
export interface TextListener {
  /** The whole current text: called first, and again if the text turned out different. */
  replace(text: string): void;
  append(text: string): void;
  /** The part is complete. Called once, until `reopen`. */
  end(): void;
  /** The part continues after its end. */
  reopen(): void;
}

/** The text of a part; undefined for a part without text. */
export function wordsOf(part: AnswerPart | undefined): string | undefined {
  if (part?.kind === 'text' || part?.kind === 'reasoning') return part.text;
  return part?.kind === 'tool-call' ? part.call.arguments : undefined;
}

interface Feed {
  readonly part: GrowingPart;
  readonly listener: TextListener;
  isEnded: boolean;
}

/**
 * Passes growing text from the events to the renderer without components. A delta costs one call, whatever the length
 * of the answer and the conversation.
 */
export class TextFeeds {
  private readonly feeds = new Map<string, Set<Feed>>();

  /**
   * Calls `listener` from the next delta on.
   * @param isEnded True if the part is complete and the listener was told so.
   */
  add(id: string, part: GrowingPart, listener: TextListener, isEnded: boolean): Disposable {
    const feeds = this.feeds.get(id) ?? new Set();
    const feed = { part, listener, isEnded };
    feeds.add(feed);
    this.feeds.set(id, feeds);
    return {
      dispose: () => {
        feeds.delete(feed);
        if (feeds.size === 0 && this.feeds.get(id) === feeds) this.feeds.delete(id);
      },
    };
  }

  append(id: string, { kind, index }: GrowingPart, text: string): void {
    for (const { part, listener } of this.feeds.get(id) ?? []) {
      if (part.index === index && part.kind === kind) listener.append(text);
    }
  }

  /**
   * Updates every listener of an answer from the parts that it knows to the current parts with the least work. A part
   * whose kind has changed no longer belongs to its listener.
   */
  update(id: string, before: readonly AnswerPart[], after: readonly AnswerPart[]): void {
    for (const { part, listener } of this.feeds.get(id) ?? []) {
      const now = after[part.index];
      const text = wordsOf(now);
      if (now?.kind !== part.kind || text === undefined) continue;
      const old = wordsOf(before[part.index]);
      if (old === text) continue;
      if (old !== undefined && text.startsWith(old)) listener.append(text.slice(old.length));
      else listener.replace(text);
    }
  }

  /** Ends the parts that cannot grow any more and opens those that can, as `canGrow` tells. */
  settle(id: string, canGrow: (part: GrowingPart) => boolean): void {
    for (const feed of this.feeds.get(id) ?? []) {
      const isEnded = !canGrow(feed.part);
      if (isEnded === feed.isEnded) continue;
      feed.isEnded = isEnded;
      if (isEnded) feed.listener.end();
      else feed.listener.reopen();
    }
  }
}
