/** A fenced code block of a Markdown text. */
export interface FencedBlock {
  /** The text after the opening fence, trimmed: a language, a path or nothing. */
  readonly info: string;
  /** The lines between the fences, without the indentation of the opening fence. */
  readonly lines: readonly string[];
  /** The line of the opening fence, counted from 0. */
  readonly start: number;
  /** The line after the closing fence; after the last line if there is no closing fence. */
  readonly end: number;
  /** False if the text ends before the closing fence. */
  readonly isClosed: boolean;
}

const openingFence = /^([ \t]{0,40})(`{3,}(?!`)|~{3,}(?!~))([^\n]*)$/;
const closingFence = /^([ \t]{0,40})(`{3,}|~{3,})[ \t]*$/;
const markdownInfo = /^(?:md|mdx|markdown)\b/i;

/**
 * The fenced code blocks of a text (CommonMark 4.5), also indented ones, as in lists.
 *
 * @param isMarkdown True if the blocks are expected to hold Markdown. In such a block, a fence with a language opens a block inside
 *   it, whose closing fence does not close the outer block. Blocks with the language `markdown` are always read so.
 */
export function fencedBlocks(lines: readonly string[], isMarkdown: boolean): readonly FencedBlock[] {
  const blocks: FencedBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = readOpening(lines[at] ?? '');
    if (opening === undefined) continue;
    const nests = isMarkdown || markdownInfo.test(opening.info);
    const close = findClosing(lines, at + 1, opening, nests);
    const end = close ?? lines.length;
    const inner = lines.slice(at + 1, end).map((line) => withoutIndent(line, opening.indent));
    const isClosed = close !== undefined;
    blocks.push({
      info: opening.info,
      lines: inner,
      start: at,
      end: isClosed ? end + 1 : end,
      isClosed,
    });
    at = end;
  }
  return blocks;
}

interface Opening {
  readonly indent: number;
  readonly fence: string;
  readonly info: string;
}

function readOpening(line: string): Opening | undefined {
  const [, indent = '', fence = '', info = ''] = openingFence.exec(line) ?? [];
  // The info string of a backtick fence has no backticks; otherwise it is inline code.
  if (fence === '' || (fence.startsWith('`') && info.includes('`'))) return undefined;
  return { indent: indent.length, fence, info: info.trim() };
}

function findClosing(
  lines: readonly string[],
  from: number,
  outer: Opening,
  nests: boolean,
): number | undefined {
  const open: Opening[] = [outer];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const innermost = open.at(-1) ?? outer;
    const [, indent = '', fence = ''] = closingFence.exec(line) ?? [];
    if (
      fence.startsWith(innermost.fence[0] ?? '`') &&
      fence.length >= innermost.fence.length &&
      indent.length <= innermost.indent + 3
    ) {
      open.pop();
      if (open.length === 0) return at;
    } else if (nests) {
      const inner = readOpening(line);
      if (inner !== undefined && inner.info !== '') open.push(inner);
    }
  }
  return undefined;
}

function withoutIndent(line: string, indent: number): string {
  let from = 0;
  while (from < indent && (line[from] === ' ' || line[from] === '\t')) from++;
  return line.slice(from);
}
