/**
 * While it lives, what a library writes as inline styles takes the ways that a strict content security policy
 * leaves open to scripts: a `style` attribute becomes the element's `style` object, and the text of a `style`
 * element a constructed sheet. The policy itself stays as it is.
 */
export class StyleDetour {
  /** What the last `style` element said. */
  css = '';
  private readonly sheet = new CSSStyleSheet();
  private readonly setAttribute = Object.getOwnPropertyDescriptor(Element.prototype, 'setAttribute');

  constructor() {
    const original = this.setAttribute;
    if (original === undefined) throw new TypeError('Element.prototype has no setAttribute.');
    const write = original.value as (this: Element, name: string, value: string) => void;
    Object.defineProperty(Element.prototype, 'setAttribute', {
      ...original,
      value: function setAttribute(this: Element, name: string, value: string): void {
        const isStyle = name === 'style' && (this instanceof SVGElement || this instanceof HTMLElement);
        if (isStyle) this.style.cssText = value;
        else write.call(this, name, value);
      },
    });
    document.adoptedStyleSheets.push(this.sheet);
    const create = Reflect.get(document, 'createElement') as (name: string, options: unknown) => HTMLElement;
    Object.defineProperty(document, 'createElement', {
      configurable: true,
      value: (name: string, options?: ElementCreationOptions) =>
        name === 'style' ? this.createStandIn() : create.call(document, name, options),
    });
  }

  dispose(): void {
    if (this.setAttribute) Object.defineProperty(Element.prototype, 'setAttribute', this.setAttribute);
    Reflect.deleteProperty(document, 'createElement');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
  }

  /** Stands for a `style` element, which even when it is empty would be against the policy. */
  private createStandIn(): HTMLElement {
    const standIn = document.createElement('template');
    Object.defineProperty(standIn, 'innerHTML', {
      set: (css: string) => {
        this.css = css;
        this.sheet.replaceSync(css);
      },
    });
    return standIn;
  }
}
