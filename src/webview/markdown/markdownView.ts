import type { CodeActions } from './code/codeActions';
import { CodeBlock } from './code/codeBlock';
import { arrangeFootnotes, followFootnote } from './render/arrangeFootnotes';
import { linkTarget } from './render/linkTarget';
import { TailRenderer } from './stream/tailRenderer';
import { SourceNormaliser } from './parse/sourceNormaliser';

/** The actions that the content of an answer can request. */
export interface MarkdownActions extends CodeActions {
  /** Opens a link of one of the schemes `http`, `https`, `mailto`. */
  openLink(href: string): void;
}

/** Settings for tests. */
interface MarkdownViewOptions {
  /** From this length on, in characters, the children of an open block become final one by one. */
  readonly openLimit?: number;
}

/**
 * Renders Markdown that arrives in pieces. Closed blocks are rendered once, so the cost of a piece depends on the open
 * block's end and not on the document. After `end`, the DOM equals that of the whole text rendered at once (code is
 * coloured in idle time).
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
    // The middle button opens links too.
    for (const type of ['click', 'auxclick'] as const) {
      this.element.addEventListener(type, (event) => {
        this.openLink(event);
      });
    }
  }

  /** Adds text. To be called at most once per frame. */
  append(text: string): void {
    const source = this.normaliser.push(text);
    if (source !== '') this.openEnd.append(source);
  }

  /** To be called after the last piece of text. */
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
