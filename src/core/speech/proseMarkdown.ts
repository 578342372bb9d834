import MarkdownIt, { type StateBlock, type StateInline } from 'markdown-it';

/** The longest formula between single dollar signs, in characters. */
const longestInLine = 500;

/** The pairs of marks around a formula inside a paragraph. */
const inlineMarks = [
  ['$$', '$$'],
  ['\\(', '\\)'],
  ['\\[', '\\]'],
] as const;

/** The marks that begin a line with a formula of its own, and those that end it. */
const blockMarks = [
  ['$$', '$$'],
  ['\\[', '\\]'],
] as const;

/**
 * Makes a parser for the Markdown of answers that only has to tell prose from everything else. Formulas become tokens of the types
 * `formula` and `formula_block`, so that their source is not read as prose. Addresses become links.
 */
export function proseMarkdown(): InstanceType<typeof MarkdownIt> {
  const parser = new MarkdownIt({ html: true, linkify: true });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  parser.validateLink = () => true;
  parser.inline.ruler.before('escape', 'formula', readFormula);
  parser.block.ruler.before('fence', 'formula_block', readFormulaBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  return parser;
}

/** Reads a formula at the position of the parser: `$$…$$`, `\(…\)`, `\[…\]` or `$…$`. */
function readFormula(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  const first = src.charAt(pos);
  if (first !== '$' && first !== '\\') return false;
  const pair = inlineMarks.find(([open]) => src.startsWith(open, pos));
  const end = pair === undefined ? endOfDollars(src, pos, posMax) : endOfPair(state, pair);
  if (end === undefined) return false;
  if (!silent) {
    const token = state.push('formula', '', 0);
    const width = pair?.[0].length ?? 1;
    token.content = src.slice(pos + width, end - width);
  }
  state.pos = end;
  return true;
}

/** The end of a formula between two marks. A mark without its partner is remembered, so that the time stays linear. */
function endOfPair(state: StateInline, [open, close]: (typeof inlineMarks)[number]): number | undefined {
  const known = state.cache as Record<string, number>;
  const name = `no ${close}`;
  const from = state.pos + open.length;
  if ((known[name] ?? Infinity) <= from) return undefined;
  const at = state.src.indexOf(close, from);
  if (at >= 0 && at + close.length <= state.posMax) return at + close.length;
  known[name] = from;
  return undefined;
}

/** The end of a formula between single dollar signs, by the rules of Pandoc: no space inside, no digit behind. */
function endOfDollars(src: string, pos: number, posMax: number): number | undefined {
  if (src.charAt(pos) !== '$' || /[\w$]/.test(src.charAt(pos - 1))) return undefined;
  if (/[\s$]/.test(src.charAt(pos + 1)) || pos + 1 >= posMax) return undefined;
  const limit = Math.min(posMax, pos + longestInLine);
  for (let at = pos + 1; at < limit; at += 1) {
    const character = src.charAt(at);
    if (character === '\n' || character === '`') return undefined;
    if (character === '\\') at += 1;
    else if (character === '$')
      return /\s/.test(src.charAt(at - 1)) || /[\w$]/.test(src.charAt(at + 1)) ? undefined : at + 1;
  }
  return undefined;
}

/** Reads the lines of a formula that begins a line, up to the line that closes it. */
function readFormulaBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineOf = (line: number): string =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trim();
  const first = lineOf(startLine);
  const pair = blockMarks.find(([open]) => first.startsWith(open));
  if (pair === undefined) return false;
  const [open, close] = pair;
  const env = state.env as Record<string, number>;
  const name = `no ${close} from line`;
  let last = startLine;
  const closesAtOnce = first.slice(open.length).includes(close);
  if (closesAtOnce) {
    // Text behind the formula on its line belongs to a paragraph.
    if (!first.endsWith(close)) return false;
  } else {
    if ((env[name] ?? Infinity) <= startLine) return false;
    do last += 1;
    while (last < endLine && !lineOf(last).endsWith(close));
    if (last >= endLine) {
      env[name] = startLine;
      return false;
    }
  }
  if (silent) return true;
  state.line = last + 1;
  const token = state.push('formula_block', '', 0);
  token.map = [startLine, state.line];
  return true;
}
