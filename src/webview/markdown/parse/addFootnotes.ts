import type { Env, MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/**
 * The key under which an environment keeps the numbers of footnotes by label, in the order of their first references.
 */
const numbersKey = Symbol('footnote numbers');

/** An environment with numbers for footnotes. They are kept from one parse to the next. */
export function withFootnoteNumbers(env: Env, numbers: Map<string, number>): Env {
  return { ...env, [numbersKey]: numbers };
}

/** Adds GitHub's footnotes: references `[^label]`, and definitions `[^label]: text` with indented lines below. */
export function addFootnotes(parser: MarkdownIt): void {
  parser.block.ruler.before('reference', 'footnote_definition', readDefinition, {
    alt: ['paragraph', 'reference'],
  });
  parser.inline.ruler.before('link', 'footnote_reference', readReference);
}

function readDefinition(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  if (state.src.charAt(start) !== '[' || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const line = state.src.slice(start, state.eMarks[startLine]);
  const [opener, label] = /^\[\^([^\s[\]^]{1,100})\]:[ \t]*/.exec(line) ?? [];
  if (opener === undefined || label === undefined) return false;
  if (silent) return true;
  const token = state.push('footnote_open', 'div', 1);
  token.meta = noteMeta(label, state.env);
  token.map = [startLine, startLine];
  readContent(state, startLine, endLine, start + opener.length);
  token.map[1] = state.line;
  state.push('footnote_close', 'div', -1);
  return true;
}

/**
 * Reads the blocks of a footnote: the rest of its first line, and the lines below it that are indented by four columns.
 */
function readContent(state: StateBlock, startLine: number, endLine: number, contentStart: number): void {
  const { parentType, tight, blkIndent } = state;
  const mark = state.bMarks[startLine] ?? 0;
  const shift = state.tShift[startLine] ?? 0;
  const indent = state.sCount[startLine] ?? 0;
  state.bMarks[startLine] = contentStart;
  state.tShift[startLine] = 0;
  state.sCount[startLine] = blkIndent + 4;
  state.blkIndent = blkIndent + 4;
  state.parentType = 'footnote';
  state.md.block.tokenize(state, startLine, endLine);
  state.blkIndent = blkIndent;
  state.parentType = parentType;
  state.tight = tight;
  state.bMarks[startLine] = mark;
  state.tShift[startLine] = shift;
  state.sCount[startLine] = indent;
}

function readReference(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos + 1) !== 0x5e || state.src.charAt(state.pos) !== '[') return false;
  const pattern = /\[\^([^\s[\]^]{1,100})\](?!\()/y;
  pattern.lastIndex = state.pos;
  const [source, label] = pattern.exec(state.src) ?? [];
  if (source === undefined || label === undefined || state.pos + source.length > state.posMax) return false;
  if (!silent) {
    const token = state.push('footnote_reference', 'sup', 0);
    token.content = source;
    token.meta = noteMeta(label, state.env);
  }
  state.pos += source.length;
  return true;
}

/** True if a footnote's label is a number from 1. */
export function isFootnoteNumber(label: string): boolean {
  return /^[1-9]\d{0,5}$/.test(label);
}

function noteMeta(written: string, env: Env): { label: string; number: string } {
  const label = written.toLowerCase();
  // A label that is a number keeps that number.
  if (isFootnoteNumber(label)) return { label, number: label };
  const numbers = env[numbersKey];
  if (!(numbers instanceof Map)) return { label, number: label };
  if (!numbers.has(label)) numbers.set(label, numbers.size + 1);
  return { label, number: String(numbers.get(label)) };
}
