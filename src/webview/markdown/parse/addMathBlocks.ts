import type { Env, MarkdownIt, StateBlock } from 'markdown-it';
import { closingAt, isBlockFormula, isFormula, isInBrackets, longestFormula, marksAt } from './mathMarks';
import type { MathMarks } from './mathMarks';

const pendingKey = Symbol('pending math');

/**
 * The first line whose blocks later text can still change, because a displayed formula opens there and is not closed.
 * Infinity if there is none.
 */
export function pendingLine(env: Env): number {
  return (env[pendingKey] as number | undefined) ?? Infinity;
}

/** To be called before blocks are parsed. */
export function startPending(env: Env): void {
  env[pendingKey] = Infinity;
}

/** Includes the block that is being read: the formula can end it or be a part of it. */
function notePending({ env, line }: StateBlock, startLine: number): void {
  env[pendingKey] = Math.min(pendingLine(env), line, startLine);
}

/**
 * Adds displayed formulas. A formula that begins one line and ends another is a block of its own. A formula beside text
 * belongs to its paragraph, with all lines up to its closing marks, because a line of a formula can begin with `-`, `>`
 * or `#`.
 *
 * A formula may contain blank lines if its opening marks end their line. An unclosed formula is text.
 */
export function addMathBlocks(parser: MarkdownIt): void {
  parser.block.ruler.before('table', 'math', readBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  parser.block.ruler.before('lheading', 'math_paragraph', readParagraph);
}

/** The place where marks close, and the text between them. */
interface Closing {
  readonly line: number;
  /** The offset after the marks. */
  readonly column: number;
  readonly content: string;
}

function readBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const first = state.src.charCodeAt((state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0));
  if (first !== 0x24 && first !== 0x5c) return false;
  const marks = marksAt(lineText(state, startLine), 0);
  if (marks === undefined) return false;
  const closing = findClosing(state, startLine, marks.length, endLine, marks);
  if (closing === undefined) return false;
  if (closing === 'pending') {
    notePending(state, startLine);
    if (!opensLines(lineText(state, startLine), marks.length, marks)) return false;
    if (!silent) pushText(state, startLine, endLine);
    return true;
  }
  const { line, column, content } = closing;
  const after = lineText(state, line).slice(column);
  // Punctuation after the marks belongs to the formula.
  if (!/^\s*[.,;:，。；：、]?$/.test(after) || !isBlockFormula(content, marks)) return false;
  if (silent) return true;
  state.line = line + 1;
  const token = state.push('math_block', 'math', 0);
  token.map = [startLine, state.line];
  token.content = (content + after.trim()).trim();
  token.meta = { source: sourceOf(state, startLine, state.line) };
  return true;
}

/** The source of an unclosed formula is a paragraph up to the next blank line. */
function pushText(state: StateBlock, startLine: number, endLine: number): void {
  let end = startLine + 1;
  while (end < endLine && !state.isEmpty(end) && (state.sCount[end] ?? 0) >= state.blkIndent) end += 1;
  state.line = end;
  pushParagraph(state, startLine, 'math_source');
}

/** A paragraph that contains a displayed formula of several lines. */
function readParagraph(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent || !mayHoldMarks(state, startLine, endLine)) return false;
  const parentType = state.parentType;
  state.parentType = 'paragraph';
  const end = paragraphEnd(state, startLine, endLine);
  state.parentType = parentType;
  if (end === undefined) return false;
  state.line = end;
  pushParagraph(state, startLine, 'paragraph');
  return true;
}

/** The line after a paragraph. Undefined if none of its formulas has several lines. */
function paragraphEnd(state: StateBlock, startLine: number, endLine: number): number | undefined {
  const terminators = state.md.block.ruler.getRules('paragraph');
  let goesOver = false;
  let failures = 0;
  let column = 0;
  let line = startLine;
  for (;;) {
    const opening = failures < mostFailures ? openingIn(lineText(state, line), column) : undefined;
    if (opening !== undefined) {
      const { marks, at } = opening;
      const closing = findClosing(state, line, at + marks.length, endLine, marks, at);
      if (closing === 'pending') notePending(state, startLine);
      if (typeof closing === 'object' && isGlued(lineText(state, line), at, closing, marks)) {
        goesOver ||= closing.line > line;
        ({ line, column } = closing);
      } else {
        failures += 1;
        column = at + 2;
      }
      continue;
    }
    line += 1;
    column = 0;
    const isUnderline = !goesOver && /^(?:=+|-+)$/.test(lineText(state, line));
    if (
      line >= endLine ||
      isUnderline ||
      state.isEmpty(line) ||
      terminates(state, line, endLine, terminators)
    )
      return goesOver ? line : undefined;
  }
}

