import type { Block } from './markdownParser';
import { prefixPieces } from './openContainer';
import type { ContainerKind } from './openContainer';
import { renderBlocks } from './renderBlocks';
import type { RenderContext } from './renderBlocks';
import type { VirtualElement, VirtualNode } from './virtualNode';

/**
 * Describes the pieces of a container's block: the items of a list, the rows of a table's body, the
 * inline content of a paragraph.
 *
 * @param hasPrefix Whether the block begins with the prefix that stands for earlier pieces.
 */
export function renderPieces(
  block: Block,
  kind: ContainerKind,
  hasPrefix: boolean,
  context: RenderContext,
): VirtualNode[] {
  const [node] = renderBlocks([block], context);
  const pieces = node?.kind === 'element' ? (piecesParent(node, kind)?.children ?? []) : [];
  return pieces.slice(hasPrefix ? prefixPieces[kind] : 0);
}

/** The element that holds a container's pieces; undefined when `block` is of another kind. */
export function piecesParent(block: VirtualNode, kind: ContainerKind): VirtualElement | undefined {
  if (block.kind !== 'element') return undefined;
  const { tag } = block;
  switch (kind) {
    case 'list':
      return tag === 'ul' || tag === 'ol' ? block : undefined;
    case 'paragraph':
      return tag === 'p' ? block : undefined;
    case 'table':
      return tablePart(block, 1);
  }
}

/** The head of a table; undefined when `block` is something else. */
export function tableHead(block: VirtualNode | undefined): VirtualElement | undefined {
  return block?.kind === 'element' ? tablePart(block, 0) : undefined;
}

/** Head (0) or body (1) of a table, in the box that it scrolls in. */
function tablePart(block: VirtualElement, index: number): VirtualElement | undefined {
  const [table] = block.children;
  const part = block.tag === 'div' && table?.kind === 'element' ? table.children[index] : undefined;
  return part?.kind === 'element' ? part : undefined;
}
