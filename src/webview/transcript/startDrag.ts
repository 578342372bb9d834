/** Moves the content of a scroller with the pointer until the button is released. The click at the end of a drag is ignored. */
export function startDrag(
  scroller: HTMLElement,
  { clientX, clientY, button, pointerId }: PointerEvent,
): void {
  if (button !== 0) return;
  const { scrollLeft, scrollTop } = scroller;
  const dragging = new AbortController();
  const { signal } = dragging;
  let hasMoved = false;
  scroller.addEventListener(
    'pointermove',
    (event) => {
      const [x, y] = [event.clientX - clientX, event.clientY - clientY];
      if (!hasMoved && Math.hypot(x, y) < 4) return;
      if (!hasMoved) scroller.setPointerCapture(pointerId);
      hasMoved = true;
      scroller.classList.add('dragged');
      scroller.scrollTo(scrollLeft - x, scrollTop - y);
    },
    { signal },
  );
  const end = (): void => {
    dragging.abort();
    scroller.classList.remove('dragged');
    if (!hasMoved) return;
    const ignore = new AbortController();
    scroller.addEventListener(
      'click',
      (event) => {
        event.stopPropagation();
      },
      { capture: true, once: true, signal: ignore.signal },
    );
    // The click follows at once, or not at all.
    setTimeout(() => {
      ignore.abort();
    });
  };
  scroller.addEventListener('pointerup', end, { signal });
  scroller.addEventListener('pointercancel', end, { signal });
}
