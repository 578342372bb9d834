/**
 * Changes the height of an element without moving what the reader sees. If the element begins above the visible part of
 * its scroller, its end keeps its position. (The browser's scroll anchoring would keep the beginning of the element.)
 */
export function changeInPlace(element: Element, change: () => void): void {
  const before = element.getBoundingClientRect();
  change();
  const scroller = scrollerOf(element);
  if (scroller === null || before.top >= scroller.getBoundingClientRect().top) return;
  scroller.scrollTop += element.getBoundingClientRect().bottom - before.bottom;
}

function scrollerOf(element: Element): Element | null {
  for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    if ((overflowY === 'auto' || overflowY === 'scroll') && parent.scrollHeight > parent.clientHeight)
      return parent;
  }
  return null;
}
