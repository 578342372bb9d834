/** The longest beginning of a `data:` URL up to its content, in UTF-16 units. */
const longestHead = 300;

/**
 * True for a `data:` URL in base64. Compares its content character by character, because it may have millions of them: when a process
 * has many regular expressions, V8 stops optimising new ones, and such an expression then overflows V8's stack.
 *
 * @param head Matches the beginning up to the comma after `base64`. Begins with `^`.
 */
export function isBase64DataUrl(text: string, head: RegExp): boolean {
  const beginning = head.exec(text.slice(0, longestHead))?.[0];
  if (beginning === undefined) return false;
  let at = beginning.length;
  while (isBase64(text.charCodeAt(at))) at += 1;
  if (at === beginning.length) return false;
  while (text[at] === '=') at += 1;
  return at === text.length;
}

/** True for a letter, a digit, `+` and `/`. */
function isBase64(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x2f && code <= 0x39) ||
    code === 0x2b
  );
}
