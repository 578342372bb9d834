/** The width of a tab where widths are compared. */
const tabWidth = 4;

/** The width of the white space at the beginning of a line, in columns. */
export function indentOf(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === ' ') width += 1;
    else if (character === '\t') width += tabWidth - (width % tabWidth);
    else break;
  }
  return width;
}
