import { encodePng } from './encodePng';
import type { MaskDrawing } from './maskDrawing';

/** How many pixels are drawn at once. */
const mostPixels = 2 ** 21;
/** The bytes of a pixel as a number; all machines that run VS Code store its lowest byte first. */
const painted = 0x00ffffff;
const kept = 0xff000000;

/**
 * The mask as a PNG in the size of the picture, for OpenAI's `/images/edits`: the painted part is transparent, the rest is opaque. No
 * pixel is in between. The painted part is white and the rest black, for gateways that only look at colours.
 */
export async function writeMask(drawing: MaskDrawing): Promise<Blob> {
  const { width, height } = drawing;
  const most = Math.max(1, Math.floor(mostPixels / width));
  const context = new OffscreenCanvas(width, Math.min(most, height)).getContext('2d', {
    willReadFrequently: true,
  });
  if (context === null) throw new Error('The mask cannot be drawn.');
  return await encodePng(width, height, (top) => {
    const rows = Math.min(most, height - top);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, rows);
    context.setTransform(1, 0, 0, 1, 0, -top);
    drawing.draw(context, '#000');
    const { data } = context.getImageData(0, 0, width, rows);
    const pixels = new Uint32Array(data.buffer);
    for (let at = 0; at < pixels.length; at += 1)
      pixels[at] = (pixels[at] ?? 0) >>> 24 >= 128 ? painted : kept;
    return new Uint8Array(pixels.buffer);
  });
}

/** Side of the small copy that is counted, in pixels. */
const countedSide = 256;

/** The share of the picture that is painted, from 0 to 1. 0 only if nothing is painted. */
export function paintedShare(drawing: MaskDrawing): number {
  const canvas = new OffscreenCanvas(countedSide, countedSide);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return 0;
  context.setTransform(countedSide / drawing.width, 0, 0, countedSide / drawing.height, 0, 0);
  drawing.draw(context, '#000');
  const { data } = context.getImageData(0, 0, countedSide, countedSide);
  let sum = 0;
  for (let at = 3; at < data.length; at += 4) sum += data[at] ?? 0;
  return sum / 255 / countedSide ** 2;
}
