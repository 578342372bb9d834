/**
 * What the characters of a text are:
 * - `escaped`: one of them must be escaped in JSON: a control character, a quote or a backslash (RFC 8259, section 7);
 * - `marked`: otherwise, one of them may begin a reasoning mark, or begin or end code: `<`, `[`, `◁`, a backtick or `~`;
 * - `ordinary`: all others.
 */
export function kindOfCharacters(text: string): 'escaped' | 'marked' | 'ordinary' {
  let kind: 'marked' | 'ordinary' = 'ordinary';
  // Faster than a regular expression, because texts are short.
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // The fast path: the letters from a to z.
    if (code > 0x60 && code < 0x7b) continue;
    if (code < 0x20 || code === 0x22 || code === 0x5c) return 'escaped';
    if (code === 0x3c || code === 0x5b || code === 0x60 || code === 0x7e || code === 0x25c1) kind = 'marked';
  }
  return kind;
}
