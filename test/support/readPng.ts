import { inflateSync } from 'node:zlib';

/** A PNG with 8 bits for each of red, green, blue and alpha, whose rows have no filter. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of a pixel. */
  readonly at: (x: number, y: number) => readonly number[];
}

/**
 * Reads a PNG as `encodePng` writes it.
 *
 * @param png A file, or a `data:` URL.
 * @throws if it is something else.
 */
export function readPng(png: string | Uint8Array): Pixels {
  const file =
    typeof png === 'string' ? Buffer.from(png.slice(png.indexOf(',') + 1), 'base64') : Buffer.from(png);
  if (file.toString('latin1', 1, 4) !== 'PNG') throw new Error('This is no PNG.');
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  if (file[24] !== 8 || file[25] !== 6) throw new Error('The pixels are not 8-bit RGBA.');
  const data: Buffer[] = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const rows = inflateSync(Buffer.concat(data));
  const stride = width * 4 + 1;
  if (rows.length !== stride * height) throw new Error('Rows are missing.');
  return {
    width,
    height,
    at: (x, y) => {
      if (rows[y * stride] !== 0) throw new Error('A row has a filter.');
      return [...rows.subarray(y * stride + 1 + x * 4, y * stride + 5 + x * 4)];
    },
  };
}
