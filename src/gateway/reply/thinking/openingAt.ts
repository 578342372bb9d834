/** A mark that a model writes before its reasoning, and the one that it writes after it. */
export interface ThinkOpening {
  /** How many characters of the text the mark and the blanks before it take. */
  readonly length: number;
  /** The mark that ends the reasoning. Compared without regard to case. */
  readonly closing: string;
}

const core = '(?:think(?:ing)?|thoughts?|reasoning)';
/** `think`, `mm:think`, `seed:think`, `longcat_think`, `thought_process` … */
const name = `(?:\\w{1,20}[:_])?${core}(?:_\\w{1,30})?`;

/** Bounded in all its parts: an answer may begin with a megabyte of anything. */
const opening = new RegExp(
  `^\\s{0,1000}(?:<(?<tag>${name})(?:\\s[^<>]{0,80})?>` +
    '|\\[(?<bracket>THINK(?:ING)?|REASONING)\\]' +
    `|◁(?<triangle>${core})▷` +
    `|<\\|(?<begin>begin|start)(?<of>_of_|_)(?<begun>${core})\\|>` +
    `|<\\|(?<suffixed>${core})_(?<suffix>begin|start)\\|>` +
    `|<\\|(?<piped>${core})\\|>` +
    '|(?<gemma><\\|channel>thought\\n?)' +
    '|(?<unused><unused94>(?:thought\\n)?))',
  'i',
);

/** All beginnings of an answer that may still become such a mark, or one of harmony. */
const beginning =
  /^\s{0,1000}(?:<[\w:|/.="'\s-]{0,110}|<\|channel>t?h?o?u?g?h?t?|<unused94>t?h?o?u?g?h?t?|\[[A-Z]{0,12}|◁\w{0,12}|(?:a|as|ass|assi|assis|assist|assista|assistan|assistant|an|ana|anal|analy|analys|analysi|analysis|c|co|com|comm|comme|commen|comment|commenta|commentar|commentary|f|fi|fin|fina|final)\s{0,3}(?:<\|?\w{0,10}\|?)?)?$/i;

/** The mark with which the text begins, after blanks; undefined when it begins with none. */
export function openingAt(text: string): ThinkOpening | undefined {
  const match = opening.exec(text);
  const groups = match?.groups;
  if (match === null || groups === undefined) return undefined;
  // Brackets in capitals are a mark; others are the words of a link.
  const bracket = groups['bracket'];
  if (bracket !== undefined && bracket !== bracket.toUpperCase()) return undefined;
  return { length: match[0].length, closing: closingOf(groups) };
}

function closingOf(groups: Readonly<Record<string, string | undefined>>): string {
  const { tag, bracket, triangle, begin, of, begun, suffixed, suffix, piped, gemma } = groups;
  if (tag !== undefined) return `</${tag}>`;
  if (bracket !== undefined) return `[/${bracket}]`;
  if (triangle !== undefined) return `◁/${triangle}▷`;
  if (begin !== undefined) return `<|end${of ?? ''}${begun ?? ''}|>`;
  if (suffix !== undefined) return `<|${suffixed ?? ''}_end|>`;
  if (piped !== undefined) return `<|/${piped}|>`;
  return gemma === undefined ? '<unused95>' : '<channel|>';
}

/** True while the text, the beginning of an answer, may still become an opening mark. */
export function mayBecomeOpening(text: string): boolean {
  return beginning.test(text);
}

/** What may end or mention reasoning in the middle of a text, or be the end of harmony's. */
export const markInText = new RegExp(
  `(?<close></${name}\\s?>|\\[/(?:THINK(?:ING)?|REASONING)\\]|◁/${core}▷|<\\|end(?:_of)?_${core}\\|>|<\\|${core}_end\\|>|<\\|/${core}\\|>|<channel\\|>)` +
    `|(?<open><${name}>|\\[THINK(?:ING)?\\]|◁${core}▷|<\\|(?:begin|start)(?:_of)?_${core}\\|>)` +
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

/** A mark of the answer itself, after the reasoning: `<|begin_of_solution|>`. */
export const answerOpening =
  /^<\|(?:(?:begin|start)_of_(?:solution|answer|response)|start_(?:response|text|answer))\|>/i;
export const answerClosing = /<\|(?:end_of_(?:solution|answer|response)|end_(?:response|text|answer))\|>/i;
export const partialAnswerMark = /<(?:\|(?:\w{0,20}\|?)?)?$/;

/** How many characters at the end of `text` are the beginning of `tag`, which is in small letters; those of `text` may be of any size. */
export function lengthOfPartialEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.slice(-length).toLowerCase() === tag.slice(0, length)) return length;
  }
  return 0;
}
