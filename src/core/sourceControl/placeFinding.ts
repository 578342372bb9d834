import type { ChangedFile } from './readDiff';

/**
 * Where a finding belongs in a file as it is now. The line that was reviewed may have moved since: the nearest line with the same
 * text wins. A line that the review did not show, or that is gone, becomes the nearest line that exists.
 *
 * @param lines The lines of the file now.
 * @param line Counted from 1, in the reviewed text.
 * @returns Counted from 0.
 */
export function placeFinding(lines: readonly string[], file: ChangedFile | undefined, line: number): number {
  const last = Math.max(0, lines.length - 1);
  const wanted = Math.min(Math.max(0, line - 1), last);
  const text = file === undefined ? undefined : reviewedLine(file, line)?.trim();
  if (text === undefined || text === '') return wanted;
  for (let distance = 0; distance <= last; distance += 1)
    for (const candidate of [wanted - distance, wanted + distance])
      if (lines[candidate]?.trim() === text) return candidate;
  return wanted;
}

/** The text of a line of the new side; undefined for a line that the diff does not show. */
function reviewedLine({ hunks }: ChangedFile, line: number): string | undefined {
  for (const { newStart, lines } of hunks) {
    let number = newStart;
    for (const text of lines) {
      if (text.startsWith('-') || text.startsWith('\\')) continue;
      if (number === line) return text.slice(1);
      number += 1;
    }
  }
  return undefined;
}
