import type { Socket } from 'node:net';
import { ChunkFraming } from './chunkFraming';
import { wantsTls } from './wantsTls';

/** More than this is no head, in bytes. undici has the same limit. */
export const longestHead = 131_072;

/** What a server of TLS sends to a client that does not begin with TLS: an alert of TLS 1.x (RFC 8446, sections 5.1 and 6). */
function isTlsAlert([type, major, minor = 9]: Buffer): boolean {
  return type === 0x15 && major === 3 && minor <= 4;
}

/**
 * Lets undici read what curl and browsers read. undici's parser refuses a head that breaks a rule of RFC 9112, after the
 * gateway has done the work and counted its cost; there is no option for that. So the first bytes after a request go through
 * `repairHead` on their way from the socket to the parser, and a chunked body through `ChunkFraming`.
 *
 * It replaces `read` and `write` of this one socket, since undici reads with the former and writes a request with the latter.
 * When undici comes to read in another way, heads go to it as they came, and `lenientHead.test.ts` notices.
 */
export function repairHeads(socket: Socket): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  const write = socket.write.bind(socket);
  let held: Buffer | undefined;
  const readHead = (size?: number): Buffer | null => {
    // Node itself reads nothing (`read(0)`) to have more fetched.
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
      socket.read = read;
      return received;
    }
    const head = received.toString('latin1', 0, end);
    const rest = received.subarray(end);
    const repaired = Buffer.from(repairHead(head), 'latin1');
    if (/^HTTP\/\d\.\d +1\d\d\b/i.test(head)) {
      // What follows a head like `100 Continue` may be the beginning of the next one.
      if (rest.length > 0) socket.unshift(rest);
      return repaired.length > 0 ? repaired : (socket.read() as Buffer | null);
    }
    if (!isChunkedHead(head)) {
      socket.read = read;
      return Buffer.concat([repaired, rest]);
    }
    const framing = new ChunkFraming();
    const body = framing.repair(rest);
    socket.read = framing.isOver ? read : bodyReader(socket, read, framing);
    return Buffer.concat([repaired, body]);
  };
  socket.read = readHead;
  socket.write = (...parameters: unknown[]): boolean => {
    // A request is written whole before its reply begins: the next bytes are a head.
    socket.read = readHead;
    return Reflect.apply(write, socket, parameters) as boolean;
  };
}

/** Reads a chunked body through `framing`, until there is nothing to repair: a body may take thousands of reads. */
function bodyReader(
  socket: Socket,
  read: (size?: number) => Buffer | null,
  framing: ChunkFraming,
): (size?: number) => Buffer | null {
  return (size) => {
    if (size !== undefined) return read(size);
    const bytes = read();
    if (bytes === null) return null;
    const repaired = framing.repair(bytes);
    if (framing.isOver) socket.read = read;
    // Nothing is no bytes: to undici's loop, as to Node, null says that no more has come yet.
    return repaired.length === 0 ? null : repaired;
  };
}

function isChunkedHead(head: string): boolean {
  return /\ntransfer-encoding[ \t]*:[^\n]*chunked[ \t]*\r?\n/i.test(head);
}

/** The place after the empty line that ends a head; undefined while it has not come. */
function endOfHead(bytes: Buffer): number | undefined {
  const ends = ['\n\r\n', '\n\n'].map((end) => [bytes.indexOf(end, 0, 'latin1'), end.length] as const);
  const [first] = ends.filter(([at]) => at >= 0).toSorted(([left], [right]) => left - right);
  return first === undefined ? undefined : first[0] + first[1];
}

function mayBecomeHead(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 5).toUpperCase();
  return bytes.length <= longestHead && 'HTTP/'.startsWith(start);
}

const strictHead =
  /^HTTP\/1\.[01] \d{3}(?: [^\r\n]*)?\r\n(?:[!#$%&'*+.^_`|~\w-]+:[\t\x20-\x7e\x80-\uffff]*\r\n)*\r\n$/;

/**
 * A head of a reply as RFC 9112 wants it, made of one that breaks it in a way that leaves no doubt:
 * - `Content-Length` beside `Transfer-Encoding: chunked` goes (section 6.3: chunked wins), as do repetitions of the same length;
 * - lines that end with LF alone, blanks before a colon or between the parts of the status line, and folded lines are written
 *   properly; control characters in a value go, and so do lines without a proper name.
 *
 * `100 Continue`, for which undici closes the connection, becomes nothing. Two lengths that differ stay: what such a reply
 * holds is not certain. A connection whose framing was repaired is not used again.
 *
 * @param head With the empty line at its end, each byte as one character.
 */
export function repairHead(head: string): string {
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
  // As curl does: what has no colon is no header, and nothing good holds a NUL.
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
