import createDOMPurify from 'dompurify';
import mermaid from 'mermaid';
import { diagramSize, withoutBlankLines } from './diagramSize';
import { diagramTheme } from './diagramTheme';
import type { DiagramTheme } from './diagramTheme';
import { MermaidDomGuard } from './mermaidDomGuard';
import { centreLabels, makeLabelsReadable } from './makeLabelsReadable';
import { withoutAddresses } from './withoutAddresses';

/** A drawn diagram. */
export interface DrawnDiagram {
  /** For its own shadow root, so that its styles and ids do not affect others. */
  readonly svg: SVGElement;
  readonly styles: CSSStyleSheet;
  /** The title that its author gave; '' for none. */
  readonly name: string;
  /** The same as a `data:` URL, on the theme's background, for display as a separate picture. */
  readonly url: () => string;
}

const purifier = createDOMPurify(window);
let count = 0;
let previous: Promise<unknown> = Promise.resolve();

/**
 * Draws a Mermaid diagram in the theme's colours. Rejects if the source is invalid. Diagrams are drawn one after
 * another.
 */
export async function drawDiagram(source: string): Promise<DrawnDiagram> {
  const drawn = previous.then(() => draw(source));
  previous = drawn.catch(() => undefined);
  return await drawn;
}

async function draw(source: string): Promise<DrawnDiagram> {
  if (diagramSize(source) === 'too large') throw new RangeError('The diagram is too large to be drawn here.');
  const { background } = configure();
  const stage = createStage();
  const built = captureBuilt(stage);
  const quarantine = new MermaidDomGuard();
  try {
    count += 1;
    // Mermaid would draw formulas as HTML, which is removed from the picture, so formulas stay TeX.
    const plain = withoutBlankLines(source).replaceAll('$$', '$');
    await mermaid.render(`diagram-${String(count)}`, plain, stage);
    const svg = built.element?.querySelector('svg');
    if (!svg) throw new Error('The diagram has no picture.');
    // Mermaid has removed it from the page, but positions and colours exist only there.
    stage.replaceChildren(svg);
    if (svg instanceof SVGGraphicsElement) centreLabels(svg);
    makeLabelsReadable(svg, background);
    return adopt(svg, quarantine.css, background);
  } finally {
    built.observer.disconnect();
    quarantine.dispose();
    stage.remove();
  }
}

/**
 * Returns the element in which Mermaid builds the picture. Mermaid would return markup, and the policy would refuse its
 * styles when it is parsed again; the nodes need no parsing.
 */
function captureBuilt(stage: HTMLElement): { element?: Element; readonly observer: MutationObserver } {
  const built: { element?: Element; readonly observer: MutationObserver } = {
    observer: new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (!(node instanceof HTMLDivElement)) continue;
        built.element = node;
        Object.defineProperty(node, 'innerHTML', { get: () => '' });
      }
    }),
  };
  built.observer.observe(stage, { childList: true });
  return built;
}

function configure(): DiagramTheme {
  const theme = diagramTheme();
  const { fontFamily, ...themeVariables } = theme;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    htmlLabels: false,
    theme: 'base',
    themeVariables: { ...themeVariables, fontFamily },
    fontFamily,
    maxTextSize: 20_000,
    maxEdges: 300,
    logLevel: 'fatal',
    // Directives in a diagram must not change the options that keep it harmless.
    secure: [
      'secure',
      'securityLevel',
      'startOnLoad',
      'maxTextSize',
      'maxEdges',
      'htmlLabels',
      'themeCSS',
      'fontFamily',
      'suppressErrorRendering',
      'dompurifyConfig',
    ],
  });
  return theme;
}

/** The element in which Mermaid builds: in the page, because Mermaid measures text, but not visible. */
function createStage(): HTMLElement {
  const stage = document.createElement('div');
  stage.setAttribute('aria-hidden', 'true');
  Object.assign(stage.style, {
    position: 'fixed',
    top: '0',
    left: '-10000px',
    width: '800px',
    visibility: 'hidden',
    fontSize: '14px',
  });
  document.body.append(stage);
  return stage;
}

/** Removes everything from a picture that could run, link or load. */
function adopt(svg: SVGElement, css: string, background: string): DrawnDiagram {
  purifier.sanitize(svg, {
    USE_PROFILES: { svg: true, svgFilters: true },
    FORBID_TAGS: ['a', 'image', 'foreignObject', 'use', 'script', 'style'],
    IN_PLACE: true,
  });
  for (const element of [svg, ...svg.querySelectorAll<SVGElement>('*')]) removeAddresses(element);
  const name = svg.querySelector(':scope > title')?.textContent ?? '';
  // The element around it has the role and the name.
  svg.setAttribute('aria-hidden', 'true');
  const styles = new CSSStyleSheet();
  const harmless = withoutAddresses(css);
  styles.replaceSync(harmless);
  fit(svg);
  return { svg, styles, name, url: () => addressOf(svg, harmless, background) };
}

/** An SVG in an `img` element can neither run nor load anything, and has its own styles. */
function addressOf(svg: SVGElement, css: string, background: string): string {
  const copy = svg.cloneNode(true) as SVGElement;
  const style = document.createElementNS(svg.namespaceURI, 'style');
  style.textContent = css;
  copy.prepend(style);
  const [, , width = '', height = ''] = svg.getAttribute('viewBox')?.split(/[\s,]+/) ?? [];
  copy.setAttribute('width', width);
  copy.setAttribute('height', height);
  copy.style.cssText = `background: ${background}`;
  return `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
}

function removeAddresses(element: SVGElement): void {
  for (const { name, value } of [...element.attributes]) {
    const harmless = withoutAddresses(value);
    if (harmless === value) continue;
    // The page's policy refuses `style` attributes, but allows styles that a script sets.
    if (name === 'style') element.style.cssText = harmless;
    else element.removeAttribute(name);
  }
}

/** The drawn width, or that of a narrower panel: the enlarged diagram can be read. */
function fit(svg: SVGElement): void {
  const width = Number(svg.getAttribute('viewBox')?.split(/[\s,]+/)[2]);
  svg.removeAttribute('height');
  if (!Number.isFinite(width) || width <= 0) return;
  svg.setAttribute('width', String(width));
  Object.assign(svg.style, {
    display: 'block',
    margin: '0 auto',
    maxWidth: '100%',
    height: 'auto',
    background: 'none',
  });
}
