/**
 * Fenced code and code in backticks. The fence is as long as it can be; with a shorter one, a long line of backticks would be
 * tried at every length. A fence that is not closed holds all that follows.
 */
const code = /^(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[^]*?(?:^\1[`~]*[ \t]*$|(?![^]))|`[^`\n]*`/gm;

/** The text with each piece of code replaced by a blank. */
export function withoutCode(text: string): string {
  return text.replaceAll(code, ' ');
}

/** The text with what is not code changed by `change`, piece by piece; code stays as it is. */
export function changeOutsideCode(text: string, change: (prose: string) => string): string {
  let changed = '';
  let from = 0;
  for (const match of text.matchAll(code)) {
    changed += change(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return changed + change(text.slice(from));
}

/** Where code begins and ends, in order. */
export function codeRanges(text: string): readonly (readonly [start: number, end: number])[] {
  return [...text.matchAll(code)].map(({ index, 0: piece }) => [index, index + piece.length]);
}
