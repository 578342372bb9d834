import type { Translate } from '../../shared/translate';
import type { Container } from './container';
import { parseBlocks } from './markdownParser';
import type { Block } from './markdownParser';
import { renderPieces, tableHead } from './pieces';
import { domOf, reconcile } from './reconcile';
import type { CreateCodeBlock } from './reconcile';
import { ReferenceTable } from './referenceTable';
import { renderBlocks } from './renderBlocks';
import type { RenderContext } from './renderBlocks';
import type { UnresolvedPart } from './unresolvedPart';
import type { VirtualNode } from './virtualNode';

/**
 * Describes what is final. Text that names a reference which is not defined (yet) is remembered, since
 * a definition counts for the whole document, wherever it stands.
 */
export class FinalRenderer {
  readonly references = new ReferenceTable();
  private readonly unresolved: UnresolvedPart[] = [];

  constructor(private readonly t: Translate) {}

  /** Describes a closed block. */
  renderBlock(block: Block, lines: readonly string[]): VirtualNode[] {
    return this.render(() => renderBlocks([block], this.context(lines)), this.unresolved);
  }

  /** Describes the final pieces of a container; a block with a prefix stands for its continuation. */
  renderPieces(container: Container, block: Block, lines: readonly string[]): VirtualNode[] {
    const { kind, unresolved } = container;
    const hasPrefix = container.prefix !== '';
    return this.render(() => renderPieces(block, kind, hasPrefix, this.context(lines)), unresolved);
  }

  /** Describes the head of the table that a container is made of. */
  renderHead(container: Container, block: Block, lines: readonly string[]): VirtualNode[] {
    return this.render(() => {
      const head = tableHead(renderBlocks([block], this.context(lines))[0]);
      return head === undefined ? [] : [head];
    }, container.unresolved);
  }

  /** Takes over what a container could not resolve. */
  closeContainer(container: Container, lastPieces: readonly VirtualNode[], source: string): void {
    const { kind, unresolved, block, final } = container;
    if (kind !== 'paragraph' || unresolved.length === 0) this.unresolved.push(...unresolved);
    else {
      // The whole paragraph is rendered again, because a late link may reach over its divisions.
      this.unresolved.push({
        labels: new Set(unresolved.flatMap(({ labels }) => [...labels])),
        nodes: [{ ...block, children: [...final, ...lastPieces] }],
        render: () => renderBlocks(parseBlocks(source, this.references.env), this.context([])),
      });
    }
  }

  /** At the end of the document: renders again what names references that were defined later. */
  resolveLateReferences(createCodeBlock: CreateCodeBlock): void {
    for (const { labels, nodes, render } of this.unresolved) {
      if (!this.references.knowsAny(labels)) continue;
      const [first] = nodes;
      const parent = first === undefined ? undefined : domOf(first)?.parentNode;
      if (parent) reconcile(() => parent, nodes, render(), createCodeBlock);
    }
  }

  private render(describe: () => VirtualNode[], unresolved: UnresolvedPart[]): VirtualNode[] {
    const [nodes, labels] = this.references.recordMissing(describe);
    if (labels.size > 0) unresolved.push({ labels, nodes, render: describe });
    return nodes;
  }

  private context(lines: readonly string[]): RenderContext {
    return { t: this.t, env: this.references.env, lines };
  }
}
