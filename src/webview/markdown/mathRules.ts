import type { Env, MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** Beyond these many characters a formula is taken for text: what opens one must not hold up a long paragraph. */
const longestInLine = 300;
const longest = 3_000;

/** Where an inline text begins a formula that is not closed: for later text, and for showing it. */
export interface OpenMath {
  /** Smallest position of what may become a formula; Infinity for none. */
  mayOpenAt: number;
  /** The same without dollar signs that rather are prices. */
  opensAt: number;
}

const probeKey = Symbol('open math');

/** An environment that notices formulas that are not closed. */
export function withMathProbe(env: Env): [env: Env, probe: OpenMath] {
  const probe: OpenMath = { mayOpenAt: Infinity, opensAt: Infinity };
  return [{ ...env, [probeKey]: probe }, probe];
}

/**
 * Adds TeX formulas: `$…$` and `\(…\)` within a line of text; `$$…$$` and `\[…\]` displayed, also over lines.
 *
 * A displayed formula that begins a line is a block of its own and ends at its closing marks, or unclosed at
 * a blank line: then it is text. So a line's meaning never depends on the lines after it.
 */
export function addMath(parser: MarkdownIt): void {
  parser.block.ruler.before('table', 'math', readBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  parser.inline.ruler.before('escape', 'math', readInline);
}

function readBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const first = lineText(state, startLine);
  const close = closingMarks(first);
  if (close === undefined) return false;
  const rest = first.slice(2);
  const closesAtOnce = closedPart(rest, close);
  if (closesAtOnce === undefined && (rest.includes(close) || !mayGoOn(rest, close))) return false;
  if (closesAtOnce !== undefined && !isFormula(closesAtOnce)) return false;
  if (silent) return true;
  const lines = [rest];
  let line = startLine + 1;
  let closed = closesAtOnce !== undefined;
  while (!closed && line < endLine && !state.isEmpty(line) && (state.sCount[line] ?? 0) >= state.blkIndent) {
    const text = lineText(state, line);
    lines.push(text);
    line += 1;
    closed = closedPart(text, close) !== undefined;
    if (text.includes(close)) break;
  }
  state.line = line;
  const content = closed ? closedPart(lines.join('\n'), close) : undefined;
  if (content !== undefined && isFormula(content)) pushFormula(state, startLine, content, lines);
  else pushText(state, startLine);
  return true;
}

function pushFormula(state: StateBlock, startLine: number, content: string, lines: readonly string[]): void {
  const token = state.push('math_block', 'math', 0);
  token.map = [startLine, state.line];
  token.content = content.trim();
  token.meta = { source: lineText(state, startLine).slice(0, 2) + lines.join('\n') };
}

function pushText(state: StateBlock, startLine: number): void {
  const map: [number, number] = [startLine, state.line];
  state.push('math_source_open', 'p', 1).map = map;
  const token = state.push('inline', '', 0);
  token.content = state.getLines(startLine, state.line, state.blkIndent, false).trim();
  token.map = map;
  token.children = [];
  state.push('math_source_close', 'p', -1);
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}

function closingMarks(line: string): string | undefined {
  if (line.startsWith('$$') && !line.startsWith('$$$')) return '$$';
  return line.startsWith(String.raw`\[`) ? String.raw`\]` : undefined;
}

/** What stands before closing marks at the end; a sign of punctuation after them belongs to the formula. */
function closedPart(text: string, close: string): string | undefined {
  const [, sign = ''] = /([.,;:]?)$/.exec(text) ?? [];
  const withoutSign = text.slice(0, text.length - sign.length);
  const content = withoutSign.slice(0, -close.length);
  return withoutSign.endsWith(close) && !content.includes(close) ? content + sign : undefined;
}

/** An escaped bracket often begins words in brackets. */
function mayGoOn(rest: string, close: string): boolean {
  return close === '$$' || !rest.includes(']');
}

function isFormula(content: string): boolean {
  return /[^\s\\.,;:]/.test(content);
}

function readInline(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  const character = src.charCodeAt(pos);
  if (character === 0x5c) {
    const next = src.charAt(pos + 1);
    if (next === '(') return readMarked(state, silent, String.raw`\)`, false);
    return next === '[' && readMarked(state, silent, String.raw`\]`, true);
  }
  if (character !== 0x24 || src.charAt(pos - 1) === '$') return false;
  if (src.charAt(pos + 1) !== '$') return readDollar(state, silent);
  return src.charAt(pos + 2) !== '$' && readMarked(state, silent, '$$', true);
}

function readMarked(state: StateInline, silent: boolean, close: string, display: boolean): boolean {
  const { src, pos } = state;
  const limit = Math.min(state.posMax, pos + longest);
  let end = pos + 2;
  while (end < limit && !src.startsWith(close, end)) end += src.charAt(end) === '\\' ? 2 : 1;
  const content = src.slice(pos + 2, end);
  if (end + 2 > state.posMax || end >= limit) {
    if (src.length - pos < longest) noteOpen(state, true);
    return false;
  }
  if (!isFormula(content)) return false;
  pushInline(state, silent, content, display, end + 2);
  return true;
}

/** The rules that keep prices and shell variables from being formulas; beyond Pandoc's, letters count as well. */
function readDollar(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  const next = src.charAt(pos + 1);
  if (/[A-Za-z0-9]/.test(src.charAt(pos - 1)) || (next !== '' && /\s/.test(next))) return false;
  const limit = Math.min(state.posMax, pos + longestInLine);
  for (let end = pos + 1; end < limit; end += 1) {
    const character = src.charAt(end);
    if (character === '\n' || character === '`') return false;
    if (character === '\\') end += 1;
    else if (character === '$') {
      const content = src.slice(pos + 1, end);
      const isClosing =
        !/\s$/.test(content) && /^(?:[^A-Za-z0-9$]|$|(?:st|nd|rd|th|s)\b)/.test(src.slice(end + 1, end + 5));
      if (!isClosing || !isFormula(content)) return false;
      pushInline(state, silent, content, false, end + 1);
      return true;
    }
  }
  if (src.length - pos < longestInLine) noteOpen(state, /[\\A-Za-z({]/.test(next) && src.length - pos < 80);
  return false;
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
