import type { CodeActions } from './code/codeActions';
import { CodeBlock } from './code/codeBlock';
import { arrangeFootnotes, followFootnote } from './render/arrangeFootnotes';
import { linkTarget } from './render/linkTarget';
import { TailRenderer } from './stream/tailRenderer';
import { SourceNormaliser } from './parse/sourceNormaliser';

/** What the content of an answer can ask for. */
export interface MarkdownActions extends CodeActions {
  /** Opens a link of one of the schemes `http`, `https`, `mailto`. */
  openLink(href: string): void;
}

/** Settings for tests. */
export interface MarkdownViewOptions {
  /** From this length on, in characters, an open block is committed piece by piece. */
  readonly openLimit?: number;
}

/**
 * Renders Markdown that arrives in pieces. What is closed is rendered once: the cost of a piece follows
 * the length of the open block's end, not of the document. After `end` the DOM is the same as for the
 * whole text at once (the colours of code follow in idle time).
 */
export class MarkdownView {
  /** The container of the blocks. */
  readonly element = document.createElement('div');
  private readonly normaliser = new SourceNormaliser();
  private readonly openEnd: TailRenderer;

  constructor(
    private readonly actions: MarkdownActions,
    options: MarkdownViewOptions = {},
  ) {
    this.element.className = 'markdown';
    this.openEnd = new TailRenderer({
      parent: this.element,
      t: actions.t,
      createCodeBlock: (info, topLevel) => new CodeBlock(info, topLevel, actions),
      openLimit: options.openLimit ?? 600,
    });
    // The middle button opens links, too.
    for (const type of ['click', 'auxclick'] as const) {
      this.element.addEventListener(type, (event) => {
        this.openLink(event);
      });
    }
  }

  /** Adds text; to be called at most once a frame. */
  append(text: string): void {
    const source = this.normaliser.push(text);
    if (source !== '') this.openEnd.append(source);
  }

  /** No more text will come. */
  end(): void {
    const rest = this.normaliser.end();
    if (rest !== '') this.openEnd.append(rest);
    this.openEnd.end();
    arrangeFootnotes(this.element, this.actions.t);
  }

  private openLink(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const target = linkTarget(link?.getAttribute('href') ?? '');
    if (link === null) return;
    event.preventDefault();
    if (followFootnote(link, this.element)) return;
    if (target !== undefined && event.button !== 2) this.actions.openLink(target);
  }
}
