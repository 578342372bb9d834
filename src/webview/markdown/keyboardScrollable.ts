/** Makes what overflows sideways reachable by keyboard, and keeps what does not out of the tab order. */
export function keepKeyboardScrollable(scroller: HTMLElement): void {
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
