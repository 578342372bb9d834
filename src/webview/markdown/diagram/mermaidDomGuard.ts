import createDOMPurify from 'dompurify';
import { withoutAddresses } from './withoutAddresses';

/** A picture of more elements than this would hold up the page for seconds. */
const mostElements = 15_000;

const svgNamespace = 'http://www.w3.org/2000/svg';
/** Attributes whose address is fetched or opened. */
const addressed: ReadonlySet<string> = new Set(
  'href xlink:href src srcset data poster action formaction background'.split(' '),
);
/** Elements that fetch, run or ask; labels do without them. */
const forbidden =
  'img image picture source video audio track iframe object embed link style script form input button textarea select use feimage base meta'.split(
    ' ',
  );

/** A tag as far as its first `>`, or a name with a value, wherever it stands. */
const tagOrValue = /<[a-z][^>]*|(?<![\w-])(?:style|on\w+)\s*=/gi;
/** Attributes that the page's policy refuses. */
const refused = /(?<![\w-])(?:style|on[a-z]+)(?![\w-])/gi;

const purifier = createDOMPurify(window);

/**
 * While it lives, a library may build a picture in the page from anybody's words: none of them fetches, links or runs anything, and
 * nothing is built against the content security policy, which has nothing to report then.
 *
 * Inline styles take the ways that the policy leaves open to scripts: a `style` attribute becomes the element's `style` object, and
 * the text of a `style` element a constructed sheet. Markup is cleaned before it comes into the page, addresses are left out, and
 * beyond a number of elements the library is stopped. Other work of the page meanwhile notices nothing: what it
 * builds has no such addresses and is no SVG.
 */
export class MermaidDomGuard {
  /** What the last `style` element said. */
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

  /** Opens the page again as it was. */
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
        // Parsed `style` and `on…` attributes would be against the page's policy, even where nothing is shown.
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

  /** Stands for a `style` element, which even when it is empty would be against the policy. */
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

  /** Puts something in the place of a method or a class for as long as this lives. */
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

/** A text, or what DOMPurify makes of one to say that it can be trusted. */
interface Markup {
  toString(): string;
}

/** The page's own links and pictures may be made meanwhile: a link is not fetched, and their pictures are data. */
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

/** Stands for a picture that a diagram names: it has a size, and is never fetched. */
class StandInImage {
  src = '';
  readonly naturalWidth = 64;
  readonly naturalHeight = 64;

  decode(): Promise<void> {
    return Promise.resolve();
  }
}
