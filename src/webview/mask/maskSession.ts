import { signal } from '@preact/signals';
import type { MaskDrawing } from './maskDrawing';
import { paintedShare } from './writeMask';

/** A place in the picture, in its pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The diameters of the brush in percent of the picture's longer side. */
export const brushSizes = { least: 1, most: 50, usual: 8 } as const;
/** How much a key changes the diameter. */
const sizeFactor = 1.25;
/** How far an arrow key moves the brush, in diameters: marks one step apart touch each other. */
const usualStep = 0.5;
const smallStep = 0.1;

/** The painting of one mask: the drawing, the brush, and what the tools show of both. */
export class MaskSession {
  /** The diameter of the brush; see `brushSizes`. */
  readonly size = signal<number>(brushSizes.usual);
  /** True if the brush erases. */
  readonly erases = signal(false);
  readonly brush;
  /** The share of the picture that is painted, from 0 to 1. It is not counted during a stroke. */
  readonly share;
  readonly canUndo = signal(false);
  /** Counts the changes after which the whole mask must be drawn again. */
  readonly redraws = signal(0);
  private isStroking = false;

  constructor(readonly drawing: MaskDrawing) {
    this.brush = signal<Place>({ x: drawing.width / 2, y: drawing.height / 2 });
    this.share = signal(paintedShare(drawing));
  }

  /** The radius of the brush in pixels of the picture. */
  get radius(): number {
    const { width, height } = this.drawing;
    return Math.max(0.5, (Math.max(width, height) * this.size.value) / 200);
  }

  /** True between `begin` and `end`. */
  get stroking(): boolean {
    return this.isStroking;
  }

  /** Moves the brush without painting. */
  moveTo(place: Place): void {
    this.brush.value = place;
  }

  /** Moves the brush with a key. It stays in the picture. Returns true if that goes on with a stroke. */
  step(x: number, y: number, isSmall: boolean): boolean {
    const { width, height } = this.drawing;
    const far = Math.max(1, 2 * this.radius * (isSmall ? smallStep : usualStep));
    const from = this.brush.peek();
    const place = {
      x: Math.min(width, Math.max(0, from.x + x * far)),
      y: Math.min(height, Math.max(0, from.y + y * far)),
    };
    if (this.isStroking) return this.extend(place);
    this.moveTo(place);
    return false;
  }

  /**
   * Begins a stroke at a place.
   *
   * @param erases By default what the tool does.
   */
  begin(place: Place, erases = this.erases.peek()): void {
    this.moveTo(place);
    this.drawing.begin(place.x, place.y, this.radius, erases);
    this.isStroking = true;
  }

  /** Goes on with the stroke. Returns true if there is something new to draw. */
  extend(place: Place): boolean {
    this.moveTo(place);
    return this.isStroking && this.drawing.extend(place.x, place.y);
  }

  /** Ends the stroke, if there is one. */
  end(): void {
    if (!this.isStroking) return;
    this.isStroking = false;
    this.count();
  }

  undo(): void {
    this.change(() => {
      this.drawing.undo();
    });
  }

  clear(): void {
    this.change(() => {
      this.drawing.clear();
    });
  }

  invert(): void {
    this.change(() => {
      this.drawing.invert();
    });
  }

  /** Makes the brush larger or smaller by one step. */
  resize(isLarger: boolean): void {
    const size = this.size.peek() * (isLarger ? sizeFactor : 1 / sizeFactor);
    this.size.value = Math.min(brushSizes.most, Math.max(brushSizes.least, Math.round(size * 10) / 10));
  }

  private change(make: () => void): void {
    if (this.isStroking) return;
    make();
    this.redraws.value += 1;
    this.count();
  }

  private count(): void {
    this.canUndo.value = this.drawing.canUndo;
    this.share.value = paintedShare(this.drawing);
  }
}
