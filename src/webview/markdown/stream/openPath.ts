import type { Token } from 'markdown-it';
import { isLooseList, topLevelListLooseness } from '../parse/isLooseList';

/** One level on the way from a top-level list or quote down to its open end. */
export interface OpenPathLevel {
  readonly tag: string;
  /** How many of its children only stand for closed ones; the next child goes on with the spine. */
  readonly placeholders: number;
  /** Whether it is a list that is known to be loose. */
  readonly isLoose: boolean;
}

/** Where nested lists and quotes can be divided: at every level, all but the last child is closed. */
export interface OpenPath {
  /** Outermost first; the open children are those of the last level. */
  readonly levels: readonly OpenPathLevel[];
  /** Lines that open all levels again. An empty heading stands for closed blocks: it joins nothing that follows. */
  readonly prefix: string;
  /** Index of the first token of what is open. */
  readonly firstOpenToken: number;
}

/** Opening tokens of blocks that hold blocks. */
const nestTypes: ReadonlySet<string> = new Set([
  'bullet_list_open',
  'ordered_list_open',
  'list_item_open',
  'blockquote_open',
]);

/**
 * Finds the deepest place at which a list or a quote can be divided.
 *
 * @param tokens The tokens of the block; its complete lines only.
 * @param lines The lines of the source that they came from.
 * @returns undefined when nothing in it is closed, or when it defines references or footnotes: what follows
 *   those may belong to them.
 */
export function findOpenPath(tokens: readonly Token[], lines: readonly string[]): OpenPath | undefined {
  const defines = tokens.some(({ type }) => type === 'reference_definition' || type === 'footnote_open');
  return defines ? undefined : new SpineSearch(tokens, lines).below(0, '');
}

class SpineSearch {
  constructor(
    private readonly tokens: readonly Token[],
    private readonly lines: readonly string[],
  ) {}

  /** @param indent What each line inside of the block at `index` begins with. */
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
    // An alert is told by its first line, which must not be missing.
    const isAlert = this.tokens[index + 2]?.content.startsWith('[!') === true;
    if (last === undefined || isAlert || !this.lineOf(index).startsWith(inner)) return undefined;
    const deeper = this.below(last, inner);
    if (deeper !== undefined) return this.extend(deeper, index, 0, '');
    return blocks.length < 2 ? undefined : this.end(index, last, `${inner}#\n`);
  }

  /** The marker of an item with the spaces around it; undefined when its text does not follow it. */
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

/** Whether the tokens of a block have these levels. */
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

/** The indices of the opening tokens of the children of a block that holds blocks. */
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
