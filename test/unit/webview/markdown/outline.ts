import { asComplete } from '../../../../src/webview/markdown/parse/asComplete';
import { parseBlocks } from '../../../../src/webview/markdown/parse/parseBlocks';
import { renderBlocks } from '../../../../src/webview/markdown/render/renderBlocks';
import type { VirtualNode } from '../../../../src/webview/markdown/nodes/virtualNode';

/** What a document is drawn as, in short: tags without attributes; a formula in `⟦⟧`; a paragraph at top level without a tag. */
export function outlineOf(source: string): string {
  const env = asComplete({ references: {} });
  const nodes = renderBlocks(parseBlocks(source, env), {
    t: (text) => text,
    env,
    lines: source.split('\n'),
  });
  return nodes
    .map((node) => (node.kind === 'element' && node.tag === 'p' ? outline(node.children) : outline([node])))
    .join('\n\n');
}

function outline(nodes: readonly VirtualNode[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return node.text;
        case 'code':
          return `<pre>${node.code}</pre>`;
        case 'math':
          return `⟦${node.tex}⟧`;
        case 'element':
          return ['br', 'hr'].includes(node.tag)
            ? `<${node.tag}>`
            : `<${node.tag}>${outline(node.children)}</${node.tag}>`;
      }
    })
    .join('');
}
