import type { Block } from './parseBlocks';

/**
 * How many of the leading top-level blocks can no longer change, whatever text follows.
 *
 * `blocks` must come from COMPLETE lines only: CommonMark closes blocks line by line, so everything
 * before the last block is closed. The last is open, unless it is of a kind that ends with its line. A formula that is not
 * closed yet keeps all from there on open.
 * The exception is a reference definition, also one at the end of a list: what follows it without a
 * blank line may turn out to be its title, which can span lines.
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

/** Whether a line becomes the head of a table, whatever else it looks like, if a delimiter row follows. */
export function mayHeadTable(line: string): boolean {
  return line.includes('|');
}

/** Whether a fence block has its closing line. */
export function isFenceClosed(block: Block, lines: readonly string[]): boolean {
  const markup = block.tokens[0]?.markup ?? '';
  return block.endLine - block.startLine > 1 && closesFence(lines[block.endLine - 1] ?? '', markup);
}

/** Whether a line closes a top-level fence that was opened with `markup` (CommonMark 4.5). */
export function closesFence(line: string, markup: string): boolean {
  const [, run = ''] = /^ {0,3}(`+|~+)[ \t]*$/.exec(line) ?? [];
  return run.startsWith(markup);
}

/** The opening line of a block, if it is certain to be a fence. */
export function openingLine(block: Block | undefined, lines: readonly string[]): string | undefined {
  if (block?.type !== 'fence') return undefined;
  const opener = lines[block.startLine] ?? '';
  // The last of the lines is what follows the last line end.
  const isLastLine = block.startLine >= lines.length - 2;
  return isLastLine && mayHeadTable(opener) ? undefined : opener;
}
