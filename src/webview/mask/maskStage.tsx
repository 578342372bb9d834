import { useSignal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel } from '../state/panelParts';
import type { MaskPicture } from './loadMaskPicture';
import type { MaskSession, Place } from './maskSession';
import { maskPattern } from './maskPattern';

interface MaskStageProps {
  readonly name: string;
  readonly picture: MaskPicture;
  readonly session: MaskSession;
  readonly stage: RefObject<HTMLDivElement | null>;
  /** The id of the element that explains the keys. */
  readonly keysId: string;
  /** Enter was pressed. */
  readonly onUse: () => void;
}

/** A small picture is shown at most so many times larger. */
const largestScale = 8;
/** The button of a pen's eraser (Pointer Events, section 4.1.1.1). */
const eraserButton = 5;

const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The picture with its mask, on which mouse, pen, finger and keys paint. */
export function MaskStage({ name, picture, session, stage, keysId, onUse }: MaskStageProps): JSX.Element {
  const { language, t } = usePanel();
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = picture.drawing;
  /** CSS pixels for a pixel of the picture; 0 until the size of the stage is known. */
  const scale = useSignal(0);
  const redraws = session.redraws.value;
  useFittedScale(stage, scale, width, height);
  const draw = useMaskCanvas(canvas, session, scale.value, redraws);
  useEffect(() => {
    box.current?.prepend(picture.image);
  }, []);
  const placeOf = ({ clientX, clientY }: MouseEvent): Place => {
    const { left = 0, top = 0 } = box.current?.getBoundingClientRect() ?? {};
    return { x: (clientX - left) / scale.peek(), y: (clientY - top) / scale.peek() };
  };
  const paint = (event: PointerEvent): void => {
    // The browser merges moves of one frame; a fast stroke needs all of them to be round.
    const moves = event.getCoalescedEvents();
    for (const move of moves.length > 0 ? moves : [event]) if (session.extend(placeOf(move))) draw();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    if (arrow !== undefined) {
      if (session.step(...arrow, event.shiftKey)) draw();
    } else if (event.key === ' ') {
      if (!event.repeat && !session.stroking) {
        session.begin(session.brush.peek());
        draw();
      }
    } else if (event.key === '[' || event.key === ']') session.resize(event.key === ']');
    else if (event.key === 'e' || event.key === 'E') session.erases.value = !session.erases.peek();
    else if (event.key === 'Enter') onUse();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const { x, y } = session.brush.value;
  const diameter = 2 * session.radius * scale.value;
  return (
    <div
      ref={stage}
      class="mask-stage"
      // Arrow keys and Space belong to the brush, also with a screen reader.
      role="application"
      tabIndex={0}
      aria-label={t('Mask of {0}', name)}
      aria-describedby={keysId}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => {
        if (event.key === ' ') session.end();
      }}
      onBlur={() => {
        session.end();
      }}
      onPointerDown={(event) => {
        const erases = event.button === eraserButton ? true : undefined;
        if (!event.isPrimary || (event.button !== 0 && erases === undefined)) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        session.end();
        session.begin(placeOf(event), erases);
        draw();
      }}
      onPointerMove={(event) => {
        if (event.isPrimary) paint(event);
      }}
      onPointerUp={() => {
        session.end();
      }}
      onPointerCancel={() => {
        session.end();
      }}
    >
      <div
        ref={box}
        class="mask-picture"
        style={{ width: `${width * scale.value}px`, height: `${height * scale.value}px` }}
      >
        <canvas ref={canvas} />
        <span
          class={session.erases.value ? 'mask-brush erases' : 'mask-brush'}
          style={{
            width: `${diameter}px`,
            height: `${diameter}px`,
            transform: `translate(${x * scale.value - diameter / 2}px, ${y * scale.value - diameter / 2}px)`,
          }}
        />
      </div>
      <span class="visually-hidden" role="status">
        {t(
          'Brush at {0} from the left and {1} from the top',
          percent.format(x / width),
          percent.format(y / height),
        )}
      </span>
    </div>
  );
}

/** Fits the picture into the stage, also when the panel changes its size. */
function useFittedScale(
  stage: RefObject<HTMLDivElement | null>,
  scale: { value: number },
  width: number,
  height: number,
): void {
  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const { inlineSize = 0, blockSize = 0 } = entry?.contentBoxSize[0] ?? {};
      scale.value = Math.max(0, Math.min(largestScale, inlineSize / width, blockSize / height));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
}

/** Draws the mask in the resolution of the screen. Returns what draws the end of the last stroke. */
function useMaskCanvas(
  canvas: RefObject<HTMLCanvasElement | null>,
  { drawing }: MaskSession,
  scale: number,
  redraws: number,
): () => void {
  const end = useRef<() => void>(() => undefined);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d') ?? null;
    if (element === null || context === null || scale === 0) return;
    const factor = scale * devicePixelRatio;
    element.width = Math.ceil(drawing.width * factor);
    element.height = Math.ceil(drawing.height * factor);
    context.setTransform(factor, 0, 0, factor, 0, 0);
    const paint = maskPattern(context, devicePixelRatio);
    // The stripes keep their width on the screen.
    paint.setTransform(new DOMMatrix().scale(1 / factor));
    drawing.draw(context, paint);
    end.current = () => {
      drawing.drawEnd(context, paint);
    };
  }, [scale, redraws]);
  return () => {
    end.current();
  };
}
