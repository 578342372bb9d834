import type { Disposable } from '../../shared/kit/disposable';
import type { MarkdownActions } from '../markdown/markdownView';
import { MarkdownView } from '../markdown/markdownView';
import type { TextListener } from '../state/textFeeds';
import { PictureShortener } from './pictureShortener';

/**
 * The most characters of one text that are drawn: twice the longest answer of any model. More would block the page for
 * seconds.
 */
const mostDrawn = 1_000_000;

/**
 * Draws growing Markdown into an element, at most once per frame. If the renderer throws, the text continues as plain
 * text, so an answer is never lost to its formatting.
 */
export class MarkdownStream implements TextListener, Disposable {
  private view: MarkdownView | null = null;
  private plain: HTMLElement | null = null;
  private whole = '';
  /** The text to draw in the next frame. */
  private pending = '';
  /** How much of the text is drawn or pending, in characters. */
  private taken = 0;
  private shortener = new PictureShortener();
  private isCut = false;
  private cutNote: HTMLElement | null = null;
  private ended = false;
  private frame: number | null = null;
  /** The time of the last frame with a drawing. */
  private lastFrame: CSSNumberish | null = null;

  constructor(
    private readonly holder: HTMLElement,
    private readonly actions: MarkdownActions,
    private readonly reportFailure: (error: unknown) => void,
    /** Called each time the whole text has been drawn. */
    private readonly onWhole: () => void,
  ) {}

  replace(text: string): void {
    this.cancelFrame();
    this.holder.removeAttribute('data-whole');
    this.holder.replaceChildren();
    this.plain = null;
    this.view = null;
    this.cutNote = null;
    this.whole = text;
    this.pending = '';
    this.taken = 0;
    this.shortener = new PictureShortener();
    this.isCut = false;
    this.take(text);
    if (text !== '') this.draw();
  }

  append(text: string): void {
    this.whole += text;
    if (this.ended) {
      // A closed document accepts no more text. Late text is rare enough to draw everything again.
      this.replace(this.whole);
      return;
    }
    this.take(text);
    if (this.frame !== null) return;
    // The first text of a frame is drawn at once, so that the frame itself has less to do.
    const frame = document.timeline.currentTime;
    if (frame !== this.lastFrame) {
      this.lastFrame = frame;
      this.draw();
      return;
    }
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  end(): void {
    this.ended = true;
    if (this.frame === null) this.draw();
  }

  reopen(): void {
    this.ended = false;
    // A closed document accepts no more text, so the same text is drawn again with an open end.
    this.replace(this.whole);
  }

  dispose(): void {
    this.cancelFrame();
  }

  private take(text: string): void {
    const shortened = this.shortener.push(text);
    const piece = shortened.slice(0, mostDrawn - this.taken);
    this.isCut ||= piece.length < shortened.length;
    this.pending += piece;
    this.taken += piece.length;
  }

  private draw(): void {
    this.drawPending();
    if (!this.isCut || this.cutNote !== null) return;
    this.cutNote = document.createElement('p');
    this.cutNote.className = 'cut-note';
    this.cutNote.textContent = this.actions.t(
      'The rest of this text is too long to show here. Use Copy or Export to get all of it.',
    );
    this.holder.append(this.cutNote);
  }

  private drawPending(): void {
    const text = this.pending;
    this.pending = '';
    if (this.plain !== null) {
      this.plain.append(text);
      return;
    }
    if (text === '' && this.view === null) return;
    try {
      const view = this.view ?? this.open();
      if (text !== '') view.append(text);
      if (!this.ended) return;
      view.end();
      // Its text no longer changes, so other code may mark words in it.
      this.holder.setAttribute('data-whole', '');
      this.onWhole();
    } catch (error) {
      this.reportFailure(error);
      this.plain = document.createElement('pre');
      this.plain.className = 'plain-text';
      this.plain.dir = 'auto';
      this.plain.append(this.whole.slice(0, mostDrawn));
      this.holder.replaceChildren(this.plain);
    }
  }

  private open(): MarkdownView {
    const view = new MarkdownView(this.actions);
    this.view = view;
    this.holder.append(view.element);
    return view;
  }

  private cancelFrame(): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
  }
}
