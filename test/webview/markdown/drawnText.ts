/** What a reader sees of a document: each character with the marks around it, and the blocks in their order. */
export interface Drawn {
  /** Without white space. */
  readonly text: string;
  /** For each character of `text`, the inline elements around it, such as `strong em`. */
  readonly marks: readonly string[];
  /** Tags of the blocks, each with those around it: `ul>li>p`. */
  readonly blocks: readonly string[];
}

const notText = '.markdown-code-header, .codicon, .footnote-back, math, svg, button';
const inline = 'strong,em,s,code,b,i,u,mark,sub,sup,kbd,del,ins,small';
// A displayed formula is written before it is drawn: its source counts as the paragraph that it is until then.
const block =
  'div.markdown-math,p,h3,h4,h5,h6,ul,ol,li,blockquote,table,tr,th,td,hr,details,summary,.markdown-code,input';

/** Reads what is drawn. */
export function readDrawn(root: Element): Drawn {
  let text = '';
  const marks: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent?.closest(notText) !== null) continue;
    const around = tagsAround(parent, root, inline).join(' ');
    for (const character of (node.textContent ?? '').replaceAll(/\s/g, '')) {
      text += character;
      marks.push(...Array.from({ length: character.length }, () => around));
    }
  }
  const blocks = [...root.querySelectorAll(block)]
    // Footnotes move into a list of their own at the end.
    .filter((element) => element.closest(`${notText}, .footnotes, .footnote-definition`) === null)
    .map((element) => tagsAround(element, root, block).join('>'));
  return { text, marks, blocks };
}

function tagsAround(from: Element, root: Element, selector: string): string[] {
  const tags: string[] = [];
  for (
    let element: Element | null = from;
    element !== null && element !== root;
    element = element.parentElement
  )
    if (element.matches(selector)) tags.unshift(tagOf(element));
  return tags;
}

function tagOf(element: Element): string {
  if (element.classList.contains('markdown-math')) return 'p';
  return element.localName === 'div' ? (element.classList.item(0) ?? '') : element.localName;
}

/**
 * What `now` shows that `final` takes back: text that is not the beginning of the final text, a mark that goes away, a block
 * that turns into another. Undefined when there is nothing. A link's text may become a link.
 */
export function takenBack(now: Drawn, final: Drawn): string | undefined {
  if (!final.text.startsWith(now.text)) return `text ${JSON.stringify(now.text.slice(-60))}`;
  for (let index = 0; index < now.marks.length; index += 1) {
    const kept = new Set((final.marks[index] ?? '').split(' '));
    const lost = (now.marks[index] ?? '').split(' ').find((mark) => mark !== '' && !kept.has(mark));
    if (lost !== undefined) return `<${lost}> around ${JSON.stringify(now.text.slice(index, index + 20))}`;
  }
  const at = now.blocks.findIndex((path, index) => final.blocks[index] !== path);
  return at === -1 ? undefined : `${now.blocks[at] ?? ''} where ${final.blocks[at] ?? 'nothing'} is at last`;
}
