/** All elements that can scroll sideways, to find them inside other elements. */
const selector = 'pre, .markdown-table, .markdown-diagram, .markdown-math';
const scrollers = new WeakSet<Element>();

/** Makes elements that overflow sideways focusable, and keeps the others out of the tab order. */
export function keepKeyboardScrollable(scroller: HTMLElement): void {
  scrollers.add(scroller);
  observer.observe(scroller);
}

const observer = new ResizeObserver((entries) => {
  // Reads all sizes before it writes, so that the layout is computed once.
  const overflowing = entries.map(({ target }) => target.scrollWidth > target.clientWidth);
  entries.forEach(({ target }, index) => {
    if (overflowing[index] === true) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  });
});

/*
 * Observes only visible elements. The browser visits each observed element in every frame; in a long conversation, those that
 * `content-visibility` skips would cost more than the visible ones, and their size cannot change.
 */
document.addEventListener(
  'contentvisibilityautostatechange',
  ({ target }) => {
    if (!(target instanceof Element)) return;
    for (const scroller of target.querySelectorAll(selector)) {
      if (!scrollers.has(scroller)) continue;
      // Inside an element that becomes visible, other parts can still be skipped.
      if (scroller.checkVisibility({ contentVisibilityAuto: true })) observer.observe(scroller);
      else observer.unobserve(scroller);
    }
  },
  { capture: true },
);
