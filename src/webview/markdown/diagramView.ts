import type { Translate } from '../../shared/translate';
import { createButton, dressButton } from './codeHeader';
import type * as DrawDiagram from './drawDiagram';
import { runWhenIdle } from './idleQueue';
import { keepKeyboardScrollable } from './keyboardScrollable';

/** Where a diagram is to be shown. */
export interface DiagramPlace {
  readonly t: Translate;
  /** The code block, its header, and what shows its source. */
  readonly block: HTMLElement;
  readonly header: HTMLElement;
  readonly source: HTMLElement;
}

/** A longer source stays source, in characters. */
const limit = 50_000;
const drawnViews = new Set<DiagramView>();
const waiting = new Map<Element, DiagramView>();

/** Shows a Mermaid diagram in the place of its source, once it comes near the part that is seen. */
export function showDiagram(place: DiagramPlace, text: string): void {
  if (text.length > limit || text.trim() === '') return;
  const view = new DiagramView(place, text);
  waiting.set(place.block, view);
  nearby.observe(place.block);
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
  { rootMargin: '600px' },
);

let theme = document.body.className;
// The colours are in the picture, so another theme needs another picture.
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

  constructor(
    private readonly place: DiagramPlace,
    private readonly text: string,
  ) {
    this.scroller.className = 'markdown-diagram';
    this.picture.setAttribute('role', 'img');
    this.picture.attachShadow({ mode: 'open' });
    this.scroller.append(this.picture);
  }

  drawWhenIdle(): void {
    runWhenIdle(() => {
      void this.draw();
      return false;
    });
  }

  redraw(): void {
    if (this.place.block.isConnected) this.drawWhenIdle();
    else drawnViews.delete(this);
  }

  private async draw(): Promise<void> {
    try {
      const { drawDiagram } = await import('./drawDiagram');
      this.show(await drawDiagram(this.text));
    } catch (error) {
      this.showProblem(error);
    }
  }

  private show({ svg, styles, name }: DrawDiagram.DrawnDiagram): void {
    const { shadowRoot } = this.picture;
    if (shadowRoot === null) return;
    shadowRoot.adoptedStyleSheets = [styles];
    shadowRoot.replaceChildren(svg);
    this.picture.setAttribute('aria-label', name === '' ? this.place.t('Diagram') : name);
    drawnViews.add(this);
    if (this.toggle !== undefined) return;
    const { header, source, t } = this.place;
    source.before(this.scroller);
    keepKeyboardScrollable(this.scroller);
    const toggle = createButton('codicon-code', t('Show Source'), () => {
      this.showSource(source.hidden !== false);
    });
    this.toggle = toggle;
    header.querySelector('.markdown-code-language')?.after(toggle);
    this.showSource(false);
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

  /** The source stays; why it cannot be drawn is told in the tooltip. */
  private showProblem(error: unknown): void {
    if (this.toggle !== undefined) return;
    const note = document.createElement('p');
    note.className = 'markdown-diagram-problem';
    note.textContent = this.place.t('This diagram could not be drawn.');
    note.title = error instanceof Error ? error.message.slice(0, 1_000) : '';
    this.place.block.append(note);
  }
}
