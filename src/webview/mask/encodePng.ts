const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const bytesPerPixel = 4;
/** How much data a chunk has at least, but for the last one; in bytes. */
const usualChunk = 65_536;

/**
 * Encodes a PNG (PNG, third edition) with 8 bits for each of red, green, blue and alpha. Several rows at a time come from `rowsAt`, so
 * that the whole picture is never in memory.
 *
 * @param rowsAt The pixels of the rows from `top` on, row by row, 4 bytes each, at most up to the last row; at least one row.
 */
export async function encodePng(
  width: number,
  height: number,
  rowsAt: (top: number) => Uint8Array<ArrayBuffer>,
): Promise<Blob> {
  const stride = width * bytesPerPixel;
  const packing = new CompressionStream('deflate');
  const chunks = readChunks(packing.readable);
  const writer = packing.writable.getWriter();
  for (let top = 0; top < height;) {
    const pixels = rowsAt(top);
    const rows = pixels.length / stride;
    // Each row begins with the number of its filter; 0 means no filter.
    const filtered = new Uint8Array(rows * (stride + 1));
    for (let row = 0; row < rows; row += 1)
      filtered.set(pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
    await writer.write(filtered);
    top += rows;
  }
  await writer.close();
  const header = new Uint8Array(13);
  const numbers = new DataView(header.buffer);
  numbers.setUint32(0, width);
  numbers.setUint32(4, height);
  header.set([8, 6], 8);
  return new Blob(
    [signature, ...chunk('IHDR', header), ...(await chunks), ...chunk('IEND', new Uint8Array(0))],
    { type: 'image/png' },
  );
}

/** The compressed data as chunks `IDAT`. */
async function readChunks(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const flush = (): void => {
    if (size > 0) chunks.push(...chunk('IDAT', joined(waiting, size)));
    waiting = [];
    size = 0;
  };
  for (;;) {
    const { value } = await reader.read();
    if (value === undefined) break;
    waiting.push(value);
    size += value.length;
    if (size >= usualChunk) flush();
  }
  flush();
  return chunks;
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The length, the type with the data, and the checksum of both. */
function chunk(type: string, data: Uint8Array): readonly Uint8Array<ArrayBuffer>[] {
  const typed = new Uint8Array(4 + data.length);
  for (let at = 0; at < 4; at += 1) typed[at] = type.charCodeAt(at);
  typed.set(data, 4);
  return [bigEndian(data.length), typed, bigEndian(checksum(typed))];
}

function bigEndian(number: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/** CRC-32 of each byte (PNG, annex D). */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1)
    remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (remainders[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
