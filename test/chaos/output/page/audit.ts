/** Elements that run, fetch, frame or submit; none of them is ever part of what a model says. */
const acting = new Set(
  'script iframe frame frameset object embed applet link meta base form style template portal fencedframe foreignobject use image animate animatemotion animatetransform set discard handler listener area map source track param slot dialog-x'.split(
    ' ',
  ),
);

/** Attributes that hold an address which is fetched or opened. */
const addressed = new Set(
  'src srcset href xlink:href action formaction data poster background cite ping longdesc usemap manifest codebase classid profile lowsrc dynsrc icon'.split(
    ' ',
  ),
);

/** What stood in the page before the first hostile word came. */
export interface Baseline {
  readonly elements: ReadonlySet<Element>;
  readonly ids: ReadonlySet<string>;
}

/** Takes what is in the page now for harmless. */
export function takeBaseline(): Baseline {
  const elements = new Set(document.querySelectorAll('*'));
  return { elements, ids: new Set([...elements].map(({ id }) => id)) };
}

/** Where a diagram is being drawn, out of sight; it goes away with all ids in it. */
const stage = 'body > div[aria-hidden="true"][style*="-10000px"]';

/** What of a hostile text is in the page that could act later: elements, attributes, names. */
export function audit(baseline: Baseline): string[] {
  const found: string[] = [];
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot !== null) roots.push(element.shadowRoot);
      if (!baseline.elements.has(element) && element.id !== '__________cytoscape_stylesheet')
        found.push(...traces(element, root === document && element.closest(stage) === null, baseline));
    }
  }
  if (Object.keys(Object.prototype).length > 0 || 'polluted' in {}) found.push('a prototype was changed');
  return found;
}

function traces(element: Element, isInPage: boolean, baseline: Baseline): string[] {
  const name = element.localName.toLowerCase();
  const found: string[] = [];
  const isLinkOfPicture = name === 'a' && element instanceof SVGElement;
  // An empty template is a place in which markup is cleaned.
  const isInert = element instanceof HTMLTemplateElement && element.content.childNodes.length === 0;
  if ((acting.has(name) && !isInert) || isLinkOfPicture)
    found.push(`<${name}>: ${element.outerHTML.slice(0, 200)}`);
  for (const { name: attribute, value } of element.attributes) {
    const isWrong =
      attribute.startsWith('on') ||
      attribute === 'srcdoc' ||
      (attribute === 'style' && /url\((?!["']?#)|image-set|expression/i.test(value)) ||
      (addressed.has(attribute) && !isHarmlessAddress(name, attribute, value)) ||
      (attribute === 'name' && isInPage && name !== 'details') ||
      (attribute === 'id' &&
        isInPage &&
        !baseline.ids.has(value) &&
        !/^(?:alternatives-.*|waiting-.*|P\d+-\d+)$/.test(value));
    if (isWrong) found.push(`${attribute} of <${name}>: ${value.slice(0, 200)}`);
  }
  return found;
}

function isHarmlessAddress(element: string, attribute: string, value: string): boolean {
  if (attribute === 'href' && element === 'a')
    return value === '#' || /^(?:https?:\/\/|mailto:)/i.test(value);
  if (attribute === 'href' || attribute === 'xlink:href') return value.startsWith('#');
  return attribute === 'src' && ['img', 'audio', 'video'].includes(element) && value.startsWith('data:');
}
