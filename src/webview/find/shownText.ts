import { placesOfText } from '../kit/placesOfText';

/** The separator of blocks: a match does not extend over two of them. */
const blocks = 'p,li,pre,h1,h2,h3,h4,h5,h6,td,th,dt,dd,blockquote,.prompt-text,.markdown';

/** The elements with the words of a message: prompts, answers, and unfolded reasoning. */
const texts = '.prompt-text, .markdown';

/** Names and labels that the page adds to the words. */
const notWords = 'button, [role="toolbar"], .code-header, .visually-hidden, annotation';

/**
 * The visible text of a drawn message. Valid until the message changes. Collecting it costs much more than searching
 * it.
 */
export class ShownText {
  private readonly parts: readonly Part[];

  constructor(message: Element) {
    this.parts = Array.from(message.querySelectorAll(texts))
      .filter((container) => container.closest('details:not([open]), [hidden]') === null)
      .map((container) => {
        const nodes = wordNodes(container);
        return { nodes, joined: joinNodes(nodes) };
      });
  }

  /** Finds the places of `wanted`, in reading order. */
  find(wanted: string, matchCase: boolean): StaticRange[] {
    return this.parts.flatMap(({ nodes, joined }) =>
      placesOfText(joined.text, wanted, matchCase).map((start) =>
        rangeAt(joined, nodes, start, start + wanted.length),
      ),
    );
  }
}

interface Part {
  readonly nodes: readonly Text[];
  readonly joined: Joined;
}

interface Joined {
  readonly text: string;
  /** The offset of each node's text in `text`. */
  readonly starts: readonly number[];
}

function wordNodes(container: Element): Text[] {
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text && node.data !== '' && node.parentElement?.closest(notWords) === null)
      nodes.push(node);
  }
  return nodes;
}

function joinNodes(nodes: readonly Text[]): Joined {
  const starts: number[] = [];
  const pieces: string[] = [];
  let length = 0;
  let block: Element | null | undefined;
  for (const node of nodes) {
    const own = node.parentElement?.closest(blocks);
    if (block !== undefined && own !== block) {
      pieces.push('\n');
      length += 1;
    }
    block = own;
    starts.push(length);
    pieces.push(node.data);
    length += node.data.length;
  }
  return { text: pieces.join(''), starts };
}

function rangeAt({ starts }: Joined, nodes: readonly Text[], start: number, end: number): StaticRange {
  const [startContainer, startOffset] = pointAt(nodes, starts, start);
  // The end belongs to the node of the last letter rather than to the next node.
  const [endContainer, endOffset] = pointAt(nodes, starts, end - 1);
  return new StaticRange({ startContainer, startOffset, endContainer, endOffset: endOffset + 1 });
}

function pointAt(nodes: readonly Text[], starts: readonly number[], place: number): [Text, number] {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  const node = nodes[low];
  if (node === undefined) throw new RangeError('A place outside of the text.');
  return [node, Math.min(place - (starts[low] ?? 0), node.data.length)];
}
