import type { Container } from './container';
import type { Block } from '../parse/parseBlocks';
import type { ContainerKind } from './tailSplit';
import { ungroupLines } from '../render/groupLines';
import { renderBlocks } from '../render/renderBlocks';
import type { RenderContext } from '../render/renderBlocks';
import type { VirtualElement, VirtualNode } from '../nodes/virtualNode';

/**
 * Describes the children of a container's block: the rows of a table's body, or the inline content of a paragraph. For nested lists
 * and quotes it is the block itself, without the nodes of their prefix.
 */
export function renderBlockChildren(
  block: Block,
  container: Container,
  context: RenderContext,
): VirtualNode[] {
  const [node] = renderBlocks([block], context);
  if (node === undefined) return [];
  const { kind, stripper } = container;
  if (kind === 'nest') return [stripper.strip(node)];
  const children = childrenParent(node, kind)?.children ?? [];
  // The groups follow from the lines of the whole paragraph (see `ShownParagraph`).
  return kind === 'paragraph' ? ungroupLines(children) : children;
}

/** The element that holds the children of a container. Returns undefined if `block` is of another kind. */
export function childrenParent(block: VirtualNode, kind: ContainerKind): VirtualElement | undefined {
  if (block.kind !== 'element') return undefined;
  const { tag } = block;
  switch (kind) {
    case 'nest':
      return tag === 'ul' || tag === 'ol' || tag === 'blockquote' ? block : undefined;
    case 'paragraph':
      return tag === 'p' ? block : undefined;
    case 'table':
      return tablePart(block, 1);
  }
}

/** The head of a table. Returns undefined if `block` is not a table. */
export function tableHead(block: VirtualNode | undefined): VirtualElement | undefined {
  return block?.kind === 'element' ? tablePart(block, 0) : undefined;
}

/** Head (0) or body (1) of a table. The table is inside a box that scrolls. */
function tablePart(block: VirtualElement, index: number): VirtualElement | undefined {
  const [table] = block.children;
  const part = block.tag === 'div' && table?.kind === 'element' ? table.children[index] : undefined;
  return part?.kind === 'element' ? part : undefined;
}
