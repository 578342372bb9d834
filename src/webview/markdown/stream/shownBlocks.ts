import { BlockSections } from './blockSections';
import type { Container } from './container';
import { finishCode, reconcile, removeNodes } from '../render/reconcile';
import type { CreateCodeBlock } from '../render/reconcile';
import type { VirtualNode } from '../nodes/virtualNode';

/** Nodes of the container, if there is one, and of the blocks after it. */
export interface Described {
  readonly pieces: VirtualNode[];
  readonly blocks: VirtualNode[];
}

/** The blocks of a growing document on the page: how many are final, and the nodes of those that are not. */
export class ShownBlocks {
  /** The nodes of the blocks after the container. */
  private open: VirtualNode[] = [];
  /** The number of blocks before `open`, the container among them. */
  private finalBlocks = 0;
  private readonly sections: BlockSections;

  /** @param parent The empty element that gets the blocks. */
  constructor(
    parent: HTMLElement,
    private readonly createCodeBlock: CreateCodeBlock,
  ) {
    this.sections = new BlockSections(parent);
  }

  /** The first block that is not final. */
  get first(): VirtualNode | undefined {
    return this.open[0];
  }

  /** The last block that is not final. */
  get last(): VirtualNode | undefined {
    return this.open.at(-1);
  }

  /** Shows what has become final and what has not; both begin with the pieces of the container, if there is one. */
  show(container: Container | undefined, closed: Described, described: Described): void {
    if (container !== undefined) {
      if (container.kind === 'nest') this.showNest(container, closed.pieces[0], described.pieces[0]);
      else this.showPieces(container, closed.pieces, described.pieces);
    }
    const sectionAt = (index: number): HTMLElement => this.sections.sectionOf(this.finalBlocks + index);
    reconcile(sectionAt, this.open, [...closed.blocks, ...described.blocks], this.createCodeBlock);
    this.sections.trim();
    this.open = described.blocks;
    this.finalBlocks += closed.blocks.length;
    finishCode(closed.pieces);
    finishCode(closed.blocks);
  }

  /** The first open block is a container from now on. */
  takeFirst(): void {
    this.open = this.open.slice(1);
    this.finalBlocks += 1;
  }

  /** The container and what follows it are taken from the page. */
  takeBack(container: Container): void {
    removeNodes([container.block, ...this.open]);
    this.open = [];
    this.finalBlocks -= 1;
  }

  /** The one open block, a fence, has been closed. */
  closeFence(): void {
    this.open = [];
    this.finalBlocks += 1;
  }

  private showPieces(container: Container, closed: readonly VirtualNode[], open: VirtualNode[]): void {
    if (container.kind === 'paragraph') container.final.push(...closed);
    const pieces = [...closed, ...open];
    reconcile(() => container.parent, container.open, pieces, this.createCodeBlock);
    container.open = open;
  }

  private showNest(
    container: Container,
    closed: VirtualNode | undefined,
    open: VirtualNode | undefined,
  ): void {
    const { nest, parent } = container;
    const { createCodeBlock } = this;
    if (closed === undefined || open === undefined) {
      const next = closed ?? (open && nest.keep(container.open[0], open));
      if (next === undefined) return;
      reconcile(() => parent, container.open, [next], createCodeBlock);
      container.open = [next];
      nest.fitNumbers(next);
      return;
    }
    const joined = nest.join(closed, open);
    reconcile(() => parent, container.open, [joined], createCodeBlock);
    container.open = [nest.openPart(joined, closed)];
    nest.fitNumbers(container.open[0]);
  }
}
