// The marks that models write around their reasoning. Both the reader of streams and the cleaning of stored answers use this list.

/** An opening mark of reasoning, with the closing mark that belongs to it. */
interface ThinkOpening {
  /** The length of the mark with the white space before it, in UTF-16 units. */
  readonly length: number;
  /** The closing mark, in the letter case of the opening one. */
  readonly closing: string;
  /** True for a tag with attributes, such as `<think time="3">`. */
  readonly hasAttributes: boolean;
}

const core = '(?:think(?:ing)?|thoughts?|reasoning)';
/** `think`, `mm:think`, `seed:think`, `longcat_think`, `thought_process` … Source of a regular expression. */
export const thinkName = `(?:\\w{1,20}[:_])?${core}(?:_\\w{1,30})?`;

/** Every repetition has a limit, because an answer may begin with a megabyte of any text. */
const opening = new RegExp(
  `^\\s{0,1000}(?:<(?<tag>${thinkName})(?<attributes>\\s[^<>]{0,80})?>` +
    '|\\[(?<bracket>THINK(?:ING)?|REASONING)\\]' +
    `|◁(?<triangle>${core})▷` +
    `|<\\|(?<begin>begin|start)(?<of>_of_|_)(?<begun>${core})\\|>` +
    `|<\\|(?<suffixed>${core})_(?<suffix>begin|start)\\|>` +
    `|<\\|(?<piped>${core})\\|>` +
    '|(?<gemma><\\|channel>thought\\n?)' +
    '|(?<unused><unused94>(?:thought\\n)?))',
  'i',
);

/** Closing marks. Source of a regular expression that ignores case. */
export const thinkClosings = `</${thinkName}\\s?>|\\[/(?:THINK(?:ING)?|REASONING)\\]|◁/${core}▷|<\\|end(?:_of)?_${core}\\|>|<\\|${core}_end\\|>|<\\|/${core}\\|>|<channel\\|>`;

/** Opening marks that a text may mention in its middle. Source of a regular expression that ignores case. */
export const thinkOpenings = `<${thinkName}>|\\[THINK(?:ING)?\\]|◁${core}▷|<\\|(?:begin|start)(?:_of)?_${core}\\|>`;

/** Marks around the answer itself, after the reasoning: `<|begin_of_solution|>`. Sources of regular expressions that ignore case. */
export const answerOpenings =
  '<\\|(?:(?:begin|start)_of_(?:solution|answer|response)|start_(?:response|text|answer))\\|>';
export const answerClosings = '<\\|(?:end_of_(?:solution|answer|response)|end_(?:response|text|answer))\\|>';

/** The opening mark at the beginning of a text, after white space; undefined when there is none. */
export function openingAt(text: string): ThinkOpening | undefined {
  const match = opening.exec(text);
  const groups = match?.groups;
  if (match === null || groups === undefined) return undefined;
  // A word in brackets is a mark only in capitals; otherwise it may be the text of a link.
  const bracket = groups['bracket'];
  if (bracket !== undefined && bracket !== bracket.toUpperCase()) return undefined;
  return {
    length: match[0].length,
    closing: closingOf(groups),
    hasAttributes: groups['attributes'] !== undefined,
  };
}

function closingOf(groups: Readonly<Record<string, string | undefined>>): string {
  const { tag, bracket, triangle, begin, of, begun, suffixed, suffix, piped, gemma } = groups;
  if (tag !== undefined) return `</${tag}>`;
  if (bracket !== undefined) return `[/${bracket}]`;
  if (triangle !== undefined) return `◁/${triangle}▷`;
  if (begin !== undefined) return `<|${endLike(begin)}${of ?? ''}${begun ?? ''}|>`;
  if (suffix !== undefined) return `<|${suffixed ?? ''}_${endLike(suffix)}|>`;
  if (piped !== undefined) return `<|/${piped}|>`;
  return gemma === undefined ? '<unused95>' : '<channel|>';
}

/** `end`, in capitals if the opening word is in capitals. */
function endLike(word: string): string {
  return word === word.toUpperCase() ? 'END' : 'end';
}
