/** A part of a text: ordinary text, or one invisible character with its code point in hexadecimal and its Unicode name. */
export type VisiblePart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'unseen'; readonly text: string; readonly code: string; readonly name: string };

/**
 * Characters that are invisible or change the order of visible ones: control and format characters (`Cc`, `Cf`), default
 * ignorable code points, line and paragraph separators, and the blank Braille pattern. Excludes tabs, line ends and the visible
 * format characters around Arabic numbers.
 */
const unseen =
  /(?![\t\n\r]|[\u0600-\u0605]|\u06dd|\u070f|\u0890|\u0891|\u08e2)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]/u;

const pictograph = String.raw`[\p{Extended_Pictographic}\p{EMod}]`;
const rightToLeft = String.raw`[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]`;
/** Scripts whose letters change their form next to a joiner: Arabic, Syriac, N'Ko, Mongolian, Indic scripts, Burmese, Khmer. */
const joined = String.raw`(?:[\u0600-\u07ff]|[\u0900-\u0dff]|[\u1000-\u109f]|[\u1780-\u18af]|[\ufb50-\ufdff]|[\ufe70-\ufefc])`;
/** Scripts without spaces between words: Thai, Lao, Burmese, Khmer. */
const unspaced = String.raw`[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]`;
const orderMark = String.raw`(?:\u200e|\u200f|\u061c)`;

/** Sequences in which an invisible character is ordinary. */
const ordinary = new RegExp(
  [
    // The flags of England, Scotland and Wales; emoji sequences; keycaps; a symbol in text presentation.
    String.raw`\u{1f3f4}[\u{e0061}-\u{e007a}]{5}\u{e007f}`,
    String.raw`${pictograph}(?:\ufe0e|\ufe0f)?(?:\u200d${pictograph}\ufe0f?)*`,
    String.raw`[#*\d]\ufe0f\u20e3`,
    String.raw`\p{S}\ufe0e`,
    // Variants of Han and Mongolian characters; fillers in Hangul syllables.
    String.raw`\p{Script=Han}(?:\ufe00|\ufe01|\ufe02|[\u{e0100}-\u{e01ef}])`,
    String.raw`\p{Script=Mongolian}[\u180b-\u180f]`,
    String.raw`[\u1100-\u11ff](?:\u115f|\u1160)|(?:\u115f|\u1160)(?=[\u1100-\u11ff])`,
    // Direction marks next to right-to-left letters.
    String.raw`${rightToLeft}${orderMark}|${orderMark}(?=${rightToLeft})`,
    String.raw`${joined}(?:\u200c|\u200d)`,
    String.raw`${unspaced}\u200b(?=${unspaced})`,
  ].join('|'),
  'gu',
);

/** Names of the most frequent characters. Others are shown by their code point. */
const names: Readonly<Record<string, string>> = {
  '00AD': 'SOFT HYPHEN',
  '061C': 'ARABIC LETTER MARK',
  '200B': 'ZERO WIDTH SPACE',
  '200C': 'ZERO WIDTH NON-JOINER',
  '200D': 'ZERO WIDTH JOINER',
  '200E': 'LEFT-TO-RIGHT MARK',
  '200F': 'RIGHT-TO-LEFT MARK',
  '202A': 'LEFT-TO-RIGHT EMBEDDING',
  '202B': 'RIGHT-TO-LEFT EMBEDDING',
  '202C': 'POP DIRECTIONAL FORMATTING',
  '202D': 'LEFT-TO-RIGHT OVERRIDE',
  '202E': 'RIGHT-TO-LEFT OVERRIDE',
  '2060': 'WORD JOINER',
  '2066': 'LEFT-TO-RIGHT ISOLATE',
  '2067': 'RIGHT-TO-LEFT ISOLATE',
  '2068': 'FIRST STRONG ISOLATE',
  '2069': 'POP DIRECTIONAL ISOLATE',
  '3164': 'HANGUL FILLER',
  FEFF: 'ZERO WIDTH NO-BREAK SPACE',
};

/** True for text of only visible ASCII characters, tabs and line ends: nearly all code, and most text in English. */
export function isVisibleAscii(text: string): boolean {
  return !/[^\t\n\r -~]/.test(text);
}

/** False for a text without invisible characters. A fast check for the usual case. */
export function mayHoldUnseen(text: string): boolean {
  return !isVisibleAscii(text) && unseen.test(text);
}

/**
 * Splits a text at invisible characters that do not belong to ordinary writing. The parts joined are the text.
 *
 * @param isStart True for the beginning of a file, where a byte order mark is ordinary.
 */
export function visibleParts(text: string, isStart = false): readonly VisiblePart[] {
  const parts: VisiblePart[] = [];
  let from = 0;
  const allowed = allowedRanges(text, isStart);
  let next = 0;
  for (let at = 0; at < text.length;) {
    while (next < allowed.length && (allowed[next]?.end ?? 0) <= at) next += 1;
    const range = allowed[next];
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const isAllowed = range !== undefined && range.start <= at;
    if (!isAllowed && unseen.test(character)) {
      if (at > from) parts.push({ kind: 'words', text: text.slice(from, at) });
      parts.push({ kind: 'unseen', text: character, ...described(character) });
      from = at + character.length;
    }
    at += character.length;
  }
  if (from < text.length) parts.push({ kind: 'words', text: text.slice(from) });
  return parts;
}

/** True when a text contains invisible characters that do not belong to ordinary writing. */
export function holdsUnseen(text: string): boolean {
  return mayHoldUnseen(text) && visibleParts(text, true).some(({ kind }) => kind === 'unseen');
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function allowedRanges(text: string, isStart: boolean): readonly Range[] {
  const ranges = Array.from(text.matchAll(ordinary), ({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
  return isStart && text.startsWith('\ufeff') ? [{ start: 0, end: 1 }, ...ranges] : ranges;
}

function described(character: string): { readonly code: string; readonly name: string } {
  const number = character.codePointAt(0) ?? 0;
  const code = number.toString(16).toUpperCase().padStart(4, '0');
  const isTag = number >= 0xe0020 && number < 0xe007f;
  const known = isTag ? `TAG ${String.fromCharCode(number - 0xe0000)}` : names[code];
  return { code, name: known === undefined ? `U+${code}` : `U+${code} ${known}` };
}
