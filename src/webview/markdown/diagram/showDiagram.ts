import type { Translate } from '../../../shared/kit/translate';
import { createButton, dressButton } from '../../kit/createButton';
import { diagramSize } from './diagramSize';
import type * as DrawDiagram from './drawDiagram';
import { runWhenIdle } from '../../kit/whenIdle';
import { keepKeyboardScrollable } from '../../kit/keepKeyboardScrollable';
import { changeInPlace } from '../../kit/changeInPlace';

/** The place where a diagram is displayed. */
interface DiagramPlace {
  readonly t: Translate;
  /** The code block, its header, and the element with its source. */
  readonly block: HTMLElement;
  readonly header: HTMLElement;
  readonly source: HTMLElement;
}

const drawnViews = new Set<DiagramView>();
const waiting = new Map<Element, DiagramView>();

/**
 * Displays a Mermaid diagram instead of its source when it comes near the visible part. A large one waits for the user,
 * and a too large one stays source.
 */
export function showDiagram(place: DiagramPlace, text: string): void {
  if (text.trim() === '') return;
  const view = new DiagramView(place, text);
  switch (diagramSize(text)) {
    case 'small':
      waiting.set(place.block, view);
      nearby.observe(place.block);
      return;
    case 'large':
      view.offer();
      return;
    case 'too large':
      view.showNote(place.t('This diagram is too large to draw here.'), '');
  }
}

const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const view = isIntersecting ? waiting.get(target) : undefined;
      if (view === undefined) continue;
      nearby.unobserve(target);
      waiting.delete(target);
      view.drawWhenIdle();
    }
  },
  // `rootMargin` has no effect inside the transcript, which scrolls itself.
  { rootMargin: '600px', scrollMargin: '600px' },
);

let theme = document.body.className;
// The picture contains its colours, so a new theme needs a new picture.
new MutationObserver(() => {
  const themeNow = document.body.className;
  if (themeNow === theme || themeNow.includes('copies-math')) return;
  theme = themeNow;
  for (const view of drawnViews) view.redraw();
}).observe(document.body, { attributes: true, attributeFilter: ['class'] });

class DiagramView {
  private readonly scroller = document.createElement('div');
  private readonly picture = document.createElement('div');
  private toggle: HTMLButtonElement | undefined;
  private note: HTMLElement | undefined;
  private drawn: DrawDiagram.DrawnDiagram | undefined;
  private isDrawing = false;

  constructor(
    private readonly place: DiagramPlace,
    private readonly text: string,
  ) {
    this.scroller.className = 'markdown-diagram';
    this.picture.setAttribute('role', 'img');
    this.picture.attachShadow({ mode: 'open' });
    this.picture.addEventListener('click', () => {
      this.enlarge();
    });
    this.scroller.append(this.picture);
  }

  /** Lets the user start drawing, because it takes a while. */
  offer(): void {
    const toggle = this.addToggle();
    dressButton(toggle, 'codicon-graph', this.place.t('Show Diagram'));
  }

  drawWhenIdle(): void {
    if (this.isDrawing) return;
    this.isDrawing = true;
    runWhenIdle(() => {
      void this.draw();
      return false;
    });
  }

  redraw(): void {
    if (this.place.block.isConnected) this.drawWhenIdle();
    else drawnViews.delete(this);
  }

  /** Keeps the source and displays below it why it cannot be drawn. */
  showNote(message: string, reason: string): void {
    const note = (this.note ??= document.createElement('div'));
    note.className = 'markdown-diagram-problem';
    const words = document.createElement('p');
    words.textContent = message;
    const details = document.createElement('pre');
    details.textContent = reason.slice(0, 600);
    note.replaceChildren(words, ...(reason === '' ? [] : [details]));
    changeInPlace(this.place.block, () => {
      this.place.block.append(note);
    });
  }

  private async draw(): Promise<void> {
    try {
      const { drawDiagram } = await import('./drawDiagram');
      const drawn = await drawDiagram(this.text);
      changeInPlace(this.place.block, () => {
        this.show(drawn);
      });
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\nExpecting ');
      // A displayed diagram stays, in the colours of the previous theme.
      if (this.drawn === undefined) this.showNote(this.place.t("Couldn't draw this diagram."), reason);
    } finally {
      this.isDrawing = false;
    }
  }

  private show(drawn: DrawDiagram.DrawnDiagram): void {
    const { shadowRoot } = this.picture;
    if (shadowRoot === null) return;
    const isFirst = this.drawn === undefined;
    this.drawn = drawn;
    shadowRoot.adoptedStyleSheets = [drawn.styles];
    shadowRoot.replaceChildren(drawn.svg);
    this.picture.setAttribute('aria-label', this.name());
    drawnViews.add(this);
    if (!isFirst) return;
    const { source, t, header } = this.place;
    source.before(this.scroller);
    keepKeyboardScrollable(this.scroller);
    this.addToggle();
    const enlarge = createButton('codicon-zoom-in', t('Enlarge {0}', t('Diagram')), () => {
      this.enlarge();
    });
    // Looking at the diagram closely comes first.
    header.querySelector('.markdown-code-language')?.after(enlarge);
    this.showSource(false);
  }

  private name(): string {
    const name = this.drawn?.name ?? '';
    return name === '' ? this.place.t('Diagram') : name;
  }

  private addToggle(): HTMLButtonElement {
    if (this.toggle !== undefined) return this.toggle;
    const toggle = createButton('codicon-code', this.place.t('Show Source'), () => {
      if (this.drawn === undefined) this.drawWhenIdle();
      else this.showSource(this.place.source.hidden !== false);
    });
    toggle.classList.add('resizes');
    this.toggle = toggle;
    this.place.header.querySelector('.markdown-code-language')?.after(toggle);
    return toggle;
  }

  private showSource(isShown: boolean): void {
    const { source, t, block } = this.place;
    source.hidden = !isShown;
    this.scroller.hidden = isShown;
    block.classList.toggle('shows-diagram', !isShown);
    if (this.toggle === undefined) return;
    if (isShown) dressButton(this.toggle, 'codicon-graph', t('Show Diagram'));
    else dressButton(this.toggle, 'codicon-code', t('Show Source'));
  }

  /** Displays the picture over the panel (see `LightboxProvider`). */
  private enlarge(): void {
    const { drawn } = this;
    if (drawn === undefined) return;
    const detail = { pictures: [{ url: drawn.url(), name: this.name(), medium: null }], index: 0 };
    this.picture.dispatchEvent(new CustomEvent('enlarge-picture', { bubbles: true, detail }));
  }
}
