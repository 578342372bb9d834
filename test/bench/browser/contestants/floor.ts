/**
 * What nobody can be better than: an oracle that knows in advance what the answer will look like. It only puts the
 * final elements and their texts below what is there, as fast as the source comes, and neither reads nor changes any.
 */
import { BlockSections } from '../../../../src/webview/markdown/stream/blockSections';
import { whenHighlighterLoaded } from '../../../../src/webview/markdown/code/whenHighlighterLoaded';
import { whenIdle } from '../../../../src/webview/kit/whenIdle';
import { parseBlocks } from '../../../../src/webview/markdown/parse/parseBlocks';
import { MarkdownView } from '../../../../src/webview/markdown/markdownView';
import { lineOffset } from '../../../../src/webview/markdown/stream/tailSplit';
import { answerOf, period } from '../../render/answer';
import { offer } from '../driver';
import { createColumn } from '../plainPage';

/** One step of putting a block there. */
type Step =
  | { readonly kind: 'open'; readonly element: Element }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'close' };

/** A block of the answer's period, and how much of its source comes before its end. */
interface FinalBlock {
  readonly steps: readonly Step[];
  readonly textLength: number;
  readonly sourceLength: number;
}

/** A block that is being put there. */
class Growing {
  private place: Element;
  private next = 0;
  private shown = 0;
  private inText = 0;
  private text: Text | undefined;

  constructor(
    private readonly block: FinalBlock,
    parent: Element,
    private readonly number: string,
  ) {
    this.place = parent;
  }

  /** Puts there what belongs to this share (0 to 1) of the block's source. */
  showTo(share: number): void {
    const target = Math.ceil(this.block.textLength * share);
    for (
      let step = this.block.steps[this.next];
      step !== undefined && (share === 1 || this.shown < target);
      step = this.block.steps[this.next]
    ) {
      if (step.kind === 'open') {
        const element = step.element.cloneNode() as Element;
        this.place.append(element);
        this.place = element;
      } else if (step.kind === 'close') this.place = this.place.parentElement ?? this.place;
      else if (!this.showText(step.text, target)) return;
      this.next += 1;
    }
  }

  /** Whether all of the text is there now. */
  private showText(text: string, target: number): boolean {
    const count = Math.min(text.length - this.inText, target - this.shown);
    const piece = text.slice(this.inText, this.inText + count).replace('0000', this.number);
    if (this.text === undefined) {
      this.text = document.createTextNode(piece);
      this.place.append(this.text);
    } else this.text.appendData(piece);
    this.shown += count;
    this.inText += count;
    if (this.inText < text.length) return false;
    this.text = undefined;
    this.inText = 0;
    return true;
  }
}

/** The blocks of one period of the answer, in their final state. */
async function finalBlocks(): Promise<readonly FinalBlock[]> {
  const source = answerOf(period);
  const ignore = (): void => undefined;
  const actions = { copyCode: ignore, insertCode: ignore, openLink: ignore };
  const view = new MarkdownView({ t: (message) => message, ...actions });
  view.append(source);
  view.end();
  await new Promise<void>((resolve) => {
    whenHighlighterLoaded(resolve);
  });
  await whenIdle();
  const ends = parseBlocks(source, {}).map(({ startLine }) => lineOffset(source, startLine));
  return Array.from(view.element.querySelectorAll('.markdown-block'), (element, index) => ({
    steps: stepsOf(element),
    textLength: element.textContent.length,
    sourceLength: (ends[index + 1] ?? period) - (ends[index] ?? 0),
  }));
}

function stepsOf(node: Node): Step[] {
  if (node instanceof Text) return node.data === '' ? [] : [{ kind: 'text', text: node.data }];
  if (!(node instanceof Element)) return [];
  const inner = Array.from(node.childNodes, stepsOf).flat();
  return [{ kind: 'open', element: node }, ...inner, { kind: 'close' }];
}

async function start(): Promise<void> {
  const blocks = await finalBlocks();
  const markdown = document.createElement('div');
  markdown.className = 'markdown';
  createColumn().append(markdown);
  const sections = new BlockSections(markdown);
  let begun = 0;
  let inBlock = 0;
  let growing: Growing | undefined;
  offer({
    fillStep: 1600,
    append: (text) => {
      let left = text.length;
      while (left > 0) {
        const block = blocks[begun % blocks.length];
        if (block === undefined) return;
        const number = String(Math.floor(begun / blocks.length)).padStart(4, '0');
        growing ??= new Growing(block, sections.sectionOf(begun), number);
        const count = Math.min(left, block.sourceLength - inBlock);
        left -= count;
        inBlock += count;
        growing.showTo(inBlock / block.sourceLength);
        if (inBlock < block.sourceLength) continue;
        growing = undefined;
        inBlock = 0;
        begun += 1;
      }
    },
  });
}

void start();
