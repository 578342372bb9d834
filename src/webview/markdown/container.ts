import type { UnresolvedPart } from './unresolvedPart';
import type { ContainerKind } from './openContainer';
import { piecesParent } from './pieces';
import type { VirtualElement, VirtualNode } from './virtualNode';

/** A long open block of which the first pieces are final. */
export interface Container {
  readonly kind: ContainerKind;
  readonly block: VirtualElement;
  readonly parent: HTMLElement;
  /** Source that stands for the final pieces when the tail is parsed. */
  prefix: string;
  /** Source of the final pieces, for the case that the block turns out to be something else. */
  source: string;
  /** The shown pieces that are not final. */
  open: VirtualNode[];
  /** The final pieces of a paragraph. */
  readonly final: VirtualNode[];
  readonly unresolved: UnresolvedPart[];
  isLoose: boolean;
  cells: number;
}

/** Makes a container of a block that is shown; undefined when it is shown as another kind. */
export function createContainer(block: VirtualNode | undefined, kind: ContainerKind): Container | undefined {
  const parent = block === undefined ? undefined : piecesParent(block, kind);
  if (block?.kind !== 'element' || parent?.dom === undefined) return undefined;
  return {
    kind,
    block,
    parent: parent.dom,
    prefix: '',
    source: '',
    open: parent.children,
    final: [],
    unresolved: [],
    isLoose: false,
    cells: 0,
  };
}

/** Shows a list as loose when its final items are, or the rest of it is. */
export function showLooseness(container: Container, restIsLoose: boolean): void {
  const { block, isLoose } = container;
  if (block.dom) block.dom.className = isLoose || restIsLoose ? 'markdown-block loose' : 'markdown-block';
}
