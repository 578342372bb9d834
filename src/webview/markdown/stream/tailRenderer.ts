import type { Env } from 'markdown-it';
import type { Translate } from '../../../shared/kit/translate';
import { createContainer } from './container';
import type { Container } from './container';
import { countClosedBlocks, openingLine } from '../parse/countClosedBlocks';
import { describeTail } from './describeTail';
import { asComplete } from '../parse/asComplete';
import { FinalRenderer } from './finalRenderer';
import { parseBlocks } from '../parse/parseBlocks';
import type { Block } from '../parse/parseBlocks';
import { closedTokens, containerKind, continues, splitTail, lineOffset, removePrefix } from './tailSplit';
import type { ContainerKind, TailSplit } from './tailSplit';
import { OpenFence } from './openFence';
import { OpenText } from './openText';
import { tableHead } from './renderBlockChildren';
import { reconcile } from '../render/reconcile';
import type { CreateCodeBlock } from '../render/reconcile';
import { ShownBlocks } from './shownBlocks';
import type { Described } from './shownBlocks';
import { visibleTail } from './visibleTail';
import type { CodeView, VirtualNode } from '../nodes/virtualNode';

/** Options of a TailRenderer. */
interface TailRendererOptions {
  /** The empty element that gets the blocks. */
  readonly parent: HTMLElement;
  readonly t: Translate;
  readonly createCodeBlock: CreateCodeBlock;
  /** From this length on, in characters, the children of an open block become final one by one. */
  readonly openLimit: number;
}

/** An open fence, whose lines are read without parsing Markdown. */
interface OpenCode {
  readonly reader: OpenFence;
  readonly block: CodeView;
}

/** Above this number of cells, markdown-it counts the cells that it had to add, which needs the whole table. */
const cellLimit = 65_536;

/** The nodes that have just become final. */
interface Closed extends Described {
  /** The container that was closed. */
  readonly container?: Container;
  /** The opening line of the fence that is now the whole tail. */
  readonly openFence?: string | undefined;
}

/** Lines that end a table: the next line with pipes begins another one. */
const endsInBlankLine = /(?:^|\n)[ \t]{0,99}\n$/;

/** With more cells than this, a table is long. */
const manyCells = 300;

const nothing: Described = { pieces: [], blocks: [] };

/**
 * Renders the growing end of a Markdown document. Closed blocks are rendered once and forgotten. Only the source after the last
 * safe boundary is kept, parsed again after each piece, and compared with what is displayed.
 */
export class TailRenderer {
  private readonly final: FinalRenderer;
  /** The source since the last boundary. */
  private tail = '';
  private container: Container | undefined;
  private fence: OpenCode | undefined;
  /** The text that the document ends with, if plain words can be added to it. */
  private text: OpenText | undefined;
  /** The length of the tail from which on it is split, in characters. */
  private nextSplit: number;
  private readonly shown: ShownBlocks;
  /** Source of the tail that is not displayed yet. */
  private unseen = '';

  constructor(private readonly options: TailRendererOptions) {
    this.final = new FinalRenderer(options.t);
    this.shown = new ShownBlocks(options.parent, options.createCodeBlock);
    this.nextSplit = options.openLimit;
  }

  /** Adds normalised source. */
  append(text: string): void {
    const source = this.fence === undefined ? text : this.feedFence(this.fence, text);
    if (source === undefined || this.growText(source)) return;
    this.unseen += source;
    // A long tail, which is a block that cannot be split, is displayed in larger steps, and a long table in rows.
    const leastUnseen = this.tail.length / 100 - 20;
    if (this.isLongTable() ? !source.includes('\n') : this.unseen.length < leastUnseen) return;
    const seen = this.unseen;
    this.unseen = '';
    this.tail += seen;
    this.refresh(seen.includes('\n'));
  }

  /** Adds plain words to the last text. Returns false if the source must be parsed. */
  private growText(source: string): boolean {
    const isDue = this.unseen !== '' || this.tail.length + source.length >= this.nextSplit;
    if (isDue || this.text?.append(source) !== true) return false;
    this.tail += source;
    return true;
  }

