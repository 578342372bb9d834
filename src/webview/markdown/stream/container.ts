import type { UnresolvedPart } from '../render/unresolvedPart';
import type { ContainerKind } from './tailSplit';
import { PrefixStripper } from './prefixStripper';
import { childrenParent } from './renderBlockChildren';
import type { VirtualElement, VirtualNode } from '../nodes/virtualNode';

/** A long open block of which the first pieces are final. */
export interface Container {
  readonly kind: ContainerKind;
  readonly block: VirtualElement;
  /** Where its pieces stand. */
  readonly parent: Node;
  /** What is final of nested lists and quotes; empty for other kinds. */
  readonly nest: PrefixStripper;
  /** Source that stands for the final pieces when the tail is parsed. */
  prefix: string;
  /** Source of the final pieces, for the case that the block turns out to be something else. */
  source: string;
  /** The shown pieces that are not final. */
  open: VirtualNode[];
  /** The final pieces of a paragraph. */
  readonly final: VirtualNode[];
  readonly unresolved: UnresolvedPart[];
  cells: number;
}

/** Makes a container of a block that is shown; undefined when it is shown as another kind. */
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
    open: kind === 'nest' ? [block] : parent.children,
    final: [],
    unresolved: [],
    nest: new PrefixStripper(),
    cells: 0,
  };
}
