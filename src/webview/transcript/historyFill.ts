import { signal } from '@preact/signals';

/** Messages in one group: what an idle slice adds, and what `content-visibility` skips as one. */
export const groupSize = 4;

/**
 * Messages in one chapter of groups. The browser looks at every element with `content-visibility` in each frame, but
 * not within one that it skips: with chapters those stay few, however long the conversation.
 */
export const chapterSize = 16 * groupSize;

/** Enough for more than a screen, and cheap enough for the first paint. */
const groupsAtFirst = 3;

/**
 * Draws a long history from its end: the last dozen messages at once, the groups above one by one
 * while nothing else is to be done. Idle once all are there.
 */
export class HistoryFill {
  /** Index of the first group that is drawn; 0 when all are. */
  readonly firstGroup = signal(0);
  private request: number | null = null;
  private beforeSlice: () => void = () => undefined;

  /**
   * Starts over for a path of so many messages. `beforeSlice` is called before each addition above. What was being filled before ends
   * here and nowhere else: the page lets go of its elements only after this one has begun.
   */
  start(messageCount: number, beforeSlice: () => void): void {
    this.stop();
    this.beforeSlice = beforeSlice;
    this.firstGroup.value = firstOf(messageCount);
    this.schedule();
  }

  /** The path has changed: its last dozen are drawn in any case. */
  include(messageCount: number): void {
    if (this.firstGroup.peek() > firstOf(messageCount)) this.firstGroup.value = firstOf(messageCount);
  }

  /** Draws now what is above, as far as the message at this place (counted from 0). */
  reach(index: number): void {
    const group = Math.floor(index / groupSize);
    if (this.firstGroup.peek() <= group) return;
    this.beforeSlice();
    this.firstGroup.value = Math.max(0, group);
  }

  private stop(): void {
    if (this.request !== null) cancelIdleCallback(this.request);
    this.request = null;
  }

  private schedule(): void {
    if (this.firstGroup.peek() === 0) return;
    this.request = requestIdleCallback(() => {
      this.request = null;
      this.beforeSlice();
      this.firstGroup.value = Math.max(0, this.firstGroup.peek() - 1);
      this.schedule();
    });
  }
}

function firstOf(messageCount: number): number {
  return Math.max(0, Math.ceil(messageCount / groupSize) - groupsAtFirst);
}
