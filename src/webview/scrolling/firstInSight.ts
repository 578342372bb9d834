/**
 * The first message or comparison that is not completely above the visible part of the conversation. The last one if
 * all are; undefined if nothing is drawn. The search goes from the outside in, because asking for the position of a
 * message in a hidden chapter would make the browser lay out that chapter.
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
