import type { AnswerPart } from '../../shared/answer/answerPart';
import type { Disposable } from '../../shared/kit/disposable';

/** A part of an answer whose words grow while it streams: its text, its reasoning, or the arguments of a tool call. */
export interface GrowingPart {
  readonly kind: 'text' | 'reasoning' | 'tool-call';
  /** Place among the answer's parts. */
  readonly index: number;
}

/** Takes the words of one part as they come. */
export interface TextListener {
  /** The whole text as of now: first of all, and again when it turned out different. */
  replace(text: string): void;
  append(text: string): void;
  /** The part is whole. Called once, until `reopen`. */
  end(): void;
  /** The part goes on after its end. */
  reopen(): void;
}

/** The words of a part; undefined for one that has none. */
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
 * Carries growing words from the events to what draws them, past the components: a delta costs one call, however long the
 * answer and the conversation are.
 */
export class TextFeeds {
  private readonly feeds = new Map<string, Set<Feed>>();

  /** Calls `listener` from the next delta on. @param isEnded True when the part is whole, and the listener was told so. */
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
   * Brings every listener of an answer from the parts that it knows to those of now, by the shortest way. A part that is
   * of another kind now is none of its listener's.
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

  /** Ends the parts that cannot grow any more and opens those that can, for each as `canGrow` says. */
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