  /** Closes everything. To be called after the last piece of source. */
  end(): void {
    if (this.fence === undefined) {
      this.tail += this.unseen;
      this.show(this.close(this.tail), nothing);
    } else {
      this.fence.block.append(this.fence.reader.end());
      this.fence.block.finish();
    }
    this.final.resolveLateReferences(this.options.createCodeBlock);
  }

  private refresh(hasNewLine: boolean): void {
    const closed: Closed = hasNewLine ? this.close() : nothing;
    if (closed === nothing && this.isLongTable() && this.split()) return;
    const isFence = closed.openFence !== undefined;
    this.show(closed, this.describe(isFence ? this.completeLines() : this.visibleTail()));
    if (closed.openFence !== undefined) this.startFence(closed.openFence);
    // Each line can make a row final. Checking that in a paragraph would cost more than it saves.
    else if (this.tail.length >= this.nextSplit || (hasNewLine && this.container?.kind === 'table'))
      this.split();
  }

  /**
   * Closes the blocks that can no longer change and moves the boundary after them.
   *
   * @param complete The whole tail at the end of the document. Without it, only complete lines are considered, because more text is
   *   coming.
   */
  private close(complete?: string): Closed {
    const { container } = this;
    const lineEnd = complete?.length ?? this.tail.lastIndexOf('\n') + 1;
    const prefix = container?.prefix ?? '';
    const source = prefix + this.tail.slice(0, lineEnd);
    const env = this.final.references.draftEnv();
    const draft = complete === undefined ? env : asComplete(env);
    const blocks = parseBlocks(source, draft);
    if (container !== undefined && !continues(blocks[0], container)) {
      this.takeBack(container);
      return this.close(complete === undefined ? undefined : this.tail);
    }
    const lines = source.split('\n');
    const count = complete === undefined ? countClosedBlocks(blocks, lines) : blocks.length;
    if (container !== undefined && count === 0) return nothing;
    const open = blocks[count];
    const boundary = open === undefined ? source.length : lineOffset(source, open.startLine);
    this.tail = source.slice(boundary) + this.tail.slice(lineEnd);
    this.nextSplit = this.options.openLimit;
    const closed = blocks.slice(0, count);
    for (const { tokens } of closed) this.final.references.keep(tokens, draft);
    const first = container === undefined ? undefined : closed.shift();
    return {
      pieces: container && first ? this.closeContainer(container, first, lines) : [],
      blocks: closed.flatMap((block) => this.final.renderBlock(block, lines)),
      ...(container === undefined ? {} : { container }),
      openFence: open === blocks.at(-1) ? openingLine(open, lines) : undefined,
    };
  }

  private closeContainer(container: Container, block: Block, lines: readonly string[]): VirtualNode[] {
    const { kind, prefix } = container;
    this.container = undefined;
    if (kind === 'paragraph') removePrefix(block, prefix);
    const pieces = this.final.renderPieces(container, block, lines);
    // Includes the last line end, which is a part of code that is never closed.
    const rest = `${lines.slice(0, block.endLine).join('\n')}\n`.slice(prefix.length);
    const following = lines.slice(block.endLine).join('\n');
    this.final.closeContainer(container, pieces, container.source + rest, following);
    return pieces;
  }

  /** Makes the source of a container open again, because it turned out to be another block. */
  private takeBack(container: Container): void {
    this.shown.takeBack(container);
    this.container = undefined;
    this.tail = container.source + this.tail;
    this.nextSplit = Infinity;
  }

  /** Describes the displayed part of the tail. */
  private describe(shown: string): Described {
    const env = this.final.references.draftEnv();
    const { isComplete, ...described } = describeTail(shown, this.container, env, this.options.t);
    const isWhole = isComplete && shown.length === this.tail.length;
    const last = described.blocks.length > 0 ? described.blocks : described.pieces;
    this.text = isWhole ? OpenText.find(last, shown) : undefined;
    return described;
  }

  /** True in a long table, which displays only complete rows, because the browser lays out all columns when one cell changes. */
  private isLongTable(): boolean {
    const { kind, cells = 0 } = this.container ?? {};
    return kind === 'table' && cells > manyCells && !endsInBlankLine.test(this.completeLines());
  }

