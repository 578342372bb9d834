import { compareLines } from './compareLines';

/**
 * Counts the lines that differ only in white space at their beginning or end. VS Code's diff editor does not mark such lines by
 * default (`diffEditor.ignoreTrimWhitespace`), although the indentation of a Python line changes its meaning.
 */
export function indentationOnlyLines(base: readonly string[], proposed: readonly string[]): number {
  const edits = compareLines(
    base.map((line) => line.trim()),
    proposed.map((line) => line.trim()),
  );
  let count = 0;
  let at = 0;
  let shift = 0;
  const countUpTo = (end: number): void => {
    for (; at < end; at++) if (base[at] !== proposed[at + shift]) count++;
  };
  for (const { start, end, lines } of edits) {
    countUpTo(start);
    at = end;
    shift += lines.length - (end - start);
  }
  countUpTo(base.length);
  return count;
}
