/** Writing systems without spaces between words. */
const spaceless = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]/u;

/** A dictated text with a space before it, if it would otherwise touch a word. */
export function withSpaceBefore(before: string, text: string): string {
  const last = /.$/su.exec(before.slice(-2))?.[0] ?? '';
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0x20);
  const touches = last !== '' && !/[\s(["'“‘«]/u.test(last) && !/[\s.,;:!?)\]]/u.test(first);
  return touches && !spaceless.test(last) && !spaceless.test(first) ? ` ${text}` : text;
}
