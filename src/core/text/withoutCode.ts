/**
 * A fenced code block or inline code. The fence takes all its characters at once (`(?!`)`): otherwise the expression would try
 * every shorter fence for a long line of backticks. An unclosed fence extends to the end of the text.
 */
const code = /^(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[^]*?(?:^\1[`~]*[ \t]*$|(?![^]))|`[^`\n]*`/gm;

/** The text with one space in place of each code block and inline code. */
export function withoutCode(text: string): string {
  return text.replaceAll(code, ' ');
}

/** The text with spaces of the same length in place of code, so that positions stay the same. */
export function blankCode(text: string): string {
  return text.replaceAll(code, (piece) => ' '.repeat(piece.length));
}

/** Applies `change` to each stretch of text between code. Code stays as it is. */
export function changeOutsideCode(text: string, change: (prose: string) => string): string {
  let changed = '';
  let from = 0;
  for (const match of text.matchAll(code)) {
    changed += change(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return changed + change(text.slice(from));
}

/** Where code begins and ends in the text, in UTF-16 units and in order. */
export function codeRanges(text: string): readonly (readonly [start: number, end: number])[] {
  return [...text.matchAll(code)].map(({ index, 0: piece }) => [index, index + piece.length]);
}
