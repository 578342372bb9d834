import { loadedMath, whenMathLoaded } from './whenMathLoaded';
import { runWhenIdle } from '../../kit/whenIdle';
import { keepKeyboardScrollable } from '../../kit/keepKeyboardScrollable';
import type { VirtualMath } from '../nodes/virtualNode';

/** Longer formulas, in characters, stay source. */
const limit = 4_000;
/** The number of formulas that are drawn at once. In a text full of formulas, the others wait for idle time. */
const atOnce = 8;
let drawnNow = 0;

// Copies the source of a drawn formula, because the browser's text of the drawing is unreadable.
document.addEventListener('copy', () => {
  document.body.classList.add('copies-math');
  setTimeout(() => {
    document.body.classList.remove('copies-math');
  });
});

/** A formula: its TeX source until it is drawn. */
export class MathElement {
  readonly element: HTMLElement;

  constructor(private readonly formula: VirtualMath) {
    const { source, tex, display, isBlock, topLevel } = formula;
    this.element = document.createElement(isBlock ? 'div' : 'span');
    this.element.className = topLevel ? 'markdown-block markdown-math' : 'markdown-math';
    if (isBlock) keepKeyboardScrollable(this.element);
    if (display) this.element.classList.add('display');
    // Formulas run from left to right in every language of Parley.
    this.element.dir = 'ltr';
    this.element.append(createSource(source));
    if (tex.length <= limit) this.drawSoon();
  }

  private drawSoon(): void {
    if (loadedMath() !== undefined && drawnNow < atOnce) {
      if (drawnNow === 0) setTimeout(() => (drawnNow = 0));
      drawnNow += 1;
      this.draw();
      return;
    }
    whenMathLoaded(() => {
      runWhenIdle(() => {
        this.draw();
        return false;
      });
    });
  }

  private draw(): void {
    const drawn = loadedMath()?.draw(this.formula.tex, this.formula.display);
    if (drawn === undefined) return;
    if (drawn instanceof Element) {
      const source = createSource(this.formula.source);
      source.classList.add('copied');
      source.setAttribute('aria-hidden', 'true');
      this.element.classList.add('drawn');
      this.element.replaceChildren(drawn, source);
    } else {
      this.element.classList.add('wrong');
      this.element.title = drawn.problem;
    }
  }
}

function createSource(source: string): HTMLElement {
  const code = document.createElement('span');
  code.className = 'markdown-math-source';
  code.textContent = source;
  return code;
}
