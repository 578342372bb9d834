import { batch, signal } from '@preact/signals';

/** Messages in one group, which is added in one idle slice and skipped as one by `content-visibility`. */
export const groupSize = 4;

/**
 * Messages in one chapter of groups. The browser visits each element with `content-visibility` in each frame, except
 * inside one that it skips. Chapters keep that number small in a conversation of any length.
 */
export const chapterSize = 16 * groupSize;

/** The most groups that are drawn before the first paint, however short the messages are. */
const groupsAtFirst = 3;

/** The least area of a letter in a text, in square pixels. It tells when a screen is full. */
const roomOfLetter = 100;

/** The history to draw. */
interface FilledPath {
  readonly messageCount: number;
  /** The number of displayed letters of the message at an index (from 0), without folded parts. */
  readonly lengthOf: (index: number) => number;
  /** True if the reader begins at the end rather than at a place above. */
  readonly fromEnd: boolean;
  /** Called before each addition above. */
  readonly beforeSlice: () => void;
}

/**
 * Draws a long history from its end: first the last messages that fill the screen, then the groups above one by one in
 * idle time. Idle when all are drawn.
 */
export class HistoryFill {
  /** Index of the first drawn group; 0 when all are drawn. */
  readonly firstGroup = signal(0);
  /** Groups below the first drawn one that are not drawn yet, after a jump to a message far above. */
  readonly gaps = signal<ReadonlySet<number>>(new Set());
  private request: number | null = null;
  private beforeSlice: () => void = () => undefined;

  /**
   * Starts again for another path. This also ends the previous filling, because the page removes its old elements only
   * later.
   */
  start({ messageCount, lengthOf, fromEnd, beforeSlice }: FilledPath): void {
    this.stop();
    this.gaps.value = new Set();
    this.beforeSlice = beforeSlice;
    this.firstGroup.value = firstToFill(
      fromEnd ? innerWidth * innerHeight : Number.POSITIVE_INFINITY,
      messageCount,
      lengthOf,
    );
    this.schedule();
  }

  /** To be called when the path has changed. Its end is always drawn. */
  include(messageCount: number): void {
    const last = lastGroup(messageCount);
    if (this.firstGroup.peek() > last) this.firstGroup.value = Math.max(0, last + 1 - groupsAtFirst);
  }

  /**
   * Draws the message at this index (from 0) at once, with its neighbours. The messages between it and the drawn ones leave gaps,
   * which are drawn in idle time, or when the reader scrolls there.
   */
  reach(index: number): void {
    const group = Math.floor(index / groupSize);
    const first = this.firstGroup.peek();
    if (first <= group && !this.gaps.peek().has(group)) return;
    this.beforeSlice();
    const gaps = new Set(this.gaps.peek());
    const newFirst = Math.max(0, Math.min(first, group - 1));
    for (let between = newFirst; between < first; between += 1) gaps.add(between);
    for (const near of [group - 1, group, group + 1]) gaps.delete(near);
    batch(() => {
      this.gaps.value = gaps;
      this.firstGroup.value = newFirst;
    });
    if (this.request === null) this.schedule();
  }

  /** Draws a group that came into sight before its turn. */
  drawGap(group: number): void {
    if (this.gaps.peek().has(group)) this.closeGaps([group]);
  }

  /** Draws all messages below the first drawn one. */
  drawGaps(): void {
    if (this.gaps.peek().size > 0) this.closeGaps([...this.gaps.peek()]);
  }

  private closeGaps(groups: readonly number[]): void {
    const gaps = new Set(this.gaps.peek());
    for (const group of groups) gaps.delete(group);
    this.gaps.value = gaps;
  }

  private stop(): void {
    if (this.request !== null) cancelIdleCallback(this.request);
    this.request = null;
  }

  private schedule(): void {
    if (this.firstGroup.peek() === 0 && this.gaps.peek().size === 0) return;
    this.request = requestIdleCallback(() => {
      this.request = null;
      this.beforeSlice();
      const [gap] = this.gaps.peek();
      if (gap === undefined) this.firstGroup.value = Math.max(0, this.firstGroup.peek() - 1);
      else this.closeGaps([gap]);
      this.schedule();
    });
  }
}

function lastGroup(messageCount: number): number {
  return Math.max(0, Math.ceil(messageCount / groupSize) - 1);
}

/** The first group that a screen of this many square pixels needs, counted from the end. */
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
