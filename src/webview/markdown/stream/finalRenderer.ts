import type { Translate } from '../../../shared/kit/translate';
import { asComplete } from '../parse/asComplete';
import type { Container } from './container';
import { parseBlocks } from '../parse/parseBlocks';
import type { Block } from '../parse/parseBlocks';
import { renderBlockChildren, tableHead } from './renderBlockChildren';
import { domOf, finishCode, reconcile } from '../render/reconcile';
import type { CreateCodeBlock } from '../render/reconcile';
import { ReferenceTable } from '../parse/referenceTable';
import { renderBlocks } from '../render/renderBlocks';
import type { RenderContext } from '../render/renderBlocks';
import type { UnresolvedPart } from '../render/unresolvedPart';
import type { VirtualNode } from '../nodes/virtualNode';

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

  /** Describes the final pieces of a container. */
  renderPieces(container: Container, block: Block, lines: readonly string[]): VirtualNode[] {
    const { kind, nest, open, unresolved } = container;
    const pieces = this.render(() => renderBlockChildren(block, container, this.context(lines)), unresolved);
    return kind === 'nest' ? pieces.map((piece) => nest.keep(open[0], piece)) : pieces;
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
    const { kind, unresolved, block, final, nest } = container;
    const [last] = lastPieces;
    if (kind === 'table' || unresolved.length === 0 || last === undefined) {
      this.unresolved.push(...unresolved);
      return;
    }
    // Taken now: the last pieces join the final ones when they are shown.
    const paragraph: VirtualNode = { ...block, children: [...final, ...lastPieces] };
    const labels = new Set(unresolved.flatMap((part) => [...part.labels]));
    // All of it is rendered again: a late link may reach over the divisions of a paragraph, and those of a list lie deep.
    this.unresolved.push({
      labels,
      nodes: () => [kind === 'nest' ? nest.whole(last) : paragraph],
      render: () =>
        renderBlocks(parseBlocks(source, asComplete(this.references.env)), this.context(source.split('\n'))),
    });
  }

  /** At the end of the document: renders again what names references that were defined later. */
  resolveLateReferences(createCodeBlock: CreateCodeBlock): void {
    for (const { labels, nodes, render } of this.unresolved) {
      if (!this.references.knowsAny(labels)) continue;
      const shown = nodes();
      const [first] = shown;
      const parent = first === undefined ? undefined : domOf(first)?.parentNode;
      if (parent) {
        const known = render();
        reconcile(() => parent, shown, known, createCodeBlock);
        finishCode(known);
      }
    }
  }

  private render(describe: () => VirtualNode[], unresolved: UnresolvedPart[]): VirtualNode[] {
    const [nodes, labels] = this.references.recordMissing(describe);
    if (labels.size > 0) unresolved.push({ labels, nodes: () => nodes, render: describe });
    return nodes;
  }

  private context(lines: readonly string[]): RenderContext {
    return { t: this.t, env: this.references.env, lines };
  }
}