/** The number of marks in a paragraph that may be tried without success, because each of them is a search ahead. */
const mostFailures = 30;

function terminates(
  state: StateBlock,
  line: number,
  endLine: number,
  rules: ReturnType<StateBlock['md']['block']['ruler']['getRules']>,
): boolean {
  const indent = state.sCount[line] ?? 0;
  if (indent - state.blkIndent > 3 || indent < 0) return false;
  return rules.some((rule) => rule(state, line, endLine, true));
}

function isGlued(text: string, at: number, { content }: Closing, marks: MathMarks): boolean {
  return marks.close === String.raw`\]`
    ? isInBrackets(content, text.charAt(at - 1), '', true)
    : isFormula(content);
}

/** The next marks of a displayed formula outside code. */
function openingIn(
  text: string,
  from: number,
): { readonly marks: MathMarks; readonly at: number } | undefined {
  if (text.length > longestFormula) return undefined;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '`') {
      const run = /`+/y;
      run.lastIndex = at;
      const ticks = run.exec(text)?.[0] ?? '`';
      const close = text.indexOf(ticks, at + ticks.length);
      at = close === -1 ? at + ticks.length - 1 : close + ticks.length - 1;
    } else if (character === '$' || character === '\\') {
      const marks = marksAt(text, at);
      if (marks !== undefined) return { marks, at };
      if (character === '\\') at += 1;
    }
  }
  return undefined;
}

/** True if a formula that begins at `column` certainly continues in the next lines and may contain blank ones. */
function opensLines(text: string, column: number, marks: MathMarks): boolean {
  return marks.length === 0 || column >= text.length || text.startsWith(String.raw`\begin`, column);
}

/**
 * Searches for closing marks, line by line.
 *
 * @param column The column of the formula in its first line.
 * @returns `pending` if later text may still bring them.
 */
function findClosing(
  state: StateBlock,
  startLine: number,
  column: number,
  endLine: number,
  marks: MathMarks,
  openedAt = 0,
): Closing | 'pending' | undefined {
  const isEnvironment = marks.length === 0;
  const mayHoldBlank = opensLines(lineText(state, startLine), column, marks);
  let content = '';
  let line = startLine;
  for (; line < endLine; line += 1) {
    const isFirst = line === startLine;
    if (!isFirst && state.isEmpty(line)) {
      if (!mayHoldBlank) return undefined;
      content += '\n';
      continue;
    }
    const text = lineText(state, line);
    if (!isFirst && ((state.sCount[line] ?? 0) < state.blkIndent || /^(?:`{3}|~{3}|#{1,6} )/.test(text)))
      return undefined;
    content += (isFirst ? text.slice(isEnvironment ? openedAt : column) : text) + '\n';
    const at = text.includes(marks.close) ? closingAt(content, 0, content.length, marks) : -1;
    if (at !== -1) {
      const end = at + marks.close.length;
      return {
        line,
        column: text.length - (content.length - 1 - end),
        content: content.slice(0, isEnvironment ? end : at),
      };
    }
    if (content.length > longestFormula) return undefined;
  }
  return /\S/.test(state.src.slice(state.eMarks[line - 1])) ? undefined : 'pending';
}

const nextMarks = new WeakMap<StateBlock, number>();

/** True if the lines up to the next blank line contain marks of a displayed formula. */
function mayHoldMarks(state: StateBlock, startLine: number, endLine: number): boolean {
  const start = state.bMarks[startLine] ?? 0;
  let next = nextMarks.get(state) ?? -1;
  if (next < start) {
    const marks = /\$\$|\\\[|\\begin\{/g;
    marks.lastIndex = start;
    next = marks.exec(state.src)?.index ?? Infinity;
    nextMarks.set(state, next);
  }
  if (next === Infinity) return false;
  let last = startLine;
  while (last + 1 < endLine && !state.isEmpty(last + 1)) last += 1;
  return next <= (state.eMarks[last] ?? 0);
}

function pushParagraph(state: StateBlock, startLine: number, type: string): void {
  const map: [number, number] = [startLine, state.line];
  state.push(`${type}_open`, 'p', 1).map = map;
  const token = state.push('inline', '', 0);
  token.content = state.getLines(startLine, state.line, state.blkIndent, false).trim();
  token.map = map;
  token.children = [];
  state.push(`${type}_close`, 'p', -1);
}

function sourceOf(state: StateBlock, startLine: number, endLine: number): string {
  const lines: string[] = [];
  for (let line = startLine; line < endLine; line += 1) lines.push(lineText(state, line));
  return lines.join('\n');
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}
