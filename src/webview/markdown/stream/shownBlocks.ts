import { BlockSections } from './blockSections';
import type { Container } from './container';
import { finishCode, reconcile, removeNodes } from '../render/reconcile';
import type { CreateCodeBlock } from '../render/reconcile';
import type { VirtualNode } from '../nodes/virtualNode';

/** The children of the container, if there is one, and the blocks after it. */
export interface Described {
  readonly pieces: VirtualNode[];
  readonly blocks: VirtualNode[];
}

/** The displayed blocks of a growing document: the number of final ones, and the nodes of the others. */
export class ShownBlocks {
  /** The nodes of the blocks after the container. */
  private open: VirtualNode[] = [];
  /** The number of blocks before `open`, including the container. */
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

  /** Displays the blocks that have become final and the open ones. Both begin with children of the container, if there is one. */
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

  /** To be called when the first open block becomes a container. */
  takeFirst(): void {
    this.open = this.open.slice(1);
    this.finalBlocks += 1;
  }

  /** Removes the container and everything after it from the page. */
  takeBack(container: Container): void {
    removeNodes([container.block, ...this.open]);
    this.open = [];
    this.finalBlocks -= 1;
  }

  /** To be called when the only open block, a fence, was closed. */
  closeFence(): void {
    this.open = [];
    this.finalBlocks += 1;
  }

  private showPieces(container: Container, closed: readonly VirtualNode[], open: VirtualNode[]): void {
    if (container.kind === 'paragraph') {
      container.paragraph.show(closed, open, this.createCodeBlock);
      return;
    }
    const { bodies } = container;
    reconcile((index) => bodies.bodyOf(index), container.open, [...closed, ...open], this.createCodeBlock);
    bodies.close(closed.length);
    container.open = open;
  }

  private showNest(
    container: Container,
    closed: VirtualNode | undefined,
    open: VirtualNode | undefined,
  ): void {
    const { stripper, parent } = container;
    const { createCodeBlock } = this;
    if (closed === undefined || open === undefined) {
      const next = closed ?? (open && stripper.keep(container.open[0], open));
      if (next === undefined) return;
      reconcile(() => parent, container.open, [next], createCodeBlock);
      container.open = [next];
      stripper.fitNumbers(next);
      return;
    }
    const joined = stripper.join(closed, open);
    reconcile(() => parent, container.open, [joined], createCodeBlock);
    container.open = [stripper.openPart(joined, closed)];
    stripper.fitNumbers(container.open[0]);
  }
}
