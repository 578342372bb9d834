/** Elements that are not part of a text: names and buttons, drawings, and hidden elements. */
const notText =
  'button, [role="toolbar"], [hidden], .actions, .markdown-code-header, .markdown-diagram, .markdown-diagram-problem, .footnote-back, .codicon, .visually-hidden, math, script, style';
const block =
  'p, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, table, tr, hr, details, summary, div, section, article, header, footer, pre';

/**
 * The text of a selection as it was meant: code without its header, lists with their numbers, tables with a tab between
 * cells, formulas as their source.
 */
export function copiedText(range: Range): string {
  return new CopiedText(range).text();
}

/** The HTML of a selection, without the elements that are not part of the text. */
export function copiedHtml(range: Range): string {
  const holder = document.createElement('div');
  holder.append(range.cloneContents());
  for (const element of holder.querySelectorAll('.markdown-math')) {
    const source = element.querySelector('.markdown-math-source')?.textContent;
    if (source !== undefined) element.replaceWith(source);
  }
  for (const element of holder.querySelectorAll(notText)) element.remove();
  for (const element of holder.querySelectorAll('*')) {
    for (const name of ['class', 'tabindex', 'role', 'aria-label', 'data-message', 'data-vscode-context'])
      element.removeAttribute(name);
  }
  return holder.innerHTML;
}

/** Collects lines. Blank lines separate blocks; line ends separate items and rows. */
class CopiedText {
  private out = '';
  /** Line ends to write before the next text. */
  private gap = 0;
  /** The beginning of each line of the blocks inside an item. */
  private indent = '';
  /** The marker of an item, written before its first text. */
  private marker = '';

  constructor(private readonly range: Range) {}

  text(): string {
    const { commonAncestorContainer: root } = this.range;
    this.visit(root);
    return this.out;
  }

  private visit(node: Node): void {
    if (!this.range.intersectsNode(node)) return;
    if (isBeforeBackLink(node)) return;
    if (node instanceof Text) this.write(this.selected(node), isPreformatted(node));
    else if (node instanceof Element) this.visitElement(node);
    else this.visitChildren(node);
  }

  private visitElement(element: Element): void {
    if (element.matches('.markdown-code')) this.visitCode(element);
    else if (element.matches('.markdown-math')) this.visitFormula(element);
    else if (element.matches('.footnote-reference')) this.write(sourceOf(element), true);
    else if (element.matches(notText) || !element.checkVisibility()) return;
    else if (element instanceof HTMLBRElement) this.write('\n', true);
    else if (element instanceof HTMLHRElement)
      this.inBlock(2, () => {
        this.write('---', true);
      });
    else if (element instanceof HTMLInputElement) this.write(element.checked ? '[x]' : '[ ]', true);
    else if (element instanceof HTMLTextAreaElement) return;
    else if (element.localName === 'li') this.visitItem(element);
    else if (element.matches('td, th')) this.visitCell(element);
    else if (element.matches(block))
      this.inBlock(gapOf(element), () => {
        this.visitChildren(element);
      });
    else this.visitChildren(element);
  }

  private visitChildren(node: Node): void {
    for (const child of node.childNodes) this.visit(child);
  }

  /** A diagram is copied as its source, like a formula. */
  private visitCode(element: Element): void {
    const code = element.querySelector('pre code');
    if (code === null) return;
    this.inBlock(2, () => {
      const isDrawn = code.closest('[hidden]') !== null;
      const text = isDrawn ? code.textContent : this.selectedIn(code);
      this.write(text.replace(/\n$/, ''), true);
    });
  }

  private visitFormula(element: Element): void {
    const source = element.querySelector('.markdown-math-source')?.textContent ?? '';
    if (element instanceof HTMLDivElement)
      this.inBlock(2, () => {
        this.write(source, true);
      });
    else this.write(source, true);
  }

  private visitItem(item: Element): void {
    const list = item.parentElement;
    const isFirstSelected = this.isStartSelected(item);
    const marker = list === null || !isFirstSelected ? '' : markerOf(item, list);
    this.inBlock(list?.matches('.loose') === true ? 2 : 1, () => {
      const { indent } = this;
      this.marker = marker;
      this.indent = indent + ' '.repeat(marker.length);
      this.visitChildren(item);
      if (this.marker !== '') this.write('', true);
      this.indent = indent;
    });
  }

  private visitCell(cell: Element): void {
    const previous = cell.previousElementSibling;
    if (previous !== null && this.range.intersectsNode(previous)) this.write('\t', true);
    const inner = new CopiedText(this.range);
    inner.visitChildren(cell);
    this.write(inner.out.replaceAll(/\s*\n\s*/g, ' '), true);
  }

  /** True if a selection that begins in this item begins with its first letter. */
  private isStartSelected(item: Element): boolean {
    const { startContainer, startOffset } = this.range;
    if (!item.contains(startContainer)) return true;
    const before = document.createRange();
    before.setStart(item, 0);
    before.setEnd(startContainer, startOffset);
    return before.toString().trim() === '';
  }

  private inBlock(gap: number, visit: () => void): void {
    this.gap = Math.max(this.gap, gap);
    visit();
    this.gap = Math.max(this.gap, gap);
  }

  private selected(node: Text): string {
    const { startContainer, startOffset, endContainer, endOffset } = this.range;
    const end = node === endContainer ? endOffset : node.data.length;
    return node.data.slice(node === startContainer ? startOffset : 0, end);
  }

  private selectedIn(root: Element): string {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let text = '';
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node instanceof Text && this.range.intersectsNode(node)) text += this.selected(node);
    return text;
  }

  private write(text: string, isExact: boolean): void {
    const { marker } = this;
    if (text === '' && marker === '') return;
    // White space between blocks is not text.
    if (!isExact && text.trim() === '' && (this.gap > 0 || this.out === '')) return;
    const shown = isExact ? text : text.replaceAll(/[ \t]+/g, ' ');
    this.marker = '';
    const lineStart = this.indent.slice(0, this.indent.length - marker.length);
    if (this.gap > 0 && this.out !== '') this.out += '\n'.repeat(this.gap) + lineStart;
    this.gap = 0;
    this.out += marker + shown.replaceAll('\n', `\n${this.indent}`);
  }
}

/** How many line ends separate the element from its neighbours. */
function gapOf(element: Element): number {
  if (element.matches('tr, summary, div, section')) return 1;
  // A list inside an item follows its text directly. In a loose list, paragraphs do not.
  const { parentElement } = element;
  if (parentElement?.localName !== 'li') return 2;
  if (element.matches('ul, ol') || parentElement.parentElement?.matches('.loose') !== true) return 1;
  return 2;
}

function markerOf(item: Element, list: Element): string {
  if (list.localName !== 'ol') return '- ';
  const items = [...list.children];
  const own = item instanceof HTMLLIElement && item.hasAttribute('value') ? item.value : undefined;
  const start = list instanceof HTMLOListElement ? list.start : 1;
  return `${String(own ?? start + items.indexOf(item))}. `;
}

/** True for the space before a link from a footnote back to the text. */
function isBeforeBackLink({ nextSibling }: Node): boolean {
  return nextSibling instanceof Element && nextSibling.matches('.footnote-back');
}

/** The source of a footnote reference, so that its number does not become a part of the word before it. */
function sourceOf(reference: Element): string {
  return reference.getAttribute('data-source') ?? '';
}

function isPreformatted(node: Text): boolean {
  return node.parentElement?.closest('pre, code, .prompt-text') !== null;
}
