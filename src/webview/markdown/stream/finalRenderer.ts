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
 * Describes the final part of a document as virtual nodes. It remembers text that uses an undefined reference, because a later
 * definition applies to the whole document.
 */
export class FinalRenderer {
  readonly references = new ReferenceTable();
  private readonly unresolved: UnresolvedPart[] = [];

  constructor(private readonly t: Translate) {}

  /** Describes a closed block. */
  renderBlock(block: Block, lines: readonly string[]): VirtualNode[] {
    return this.render(() => renderBlocks([block], this.context(lines)), this.unresolved);
  }

  /** Describes the final children of a container. */
  renderPieces(container: Container, block: Block, lines: readonly string[]): VirtualNode[] {
    const { kind, stripper, open, unresolved } = container;
    const pieces = this.render(() => renderBlockChildren(block, container, this.context(lines)), unresolved);
    return kind === 'nest' ? pieces.map((piece) => stripper.keep(open[0], piece)) : pieces;
  }

  /** Describes the head of a container that is a table. */
  renderHead(container: Container, block: Block, lines: readonly string[]): VirtualNode[] {
    return this.render(() => {
      const head = tableHead(renderBlocks([block], this.context(lines))[0]);
      return head === undefined ? [] : [head];
    }, container.unresolved);
  }

  /**
   * Takes over the unresolved references of a container.
   *
   * @param source The source of the whole block.
   * @param following The lines after it, as far as they are known.
   */
  closeContainer(
    container: Container,
    lastPieces: readonly VirtualNode[],
    source: string,
    following: string,
  ): void {
    const { kind, unresolved, paragraph, stripper } = container;
    const [last] = lastPieces;
    if (kind === 'table' || unresolved.length === 0 || last === undefined) {
      this.unresolved.push(...unresolved);
      return;
    }
    const labels = new Set(unresolved.flatMap((part) => [...part.labels]));
    // The whole block is rendered again: a late link can cross the splits of a paragraph, and the splits of a list are deep in its tree.
    this.unresolved.push({
      labels,
      nodes: () => [kind === 'nest' ? stripper.whole(last) : paragraph.whole],
      render: () => renderBlocks(this.parseWhole(source, following), this.context(source.split('\n'))),
    });
  }

  /** To be called at the end of the document: renders again the text whose references were defined later. */
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

  /** Parses a block again. Where it ends can depend on the lines after it: `$$` begins a formula only if another `$$` follows. */
  private parseWhole(source: string, following: string): readonly Block[] {
    const env = asComplete(this.references.env);
    const blocks = parseBlocks(source, env);
    return blocks.length === 1 ? blocks : parseBlocks(source + following, env).slice(0, 1);
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
