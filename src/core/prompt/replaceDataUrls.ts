import { endOfBase64 } from '../../shared/text/endOfBase64';

/** A way to write a `data:` URL into a text. */
interface UrlForm {
  /**
   * Matches the text before the URL. Its group `head` looks ahead at the beginning of the URL, of limited length; its group `name`
   * is the name of the URL. Global.
   */
  readonly opening: RegExp;
  /** The index of the first UTF-16 unit from `from` on that does not belong to the URL. */
  readonly endOfUrl: (text: string, from: number) => number;
  /** Matches the text after the URL. Sticky. */
  readonly closing: RegExp;
}

// An answer may have megabytes and be made to cost time: each expression reads a character a limited number of times, and none of
// them reads the content of a URL. When a process has many regular expressions, V8 stops optimising new ones, and an expression that
// repeats for millions of characters then overflows V8's stack.

/** `![NAME](URL "TITLE")` */
export const markdownPicture: UrlForm = {
  opening: /!\[(?<name>[^\]\n]{0,300})\]\(\s{0,20}<?(?=(?<head>data:)[^\s<>()])/gi,
  endOfUrl: (text, from) => endBefore(text, from, '()'),
  closing: />?(?:\s{1,20}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?\s{0,20}\)/y,
};

/** `<img src="URL">` and other tags with a medium. */
export const htmlMedium: UrlForm = {
  opening:
    /<(?:img|image|source|video|audio)\b[^<>]{0,500}?\b(?:src|href)\s{0,5}=\s{0,5}["']?(?=(?<head>data:)[^"'\s<>])/gi,
  endOfUrl: (text, from) => endBefore(text, from, '"\''),
  closing: /["']?[^<>]{0,500}>/y,
};

/** A URL in base64 without anything around it. */
export const bareUrl: UrlForm = {
  opening:
    /\b(?=(?<head>data:[a-z]{1,20}\/[\w.+-]{1,60}(?:;[\w=.+-]{1,60}){0,4};base64,)[A-Za-z0-9+/_-]{40})/gi,
  endOfUrl: (text, from) => {
    const end = endOfBase64(text, from);
    if (text[end] !== '=') return end;
    return text[end + 1] === '=' ? end + 2 : end + 1;
  },
  closing: /(?:)/y,
};

/**
 * Replaces all `data:` URLs of one form, with the text around them that belongs to the form.
 *
 * @param wordFor Returns the replacement of a URL. The name is '' if the URL has none.
 */
export function replaceDataUrls(
  text: string,
  { opening, endOfUrl, closing }: UrlForm,
  wordFor: (url: string, name: string) => string,
): string {
  let replaced = '';
  let copied = 0;
  opening.lastIndex = 0;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const { head = '', name = '' } = found.groups ?? {};
    const start = found.index + found[0].length;
    const end = endOfUrl(text, start + head.length);
    closing.lastIndex = end;
    if (!closing.test(text)) continue;
    replaced += text.slice(copied, found.index) + wordFor(text.slice(start, end), name);
    copied = closing.lastIndex;
    opening.lastIndex = copied;
  }
  return replaced + text.slice(copied);
}

/**
 * The index of the first white space, angle bracket or character of `stops`, from `from` on. The length of the text if it has no
 * such character.
 */
function endBefore(text: string, from: number, stops: string): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // The fast path: the letters from a to z.
    if (code > 0x60 && code < 0x7b) continue;
    if (code === 0x3c || code === 0x3e || isSpace(code)) return at;
    if (stops.includes(text.charAt(at))) return at;
  }
  return text.length;
}

/** True for the characters that `\s` matches. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return /\s/.test(String.fromCharCode(code));
}
