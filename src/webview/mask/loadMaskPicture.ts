import { jpegOrientation } from './jpegOrientation';
import { MaskDrawing } from './maskDrawing';

/** The most pixels of a picture that can have a mask: 8192 × 8192. Larger ones take too much memory to paint on. */
const mostPixels = 8_192 ** 2;
const jpegQuality = 0.95;
/** How much of a JPEG is read for its orientation, in characters of base64; a multiple of 4. */
const readForOrientation = 340_000;

/** A picture that can be painted on. */
export interface MaskPicture {
  readonly drawing: MaskDrawing;
  /** The picture as it is shown. */
  readonly image: HTMLImageElement;
  /**
   * True if the rows of the file are not those of the shown picture. Gateways read the file as it is, so the mask would not fit.
   */
  readonly isTurned: boolean;
}

/** Why a picture cannot be painted on. */
export type MaskProblem = 'unreadable' | 'too-large';

/**
 * Reads a picture and its mask.
 *
 * @param url A `data:` URL.
 * @param mask A `data:` URL; undefined for none. A mask in another size than the picture is ignored.
 */
export async function loadMaskPicture(
  url: string,
  mask: string | undefined,
): Promise<MaskPicture | MaskProblem> {
  const [image, earlier] = await Promise.all([decoded(url), mask === undefined ? undefined : decoded(mask)]);
  if (image === undefined) return 'unreadable';
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width * height > mostPixels) return 'too-large';
  const fits = earlier?.naturalWidth === width && earlier.naturalHeight === height;
  return {
    drawing: new MaskDrawing(width, height, fits ? earlier : null),
    image,
    isTurned: isTurned(url),
  };
}

/** The picture as it is shown, as a JPEG whose rows are those of the shown picture. */
export async function uprightPicture({ image, drawing: { width, height } }: MaskPicture): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The picture cannot be drawn.');
  context.drawImage(image, 0, 0);
  return await canvas.convertToBlob({ type: 'image/jpeg', quality: jpegQuality });
}

async function decoded(url: string): Promise<HTMLImageElement | undefined> {
  const image = new Image();
  image.src = url;
  // The stage around it has the name.
  image.alt = '';
  try {
    await image.decode();
  } catch {
    // The browser does not say why.
    return undefined;
  }
  // A drawing in SVG may have no size of its own.
  return image.naturalWidth > 0 && image.naturalHeight > 0 ? image : undefined;
}

function isTurned(url: string): boolean {
  const head = 'data:image/jpeg;base64,';
  if (!url.startsWith(head)) return false;
  const text = atob(url.slice(head.length, head.length + readForOrientation));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return jpegOrientation(bytes.buffer) !== 1;
}
