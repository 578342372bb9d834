import { dataUrlOf } from '../kit/dataUrlOf';

/** A picture in the form of the intent `attach-picture`. */
interface Picture {
  readonly name: string;
  /** `data:image/…;base64,…` */
  readonly url: string;
}

/** The most pixels of a picture. No model reads more. */
const longestSide = 2_048;
/** The most bytes of a picture. Gateways refuse larger ones. */
const largest = 5_000_000;
const qualities = [0.9, 0.75, 0.5];

/**
 * Reads a picture and prepares it for sending. Screenshots stay sharp and keep their transparency. Photographs are
 * encoded again, also because their files can contain the place where they were taken.
 *
 * @throws if the browser cannot read it.
 */
export async function readPicture(file: Blob, name: string): Promise<Picture> {
  // A canvas would keep only the first frame of an animation.
  if (file.type === 'image/gif' && file.size <= largest) return { name, url: await dataUrlOf(file) };
  const bitmap = await createImageBitmap(file);
  try {
    const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
    if (file.type === 'image/png' && scale === 1 && file.size <= largest)
      return { name, url: await dataUrlOf(file) };
    return { name, url: await dataUrlOf(await encode(bitmap, scale, file.type === 'image/jpeg')) };
  } finally {
    bitmap.close();
  }
}

/** The first encoding that is small enough; if there is none, a smaller picture. */
async function encode(bitmap: ImageBitmap, scale: number, isPhotograph: boolean): Promise<Blob> {
  const { canvas, transparent } = draw(bitmap, scale);
  if (!isPhotograph) {
    const exact = await canvas.convertToBlob({ type: 'image/png' });
    if (exact.size <= largest) return exact;
  }
  for (const quality of qualities) {
    const type = transparent ? 'image/webp' : 'image/jpeg';
    const smaller = await canvas.convertToBlob({ type, quality });
    if (smaller.size <= largest) return smaller;
  }
  return await encode(bitmap, scale / 2, isPhotograph);
}

function draw(bitmap: ImageBitmap, scale: number): { canvas: OffscreenCanvas; transparent: boolean } {
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The browser has no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { canvas, transparent: isTransparent(data) };
}

/** Red, green, blue and alpha of each pixel. */
function isTransparent(pixels: Uint8ClampedArray): boolean {
  for (let at = 3; at < pixels.length; at += 4) {
    if (pixels[at] !== 255) return true;
  }
  return false;
}
