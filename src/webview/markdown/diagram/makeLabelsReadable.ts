/** Red, green and blue from 0 to 255. */
type Colour = readonly [number, number, number];

interface Shape {
  readonly box: DOMRect;
  readonly colour: string;
}

/** Text with less contrast to its background gets another colour (WCAG requires 4.5 for small text). */
const leastContrast = 4.5;

/**
 * Gives each text of a diagram a colour that can be read on the shape behind it. A diagram can set the fill of its
 * shapes (`style A fill:#f9f`) or take one from a scale, while the colour of the text comes from the theme.
 *
 * @param svg A picture in the page with its styles, because positions and computed colours are needed.
 * @param background The colour behind the picture, as `#rrggbb`.
 */
export function makeLabelsReadable(svg: SVGElement, background: string): void {
  const shapes: Shape[] = [];
  const changes: [element: SVGElement, colour: string][] = [];
  for (const element of svg.querySelectorAll<SVGElement>(
    'rect, polygon, circle, ellipse, path, tspan, text',
  )) {
    if (element.closest('defs, marker') !== null) continue;
    if (element instanceof SVGTextContentElement) {
      if (element.querySelector('tspan') !== null) continue;
      const colour = readableColour(element, shapes, background);
      if (colour !== undefined) changes.push([element, colour]);
    } else addShape(shapes, element);
  }
  for (const [element, colour] of changes) element.style.setProperty('fill', colour, 'important');
}

/**
 * Moves the label of a circle to its middle. Mermaid measures labels as HTML; without HTML, they begin in the middle of
 * the circle.
 */
export function centreLabels(svg: SVGGraphicsElement): void {
  const scale = svg.getScreenCTM()?.a ?? 1;
  for (const circle of svg.querySelectorAll('.node > circle')) {
    const label = circle.parentElement?.querySelector<SVGElement>(':scope > .label');
    const text = label?.querySelector('text');
    if (!label || !text) continue;
    const [shape, words] = [circle.getBoundingClientRect(), text.getBoundingClientRect()];
    const x = (shape.x + shape.width / 2 - words.x - words.width / 2) / scale;
    if (Math.abs(x) < 2 || words.width > shape.width * 1.5) continue;
    label.setAttribute('transform', `translate(${String(x)}, 0) ${label.getAttribute('transform') ?? ''}`);
  }
}

function addShape(shapes: Shape[], element: SVGElement): void {
  const { fill, fillOpacity, opacity } = getComputedStyle(element);
  if (fill === 'none' || Number(fillOpacity) * Number(opacity) < 0.5) return;
  const box = element.getBoundingClientRect();
  if (box.width > 0 && box.height > 0) shapes.push({ box, colour: fill });
}

function readableColour(
  text: SVGTextContentElement,
  shapes: readonly Shape[],
  background: string,
): string | undefined {
  if (text.textContent.trim() === '') return undefined;
  const box = text.getBoundingClientRect();
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const isBehind = ({ box: { left, right, top, bottom } }: Shape): boolean =>
    left <= x && x <= right && top <= y && y <= bottom;
  const behind = channelsOf(shapes.findLast(isBehind)?.colour ?? background) ?? channelsOf(background);
  const colour = channelsOf(getComputedStyle(text).fill);
  if (behind === undefined || colour === undefined || contrast(colour, behind) >= leastContrast)
    return undefined;
  return contrast([0, 0, 0], behind) > contrast([255, 255, 255], behind) ? '#000000' : '#ffffff';
}

/** The channels of a computed colour; undefined for a gradient. */
function channelsOf(colour: string): Colour | undefined {
  if (colour.startsWith('#')) {
    const value = Number.parseInt(colour.slice(1, 7), 16);
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  }
  const [red, green, blue] = colour.startsWith('rgb') ? (colour.match(/[\d.]+/g) ?? []).map(Number) : [];
  return red === undefined || green === undefined || blue === undefined ? undefined : [red, green, blue];
}

/** The contrast of two colours according to WCAG 2, from 1 to 21. */
function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
