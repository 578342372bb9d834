import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { addStyles } from '../kit/addStyles';
import styles from './lightbox.css' with { type: 'text' };
import { LightboxBar } from './lightboxBar';
import type { Showing } from './lightboxProvider';
import { startDrag } from './startDrag';

addStyles(styles);

interface LightboxProps {
  readonly showing: Showing;
  readonly onTurn: (index: number) => void;
  readonly onClose: () => void;
}

/** The factor of one step of the zoom, and its limits, relative to the full size. */
const step = 1.25;
const smallest = 0.1;
const largest = 8;
/** How far an arrow key moves an enlarged picture, in CSS pixels. */
const panStep = 60;

/**
 * An enlarged picture over the whole panel. "+", "-" and "0" zoom. The arrow keys display the next picture, or move the
 * picture if it is larger than the panel.
 */
export function Lightbox({
  showing: { pictures, index },
  onTurn,
  onClose,
}: LightboxProps): JSX.Element | null {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  /** Relative to the full size; null if the picture is fitted into the panel. */
  const scale = useSignal<number | null>(null);
  /** The full width, in CSS pixels; 0 until it is known. */
  const fullWidth = useSignal(0);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    stage.current?.focus();
  }, []);
  const picture = pictures[index];
  if (picture === undefined) return null;
  const turn = (by: number): void => {
    const next = index + by;
    if (next < 0 || next >= pictures.length) return;
    scale.value = null;
    onTurn(next);
  };
  const zoomTo = (wanted: number | null): void => {
    if (stage.current === null) return;
    const middle = middleOf(stage.current);
    scale.value = wanted === null ? null : Math.min(largest, Math.max(smallest, wanted));
    // After the picture has its new size.
    requestAnimationFrame(() => {
      if (stage.current !== null) moveTo(stage.current, middle);
    });
  };
  const zoom = (factor: number): void => {
    const shown = image.current?.getBoundingClientRect().width ?? 0;
    const now = scale.peek() ?? (fullWidth.peek() === 0 ? 1 : shown / fullWidth.peek());
    zoomTo(now * factor);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Escape only closes the picture; a streaming answer continues.
    if (event.key === 'Escape') event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isZoomed = scale.peek() !== null;
    const pan = pans[event.key];
    if (event.key === '+' || event.key === '=') zoom(step);
    else if (event.key === '-') zoom(1 / step);
    else if (event.key === '0') zoomTo(null);
    else if (pan !== undefined && isZoomed) stage.current?.scrollBy(pan[0] * panStep, pan[1] * panStep);
    else if (event.key === 'ArrowLeft') turn(-1);
    else if (event.key === 'ArrowRight') turn(1);
    else return;
    event.preventDefault();
  };
  const width = scale.value === null || fullWidth.value === 0 ? null : fullWidth.value * scale.value;
  return (
    <dialog ref={dialog} class="lightbox" aria-label={picture.name} onClose={onClose} onKeyDown={onKeyDown}>
      <LightboxBar
        picture={picture}
        place={{ index, count: pictures.length }}
        scale={scale.value}
        onTurn={turn}
        onZoomIn={() => {
          zoom(step);
        }}
        onZoomOut={() => {
          zoom(1 / step);
        }}
        onFullSize={() => {
          zoomTo(scale.peek() === 1 ? null : 1);
        }}
        onClose={() => dialog.current?.close()}
      />
      <div
        ref={stage}
        class={`lightbox-stage ${width === null ? '' : 'zoomed'}`}
        tabIndex={0}
        role="group"
        aria-label={picture.name}
        onClick={(event) => {
          if (event.target === event.currentTarget) dialog.current?.close();
        }}
        onPointerDown={(event) => {
          if (scale.peek() !== null) startDrag(event.currentTarget, event);
        }}
        onWheel={(event) => {
          if (!event.ctrlKey) return;
          event.preventDefault();
          zoom(event.deltaY < 0 ? step : 1 / step);
        }}
      >
        <img
          ref={image}
          src={picture.url}
          alt={picture.name}
          draggable={false}
          style={width === null ? undefined : { width: `${width}px` }}
          onLoad={(event) => {
            fullWidth.value = event.currentTarget.naturalWidth;
          }}
          onClick={() => {
            zoomTo(scale.peek() === null ? 1 : null);
          }}
        />
      </div>
    </dialog>
  );
}

const pans: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The point in the middle of the visible part, as shares of the whole content. */
function middleOf(stage: HTMLElement): readonly [x: number, y: number] {
  const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = stage;
  return [(scrollLeft + clientWidth / 2) / scrollWidth, (scrollTop + clientHeight / 2) / scrollHeight];
}

function moveTo(stage: HTMLElement, [x, y]: readonly [x: number, y: number]): void {
  const { clientWidth, clientHeight, scrollWidth, scrollHeight } = stage;
  stage.scrollTo(x * scrollWidth - clientWidth / 2, y * scrollHeight - clientHeight / 2);
}
