import { answerClosings, answerOpenings, thinkClosings, thinkOpenings } from '../../../core/text/openingAt';

/** All beginnings of an answer that may still become such a mark, or one of harmony. */
const beginning =
  /^\s{0,1000}(?:<[\w:|/.="'\s-]{0,110}|<\|channel>t?h?o?u?g?h?t?|<unused94>t?h?o?u?g?h?t?|\[[A-Z]{0,12}|◁\w{0,12}|(?:a|as|ass|assi|assis|assist|assista|assistan|assistant|an|ana|anal|analy|analys|analysi|analysis|c|co|com|comm|comme|commen|comment|commenta|commentar|commentary|f|fi|fin|fina|final)\s{0,3}(?:<\|?\w{0,10}\|?)?)?$/i;

/** True while the text, the beginning of an answer, may still become an opening mark. */
export function mayBecomeOpening(text: string): boolean {
  return beginning.test(text);
}

/** What may end or mention reasoning in the middle of a text, or be the end of harmony's. */
export const markInText = new RegExp(
  `(?<close>${thinkClosings})|(?<open>${thinkOpenings})` +
    '|(?<harmony>(?:<\\|end\\|>\\s?)?(?:<\\|start\\|>assistant)?<\\|channel\\|>\\s?final\\s?(?:<\\|constrain\\|>\\s?\\w{1,20})?<\\|message\\|>)' +
    '|(?<stripped>assistantfinal)',
  'gi',
);

/** The end of a text that may still become such a mark. */
const partialMark =
  /(?:<(?:\/?[\w:]{0,60}\s?|\||channel\|)|\[\/?[A-Z]{0,12}|◁\/?\w{0,12}|(?:<\|[/\w]{0,40}\|>?\s?(?:assistant|final)?\s?(?:\w{1,20})?){1,5}(?:<?\|?[\w]{0,20}\|?)|<\|[/\w]{0,40}\|?|a(?:s(?:s(?:i(?:s(?:t(?:a(?:n(?:t(?:f(?:i(?:n(?:a)?)?)?)?)?)?)?)?)?)?)?)?)$/i;

/** No mark is longer, in characters. */
const longestMark = 160;

/** Where the end of the text begins that may still become a mark; the text's length when there is none. */
export function startOfPartialMark(text: string): number {
  const from = Math.max(0, text.length - longestMark);
  const match = partialMark.exec(text.slice(from));
  return match === null ? text.length : from + match.index;
}

export const answerOpening = new RegExp(`^${answerOpenings}`, 'i');
export const answerClosing = new RegExp(answerClosings, 'i');
export const partialAnswerMark = /<(?:\|(?:\w{0,20}\|?)?)?$/;

/** How many characters at the end of `text` are the beginning of `tag`, which is in small letters; those of `text` may be of any size. */
export function lengthOfPartialEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.slice(-length).toLowerCase() === tag.slice(0, length)) return length;
  }
  return 0;
}
