import type { Socket } from 'node:net';
import { ChunkFraming } from './chunkFraming';
import { wantsTls } from './wantsTls';

/** The longest head, in bytes. undici gets the same limit. */
export const longestHead = 131_072;

/** `read` of a socket. Node calls it with the socket as `this`. */
type ReadMethod = (this: Socket, size?: number) => Buffer | null;

/** True for the alert that a TLS server sends to a client without TLS (RFC 8446, sections 5.1 and 6). */
function isTlsAlert([type, major, minor = 9]: Buffer): boolean {
  return type === 0x15 && major === 3 && minor <= 4;
}

/**
 * Lets undici read the faulty replies that curl and browsers read. The parser of undici rejects a head that breaks a rule of
 * RFC 9112, although the gateway has already done the work and charged for it, and it has no option for that. So the head of
 * each reply passes through `repairHead`, and a chunked body through `ChunkFraming`, before the parser gets them.
 *
 * This replaces `read` and `write` of this one socket, because undici reads with `read` and writes a request with `write`. If a
 * later version of undici reads in another way, it gets the heads unchanged, and `lenientHead.test.ts` fails.
 */
export function repairHeads(socket: Socket): void {
  // The method of the class, so that a socket without repairs calls it directly.
  const plainRead: ReadMethod = Reflect.get(socket, 'read');
  const read = (size?: number): Buffer | null => plainRead.call(socket, size);
  const write = socket.write.bind(socket);
  let held: Buffer | undefined;
  const readHead = (size?: number): Buffer | null => {
    // Node calls `read(0)` only to fetch more bytes.
    if (size !== undefined) return read(size);
    const bytes = read();
    if (bytes === null) return null;
    const received = held === undefined ? bytes : Buffer.concat([held, bytes]);
    held = undefined;
    if (isTlsAlert(received)) {
      socket.destroy(Object.assign(new Error('the server wants TLS'), { code: wantsTls }));
      return null;
    }
    const end = endOfHead(received);
    if (end === undefined && mayBecomeHead(received)) {
      held = received;
      return null;
    }
    if (end === undefined) {
      socket.read = plainRead;
      return received;
    }
    const head = received.toString('latin1', 0, end);
    const rest = received.subarray(end);
    const repairedHead = repairHead(head);
    const repaired = repairedHead === head ? received.subarray(0, end) : Buffer.from(repairedHead, 'latin1');
    if (/^HTTP\/\d\.\d +1\d\d\b/i.test(head)) {
      // After a head such as `100 Continue`, another head follows.
      if (rest.length > 0) socket.unshift(rest);
      return repaired.length > 0 ? repaired : (socket.read() as Buffer | null);
    }
    if (!isChunkedHead(head)) {
      socket.read = plainRead;
      return repairedHead === head ? received : Buffer.concat([repaired, rest]);
    }
    const framing = new ChunkFraming();
    const body = framing.repair(rest);
    socket.read = framing.isOver ? plainRead : bodyReader(socket, plainRead, framing);
    const isUnchanged = repairedHead === head && framing.isOver && body.length === rest.length;
    return isUnchanged ? received : Buffer.concat([repaired, body]);
  };
  socket.read = readHead;
  socket.write = (...parameters: unknown[]): boolean => {
    // A reply begins after its request is written, so the next bytes are a head.
    socket.read = readHead;
    return Reflect.apply(write, socket, parameters) as boolean;
  };
}

/** Makes a `read` that repairs a chunked body. It removes itself when nothing needs repair, because a body may take thousands of reads. */
function bodyReader(
  socket: Socket,
  plainRead: ReadMethod,
  framing: ChunkFraming,
): (size?: number) => Buffer | null {
  return (size) => {
    const bytes = plainRead.call(socket, size);
    if (size !== undefined || bytes === null) return bytes;
    const repaired = framing.repair(bytes);
    if (framing.isOver) socket.read = plainRead;
    // For undici and for Node, null means that no bytes have arrived yet; an empty buffer does not.
    return repaired.length === 0 ? null : repaired;
  };
}

