import type { Block } from './parseBlocks';

/**
 * The number of leading top-level blocks that no later text can change.
 *
 * `blocks` must come from COMPLETE lines: CommonMark closes blocks line by line, so every block before the last is
 * closed. The last is open, unless its kind ends with its line. An unclosed formula keeps every block from its start on
 * open. Another exception is a reference definition, also at the end of a list: a line after it without a blank line
 * between can be its title, which may have several lines.
 */
export function countClosedBlocks(blocks: readonly Block[], lines: readonly string[]): number {
  const changing = blocks.findIndex(({ mayChange }) => mayChange);
  let first = changing === -1 ? blocks.length - 1 : changing;
  while (first > 0 && mayBeTitle(blocks[first]) && blocks[first - 1]?.endLine === blocks[first]?.startLine) {
    first -= 1;
  }
  if (endsWithReference(blocks[first])) return first;
  if (changing !== -1) return changing;
  const last = blocks.at(-1);
  return last === undefined || closesItself(last, lines) ? blocks.length : blocks.length - 1;
}

function endsWithReference(block: Block | undefined): boolean {
  return block?.tokens.findLast(({ nesting }) => nesting !== -1)?.type === 'reference_definition';
}

function mayBeTitle(block: Block | undefined): boolean {
  return block?.type === 'paragraph_open' || block?.type === 'code_block' || isSetextHeading(block);
}

function isSetextHeading(block: Block | undefined): boolean {
  return block?.type === 'heading_open' && block.tokens[0]?.markup.startsWith('#') === false;
}

function closesItself(block: Block, lines: readonly string[]): boolean {
  switch (block.type) {
    case 'heading_open':
      return !mayHeadTable(lines[block.startLine] ?? '');
    case 'hr':
      return true;
    case 'details_open':
      return block.tokens[0]?.meta?.['isClosed'] === true;
    case 'fence':
      return isFenceClosed(block, lines);
    default:
      return false;
  }
}

/** True if a line becomes the head of a table when a delimiter row follows, whatever else it looks like. */
function mayHeadTable(line: string): boolean {
  return line.includes('|');
}

/** True if a fence has its closing line. */
function isFenceClosed(block: Block, lines: readonly string[]): boolean {
  const markup = block.tokens[0]?.markup ?? '';
  return block.endLine - block.startLine > 1 && closesFence(lines[block.endLine - 1] ?? '', markup);
}

/** True if a line closes a top-level fence that was opened with `markup` (CommonMark 0.31.2, section 4.5). */
export function closesFence(line: string, markup: string): boolean {
  const [, run = ''] = /^ {0,3}(`+|~+)[ \t]*$/.exec(line) ?? [];
  return run.startsWith(markup);
}

/** The opening line of a block, if the block is certainly a fence. */
export function openingLine(block: Block | undefined, lines: readonly string[]): string | undefined {
  if (block?.type !== 'fence') return undefined;
  const opener = lines[block.startLine] ?? '';
  // The last item of `lines` is the text after the last line end.
  const isLastLine = block.startLine >= lines.length - 2;
  return isLastLine && mayHeadTable(opener) ? undefined : opener;
}
