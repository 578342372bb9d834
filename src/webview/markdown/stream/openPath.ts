import type { Token } from 'markdown-it';
import { isLooseList, topLevelListLooseness } from '../parse/isLooseList';

/** One level of the path from a top-level list or quote down to its open end. */
export interface OpenPathLevel {
  readonly tag: string;
  /** How many of its first children are placeholders for closed ones. The child after them continues the path. */
  readonly placeholders: number;
  /** True for a list that is known to be loose. */
  readonly isLoose: boolean;
}

/** The path along which nested lists and quotes can be split: at each level, all children but the last are closed. */
export interface OpenPath {
  /** Outermost first. The last level has the open children. */
  readonly levels: readonly OpenPathLevel[];
  /** Lines that open all levels again. An empty heading represents closed blocks, because nothing can continue a heading. */
  readonly prefix: string;
  /** Index of the first token of the open part. */
  readonly firstOpenToken: number;
}

/** Opening tokens of blocks that contain blocks. */
const nestTypes: ReadonlySet<string> = new Set([
  'bullet_list_open',
  'ordered_list_open',
  'list_item_open',
  'blockquote_open',
]);

/**
 * Finds the deepest place at which a list or a quote can be split.
 *
 * @param tokens The tokens of the complete lines of the block.
 * @param lines The lines of the source of the tokens.
 * @returns undefined if no child is closed, or if the block defines references or footnotes, because later lines may belong to the
 *   definition.
 */
export function findOpenPath(tokens: readonly Token[], lines: readonly string[]): OpenPath | undefined {
  const defines = tokens.some(({ type }) => type === 'reference_definition' || type === 'footnote_open');
  return defines ? undefined : new OpenPathSearch(tokens, lines).below(0, '');
}

class OpenPathSearch {
  constructor(
    private readonly tokens: readonly Token[],
    private readonly lines: readonly string[],
  ) {}

  /** @param indent The beginning of each line inside the block at `index`. */
  below(index: number, indent: string): OpenPath | undefined {
    switch (this.tokens[index]?.type) {
      case 'bullet_list_open':
      case 'ordered_list_open':
        return this.belowList(index, indent);
      case 'list_item_open':
        return this.belowItem(index, indent);
      case 'blockquote_open':
        return this.belowQuote(index, indent);
      default:
        return undefined;
    }
  }

  private belowList(index: number, indent: string): OpenPath | undefined {
    const items = childrenOf(this.tokens, index);
    const last = items.at(-1) ?? index;
    const deeper = this.below(last, indent);
    if (deeper !== undefined) return this.extend(deeper, index, 0, '');
    const marker = this.markerOf(last, indent);
    if (items.length < 2 || marker === undefined) return undefined;
    return this.end(index, last, `${indent}${marker.trimEnd()} .\n`);
  }

  private belowItem(index: number, indent: string): OpenPath | undefined {
    const blocks = childrenOf(this.tokens, index);
    const last = blocks.at(-1);
    const marker = this.markerOf(index, indent);
    if (blocks.length < 2 || last === undefined || marker === undefined) return undefined;
    const line = `${indent}${marker}#\n`;
    const deeper = this.below(last, indent + ' '.repeat(marker.length));
    return deeper === undefined ? this.end(index, last, line) : this.extend(deeper, index, 1, line);
  }

  private belowQuote(index: number, indent: string): OpenPath | undefined {
    const inner = `${indent}> `;
    const blocks = childrenOf(this.tokens, index);
    const last = blocks.at(-1);
    // The first line of an alert says that it is one, so the line must stay.
    const isAlert = this.tokens[index + 2]?.content.startsWith('[!') === true;
    if (last === undefined || isAlert || !this.lineOf(index).startsWith(inner)) return undefined;
    const deeper = this.below(last, inner);
    if (deeper !== undefined) return this.extend(deeper, index, 0, '');
    return blocks.length < 2 ? undefined : this.end(index, last, `${inner}#\n`);
  }

  /** The marker of an item with the spaces around it. Undefined if no text follows the marker on its line. */
  private markerOf(index: number, indent: string): string | undefined {
    const line = this.lineOf(index);
    if (!line.startsWith(indent)) return undefined;
    return /^ {0,3}(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)/.exec(line.slice(indent.length))?.[0];
  }

  private lineOf(index: number): string {
    return this.lines[this.tokens[index]?.map?.[0] ?? -1] ?? '';
  }

  private end(index: number, firstOpenToken: number, prefix: string): OpenPath {
    return { levels: [this.levelOf(index, 1)], prefix, firstOpenToken };
  }

  private extend(deeper: OpenPath, index: number, placeholders: number, line: string): OpenPath {
    const levels = [this.levelOf(index, placeholders), ...deeper.levels];
    return { ...deeper, levels, prefix: line + deeper.prefix };
  }

  private levelOf(index: number, placeholders: number): OpenPathLevel {
    const { tag = '', type = '' } = this.tokens[index] ?? {};
    const isLoose =
      type.endsWith('_list_open') &&
      (index === 0 ? topLevelListLooseness(this.tokens, this.lines) : isLooseList(this.tokens, index));
    return { tag, placeholders, isLoose };
  }
}

/** True if the tokens of a block have these levels. */
export function fitsOpenPath(tokens: readonly Token[], levels: readonly OpenPathLevel[]): boolean {
  let index: number | undefined = 0;
  for (const { tag, placeholders } of levels) {
    const token: Token | undefined = index === undefined ? undefined : tokens[index];
    if (index === undefined || token?.tag !== tag || !nestTypes.has(token.type)) return false;
    const children = childrenOf(tokens, index);
    if (children.length < placeholders) return false;
    index = children[placeholders];
  }
  return true;
}

/** The indices of the opening tokens of a block's children. */
function childrenOf(tokens: readonly Token[], index: number): number[] {
  const level = tokens[index]?.level ?? 0;
  const children: number[] = [];
  for (let next = index + 1; next < tokens.length; next += 1) {
    const token = tokens[next];
    if (token === undefined || token.level <= level) break;
    if (token.level === level + 1 && token.nesting !== -1) children.push(next);
  }
  return children;
}
