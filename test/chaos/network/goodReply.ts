import type { RawExchange } from '../../support/rawServer';
import { delta, done, finish } from '../../unit/gateway/replies';

/** The body of a good reply to the request: a short answer, or a list of one model. */
export function goodBody({ head }: Pick<RawExchange, 'head'>): string {
  return head.startsWith('POST')
    ? delta('Hi') + finish() + done
    : '{"object":"list","data":[{"id":"some-model"}]}';
}

/** A body in HTTP chunks of at most `size` bytes, with the last chunk. */
export function inChunks(body: string | Uint8Array, size = Infinity): Buffer {
  const bytes = Buffer.from(body);
  const pieces: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += size) {
    const piece = bytes.subarray(start, start + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}
