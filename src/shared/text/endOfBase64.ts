/**
 * The index of the first UTF-16 unit from `from` on that is not a letter of base64, in the usual alphabet or in the one for URLs
 * (RFC 4648, sections 4 and 5). The padding does not count as letters. A loop, because there may be millions of letters: when a
 * process has many regular expressions, V8 stops optimising new ones, and such an expression then overflows V8's stack.
 */
export function endOfBase64(text: string, from: number): number {
  let at = from;
  while (at < text.length && isLetter(text.charCodeAt(at))) at += 1;
  return at;
}

/** True for a letter, a digit, `+`, `/`, `-` and `_`. */
function isLetter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x2f && code <= 0x39) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x5f
  );
}
