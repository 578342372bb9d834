import type { MarkdownIt, StateBlock, Token } from 'markdown-it';
import { completeInPlace, isComplete } from './asComplete';

/** The longest content that is folded, in lines. All of it is parsed again while it grows. */
const mostLines = 1_000;
const mostNested = 8;

const depthKey = Symbol('depth of details');
const opening = /^<details(\s[^<>]{0,200})?>/i;
const summary = /^\s*<summary(?:\s[^<>]{0,200})?>([^]*?)(?:<\/summary>|$)/i;

/**
 * Adds `<details>` with an optional `<summary>`. The opening tag begins a line and the closing tag ends one. While more
 * source is coming, a block without a closing tag reaches to the end of the source.
 */
export function addDetails(parser: MarkdownIt): void {
  parser.block.ruler.before('table', 'details', readDetails, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
}

function readDetails(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const depth = Number(state.env[depthKey] ?? 0);
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4 || depth >= mostNested) return false;
  const first = lineText(state, startLine);
  const [tag, attributes = ''] = opening.exec(first) ?? [];
  if (tag === undefined) return false;
  // It ends a paragraph even if it stays text: the effect of a line on the lines before it must not depend on later
  // lines.
  if (silent) return true;
  const end = findEnd(state, startLine, endLine);
  if (end === undefined) {
    pushLine(state, startLine, first);
    return true;
  }
  const { isClosed, line } = end;
  const lines = state.getLines(startLine, line, state.blkIndent, false).trimStart().slice(tag.length);
  const content = isClosed ? lines.replace(/<\/details>\s*$/i, '') : lines.replace(/<\/?[a-z]*$/i, '');
  const token = state.push('details_open', 'details', 1);
  token.map = [startLine, line];
  token.meta = { isClosed, isOpen: /\sopen\b/i.test(attributes) };
  const [head, title] = summary.exec(content) ?? [];
  if (title !== undefined) pushSummary(state, title.trim());
  const inner: Token[] = [];
  const { env } = state;
  env[depthKey] = depth + 1;
  const restore = isClosed ? completeInPlace(env) : undefined;
  state.md.block.parse(content.slice(head?.length ?? 0), state.md, env, inner);
  restore?.();
  env[depthKey] = depth;
  for (const part of inner) part.level += state.level;
  state.tokens.push(...inner);
  state.push('details_close', 'details', -1);
  state.line = line;
  return true;
}

/** Adds a line as a paragraph of its own. */
function pushLine(state: StateBlock, line: number, text: string): void {
  state.push('details_text_open', 'p', 1).map = [line, line + 1];
  const token = state.push('inline', '', 0);
  token.content = text;
  token.map = [line, line + 1];
  token.children = [];
  state.push('details_text_close', 'p', -1);
  state.line = line + 1;
}

function pushSummary(state: StateBlock, title: string): void {
  state.push('summary_open', 'summary', 1);
  const token = state.push('inline', '', 0);
  token.content = title;
  token.children = [];
  state.push('summary_close', 'summary', -1);
}

/** The end of the block. Undefined if it has no closing tag and cannot get one any more. */
function findEnd(
  state: StateBlock,
  startLine: number,
  endLine: number,
): { readonly isClosed: boolean; readonly line: number } | undefined {
  let depth = 0;
  let fence = '';
  const last = Math.min(endLine, startLine + mostLines);
  for (let line = startLine; line < last; line += 1) {
    if (!state.isEmpty(line) && (state.sCount[line] ?? 0) < state.blkIndent) return undefined;
    const text = lineText(state, line);
    const [run = ''] = /^(?:`{3,}|~{3,})/.exec(text) ?? [];
    if (fence !== '') {
      if (run.startsWith(fence) && run === text) fence = '';
    } else if (run !== '') fence = run;
    else {
      depth += opening.test(text) ? 1 : 0;
      depth -= /<\/details>$/i.test(text) ? 1 : 0;
      if (depth === 0) return { isClosed: true, line: line + 1 };
    }
  }
  const mayGoOn = endLine === state.bMarks.length - 1 && last === endLine && !isComplete(state.env);
  return mayGoOn ? { isClosed: false, line: endLine } : undefined;
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trim();
}
