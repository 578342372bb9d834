/** A step of a mask, in pixels of the picture. */
type Step =
  | {
      readonly kind: 'stroke';
      readonly erases: boolean;
      readonly radius: number;
      /** x and y of each point in turn. */
      readonly points: number[];
    }
  | { readonly kind: 'clear' }
  | { readonly kind: 'invert' };

/** What both kinds of canvas can draw on. */
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
/** What marks the painted part: a colour or a pattern without transparency. */
type Paint = string | CanvasPattern;

/**
 * A mask as the steps that made it, so that it can be undone, shown at any size and written at the size of the picture. It begins
 * empty, or with an earlier mask.
 */
export class MaskDrawing {
  private readonly steps: Step[] = [];

  /**
   * @param width In pixels, as the height.
   * @param earlier An earlier mask of the same size. What is transparent in it is painted.
   */
  constructor(
    readonly width: number,
    readonly height: number,
    private readonly earlier: CanvasImageSource | null,
  ) {}

  get canUndo(): boolean {
    return this.steps.length > 0;
  }

  /** Begins a stroke with a dot. */
  begin(x: number, y: number, radius: number, erases: boolean): void {
    this.steps.push({ kind: 'stroke', erases, radius, points: [x, y] });
  }

  /** Goes on with the last stroke. Skips a point that makes no visible difference. */
  extend(x: number, y: number): boolean {
    const stroke = this.steps.at(-1);
    if (stroke?.kind !== 'stroke') return false;
    const [lastX = 0, lastY = 0] = stroke.points.slice(-2);
    if (Math.hypot(x - lastX, y - lastY) < Math.max(0.5, stroke.radius / 10)) return false;
    stroke.points.push(x, y);
    return true;
  }

  clear(): void {
    this.steps.push({ kind: 'clear' });
  }

  invert(): void {
    this.steps.push({ kind: 'invert' });
  }

  undo(): void {
    this.steps.pop();
  }

  /** Draws the whole mask in pixels of the picture; the transform of the context scales and moves it. */
  draw(context: Context, paint: Paint): void {
    const { steps, earlier } = this;
    const cleared = steps.findLastIndex(({ kind }) => kind === 'clear');
    if (cleared < 0 && earlier !== null) {
      this.fill(context, 'source-over', paint);
      context.globalCompositeOperation = 'destination-out';
      context.drawImage(earlier, 0, 0, this.width, this.height);
    }
    for (const step of steps.slice(cleared + 1)) {
      if (step.kind === 'stroke') drawStroke(context, step, paint, 0);
      else this.fill(context, 'source-out', paint);
    }
    context.globalCompositeOperation = 'source-over';
  }

  /** Draws only the end of the last stroke, over what is drawn already. */
  drawEnd(context: Context, paint: Paint): void {
    const step = this.steps.at(-1);
    if (step?.kind === 'stroke') drawStroke(context, step, paint, Math.max(0, step.points.length - 4));
    context.globalCompositeOperation = 'source-over';
  }

  private fill(context: Context, operation: GlobalCompositeOperation, paint: Paint): void {
    context.globalCompositeOperation = operation;
    context.fillStyle = paint;
    context.fillRect(0, 0, this.width, this.height);
  }
}

function drawStroke(
  context: Context,
  { points, radius, erases }: Extract<Step, { kind: 'stroke' }>,
  paint: Paint,
  from: number,
): void {
  context.globalCompositeOperation = erases ? 'destination-out' : 'source-over';
  context.fillStyle = paint;
  context.strokeStyle = paint;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = 2 * radius;
  const [x = 0, y = 0] = points.slice(from, from + 2);
  context.beginPath();
  if (points.length - from < 4) {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.moveTo(x, y);
  for (let at = from + 2; at < points.length; at += 2) context.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
  context.stroke();
}
