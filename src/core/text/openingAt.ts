// The marks that models write around their reasoning: the one list, for the reader of streams and for stored answers.

/** A mark that a model writes before its reasoning, and the one that it writes after it. */
interface ThinkOpening {
  /** The length of the mark with the blanks before it, in UTF-16 units. */
  readonly length: number;
  /** The mark that ends the reasoning, in the letter case of the opening one. */
  readonly closing: string;
  /** True for a tag with attributes, such as `<think time="3">`. */
  readonly hasAttributes: boolean;
}

const core = '(?:think(?:ing)?|thoughts?|reasoning)';
/** `think`, `mm:think`, `seed:think`, `longcat_think`, `thought_process` … Source of a regular expression. */
export const thinkName = `(?:\\w{1,20}[:_])?${core}(?:_\\w{1,30})?`;

/** Every part has a limit: an answer may begin with a megabyte of anything. */
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

/** Closing marks, without regard to case. Source of a regular expression. */
export const thinkClosings = `</${thinkName}\\s?>|\\[/(?:THINK(?:ING)?|REASONING)\\]|◁/${core}▷|<\\|end(?:_of)?_${core}\\|>|<\\|${core}_end\\|>|<\\|/${core}\\|>|<channel\\|>`;

/** Opening marks that a text may mention in its middle, without regard to case. Source of a regular expression. */
export const thinkOpenings = `<${thinkName}>|\\[THINK(?:ING)?\\]|◁${core}▷|<\\|(?:begin|start)(?:_of)?_${core}\\|>`;

/** Marks of the answer itself, after the reasoning: `<|begin_of_solution|>`. Sources of regular expressions, without regard to case. */
export const answerOpenings =
  '<\\|(?:(?:begin|start)_of_(?:solution|answer|response)|start_(?:response|text|answer))\\|>';
export const answerClosings = '<\\|(?:end_of_(?:solution|answer|response)|end_(?:response|text|answer))\\|>';

/** The mark with which the text begins, after blanks; undefined when it begins with none. */
export function openingAt(text: string): ThinkOpening | undefined {
  const match = opening.exec(text);
  const groups = match?.groups;
  if (match === null || groups === undefined) return undefined;
  // Brackets in capitals are a mark; others are the words of a link.
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

/** `end`, in capitals where the opening word is. */
function endLike(word: string): string {
  return word === word.toUpperCase() ? 'END' : 'end';
}
