import { signal } from '@preact/signals';

/** Messages in one group: what an idle slice adds, and what `content-visibility` skips as one. */
export const groupSize = 4;

/**
 * Messages in one chapter of groups. The browser looks at every element with `content-visibility` in each frame, but
 * not within one that it skips: with chapters those stay few, however long the conversation.
 */
export const chapterSize = 16 * groupSize;

/** However short the messages are, no more groups than these are drawn before the first paint. */
const groupsAtFirst = 3;

/** No letter takes less room in a text, in square pixels: so a screen is full with what this makes of it. */
const roomOfLetter = 100;

/** What is to be filled. */
export interface FilledPath {
  readonly messageCount: number;
  /** Letters of the message at a place (counted from 0), as far as they are shown unasked. */
  readonly lengthOf: (index: number) => number;
  /** Whether the reader begins at the end, rather than at a place above. */
  readonly fromEnd: boolean;
  /** Called before each addition above. */
  readonly beforeSlice: () => void;
}

/**
 * Draws a long history from its end: at once the last messages that fill the screen, the groups above one by one
 * while nothing else is to be done. Idle once all are there.
 */
export class HistoryFill {
  /** Index of the first group that is drawn; 0 when all are. */
  readonly firstGroup = signal(0);
  private request: number | null = null;
  private beforeSlice: () => void = () => undefined;

  /**
   * Starts over for another path. What was being filled before ends here and nowhere else: the page lets go of its elements
   * only after this one has begun.
   */
  start({ messageCount, lengthOf, fromEnd, beforeSlice }: FilledPath): void {
    this.stop();
    this.beforeSlice = beforeSlice;
    this.firstGroup.value = firstToFill(
      fromEnd ? innerWidth * innerHeight : Number.POSITIVE_INFINITY,
      messageCount,
      lengthOf,
    );
    this.schedule();
  }

  /** The path has changed: its end is drawn in any case. */
  include(messageCount: number): void {
    const last = lastGroup(messageCount);
    if (this.firstGroup.peek() > last) this.firstGroup.value = Math.max(0, last + 1 - groupsAtFirst);
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

function lastGroup(messageCount: number): number {
  return Math.max(0, Math.ceil(messageCount / groupSize) - 1);
}

/** The group that a screen of so many square pixels is full with, with all that is below it. */
function firstToFill(screen: number, messageCount: number, lengthOf: (index: number) => number): number {
  const last = lastGroup(messageCount);
  let room = screen;
  let index = messageCount;
  for (let group = last; group > 0 && group > last + 1 - groupsAtFirst; group -= 1) {
    while (index > group * groupSize) {
      index -= 1;
      room -= lengthOf(index) * roomOfLetter;
    }
    if (room <= 0) return group;
  }
  return Math.max(0, last + 1 - groupsAtFirst);
}