function isChunkedHead(head: string): boolean {
  return /\ntransfer-encoding[ \t]*:[^\n]*chunked[ \t]*\r?\n/i.test(head);
}

/** The index after the empty line at the end of a head; undefined if the head is incomplete. */
function endOfHead(bytes: Buffer): number | undefined {
  const strict = bytes.indexOf('\n\r\n', 0, 'latin1');
  const short = bytes.indexOf('\n\n', 0, 'latin1');
  if (short !== -1 && (strict === -1 || short < strict)) return short + 2;
  return strict === -1 ? undefined : strict + 3;
}

function mayBecomeHead(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 5).toUpperCase();
  return bytes.length <= longestHead && 'HTTP/'.startsWith(start);
}

const strictHead =
  /^HTTP\/1\.[01] \d{3}(?: [^\r\n]*)?\r\n(?:[!#$%&'*+.^_`|~\w-]+:[\t\x20-\x7e\x80-\uffff]*\r\n)*\r\n$/;

/**
 * Corrects a head of a reply that breaks RFC 9112 but is not ambiguous. Returns a valid head unchanged.
 * - Removes `Content-Length` next to `Transfer-Encoding: chunked` (section 6.3: chunked wins), and repetitions of the same
 *   length.
 * - Corrects lines that end with LF only, folded lines, and spaces before a colon or between the parts of the status line.
 * - Removes control characters in a value, and lines without a valid name.
 *
 * Returns '' for `100 Continue`, because undici closes the connection otherwise. Keeps two different lengths, because the end of
 * such a reply is uncertain. Adds `Connection: close` if the framing was repaired.
 *
 * @param head The head with the empty line at its end; each byte is one character.
 */
export function repairHead(head: string): string {
  // Most heads, without the regular expressions below.
  const mayNeedRepair = /^.{9}100|\ncontent-length/i.test(head);
  if (!mayNeedRepair && strictHead.test(head)) return head;
  const lengths = head.match(/\ncontent-length[ \t]*:[^\n]*/gi) ?? [];
  const isChunked = isChunkedHead(head);
  const isContinue = /^HTTP\/\d\.\d +100\b/i.test(head);
  const hasOneLength = lengths.every((line) => /:[ \t]*\d+[ \t]*\r?$/.test(line)) && lengths.length < 2;
  if (!isContinue && hasOneLength && !(isChunked && lengths.length > 0) && strictHead.test(head)) return head;
  if (isContinue) return '';
  const [statusLine = '', ...lines] = head
    .replace(/\r?\n[ \t]+(?=[^\r\n \t])/g, ' ')
    .split(/\r?\n/)
    .slice(0, -2);
  const status = /^http\/(1\.[01]) +(\d{3})(?: +(.*))?$/i.exec(statusLine);
  // Like curl: a line without a colon is not a header, and a head with a NUL is not accepted.
  if (status === null || head.includes('\0') || !lines.every((line) => line.includes(':'))) return head;
  const headers = lines.flatMap((line): [string, string][] => {
    const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+)[ \t]*:(.*)$/.exec(line) ?? [];
    return name === '' ? [] : [[name, value.replace(/[^\P{Cc}\t\u0080-\u009f]+/gu, '').trim()]];
  });
  const told = headers.flatMap(([name, value]) =>
    name.toLowerCase() === 'content-length'
      ? value.split(',').map((length) => length.trim().replace(/^\+/, ''))
      : [],
  );
  const isClear = isChunked || new Set(told).size < 2;
  const isRepaired = isClear && (told.length > 1 || (isChunked && told.length > 0));
  const kept = headers.filter(([name]) => {
    const lowered = name.toLowerCase();
    return !(isClear && lowered === 'content-length') && !(isRepaired && lowered === 'connection');
  });
  const [length = ''] = told;
  if (isClear && !isChunked && length !== '') kept.push(['Content-Length', length]);
  if (isRepaired) kept.push(['Connection', 'close']);
  const written = kept.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/${status[1]} ${status[2]} ${(status[3] ?? '').trim()}\r\n${written}\r\n`;
}
