const inWords = /^[\p{L}\p{N}\p{M}_$]$/u;

/** Scripts that put no spaces between words: each of their characters can end a word. */
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]$/u;

/** True for a character of an identifier or of a word between spaces. */
function isWordCharacter(character: string): boolean {
  return inWords.test(character) && !unspaced.test(character);
}

/** The last code point of a text; '' for an empty text. */
function lastCharacter(text: string): string {
  const unit = text.charCodeAt(text.length - 1);
  return text.slice(unit >= 0xdc00 && unit <= 0xdfff ? -2 : -1);
}

/** True if a text ends inside a word or at its end. */
export function endsInWord(text: string): boolean {
  return isWordCharacter(lastCharacter(text));
}

/** True if a text begins with a word or inside one. */
export function beginsInWord(text: string): boolean {
  return isWordCharacter(String.fromCodePoint(text.codePointAt(0) ?? 0));
}

/** Removes the word that a text ends with, which may be half of one. */
export function withoutLastWord(text: string): string {
  let rest = text;
  while (endsInWord(rest)) rest = rest.slice(0, rest.length - lastCharacter(rest).length);
  return rest;
}

/** Removes half a surrogate pair at either end of a text. */
export function withoutHalfPairs(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return text.slice(
    first >= 0xdc00 && first <= 0xdfff ? 1 : 0,
    last >= 0xd800 && last <= 0xdbff ? -1 : undefined,
  );
}
