import type { UnresolvedPart } from '../render/unresolvedPart';
import type { ContainerKind } from './tailSplit';
import { PrefixStripper } from './prefixStripper';
import { childrenParent } from './renderBlockChildren';
import { ShownParagraph } from './shownParagraph';
import { rowsOf } from '../render/groupRows';
import { TableBodies } from './tableBodies';
import type { VirtualElement, VirtualNode } from '../nodes/virtualNode';

/** A long open block whose first children are final. */
export interface Container {
  readonly kind: ContainerKind;
  readonly block: VirtualElement;
  /** The parent of its children. */
  readonly parent: Node;
  /** The final part of nested lists and quotes; empty for other kinds. */
  readonly stripper: PrefixStripper;
  /** Source that replaces the final children when the tail is parsed. */
  prefix: string;
  /** Source of the final children, needed if the block turns out to be something else. */
  source: string;
  /** The displayed children that are not final. */
  open: VirtualNode[];
  /** For a table: the parents of its rows. */
  readonly bodies: TableBodies;
  /** For a paragraph: its displayed content. */
  readonly paragraph: ShownParagraph;
  readonly unresolved: UnresolvedPart[];
  cells: number;
}

/** Makes a container from a displayed block. Returns undefined if the block is displayed as another kind. */
export function createContainer(block: VirtualNode | undefined, kind: ContainerKind): Container | undefined {
  const parent = block === undefined ? undefined : childrenParent(block, kind);
  if (block?.kind !== 'element' || parent?.dom === undefined) return undefined;
  const { dom } = parent;
  return {
    kind,
    block,
    parent: kind === 'nest' ? (dom.parentNode ?? dom) : dom,
    prefix: '',
    source: '',
    open: kind === 'nest' ? [block] : kind === 'table' ? rowsOf(parent) : parent.children,
    bodies: new TableBodies(dom),
    paragraph: new ShownParagraph(block),
    unresolved: [],
    stripper: new PrefixStripper(),
    cells: 0,
  };
}
