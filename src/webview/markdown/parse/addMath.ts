import type { Env, MarkdownIt, StateInline } from 'markdown-it';
import { addMathBlocks } from './addMathBlocks';
import { readDollar } from './readDollar';
import { closingAt, isFormula, isInBrackets, longestFormula, marksAt } from './mathMarks';
import type { MathMarks } from './mathMarks';

/** The place where an inline text opens a formula that is not closed: one for later text, one for display. */
export interface OpenMath {
  /** The smallest position of a possible formula; Infinity for none. */
  mayOpenAt: number;
  /** The same, ignoring dollar signs that look like prices. */
  opensAt: number;
}

const probeKey = Symbol('open math');

/** An environment that collects unclosed formulas. */
export function withMathProbe(env: Env): [env: Env, probe: OpenMath] {
  const probe: OpenMath = { mayOpenAt: Infinity, opensAt: Infinity };
  return [{ ...env, [probeKey]: probe }, probe];
}

/**
 * Adds TeX formulas: `$…$` and `\(…\)` within a line of text; `$$…$$`, `\[…\]` and environments such as
 * `\begin{align}…\end{align}` as displayed formulas, which can have several lines.
 */
export function addMath(parser: MarkdownIt): void {
  addMathBlocks(parser);
  parser.inline.ruler.before('escape', 'math', readInline);
}

const parentheses: MathMarks = { length: 2, close: String.raw`\)` };

function readInline(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  const character = src.charCodeAt(pos);
  if (character === 0x5c && src.charAt(pos + 1) === '(') return readMarked(state, silent, parentheses, false);
  if (character !== 0x24 && character !== 0x5c) return false;
  const marks = marksAt(src, pos);
  if (marks !== undefined) return readMarked(state, silent, marks, true);
  if (character === 0x5c || src.charAt(pos - 1) === '$' || src.charAt(pos + 1) === '$') return false;
  const found = readDollar(src, pos, state.posMax);
  if (found === 'open' || found === 'price') noteOpen(state, found === 'open');
  if (typeof found !== 'number') return false;
  pushInline(state, silent, src.slice(pos + 1, found), false, found + 1);
  return true;
}

function readMarked(state: StateInline, silent: boolean, marks: MathMarks, display: boolean): boolean {
  const { src, pos } = state;
  const from = pos + marks.length;
  const limit = Math.min(state.posMax, pos + longestFormula);
  const at = closingAt(src, from, limit, marks);
  const end = at + marks.close.length;
  if (at === -1 || end > state.posMax) {
    if (src.length - pos < longestFormula) noteOpen(state, true);
    return false;
  }
  const content = marks.length === 0 ? src.slice(pos, end) : src.slice(from, at);
  const isMath =
    marks.close.length === 2 && marks.close !== '$$'
      ? isInBrackets(content, src.charAt(pos - 1), src.slice(end, end + 2), display)
      : isFormula(content);
  if (!isMath) return false;
  pushInline(state, silent, content, display, end);
  return true;
}

function pushInline(
  state: StateInline,
  silent: boolean,
  content: string,
  display: boolean,
  end: number,
): void {
  if (!silent) {
    const token = state.push('math_inline', 'math', 0);
    token.content = content.trim();
    token.meta = { source: state.src.slice(state.pos, end), display };
  }
  state.pos = end;
}

function noteOpen({ env, pos }: StateInline, isCertain: boolean): void {
  const probe = env[probeKey] as OpenMath | undefined;
  if (probe === undefined) return;
  probe.mayOpenAt = Math.min(probe.mayOpenAt, pos);
  if (isCertain) probe.opensAt = Math.min(probe.opensAt, pos);
}
