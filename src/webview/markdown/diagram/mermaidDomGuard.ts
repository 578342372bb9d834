import createDOMPurify from 'dompurify';
import { withoutAddresses } from './withoutAddresses';

/** The most elements of a picture. More would block the page for seconds. */
const mostElements = 15_000;

const svgNamespace = 'http://www.w3.org/2000/svg';
/** Attributes whose address is loaded or opened. */
const addressed: ReadonlySet<string> = new Set(
  'href xlink:href src srcset data poster action formaction background'.split(' '),
);
/** Elements that load, run or ask. Labels do not need them. */
const forbidden =
  'img image picture source video audio track iframe object embed link style script form input button textarea select use feimage base meta'.split(
    ' ',
  );

/** A tag up to its first `>`, or an attribute with a value anywhere. */
const tagOrValue = /<[a-z][^>]*|(?<![\w-])(?:style|on\w+)\s*=/gi;
/** Attributes that the page's policy refuses. */
const refused = /(?<![\w-])(?:style|on[a-z]+)(?![\w-])/gi;

const purifier = createDOMPurify(window);

/**
 * Makes it safe to let Mermaid build a picture from untrusted text in the page. While a guard exists, the picture
 * cannot load, link or run anything, and nothing is built that the content security policy would refuse and report.
 *
 * It replaces DOM functions of the browser until `dispose` is called. A `style` attribute becomes the element's `style`
 * object, and the text of a `style` element becomes a constructed style sheet; the policy allows both for scripts.
 * Markup is cleaned before it enters the page, addresses are removed, and the picture's elements are counted. Other
 * code of the page is not affected, because it creates no such addresses and no SVG.
 *
 * If a new version of Mermaid uses other DOM functions, diagrams lose colours or are not drawn: see
 * docs/decisions/2026-11-29-mermaid-dom-guard.md for the tests that notice.
 */
export class MermaidDomGuard {
  /** The text of the last `style` element. */
  css = '';
  private elements = 0;
  private readonly sheet = new CSSStyleSheet();
  private readonly undo: (() => void)[] = [];

  constructor() {
    document.adoptedStyleSheets.push(this.sheet);
    this.guardAttributes();
    this.guardMarkup();
    this.guardCreation();
  }

  /** Restores the original functions. */
  dispose(): void {
    for (const restore of this.undo.splice(0).reverse()) restore();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
  }

  private guardAttributes(): void {
    this.replace(Element.prototype, 'setAttribute', (original) => {
      return function setAttribute(this: Element, name: string, value: unknown): void {
        const text = String(value);
        const isStyle = name === 'style' && (this instanceof SVGElement || this instanceof HTMLElement);
        if (isStyle) this.style.cssText = withoutAddresses(text);
        else if (isHarmless(this, name, text)) original.call(this, name, withoutAddresses(text));
      };
    });
    this.replace(Element.prototype, 'setAttributeNS', (original) => {
      return function setAttributeNS(
        this: Element,
        space: string | null,
        name: string,
        value: unknown,
      ): void {
        const text = String(value);
        if (isHarmless(this, name, text)) original.call(this, space, name, withoutAddresses(text));
      };
    });
    this.replace(CSSStyleDeclaration.prototype, 'setProperty', (original) => {
      return function setProperty(
        this: CSSStyleDeclaration,
        name: string,
        value: string | number | null,
        priority = '',
      ): void {
        original.call(this, name, value === null ? null : withoutAddresses(String(value)), priority);
      };
    });
  }

  private guardMarkup(): void {
    this.replace(DOMParser.prototype, 'parseFromString', (original) => {
      return function parseFromString(
        this: DOMParser,
        markup: Markup,
        type: DOMParserSupportedType,
      ): Document {
        // The policy refuses `style` and `on…` attributes even in a document that is only parsed.
        const plain = markup.toString().replaceAll(tagOrValue, (part) => part.replaceAll(refused, 'data-$&'));
        return original.call(this, plain, type);
      };
    });
    const markup = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML');
    if (markup === undefined) return;
    this.define(Element.prototype, 'innerHTML', {
      ...markup,
      set(this: Element, html: Markup | null) {
        this.replaceChildren(...cleanMarkup(html?.toString() ?? '', this instanceof SVGElement));
      },
    });
  }

