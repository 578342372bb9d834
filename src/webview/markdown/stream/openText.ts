import type { VirtualNode, VirtualText } from '../nodes/virtualNode';
import { asLineGroup } from '../render/groupLines';

/** Characters without a meaning in Markdown inside a line: not in markers, addresses, entities or table rows. */
const plain = /^[\p{L}\p{M}\p{N} ,.;'"?)-]*$/u;
/** A plain word at the end of a text. */
const plainWordAtEnd = /(?<=^|\s)[\p{L}\p{M}\p{N},.;'"?)-]+$/u;
const letter = /\p{L}/u;
/** A longer word is parsed, in characters. */
const longestWord = 100;
/** The beginning of a line that could still become a tag, a definition or a task. */
const undecidedLine = /^[\s>]{0,99}(?:(?:[-*+]|\d{1,9}[.)])\s{1,99}){0,20}[[<]/;
/** Elements that the last text of a document can be in. Inside others, an inline marker is open. */
const blockTags: ReadonlySet<string> = new Set(
  'p h3 h4 h5 h6 ul ol li blockquote div details label'.split(' '),
);
/** A bracket or a tag directly before a text can make the text a part of a link, so only these elements may be there. */
const closedTags: ReadonlySet<string> = new Set(['strong', 'em', 's', 'code']);

/**
 * The text node at the end of a document. While only plain words come, they are added to it, and nothing is parsed. Most text of an
 * answer comes in that way, so this halves the cost of prose.
 */
export class OpenText {
  private constructor(
    private readonly node: VirtualText,
    /** Spaces at the end of the source. They are displayed when a word follows. */
    private spaces: string,
  ) {}

  /**
   * Finds the text that the displayed nodes end with. Returns undefined if plain words could change more than that text.
   *
   * @param source The source of the nodes, whose last inline text is displayed as it is.
   */
  static find(nodes: readonly VirtualNode[], source: string): OpenText | undefined {
    const [node, before] = lastText(nodes);
    const line = source.slice(source.lastIndexOf('\n') + 1);
    // A line without a letter may still become the marker of a list: `1`, then `.`.
    if (node === undefined || undecidedLine.test(line) || !letter.test(line)) return undefined;
    const [spaces = ''] = /(?<! ) *$/.exec(source.slice(-99)) ?? [];
    const [word] = plainWordAtEnd.exec(node.text.slice(-longestWord)) ?? [];
    if (word === undefined || word.length === longestWord || !source.endsWith(word + spaces))
      return undefined;
    const fillsNode = word === node.text && before !== undefined;
    if (fillsNode && !(before.kind === 'element' && closedTags.has(before.tag))) return undefined;
    return new OpenText(node, spaces);
  }

  /** Adds source to the text. Returns false if the source must be parsed. */
  append(source: string): boolean {
    const { dom } = this.node;
    if (dom === undefined || !plain.test(source)) return false;
    const text = this.spaces + source;
    const shown = text.trimEnd();
    this.spaces = text.slice(shown.length);
    this.node.text += shown;
    if (shown !== '') dom.appendData(shown);
    return true;
  }
}

/** The text that nodes end with, and the node before it. */
function lastText(nodes: readonly VirtualNode[]): [text?: VirtualText, before?: VirtualNode | undefined] {
  const last = nodes.at(-1);
  if (last?.kind === 'element' && (blockTags.has(last.tag) || asLineGroup(last) !== undefined))
    return lastText(last.children);
  return last?.kind === 'text' ? [last, nodes.at(-2)] : [];
}
