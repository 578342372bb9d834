import type { Env, Token } from 'markdown-it';
import type { Container } from './container';
import { findInlineCut } from '../parse/findInlineCut';
import type { Block } from '../parse/parseBlocks';
import { findOpenPath, fitsOpenPath } from './openPath';
import type { OpenPath } from './openPath';

/** The kinds of long blocks that are committed piece by piece while they are open. */
export type ContainerKind = 'nest' | 'table' | 'paragraph';

/** Where an open block can be divided: what stands before is final. */
export interface TailSplit {
  readonly kind: ContainerKind;
  /** Length of the source that they take, from the start of the source. */
  readonly closedLength: number;
  /**
   * Source that stands in for the closed pieces when the rest is parsed, so that the rest is read in
   * the same surroundings: the lists and quotes around it, the head of the table, the start of a line.
   */
  readonly prefix: string;
  /** For lists and quotes: what is open in them. */
  readonly spine?: OpenPath;
}

const kinds: Readonly<Record<string, ContainerKind>> = {
  bullet_list_open: 'nest',
  ordered_list_open: 'nest',
  blockquote_open: 'nest',
  table_open: 'table',
  paragraph_open: 'paragraph',
};

/** The kind of container that a block makes, if it can be one. */
export function containerKind(block: Block | undefined): ContainerKind | undefined {
  return block === undefined ? undefined : kinds[block.type];
}

/** Where to look for a division. */
export interface SplitRequest {
  /** The only open block of `source`. */
  readonly block: Block;
  /** The prefix of the division before, if there was one, and the open source (its complete lines, for lists, quotes and tables). */
  readonly source: string;
  /** The length of that prefix; 0 for none. */
  readonly prefixLength: number;
  /** How much of the end of a paragraph a division leaves alone, in characters. */
  readonly keptAtEnd: number;
  readonly env: Env;
}

/** Divides an open block; undefined when nothing of it is final yet. */
export function splitTail(request: SplitRequest): TailSplit | undefined {
  switch (containerKind(request.block)) {
    case 'nest':
      return divideNest(request);
    case 'table':
      return divideTable(request);
    case 'paragraph':
      return divideParagraph(request);
    case undefined:
      return undefined;
  }
}

function divideNest({ block, source }: SplitRequest): TailSplit | undefined {
  const spine = findOpenPath(block.tokens, source.split('\n'));
  if (spine === undefined) return undefined;
  const closedLength = lineOffset(source, block.tokens[spine.firstOpenToken]?.map?.[0] ?? 0);
  return { kind: 'nest', closedLength, prefix: spine.prefix, spine };
}

/** Beyond this number of cells markdown-it counts how many it had to add, so the rest needs the whole. */
const cellLimit = 65_536;

function divideTable({ block, source }: SplitRequest): TailSplit | undefined {
  const count = (type: string): number => block.tokens.filter((token) => token.type === type).length;
  const rows = count('tr_open') - 1;
  if (rows < 1 || count('td_open') > cellLimit) return undefined;
  const prefix = source.slice(lineOffset(source, block.startLine), lineOffset(source, block.startLine + 2));
  const closedLength = lineOffset(source, block.endLine);
  return { kind: 'table', closedLength, prefix };
}

function divideParagraph({ source, prefixLength, keptAtEnd, env }: SplitRequest): TailSplit | undefined {
  // What begins with a bracket could still turn out to be a reference definition, whatever its length.
  if (prefixLength === 0 && source.trimStart().startsWith('[')) return undefined;
  const start = contentStart(source, prefixLength);
  const cut = findInlineCut(source.slice(start).trimEnd(), keptAtEnd, env);
  if (cut === 0) return undefined;
  const closedLength = start + cut;
  const prefix = source.charAt(closedLength - 1) === ' ' ? '. ' : '.';
  return { kind: 'paragraph', closedLength, prefix };
}

/** Where a paragraph's own content begins: after the prefix, or after its indentation. */
function contentStart(source: string, prefixLength: number): number {
  return prefixLength > 0 ? prefixLength : (/^[ \t\n]*/.exec(source)?.[0].length ?? 0);
}

/**
 * The tokens of the pieces that a division closes, for rendering.
 *
 * @param tokens The tokens of the divided block; a paragraph's content is shortened in place.
 */
export function closedTokens(
  tokens: readonly Token[],
  source: string,
  division: TailSplit,
  prefixLength: number,
): Token[] {
  const content = tokens.find((token) => token.type === 'inline');
  switch (division.kind) {
    case 'nest':
      return tokens.slice(0, division.spine?.firstOpenToken);
    case 'paragraph':
      if (content !== undefined) {
        content.content = source.slice(contentStart(source, prefixLength), division.closedLength);
      }
      return [...tokens];
    case 'table':
      return [...tokens];
  }
}

/** The offset at which a line begins. */
export function lineOffset(source: string, line: number): number {
  let offset = 0;
  for (let count = 0; count < line; count += 1) {
    const end = source.indexOf('\n', offset);
    if (end === -1) return source.length;
    offset = end + 1;
  }
  return offset;
}

/** Whether a block is the continuation of a container, given the prefix that stands for its beginning. */
export function continues(
  block: Block | undefined,
  { kind, prefix, nest }: Pick<Container, 'kind' | 'prefix' | 'nest'>,
): boolean {
  if (block === undefined || containerKind(block) !== kind) return false;
  if (kind === 'nest') return fitsOpenPath(block.tokens, nest.spine);
  const content = block.tokens.find((token) => token.type === 'inline')?.content ?? '';
  return kind !== 'paragraph' || (block.startLine === 0 && content.startsWith(prefix.trimEnd()));
}

/** Takes the prefix off the content of a continued paragraph. */
export function removePrefix(block: Block, prefix: string): void {
  const content = block.tokens.find((token) => token.type === 'inline');
  if (content !== undefined) content.content = content.content.slice(prefix.length);
}