  private guardCreation(): void {
    const count = (): void => {
      this.elements += 1;
      if (this.elements > mostElements) throw new RangeError('The diagram has too many parts.');
    };
    const styleStandIn = (): HTMLElement => this.createStyleStandIn();
    this.replace(Document.prototype, 'createElementNS', (original) => {
      return function createElementNS(
        this: Document,
        space: string | null,
        name: string,
        options?: string,
      ): Element {
        if (space === svgNamespace) count();
        return original.call(this, space, name, options);
      } as typeof original;
    });
    this.replace(Document.prototype, 'createElement', (original) => {
      return function createElement(this: Document, name: string, options?: ElementCreationOptions): Element {
        return name === 'style' ? styleStandIn() : original.call(this, name, options);
      } as typeof original;
    });
    this.replace(window, 'Image', () => StandInImage as unknown as typeof Image);
  }

  /** Replaces a `style` element, which the policy refuses even when it is empty. */
  private createStyleStandIn(): HTMLElement {
    const standIn = document.createElement('template');
    Object.defineProperty(standIn, 'innerHTML', {
      set: (css: string) => {
        this.css = withoutAddresses(css);
        this.sheet.replaceSync(this.css);
      },
    });
    return standIn;
  }

  /** Replaces a method or a class until `dispose`. */
  private replace<Holder extends object, Name extends keyof Holder>(
    holder: Holder,
    name: Name,
    make: (original: Holder[Name]) => Holder[Name],
  ): void {
    this.define(holder, name, {
      ...Object.getOwnPropertyDescriptor(holder, name),
      value: make(holder[name]),
    });
  }

  private define(holder: object, name: PropertyKey, replacement: PropertyDescriptor): void {
    const original = Object.getOwnPropertyDescriptor(holder, name);
    if (original === undefined) throw new TypeError(`There is no ${String(name)} to replace.`);
    Object.defineProperty(holder, name, replacement);
    this.undo.push(() => {
      Object.defineProperty(holder, name, original);
    });
  }
}

/** A text, or the object in which DOMPurify returns trusted markup. */
interface Markup {
  toString(): string;
}

/**
 * Allows links and `data:` pictures, which the page itself may create meanwhile: a link is not loaded until it is
 * clicked.
 */
function isHarmless(element: Element, name: string, value: string): boolean {
  const attribute = name.toLowerCase();
  if (attribute.startsWith('on') || attribute === 'srcdoc') return false;
  if (!addressed.has(attribute)) return true;
  return element instanceof HTMLAnchorElement || /^(?:#|data:|blob:)/.test(value);
}

/** The harmless part of markup, as nodes of this page. */
function cleanMarkup(html: string, isSvg: boolean): Node[] {
  if (!html.includes('<')) {
    const plain = new DOMParser().parseFromString(`<body>${html}`, 'text/html').body.textContent;
    return plain === '' ? [] : [document.createTextNode(plain)];
  }
  const fragment = purifier.sanitize(isSvg ? `<svg>${html}</svg>` : html, {
    FORBID_TAGS: forbidden,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const element of fragment.querySelectorAll('*')) cleanElement(element);
  return [...((isSvg ? fragment.querySelector('svg') : fragment)?.childNodes ?? [])];
}

function cleanElement(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (name === 'data-style') {
      element.removeAttribute(name);
      element.setAttribute('style', value);
    } else if (!isHarmless(element, name, value) || withoutAddresses(value) !== value) {
      element.removeAttribute(name);
    }
  }
}

/** Replaces the pictures that a diagram names: it has a size and never loads. */
class StandInImage {
  src = '';
  readonly naturalWidth = 64;
  readonly naturalHeight = 64;

  decode(): Promise<void> {
    return Promise.resolve();
  }
}
