/** The most characters that are sent; `src/shared/messages/toHost.ts` allows no more. */
const limit = 1_000;
const blocks = 'p, li, h3, h4, h5, h6, tr, blockquote, div';

/**
 * The words before a code block, back to the code block before it. They often name a file.
 *
 * @param root The document that contains the block.
 * @returns At most the last 1,000 characters.
 */
export function wordsBefore(block: Element, root: Element): string {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  walker.currentNode = block;
  const parts: string[] = [];
  let length = 0;
  let last: Element | null | undefined;
  for (let node = walker.previousNode(); node !== null && length < limit; node = walker.previousNode()) {
    if (node.parentElement?.closest('.markdown-code')) break;
    const parent = node.parentElement?.closest(blocks);
    if (last !== undefined && parent !== last) parts.push('\n');
    last = parent;
    const text = node.textContent ?? '';
    parts.push(text);
    length += text.length;
  }
  return parts.toReversed().join('').slice(-limit);
}
