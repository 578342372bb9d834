/**
 * The part of an open tail that can be displayed while more text is coming.
 *
 * A last line that consists only of markers is held back, because a few more characters often change its meaning: `-` under a
 * paragraph would flash as a heading before it becomes a list, and `*   **` as a rule before it becomes a bold item. The opening line
 * of a fence and the beginning of a definition, a task or `<details>` are held back too, and so is the first line of a table until the
 * second line proves that it is one.
 *
 * @param tail The source after the last safe boundary.
 * @returns A prefix of `tail`.
 */
export function visibleTail(tail: string): string {
  const lineStart = tail.lastIndexOf('\n') + 1;
  const line = tail.slice(lineStart);
  const [previous, previousStart] = lineBefore(tail, lineStart);
  const [beforeThat] = lineBefore(tail, previousStart);
  if (/^[ |:\-\t]*$/.test(line) && previous.trimStart().startsWith('|') && !beforeThat.includes('|')) {
    return tail.slice(0, previousStart);
  }
  const isTableHead = line.trimStart().startsWith('|') && !previous.includes('|');
  const shown = isTableHead || isUndecided(line) ? tail.slice(0, lineStart) : tail;
  // The browser would show its own title for a `details` element without `summary`.
  const [untitled = ''] =
    /(?:^|(?<=\n)) {0,3}<details(?:\s[^<>]{0,200})?>\s{0,9}(?:<summary>)?\s{0,9}$/i.exec(shown.slice(-300)) ??
    [];
  return shown.slice(0, shown.length - untitled.length);
}

/** Linear: each step reads a character once. Trying every split of a long run of spaces would take seconds. */
function isUndecided(line: string): boolean {
  const rest = line.trimEnd().replace(/^[\s>]+/, '');
  if (rest === '') return line.includes('>');
  // The line has no characters but markers.
  if (/^[-=*+_#>`~|\s]+$/.test(rest)) return true;
  const isQuote = /^\s*>/.test(line);
  let text = rest;
  let depth = 0;
  for (let marker = itemMarker(text); marker !== '' && depth < 20; marker = itemMarker(text), depth += 1) {
    text = text.slice(marker.length).trimStart();
  }
  if (/^(?:[-*+_#>`~\s]*|\d{1,9}[.)]?|(?:```|~~~)[^]*)$/.test(text)) return true;
  if (depth > 0 && /^\[[ xX]?\]?$/.test(text)) return true;
  return (isQuote && /^\[!?[A-Za-z]*\]?$/.test(text)) || beginnings.some((beginning) => beginning.test(text));
}

/** The beginning of a tag, of a link definition, and of the definition of a footnote or a numbered link. */
const beginnings = [
  /^<\/?(?:[a-z]{0,10}|(?:details|summary)\s[^<>]{0,200})$/i,
  /^\[[^[\]^]{1,100}\]:\s*\S*(?:\s+["'(].{0,200})?$/,
  /^\[(?:\d{0,3}|\^[^[\]\s]{0,100})(?:\]:?)?$/,
];

function itemMarker(text: string): string {
  return /^(?:[-*+]|\d{1,9}[.)])(?:\s|$)/.exec(text)?.[0] ?? '';
}

function lineBefore(text: string, start: number): [line: string, start: number] {
  if (start === 0) return ['', 0];
  const end = start - 1;
  const lineStart = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
  return [text.slice(lineStart, end), lineStart];
}
