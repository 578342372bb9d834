/** How long a part may be. */
interface SpeechLimits {
  /** The first part, in UTF-16 units, if a sentence ends within it: a short part begins to play soon. */
  readonly first: number;
  /** Every part, in UTF-16 units. */
  readonly most: number;
  /** Every part, in bytes of UTF-8: One API counts these, and refuses more than 4,096. */
  readonly bytes: number;
}

/** Safe at every known gateway. OpenAI takes 4,096 characters. */
const speechLimits: SpeechLimits = { first: 240, most: 900, bytes: 3_000 };

/** Words before a full stop that end no sentence, in lower case and without the stop. */
const abbreviations = new Set(
  (
    'mr mrs ms dr prof st sr jr vs etc e.g eg i.e ie cf al fig no nos inc ltd co corp dept est approx vol pp ed eds ' +
    'z.b d.h bzw usw ca nr str evtl ggf u.a u.s.w v.a sog mme mlle p.ex env cap núm art sra dra pág'
  ).split(' '),
);

/**
 * Where a sentence can end. Chinese and Japanese marks end one without a space behind them; the others need a space or the end. Each
 * run of marks is bounded, so that the time is linear.
 */
const sentenceEnds =
  /[。！？｡．][。！？｡．!?]{0,8}["'’”»」』）)\]]{0,4}\s*|[.!?…]{1,8}["'’”»」』）)\]]{0,4}(?:\s+|$)|\n/gu;

const clauseEnds = /[，；：、]|[,;:—](?=\s)/gu;

/**
 * Splits a text to be spoken into parts, at the ends of sentences where possible. The parts joined are the text. Words are cut only if
 * they are longer than a part, and characters never.
 */
export function splitSpeech(text: string, limits: SpeechLimits = speechLimits): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    const end = partEnd(text, from, limits, parts.length === 0);
    parts.push(text.slice(from, end));
    from = end;
  }
  return parts;
}

function partEnd(text: string, from: number, { first, most, bytes }: SpeechLimits, isFirst: boolean): number {
  const limit = from + fitting(text.slice(from, from + most), bytes);
  // Of the text behind the part, only enough to see what follows its last mark.
  const window = text.slice(from, limit + 16);
  const ends = sentenceEndsIn(window).filter((end) => from + end <= limit);
  if (isFirst && text.length - from > first) {
    const early = ends.findLast((end) => end <= first) ?? ends[0];
    if (early !== undefined) return from + early;
  }
  if (limit >= text.length) return text.length;
  const end = ends.at(-1) ?? lastClauseEnd(text.slice(from, limit)) ?? lastSpace(text.slice(from, limit));
  return end === undefined ? characterEnd(text, from, limit) : from + end;
}

/** The positions behind the sentences of a text. */
function sentenceEndsIn(text: string): readonly number[] {
  const ends: number[] = [];
  for (const { 0: mark, index } of text.matchAll(sentenceEnds))
    if (!mark.startsWith('.') || !endsAbbreviation(text, index)) ends.push(index + mark.length);
  return ends;
}

/** True if the full stop at `index` belongs to an abbreviation, an initial or the number of an item. */
function endsAbbreviation(text: string, index: number): boolean {
  const word = /[\p{L}\p{N}.]{1,12}$/u.exec(text.slice(Math.max(0, index - 12), index))?.[0] ?? '';
  if (/^\d{1,4}$/.test(word)) return /(?:^|\n)$/.test(text.slice(0, index - word.length));
  return /^\p{Lu}$/u.test(word) || abbreviations.has(word.toLowerCase());
}

function lastClauseEnd(text: string): number | undefined {
  const mark = [...text.matchAll(clauseEnds)].at(-1);
  return mark === undefined ? undefined : mark.index + mark[0].length;
}

function lastSpace(text: string): number | undefined {
  const at = text.search(/\s\S*$/u);
  return at <= 0 ? undefined : at + 1;
}

/** The last position up to `limit` that is not inside a character, such as a letter with its accents. At least one character on. */
function characterEnd(text: string, from: number, limit: number): number {
  // A character that is longer than a part is cut like any text, but not inside a surrogate pair.
  const most = 64;
  for (let end = limit; end > Math.max(from, limit - most); end -= 1)
    if (!/^(?:\p{M}|\u200d|[\udc00-\udfff])/u.test(text.slice(end, end + 2)) && !isInsidePair(text, end))
      return end;
  return isInsidePair(text, limit) ? limit - 1 : limit;
}

function isInsidePair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}

/** How many UTF-16 units of a text have at most `bytes` bytes in UTF-8. Never ends inside a surrogate pair. */
function fitting(text: string, bytes: number): number {
  let size = 0;
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (size > bytes) return length;
    length += character.length;
  }
  return length;
}
