import type { Container } from './container';
import type { Block } from '../parse/parseBlocks';
import type { ContainerKind } from './tailSplit';
import { ungroupLines } from '../render/groupLines';
import { rowsOf } from '../render/groupRows';
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
  const parent = childrenParent(node, kind);
  if (parent === undefined) return [];
  // The groups follow from the lines of the whole paragraph, or from the rows of the whole table.
  return kind === 'paragraph' ? ungroupLines(parent.children) : rowsOf(parent);
}

/** The element that holds the children of a container, or for a table its bodies. Returns undefined if `block` is of another kind. */
export function childrenParent(block: VirtualNode, kind: ContainerKind): VirtualElement | undefined {
  if (block.kind !== 'element') return undefined;
  const { tag } = block;
  switch (kind) {
    case 'nest':
      return tag === 'ul' || tag === 'ol' || tag === 'blockquote' ? block : undefined;
    case 'paragraph':
      return tag === 'p' ? block : undefined;
    case 'table':
      return tableIn(block);
  }
}

/** The head of a table. Returns undefined if `block` is not a table. */
export function tableHead(block: VirtualNode | undefined): VirtualElement | undefined {
  const head = block?.kind === 'element' ? tableIn(block)?.children[0] : undefined;
  return head?.kind === 'element' ? head : undefined;
}

/** The table in the box that scrolls it. Returns undefined if there is none with rows. */
function tableIn(block: VirtualElement): VirtualElement | undefined {
  const [table] = block.children;
  const isTable = block.tag === 'div' && table?.kind === 'element' && table.tag === 'table';
  return isTable && table.children.length > 1 ? table : undefined;
}
