import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** More pixels than any picture model makes. */
const mostPixels = 8_192 ** 2;
const bytesPerPixel = 4;

/**
 * Turns a mask in OpenAI's form, where transparent pixels are to be changed, into Midjourney's: white is changed, black is kept.
 * Undefined if it is not a PNG with 8-bit RGBA that is not interlaced, as a canvas writes it.
 *
 * @param url A `data:` URL.
 */
export function maskForMidjourney(url: string): string | undefined {
  const png = Buffer.from(url.startsWith('data:image/png;base64,') ? url.slice(22) : '', 'base64');
  const mask = readAlpha(png);
  return mask === undefined ? undefined : `data:image/png;base64,${writeMask(mask).toString('base64')}`;
}

interface AlphaMask {
  readonly width: number;
  readonly height: number;
  /** One byte for each pixel, row by row. */
  readonly alpha: Uint8Array;
}

function readAlpha(png: Buffer): AlphaMask | undefined {
  if (png.length < 33 || !png.subarray(0, 8).equals(signature)) return undefined;
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const isRgba = png[24] === 8 && png[25] === 6 && png[28] === 0;
  if (!isRgba || width === 0 || height === 0 || width * height > mostPixels) return undefined;
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const stride = width * bytesPerPixel;
  try {
    const rows = inflateSync(Buffer.concat(data), { maxOutputLength: (stride + 1) * height });
    return rows.length === (stride + 1) * height
      ? { width, height, alpha: alphaOf(rows, width, height) }
      : undefined;
  } catch {
    // A damaged mask is no mask.
    return undefined;
  }
}

/** Undoes the filters (PNG, section 9) and keeps the alpha of each pixel. Changes `rows`. */
function alphaOf(rows: Buffer, width: number, height: number): Uint8Array {
  const stride = width * bytesPerPixel;
  const alpha = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1) + 1;
    const filter = rows[start - 1] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x < bytesPerPixel ? 0 : (rows[start + x - bytesPerPixel] ?? 0);
      const up = y === 0 ? 0 : (rows[start + x - stride - 1] ?? 0);
      const upLeft = x < bytesPerPixel || y === 0 ? 0 : (rows[start + x - stride - 1 - bytesPerPixel] ?? 0);
      rows[start + x] = ((rows[start + x] ?? 0) + predicted(filter, left, up, upLeft)) & 0xff;
    }
    for (let x = 0; x < width; x += 1) alpha[y * width + x] = rows[start + x * bytesPerPixel + 3] ?? 0;
  }
  return alpha;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - upLeft;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
      return a <= b && a <= c ? left : b <= c ? up : upLeft;
    }
    default:
      return 0;
  }
}

/** A grey PNG: white where the alpha is less than half. */
function writeMask({ width, height, alpha }: AlphaMask): Buffer {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows[y * (width + 1) + 1 + x] = (alpha[y * width + x] ?? 0) < 128 ? 255 : 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
