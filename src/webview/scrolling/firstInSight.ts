/**
 * The first message, or comparison, that is not wholly above what the reader sees of the conversation; the last one when all
 * are, undefined when nothing is drawn. Looked for from the outside in: to tell the place of a message in a chapter that is out
 * of sight, the browser would have to lay out that chapter.
 */
export function firstInSight(scroller: Element): Element | undefined {
  const { top } = scroller.getBoundingClientRect();
  let place = scroller;
  for (const level of ['.chapter', '.group', '[data-message]']) {
    const all = [...place.querySelectorAll(level)];
    place = all.find((element) => element.getBoundingClientRect().bottom > top) ?? all.at(-1) ?? place;
  }
  return place === scroller ? undefined : place;
}
