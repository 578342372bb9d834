import { answerClosings, answerOpenings, thinkClosings, thinkOpenings } from '../../../core/text/openingAt';

/** Matches the beginnings of an answer that more text may turn into an opening mark, or into the start of harmony. */
const beginning =
  /^\s{0,1000}(?:<[\w:|/.="'\s-]{0,110}|<\|channel>t?h?o?u?g?h?t?|<unused94>t?h?o?u?g?h?t?|\[[A-Z]{0,12}|◁\w{0,12}|(?:a|as|ass|assi|assis|assist|assista|assistan|assistant|an|ana|anal|analy|analys|analysi|analysis|c|co|com|comm|comme|commen|comment|commenta|commentar|commentary|f|fi|fin|fina|final)\s{0,3}(?:<\|?\w{0,10}\|?)?)?$/i;

/** True if more text may turn this beginning of an answer into an opening mark. */
export function mayBecomeOpening(text: string): boolean {
  return beginning.test(text);
}

/** The marks in the middle of a text that end or mention reasoning, and the mark that ends the reasoning of harmony. */
export const markInText = new RegExp(
  `(?<close>${thinkClosings})|(?<open>${thinkOpenings})` +
    '|(?<harmony>(?:<\\|end\\|>\\s?)?(?:<\\|start\\|>assistant)?<\\|channel\\|>\\s?final\\s?(?:<\\|constrain\\|>\\s?\\w{1,20})?<\\|message\\|>)' +
    '|(?<stripped>assistantfinal)',
  'gi',
);

/** Matches the end of a text that more text may turn into such a mark. */
const partialMark =
  /(?:<(?:\/?[\w:]{0,60}\s?|\||channel\|)|\[\/?[A-Z]{0,12}|◁\/?\w{0,12}|(?:<\|[/\w]{0,40}\|>?\s?(?:assistant|final)?\s?(?:\w{1,20})?){1,5}(?:<?\|?[\w]{0,20}\|?)|<\|[/\w]{0,40}\|?|a(?:s(?:s(?:i(?:s(?:t(?:a(?:n(?:t(?:f(?:i(?:n(?:a)?)?)?)?)?)?)?)?)?)?)?)?)$/i;

/** The length of the longest mark, in UTF-16 code units. */
const longestMark = 160;

/** The index from which the end of the text may become a mark; the length of the text if there is none. */
export function startOfPartialMark(text: string): number {
  const from = Math.max(0, text.length - longestMark);
  const match = partialMark.exec(text.slice(from));
  return match === null ? text.length : from + match.index;
}

/** The mark with which some models start their answer. */
export const answerOpening = new RegExp(`^${answerOpenings}`, 'i');
/** The mark with which these models end it. */
export const answerClosing = new RegExp(answerClosings, 'i');
/** Matches the end of a text that more text may turn into one of these two marks. */
export const partialAnswerMark = /<(?:\|(?:\w{0,20}\|?)?)?$/;

/** The number of characters at the end of `text` that are the beginning of `tag`, ignoring case. `tag` is in lower case. */
export function lengthOfPartialEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.slice(-length).toLowerCase() === tag.slice(0, length)) return length;
  }
  return 0;
}

/**
 * Most answers begin with another character than the marks and the names of harmony. Then the regular expressions that find
 * those are not compiled, which takes milliseconds.
 */
export const ordinaryBeginning = /^\s*[^\s<[◁acf]/i;

/** False for most texts: they contain no first character of a mark. */
export function mayHoldMark(text: string): boolean {
  return hasFirstCharacter(text) && /<(?:[/|\w]|$)|\[(?:[/TR]|$)|◁/i.test(text);
}

/** True if the text contains `<`, `[` or `◁`. One loop is faster than three searches, because texts are short. */
export function hasFirstCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x3c || code === 0x5b || code === 0x25c1) return true;
  }
  return false;
}

/** The index of a mark in a text, ignoring case; -1 if it is not there. `mark` is in lower case and does not start with a letter. */
export function indexOfMark(text: string, mark: string): number {
  const sign = mark.charAt(0);
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1))
    if (text.slice(at, at + mark.length).toLowerCase() === mark) return at;
  return -1;
}
