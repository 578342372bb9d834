import type { Env, Token } from 'markdown-it';
import type { Container } from './container';
import { findInlineCut } from '../parse/findInlineCut';
import type { Block } from '../parse/parseBlocks';
import { findOpenPath, fitsOpenPath } from './openPath';
import type { OpenPath } from './openPath';

/** The kinds of long blocks whose children become final one by one while the block is open. */
export type ContainerKind = 'nest' | 'table' | 'paragraph';

/** A place at which an open block can be split. Everything before it is final. */
export interface TailSplit {
  readonly kind: ContainerKind;
  /** Length of the source of the final part, from the start of the source. */
  readonly closedLength: number;
  /**
   * Source that replaces the closed children when the rest is parsed, so that the rest keeps its context: the lists and quotes
   * around it, the head of the table, or the start of a line.
   */
  readonly prefix: string;
  /** For lists and quotes: the path to their open end. */
  readonly openPath?: OpenPath;
}

const kinds: Readonly<Record<string, ContainerKind>> = {
  bullet_list_open: 'nest',
  ordered_list_open: 'nest',
  blockquote_open: 'nest',
  table_open: 'table',
  paragraph_open: 'paragraph',
};

/** The kind of container that a block can become, or undefined. */
export function containerKind(block: Block | undefined): ContainerKind | undefined {
  return block === undefined ? undefined : kinds[block.type];
}

/** Where to look for a split. */
interface SplitRequest {
  /** The only open block of `source`. */
  readonly block: Block;
  /** The prefix of the previous split, if any, and the open source; for lists, quotes and tables only its complete lines. */
  readonly source: string;
  /** The length of that prefix; 0 without one. */
  readonly prefixLength: number;
  /** How many characters at the end of a paragraph a split leaves open. */
  readonly keptAtEnd: number;
  readonly env: Env;
}

/** Splits an open block. Returns undefined if no part of it is final yet. */
export function splitTail(request: SplitRequest): TailSplit | undefined {
  switch (containerKind(request.block)) {
    case 'nest':
      return splitNest(request);
    case 'table':
      return splitTable(request);
    case 'paragraph':
      return splitParagraph(request);
    case undefined:
      return undefined;
  }
}

function splitNest({ block, source }: SplitRequest): TailSplit | undefined {
  const openPath = findOpenPath(block.tokens, source.split('\n'));
  if (openPath === undefined) return undefined;
  const closedLength = lineOffset(source, block.tokens[openPath.firstOpenToken]?.map?.[0] ?? 0);
  return { kind: 'nest', closedLength, prefix: openPath.prefix, openPath };
}

/** Above this number of cells, markdown-it counts the cells that it had to add, so the rest cannot be parsed alone. */
const cellLimit = 65_536;

function splitTable({ block, source }: SplitRequest): TailSplit | undefined {
  const count = (type: string): number => block.tokens.filter((token) => token.type === type).length;
  const rows = count('tr_open') - 1;
  if (rows < 1 || count('td_open') > cellLimit) return undefined;
  const prefix = source.slice(lineOffset(source, block.startLine), lineOffset(source, block.startLine + 2));
  const closedLength = lineOffset(source, block.endLine);
  return { kind: 'table', closedLength, prefix };
}

function splitParagraph({ source, prefixLength, keptAtEnd, env }: SplitRequest): TailSplit | undefined {
  // A paragraph of any length that begins with a bracket can still become a reference definition.
  if (prefixLength === 0 && source.trimStart().startsWith('[')) return undefined;
  const start = contentStart(source, prefixLength);
  const cut = findInlineCut(source.slice(start).trimEnd(), keptAtEnd, env);
  if (cut === 0) return undefined;
  const closedLength = start + cut;
  const prefix = source.charAt(closedLength - 1) === ' ' ? '. ' : '.';
  return { kind: 'paragraph', closedLength, prefix };
}

/** The offset of a paragraph's content: after the prefix, or after its indentation. */
function contentStart(source: string, prefixLength: number): number {
  return prefixLength > 0 ? prefixLength : (/^[ \t\n]*/.exec(source)?.[0].length ?? 0);
}

/**
 * The tokens of the children that a split closes, for rendering.
 *
 * @param tokens The tokens of the split block. The content of a paragraph is shortened in place.
 */
export function closedTokens(
  tokens: readonly Token[],
  source: string,
  split: TailSplit,
  prefixLength: number,
): Token[] {
  const content = tokens.find((token) => token.type === 'inline');
  switch (split.kind) {
    case 'nest':
      return tokens.slice(0, split.openPath?.firstOpenToken);
    case 'paragraph':
      if (content !== undefined) {
        content.content = source.slice(contentStart(source, prefixLength), split.closedLength);
      }
      return [...tokens];
    case 'table':
      return [...tokens];
  }
}

/** The offset of the beginning of a line. */
export function lineOffset(source: string, line: number): number {
  let offset = 0;
  for (let count = 0; count < line; count += 1) {
    const end = source.indexOf('\n', offset);
    if (end === -1) return source.length;
    offset = end + 1;
  }
  return offset;
}

/** True if a block continues a container whose beginning is replaced by the prefix. */
export function continues(
  block: Block | undefined,
  { kind, prefix, stripper }: Pick<Container, 'kind' | 'prefix' | 'stripper'>,
): boolean {
  if (block === undefined || containerKind(block) !== kind) return false;
  if (kind === 'nest') return fitsOpenPath(block.tokens, stripper.openPath);
  const content = block.tokens.find((token) => token.type === 'inline')?.content ?? '';
  return kind !== 'paragraph' || (block.startLine === 0 && content.startsWith(prefix.trimEnd()));
}

/** Removes the prefix from the content of a continued paragraph. */
export function removePrefix(block: Block, prefix: string): void {
  const content = block.tokens.find((token) => token.type === 'inline');
  if (content !== undefined) content.content = content.content.slice(prefix.length);
}
