/**
 * What of an open tail may be shown while more is coming.
 *
 * A last line of which only the markers have come is held back, because with a few characters more it
 * often is something else: `-` under a paragraph would flash as a heading before it becomes a list.
 * So are the opening line of a fence and the first line of a table, until its second tells that it is one.
 *
 * @param tail Source from the last safe boundary.
 * @returns A prefix of it.
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
  return isTableHead || holdsOnlyMarkers(line) ? tail.slice(0, lineStart) : tail;
}

/** Each step looks at a character once: to try every split of a long run of spaces would take seconds. */
function holdsOnlyMarkers(line: string): boolean {
  const rest = line.trimEnd().replace(/^[\s>]+/, '');
  if (rest === '') return line.includes('>');
  return (
    (/^\[!?[A-Za-z]*\]?$/.test(rest) && /^\s*>/.test(line)) ||
    /^(?:[-=*+_#>`~|]+|\d{1,9}[.)]?|(?:[-*+]|\d{1,9}[.)])?\s*(?:```|~~~).*)$/.test(rest)
  );
}

function lineBefore(text: string, start: number): [line: string, start: number] {
  if (start === 0) return ['', 0];
  const end = start - 1;
  const lineStart = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
  return [text.slice(lineStart, end), lineStart];
}
