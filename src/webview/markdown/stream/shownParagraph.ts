import type { VirtualElement, VirtualNode } from '../nodes/virtualNode';
import { asLineGroup, divideLines, lineGroup } from '../render/groupLines';
import { reconcile } from '../render/reconcile';
import type { CreateCodeBlock } from '../render/reconcile';

/** The displayed content of a long open paragraph: the first nodes are in the paragraph, the others in groups of lines. */
export class ShownParagraph {
  /** The final nodes of each group with final nodes. The first group is the paragraph itself. */
  private readonly final: [VirtualNode[], ...VirtualNode[][]] = [[]];
  /** The elements of the groups that have final nodes. */
  private readonly groups: VirtualElement[] = [];
  /** The length of the final nodes of the last group, in characters. */
  private length = 0;
  /** The nodes that are not final in the last group with final nodes. */
  private open: VirtualNode[];
  /** The groups after it. */
  private openGroups: VirtualElement[];

  constructor(private readonly block: VirtualElement) {
    this.openGroups = block.children.flatMap((node) => asLineGroup(node) ?? []);
    this.open = block.children.slice(0, block.children.length - this.openGroups.length);
  }

  /** The paragraph as a tree. To be used after the last call of `show`. */
  get whole(): VirtualElement {
    const [first, ...others] = this.final;
    return {
      ...this.block,
      children: [...first, ...others.map((children, index) => this.groupWith(children, index))],
    };
  }

  /** Displays the nodes that have just become final, and the open ones after them. */
  show(closed: readonly VirtualNode[], open: readonly VirtualNode[], createCodeBlock: CreateCodeBlock): void {
    const closing = divideLines(closed, this.length);
    const opening = divideLines(open, closing.length);
    const [closedFirst, ...closedOthers] = closing.groups;
    const [openFirst, ...openOthers] = opening.groups;
    // Copied, because the final nodes of the last group get their own list.
    const lists = [
      ...closing.groups.slice(0, -1),
      [...(closing.groups.at(-1) ?? []), ...openFirst],
      ...openOthers,
    ];
    const [first = [], ...others] = lists;
    const elements = others.map(lineGroup);
    this.draw(first, elements, createCodeBlock);
    this.final.at(-1)?.push(...closedFirst);
    this.final.push(...closedOthers);
    this.groups.push(...elements.slice(0, closedOthers.length));
    this.length = closing.length;
    this.open = openFirst;
    this.openGroups = elements.slice(closedOthers.length);
  }

  /** @param first The nodes that follow the final ones in their group. */
  private draw(
    first: readonly VirtualNode[],
    elements: readonly VirtualElement[],
    createCodeBlock: CreateCodeBlock,
  ): void {
    const { dom } = this.block;
    const group = this.groups.at(-1)?.dom;
    if (dom === undefined) return;
    if (group === undefined) {
      const before = [...this.open, ...this.openGroups];
      reconcile(() => dom, before, [...first, ...elements], createCodeBlock);
    } else {
      reconcile(() => group, this.open, first, createCodeBlock);
      reconcile(() => dom, this.openGroups, elements, createCodeBlock);
    }
  }

  private groupWith(children: VirtualNode[], index: number): VirtualElement {
    const { dom } = this.groups[index] ?? {};
    return { ...lineGroup(children), ...(dom === undefined ? {} : { dom }) };
  }
}
