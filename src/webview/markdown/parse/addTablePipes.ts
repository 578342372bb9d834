import type { MarkdownIt, StateBlock } from 'markdown-it';
import { isComplete } from './asComplete';

/** Represents a pipe that does not separate cells. No source contains this character (see `SourceNormaliser`). */
const placeholder = '\0';
const delimiterRow = /^[|:-][-|: \t]*$/;

/**
 * Finds code and formulas in a row.
 *
 * @param end What may end them besides their closing marks: the end of a row that is still being written.
 */
function patternOf(end: string): RegExp {
  const code = `(\`+)(?=[^\\s\`])(?:[^\`]*?[^\\s\`])?(?:\\1(?!\`)${end})`;
  const dollars = String.raw`\$(?=[A-Za-z\\({|])(?:(?:[^$\`\\]|\\.)*?[^\s$\`\\]\$(?![A-Za-z0-9])`;
  const openDollars = end && String.raw`|(?:[^$\s|\`\\]|\\.|\|(?! )| (?!\|))+$`;
  const brackets = String.raw`\\\((?:[^\\]|\\[^)]){0,300}(?:\\\)${end})`;
  return new RegExp(`${code}|${dollars}${openDollars})|${brackets}`, 'g');
}

const closed = patternOf('');
const open = patternOf('|$');

/**
 * Keeps text that GitHub's tables lose: there, a pipe separates cells even inside code and formulas, and cells beyond
 * those of the head are dropped. Here pipes in code do not separate, and extra cells become part of the last one.
 *
 * markdown-it's own rule reads the table, with placeholders for the pipes that do not separate. Call this before other
 * block rules are added, because it finds the rule by its position.
 */
export function addTablePipes(parser: MarkdownIt): void {
  const { ruler } = parser.block;
  const [rule] = ruler.getRules('');
  const readTable: typeof rule = (state, startLine, endLine, silent) => {
    const columns = countColumns(state, startLine + 1, endLine);
    if (rule === undefined || columns === 0) return false;
    const { src, tokens } = state;
    const first = tokens.length;
    state.src = maskTable(state, startLine, endLine, columns);
    const found = rule(state, startLine, endLine, silent);
    state.src = src;
    for (let index = first; index < tokens.length; index += 1) {
      const token = tokens[index];
      if (token?.type === 'inline') token.content = token.content.replaceAll(placeholder, '|');
    }
    return found;
  };
  ruler.at('table', readTable, { alt: ['paragraph', 'reference'] });
}

/** The number of columns of a delimiter row; 0 for other lines. */
function countColumns(state: StateBlock, line: number, endLine: number): number {
  if (line >= endLine || !'|:-'.includes(state.src.charAt(lineStart(state, line)))) return 0;
  const text = state.src.slice(lineStart(state, line), state.eMarks[line]);
  return delimiterRow.test(text) ? text.split('|').filter((part) => part.trim() !== '').length : 0;
}

function lineStart(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
}

function maskTable(state: StateBlock, startLine: number, endLine: number, columns: number): string {
  const { src } = state;
  const parts: string[] = [];
  let done = 0;
  for (let line = startLine; line < endLine && !state.isEmpty(line); line += 1) {
    if (line === startLine + 1) continue;
    const start = lineStart(state, line);
    const end = state.eMarks[line] ?? start;
    const mayGoOn = end === src.length && !isComplete(state.env);
    parts.push(src.slice(done, start), maskRow(src.slice(start, end), columns, line === startLine, mayGoOn));
    done = end;
  }
  return parts.join('') + src.slice(done);
}

function maskRow(row: string, columns: number, isHead: boolean, mayGoOn: boolean): string {
  const pattern = mayGoOn ? open : closed;
  const masked = /[`$\\]/.test(row)
    ? row.replaceAll(pattern, (part) => part.replaceAll(/(?<!\\)\|/g, placeholder))
    : row;
  const pipes = [...masked.matchAll(/(?<!\\)\|/g)].map(({ index }) => index);
  const trimmedEnd = masked.trimEnd().length;
  const inner = pipes.filter((index) => index > 0 && index < trimmedEnd - 1);
  // The head decides whether this is a table.
  if (isHead) return inner.length === columns - 1 ? masked : row;
  const surplus = inner.slice(columns - 1);
  const [from = trimmedEnd] = surplus;
  if (/^[\s|]*$/.test(masked.slice(from))) return masked;
  return masked.slice(0, from) + masked.slice(from).replaceAll(/\|(?!\s*$)/g, placeholder);
}
