import katex from 'katex';
import { mathLetters } from './mathLetters';

/** Why a formula cannot be drawn, in KaTeX's (English) words. */
export interface MathProblem {
  readonly problem: string;
}

const namespace = 'http://www.w3.org/1998/Math/MathML';

/** What KaTeX writes, and nothing that could fetch, link or run anything. */
const elements = new Set(
  'math semantics annotation mrow mi mn mo ms mtext mspace msup msub msubsup mover munder munderover mfrac msqrt mroot mtable mtr mtd mlabeledtr mpadded mphantom mstyle menclose mglyph merror'.split(
    ' ',
  ),
);
const attributes = new Set(
  'display encoding mathvariant stretchy fence separator form lspace rspace minsize maxsize symmetric largeop movablelimits accent accentunder width height depth voffset linethickness displaystyle scriptlevel columnalign columnspacing columnlines rowspacing rowlines rowalign mathcolor mathbackground mathsize notation side'.split(
    ' ',
  ),
);
const styles = new Set(['border', 'border-top', 'border-bottom', 'padding', 'text-align', 'font-weight']);

/**
 * Draws a TeX formula as MathML, which browsers lay out without fonts or styles of ours.
 *
 * KaTeX's markup is read into an inert document and copied over element by element: nothing that the source
 * smuggles in gets through, and styles are set in the way that the page's policy allows.
 */
export function drawMath(tex: string, display: boolean): Element | MathProblem {
  let markup: string;
  try {
    markup = katex.renderToString(tex, {
      output: 'mathml',
      displayMode: display,
      trust: false,
      strict: 'ignore',
      maxExpand: 500,
      maxSize: 20,
    });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  // A parsed `style` attribute would be against the page's policy; in texts quotes are escaped.
  markup = markup.replaceAll(' style="', ' data-style="');
  const math = new DOMParser().parseFromString(markup, 'text/html').querySelector('math');
  const copy = math === null ? undefined : copyElement(math);
  return copy ?? { problem: 'KaTeX' };
}

function copyElement(source: Element): Element | undefined {
  const name = source.localName;
  if (!elements.has(name)) return undefined;
  const copy = document.createElementNS(namespace, name);
  for (const { name: attribute, value } of source.attributes) {
    if (attributes.has(attribute)) copy.setAttribute(attribute, value);
  }
  copyStyle(source, copy);
  for (const child of source.childNodes) {
    const next = child instanceof Element ? copyElement(child) : (child.textContent ?? '');
    if (next !== undefined) copy.append(next);
  }
  const variant = source.getAttribute('mathvariant');
  if (variant !== null && copy.childElementCount === 0) {
    const text = mathLetters(copy.textContent, variant);
    if (text !== copy.textContent) {
      copy.textContent = text;
      copy.removeAttribute('mathvariant');
    }
  }
  return copy;
}

function copyStyle(source: Element, copy: Element): void {
  if (!(copy instanceof MathMLElement)) return;
  for (const declaration of (source.getAttribute('data-style') ?? '').split(';')) {
    const [name = '', value = ''] = declaration.split(':').map((part) => part.trim());
    if (styles.has(name) && !value.includes('(')) copy.style.setProperty(name, value);
  }
}
