/**
 * How many frames the position is corrected, because elements get their true size some frames after they become
 * visible.
 */
const framesToRest = 8;

/** Scrolls until a range of the conversation's text is visible, as long as `isWanted` returns true. */
export function showRange(range: StaticRange, isWanted: () => boolean, frames = framesToRest): void {
  const { startContainer, endContainer } = range;
  if (!startContainer.isConnected || !endContainer.isConnected || !isWanted()) return;
  const scroller = startContainer.parentElement?.closest('.transcript');
  if (scroller === null || scroller === undefined) return;
  const live = document.createRange();
  live.setStart(startContainer, range.startOffset);
  live.setEnd(endContainer, range.endOffset);
  const seen = scroller.getBoundingClientRect();
  const place = live.getBoundingClientRect();
  if (place.top < seen.top + 8 || place.bottom > seen.bottom - 8) {
    scroller.scrollTop += place.top - seen.top - seen.height / 3;
  }
  showSideways(live, startContainer);
  if (frames === 0) return;
  requestAnimationFrame(() => {
    showRange(range, isWanted, frames - 1);
  });
}

/** Long lines of code scroll in their own block. */
function showSideways(range: Range, node: Node): void {
  const block = node.parentElement?.closest('pre');
  if (block === null || block === undefined) return;
  const seen = block.getBoundingClientRect();
  const place = range.getBoundingClientRect();
  if (place.left < seen.left || place.right > seen.right) block.scrollLeft += place.left - seen.left - 24;
}
