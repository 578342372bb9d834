/** All elements that may ever scroll sideways, for finding them within others. */
const selector = 'pre, .markdown-table, .markdown-diagram, .markdown-math';
const scrollers = new WeakSet<Element>();

/** Makes what overflows sideways reachable by keyboard, and keeps what does not out of the tab order. */
export function keepKeyboardScrollable(scroller: HTMLElement): void {
  scrollers.add(scroller);
  observer.observe(scroller);
}

const observer = new ResizeObserver((entries) => {
  // All sizes are read before anything is written, so that the layout is computed once.
  const overflowing = entries.map(({ target }) => target.scrollWidth > target.clientWidth);
  entries.forEach(({ target }, index) => {
    if (overflowing[index] === true) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  });
});

/*
 * The browser looks at each observed element in every frame: in a long conversation, those that `content-visibility` leaves
 * out would cost more than what is in sight. They have no size that could change, either.
 */
document.addEventListener(
  'contentvisibilityautostatechange',
  ({ target }) => {
    if (!(target instanceof Element)) return;
    for (const scroller of target.querySelectorAll(selector)) {
      if (!scrollers.has(scroller)) continue;
      // Within what comes into sight, other parts may be left out all the same.
      if (scroller.checkVisibility({ contentVisibilityAuto: true })) observer.observe(scroller);
      else observer.unobserve(scroller);
    }
  },
  { capture: true },
);
