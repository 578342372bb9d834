/** Replaces lines `start` to `end` (counted from 0, `end` not included) by `lines`. In an insertion, `start` equals `end`. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** The lines of a text. There is at least one; the last is '' when the text ends with a line end. */
interface TextLines {
  readonly lines: readonly string[];
  readonly eol: '\n' | '\r\n';
}

/** Splits a text into lines. `eol` is its most frequent line end. */
export function splitText(text: string): TextLines {
  const lines = text.split(/\r\n|\n|\r/);
  const windows = text.split('\r\n').length - 1;
  return { lines, eol: windows * 2 > lines.length - 1 ? '\r\n' : '\n' };
}

/** The lines of a code block, without a byte order mark and without the empty line after its last line end. */
export function splitBlock(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/(?:\r\n|\n|\r)$/, '')
    .split(/\r\n|\n|\r/);
}

/** Applies edits. They must be in the order of their lines and must not overlap. */
export function applyLineEdits(lines: readonly string[], edits: readonly LineEdit[]): string[] {
  const parts: (readonly string[])[] = [];
  let next = 0;
  for (const { start, end, lines: replacement } of edits) {
    parts.push(lines.slice(next, start), replacement);
    next = end;
  }
  // Not `push(...lines)`: a call with hundreds of thousands of arguments overflows the stack.
  return parts.flat().concat(lines.slice(next));
}

/** Reduces each edit to the lines that it changes, and removes edits that change nothing. */
export function trimEdits(lines: readonly string[], edits: readonly LineEdit[]): readonly LineEdit[] {
  return edits.flatMap((edit) => {
    let { start, end } = edit;
    let from = 0;
    let to = edit.lines.length;
    while (start < end && from < to && lines[start] === edit.lines[from]) {
      start++;
      from++;
    }
    while (start < end && from < to && lines[end - 1] === edit.lines[to - 1]) {
      end--;
      to--;
    }
    return start === end && from === to ? [] : [{ start, end, lines: edit.lines.slice(from, to) }];
  });
}

/** The lines without blank lines at the beginning and at the end. */
export function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

/** True when edits are in the order of their lines and do not overlap. */
export function isOrdered(edits: readonly LineEdit[]): boolean {
  return edits.every((edit, index) => index === 0 || (edits[index - 1]?.end ?? 0) <= edit.start);
}

/** The number of lines in a file, without the empty one after its last line end. */
export function fileEnd(file: readonly string[]): number {
  return file.at(-1) === '' ? file.length - 1 : file.length;
}