  private visibleTail(): string {
    if (this.container?.kind !== 'table') return visibleTail(this.tail);
    if (this.isLongTable()) return this.completeLines();
    const complete = this.completeLines();
    // After the prefix, a row must not be treated as a table head that waits for its second line.
    const isRow = this.tail.charAt(complete.length) === '|' && !endsInBlankLine.test(complete);
    return isRow ? this.tail : visibleTail(this.tail);
  }

  private completeLines(): string {
    return this.tail.slice(0, this.tail.lastIndexOf('\n') + 1);
  }

  private show(closed: Closed, described: Described): void {
    this.shown.show(closed.container ?? this.container, closed, described);
  }

  /** Makes the first children of a long open block final and displays the rest. Returns false if that is not possible. */
  private split(): boolean {
    const before = this.container;
    const prefixLength = before?.prefix.length ?? 0;
    const env = this.final.references.draftEnv();
    const complete = (before?.prefix ?? '') + this.completeLines();
    const all = (before?.prefix ?? '') + this.tail;
    // A paragraph can be a single line without an end.
    const isParagraph = (before?.kind ?? containerKind(parseBlocks(all, {})[0])) === 'paragraph';
    const source = isParagraph ? all : complete;
    const blocks = parseBlocks(source, env);
    const [block] = blocks;
    this.nextSplit = Math.max(this.options.openLimit, this.tail.length * 1.25);
    if (block === undefined || blocks.length > 1) return false;
    if (before !== undefined && !continues(block, before)) return false;
    if (block.mayChange && !isParagraph) return false;
    const keptAtEnd = Math.floor(this.options.openLimit / 8);
    const split = splitTail({ block, source, prefixLength, keptAtEnd, env });
    const container =
      split === undefined ? undefined : (before ?? this.startContainer(split.kind, block, source));
    if (split === undefined || container === undefined) return false;
    const pieces = this.takePieces(container, split, block, source, env);
    this.tail = all.slice(split.closedLength);
    this.nextSplit = this.options.openLimit;
    this.container = container;
    if (container.cells > cellLimit) {
      this.takeBack(container);
      this.refresh(false);
    } else this.show({ pieces, blocks: [] }, this.describe(this.visibleTail()));
    return true;
  }

  private takePieces(
    container: Container,
    split: TailSplit,
    block: Block,
    source: string,
    env: Env,
  ): VirtualNode[] {
    const { prefix } = container;
    const lines = source.split('\n');
    container.cells += block.tokens.filter(({ type }) => type === 'td_open').length;
    const tokens = closedTokens(block.tokens, source, split, prefix.length);
    this.final.references.keep(tokens, env);
    const pieces = this.final.renderPieces(container, { ...block, tokens }, lines);
    if (split.openPath !== undefined) container.stripper.follow(split.openPath);
    container.source += source.slice(prefix.length, split.closedLength);
    container.prefix = split.prefix;
    return pieces;
  }

  private startContainer(kind: ContainerKind, block: Block, source: string): Container | undefined {
    const container = createContainer(this.shown.first, kind);
    if (container === undefined) return undefined;
    this.shown.takeFirst();
    const head = tableHead(container.block);
    if (head !== undefined) {
      const final = this.final.renderHead(container, block, source.split('\n'));
      reconcile(() => container.parent, [head], final, this.options.createCodeBlock);
    }
    return container;
  }

  private startFence(opener: string): void {
    const code = this.shown.last;
    if (code?.kind !== 'code' || code.dom === undefined) return;
    const fence = { reader: new OpenFence(opener), block: code.dom };
    const rest = this.tail.slice(this.completeLines().length);
    this.tail = '';
    this.fence = fence;
    this.feedFence(fence, rest);
  }

  /** Adds source to the open fence. Returns the source after the fence if the fence was closed. */
  private feedFence({ reader, block }: OpenCode, text: string): string | undefined {
    const { code, partial, rest } = reader.push(text);
    block.append(code);
    block.showProvisional(partial);
    if (rest === undefined) return undefined;
    block.finish();
    this.fence = undefined;
    this.shown.closeFence();
    return rest;
  }
}
