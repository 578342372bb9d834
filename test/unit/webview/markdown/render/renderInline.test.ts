import assert from 'node:assert/strict';
import { parseBlocks, parseInline } from '../../../../../src/webview/markdown/parse/parseBlocks';
import { renderInline } from '../../../../../src/webview/markdown/render/renderInline';
import type { VirtualNode } from '../../../../../src/webview/markdown/nodes/virtualNode';

describe('renderInline', () => {
  it('nests no deeper than a stack can follow, and loses no word', () => {
    const nodes = render(`${'_a __b '.repeat(2_000)}x${'__ _'.repeat(2_000)}`);
    assert.ok(depthOf(nodes) <= 101, `${depthOf(nodes)} levels`);
    const words = textOf(nodes).replaceAll(/[^abx]/g, '');
    assert.equal(words, `${'ab'.repeat(2_000)}x`);
  });
});

function render(source: string): VirtualNode[] {
  const tokens = parseBlocks(source, {}).flatMap((block) => block.tokens);
  parseInline(tokens, {});
  return renderInline(
    tokens.flatMap(({ children }) => children ?? []),
    (text) => text,
  );
}

function depthOf(nodes: readonly VirtualNode[]): number {
  const depths = nodes.map((node) => (node.kind === 'element' ? depthOf(node.children) : 0));
  return 1 + Math.max(0, ...depths);
}

function textOf(nodes: readonly VirtualNode[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'element') return textOf(node.children);
      return node.kind === 'text' ? node.text : '';
    })
    .join('');
}
