import temml from 'temml';
import { mathClasses, mathStyles } from './mathStyles';
import { addStyles } from '../../kit/addStyles';
import { extraMacros, prepareTex } from './prepareTex';

/** Why a formula cannot be drawn, in Temml's English words. */
export interface MathProblem {
  readonly problem: string;
}

const namespace = 'http://www.w3.org/1998/Math/MathML';

/** The MathML elements that Temml writes. None of them can load, link or run anything. */
const elements = new Set(
  'math mrow mi mn mo ms mtext mspace msup msub msubsup mover munder munderover mfrac msqrt mroot mtable mtr mtd mpadded mphantom mstyle menclose mmultiscripts mprescripts none'.split(
    ' ',
  ),
);
const attributes = new Set(
  'display mathvariant stretchy fence separator form symmetric largeop movablelimits accent accentunder displaystyle scriptlevel mathcolor mathbackground'.split(
    ' ',
  ),
);
/** Attributes with a length. */
const lengths = new Set(
  'lspace rspace minsize maxsize width height depth voffset linethickness mathsize rowspacing'.split(' '),
);
const styles = new Set(
  'color border border-top border-right border-bottom border-left padding padding-top padding-right padding-bottom padding-left width text-align font-weight font-style math-depth'.split(
    ' ',
  ),
);
/** The longest length, in em and in px or pt. Longer ones are reduced to it. */
const mostEm = 20;
const mostPoints = 300;
/** Limits in levels and in characters of markup. The browser's layout is recursive. */
const mostLevels = 100;
const longestMarkup = 200_000;
/** How many characters a formula with definitions may expand to. Each expansion can copy the content of definitions. */
const mostExpanded = 20_000;
/** In characters. Chemistry has its own slower parser. */
const longest = 4_000;
const longestChemistry = 600;
/** Longer hidden text does not serve for spacing. Copying the formula would put it on the clipboard unseen. */
const longestHidden = 24;

addStyles(mathStyles);

/**
 * Draws a TeX formula as MathML, which browsers lay out without extra fonts.
 *
 * Temml's markup is parsed into an inert document and copied element by element, so that only allowed elements,
 * attributes and styles enter the page. Styles are set in the way that the page's policy allows.
 */
export function drawMath(tex: string, display: boolean): Element | MathProblem {
  try {
    const math = new DOMParser().parseFromString(readMarkup(tex, display), 'text/html').querySelector('math');
    return (math === null ? undefined : copyElement(math, 0)) ?? { problem: 'Temml' };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** LaTeX refuses to define `\\R` again. Models do define it, because in LaTeX itself it is a new name. */
function readMarkup(tex: string, display: boolean): string {
  try {
    return markupOf(tex, display);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('attempting to redefine')) throw error;
    return markupOf(tex.replaceAll(String.raw`\newcommand`, String.raw`\renewcommand`), display);
  }
}

function markupOf(tex: string, display: boolean): string {
  const isChemistry = /\\(?:ce|pu)\b/.test(tex);
  if (tex.length > (isChemistry ? longestChemistry : longest))
    throw new RangeError('The formula is too long.');
  const defines = /\\(?:[egx]?def|let|(?:re)?newcommand|providecommand|DeclareMathOperator)\b/.test(tex);
  const markup = temml.renderToString(prepareTex(tex), {
    displayMode: display,
    throwOnError: true,
    trust: false,
    wrap: 'tex',
    maxSize: [mostEm, mostPoints],
    maxExpand: defines ? Math.floor(mostExpanded / tex.length) : 500,
    // A new object for each formula, so that definitions in one are unknown to the next.
    macros: { ...extraMacros },
  });
  if (markup.length > longestMarkup) throw new RangeError('The formula has too many parts.');
  // The policy refuses a parsed `style` attribute. Quotes in text are escaped, so this changes only attributes.
  return markup.replaceAll(' style="', ' data-style="');
}

function copyElement(source: Element, level: number): Element | undefined {
  if (level > mostLevels) throw new RangeError('The formula is nested too deeply.');
  const name = source.localName;
  // A reference to a numbered formula displays the label.
  if (name === 'a') return createText(source.getAttribute('href')?.replace(/^#/, '') ?? '');
  if (!elements.has(name)) return undefined;
  if (name === 'mphantom' && source.textContent.length > longestHidden)
    throw new RangeError('The formula hides text.');
  const copy = document.createElementNS(namespace, name);
  copyAttributes(source, copy);
  for (const child of source.childNodes) {
    const next = child instanceof Element ? copyElement(child, level + 1) : (child.textContent ?? '');
    if (next !== undefined) copy.append(next);
  }
  return copy;
}

function createText(text: string): Element {
  const element = document.createElementNS(namespace, 'mtext');
  element.textContent = text;
  return element;
}

function copyAttributes(source: Element, copy: Element): void {
  for (const { name, value } of source.attributes) {
    if (attributes.has(name)) copy.setAttribute(name, value);
    else if (lengths.has(name)) copy.setAttribute(name, boundedLength(value));
  }
  const classes = [...source.classList].filter((name) => mathClasses.has(name));
  if (classes.length > 0) copy.setAttribute('class', classes.join(' '));
  if (!(copy instanceof MathMLElement)) return;
  for (const declaration of (source.getAttribute('data-style') ?? '').split(';')) {
    const [name = '', value = ''] = declaration.split(':').map((part) => part.trim());
    if (styles.has(name) && !value.includes('(')) {
      copy.style.setProperty(name, value.split(' ').map(boundedLength).join(' '));
    }
  }
}

/** Reduces a length to the limit; other values stay. */
function boundedLength(value: string): string {
  const [, number, unit = ''] = /^([-+]?[\d.]{1,20})([a-z]{0,3})$/.exec(value) ?? [];
  if (number === undefined) return value;
  const most = unit === 'em' || unit === 'ex' || unit === '' ? mostEm : mostPoints;
  return `${String(Math.max(-most, Math.min(most, Number(number))))}${unit}`;
}
