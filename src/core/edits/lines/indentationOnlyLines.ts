import { compareLines } from './compareLines';

/**
 * How many lines differ in the white space at their ends only. VS Code's diff editor does not mark such lines unless the user
 * sets it so (`diffEditor.ignoreTrimWhitespace`), although a line of Python that moves out of its block does something else.
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
