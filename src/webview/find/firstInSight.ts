/**
 * Id of the first message that is not wholly above what the reader sees; undefined when nothing is drawn. Asked from
 * the outside in: the place of a message in a chapter that is out of sight would cost that chapter's layout.
 */
export function firstInSight(): string | undefined {
  const transcript = document.querySelector('.transcript');
  if (transcript === null) return undefined;
  const { top } = transcript.getBoundingClientRect();
  let place: Element = transcript;
  for (const level of ['.chapter', '.group', '[data-message]:not([data-message^="comparison "])']) {
    const all = [...place.querySelectorAll(level)];
    place = all.find((element) => element.getBoundingClientRect().bottom > top) ?? all.at(-1) ?? place;
  }
  return place.getAttribute('data-message') ?? undefined;
}
