import { gzipSync } from 'node:zlib';

/** An event of a stream with this value. */
export function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** A chunk with this text. */
export function delta(content: unknown, more: object = {}): string {
  return event({ choices: [{ index: 0, delta: { content }, finish_reason: null, ...more }] });
}

/** A chunk with a finish reason and no text. */
export function finish(reason: unknown = 'stop'): string {
  return event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
}

export const done = 'data: [DONE]\n\n';

/** An HTTP reply without a length, whose body ends with the connection. */
export function reply(
  body: string | Uint8Array,
  { status = '200 OK', headers = ['Content-Type: text/event-stream'] } = {},
): Uint8Array {
  const head = [`HTTP/1.1 ${status}`, ...headers, 'Connection: close', '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

/** A reply with a gzipped body. */
export function gzipped(body: string): Uint8Array {
  return reply(gzipSync(body), { headers: ['Content-Encoding: gzip'] });
}
