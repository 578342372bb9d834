import { signal } from '@preact/signals';
import type { LineLayout } from './lineLayout';
import { linesWithin } from './lineLayout';

/** Lines that are drawn at once above and below the visible ones. */
const besides = 8;
/** Lines that are drawn in idle time in the direction of scrolling, and kept on the other side. */
const ahead = 56;
const behind = 16;
/** Lines that are added in one idle slice. */
const perSlice = 14;

/** Indexes of lines: the first, and the one after the last. */
type LineRange = readonly [number, number];

/**
 * Decides which lines are drawn: at once those that the reader sees, and in idle time the ones that follow, so that a frame of
 * scrolling only has to paint.
 */
export class DrawnLines {
  readonly range = signal<LineRange>([0, besides * 4]);
  private seen: LineRange = [0, 0];
  private isForward = true;
  private lastTop = 0;
  private request: number | null = null;
  private count = 0;

  /** To be called when the list was scrolled or has other lines. `top` and `height` in em. */
  look(layout: LineLayout, top: number, height: number): void {
    if (top !== this.lastTop) this.isForward = top > this.lastTop;
    this.lastTop = top;
    this.count = layout.tops.length;
    this.seen = linesWithin(layout, top, top + height);
    const [first, end] = this.around(besides, besides);
    const [drawnFirst, drawnEnd] = this.range.peek();
    const isApart = end < drawnFirst || first > drawnEnd;
    if (isApart) this.draw([first, end]);
    else if (first < drawnFirst || end > drawnEnd) {
      this.draw([Math.min(first, drawnFirst), Math.max(end, drawnEnd)]);
    }
    this.schedule();
  }

  dispose(): void {
    if (this.request !== null) cancelIdleCallback(this.request);
    this.request = null;
  }

  private schedule(): void {
    this.request ??= requestIdleCallback(() => {
      this.request = null;
      if (this.step()) this.schedule();
    });
  }

  /**
   * Draws a slice of the wanted lines. When all are drawn, removes those that are far away: Preact moves all rows when rows are
   * added at one end and removed at the other at the same time. Returns false when nothing is left to do.
   */
  private step(): boolean {
    const [first, end] = this.isForward ? this.around(behind, ahead) : this.around(ahead, behind);
    const [drawnFirst, drawnEnd] = this.range.peek();
    const isGrowing = first < drawnFirst || end > drawnEnd;
    return this.draw(
      isGrowing
        ? [
            Math.min(drawnFirst, Math.max(first, drawnFirst - perSlice)),
            Math.max(drawnEnd, Math.min(end, drawnEnd + perSlice)),
          ]
        : [first, end],
    );
  }

  private around(above: number, below: number): LineRange {
    const [first, end] = this.seen;
    return [Math.max(0, first - above), Math.min(this.count, end + below)];
  }

  /** Returns false if these lines are drawn already. */
  private draw(range: LineRange): boolean {
    const before = this.range.peek();
    if (before[0] === range[0] && before[1] === range[1]) return false;
    this.range.value = range;
    return true;
  }
}
