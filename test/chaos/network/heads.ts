import type { RawExchange } from '../../support/rawServer';
import type { Attack } from './attack';
import { goodBody, inChunks } from './goodReply';

const ended = { question: /^(?:failed|truncated|completed) /, list: /^(?:failed|listed) / };
const refused = { question: /^failed /, list: /^failed / };
const tooLarge = { question: /^failed reply-too-large$/, list: /^failed reply-too-large$/ };
const malformed = { question: /^failed malformed-reply$/, list: /^failed malformed-reply$/ };
const good = { question: /^completed stop$/, list: /^listed 1$/ };

/** A reply of these bytes, followed by the end of the connection. */
function raw(
  name: string,
  bytes: (exchange: RawExchange) => string | Uint8Array,
  ends: Attack['ends'],
  more: Partial<Attack> = {},
): Attack {
  return {
    name,
    doors: ['question', 'list'],
    async serve(exchange) {
      await exchange.write(bytes(exchange));
      exchange.end();
    },
    ends,
    ...more,
  };
}

const ok = 'HTTP/1.1 200 OK\r\n';

/** A good body after a head with these lines. */
function head(name: string, lines: string, ends: Attack['ends'], more: Partial<Attack> = {}): Attack {
  return raw(name, (exchange) => `${ok}${lines}\r\n\r\n${goodBody(exchange)}`, ends, more);
}

/** Heads that are too large. */
const large: readonly Attack[] = [
  head('a header of 1 MB', `X-Large: ${'a'.repeat(1_000_000)}`, tooLarge),
  head('a header whose name has 1 MB', `${'a'.repeat(1_000_000)}: x`, tooLarge),
  head('100,000 headers', 'X: y\r\n'.repeat(100_000).trimEnd(), tooLarge),
  head('20,000 cookies', 'Set-Cookie: a=b\r\n'.repeat(20_000).trimEnd(), tooLarge),
  head('1 MB of Content-Type', `Content-Type: text/event-stream;${' '.repeat(1_000_000)}`, tooLarge),
  head('a request id of 15,000 characters', `X-Request-Id: ${'a'.repeat(15_000)}`, good),
  raw(
    'a reason of 1 MB',
    (exchange) => `HTTP/1.1 200 ${'O'.repeat(1e6)}\r\n\r\n${goodBody(exchange)}`,
    ended,
  ),
  raw(
    'trailers of 1 MB',
    (exchange) => {
      const body = inChunks(goodBody(exchange)).toString().slice(0, -2);
      return `${ok}Transfer-Encoding: chunked\r\n\r\n${body}X-Large: ${'a'.repeat(1e6)}\r\n\r\n`;
    },
    { question: /^completed stop$/, list: /^failed / },
  ),
  raw(
    'a chunk extension of 1 MB',
    (exchange) => {
      const chunks = inChunks(goodBody(exchange))
        .toString()
        .replace('\r\n', `;${'x'.repeat(1e6)}\r\n`);
      return `${ok}Transfer-Encoding: chunked\r\n\r\n${chunks}`;
    },
    ended,
  ),
];

/** Bytes that are not HTTP, or another version of HTTP. */
const foreign: readonly Attack[] = [
  raw('no head at all (HTTP/0.9)', goodBody, malformed),
  raw('a page without a head', () => '<html>Hello</html>', malformed),
  raw(
    'nothing',
    () => '',
    { question: /^failed connection-reset$/, list: /^failed connection-reset$/ },
    { requests: 2 },
  ),
  raw('blank lines', () => '\r\n\r\n\r\n', { question: /^failed /, list: /^failed / }, { requests: 2 }),
  raw('the words of SSH', () => 'SSH-2.0-OpenSSH_9.6\r\n', malformed),
  raw('the words of SMTP', () => '220 mail.evil.test ESMTP\r\n', malformed),
  raw('an alert of TLS', () => Buffer.from('15030300020228', 'hex'), {
    question: /^failed wrong-scheme$/,
    list: /^failed wrong-scheme$/,
  }),
  raw(
    'frames of HTTP/2',
    () => Buffer.from('00001204000000000000030000006400040000ffff000500004000', 'hex'),
    malformed,
  ),
  raw('a request', () => 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', malformed),
  raw(
    'random bytes',
    () => Buffer.from(Array.from({ length: 4_096 }, (_, at) => (at * 167 + 13) % 256)),
    malformed,
  ),
  raw('HTTP/9.9', (exchange) => `HTTP/9.9 200 OK\r\n\r\n${goodBody(exchange)}`, malformed),
  raw('http/1.1', (exchange) => `http/1.1 200 OK\r\n\r\n${goodBody(exchange)}`, good),
  raw('ICY 200 OK', (exchange) => `ICY 200 OK\r\n\r\n${goodBody(exchange)}`, ended),
  raw('a status of four digits', (exchange) => `HTTP/1.1 2000 OK\r\n\r\n${goodBody(exchange)}`, refused),
  raw('status 000', (exchange) => `HTTP/1.1 000 OK\r\n\r\n${goodBody(exchange)}`, refused),
  raw('status 999', (exchange) => `HTTP/1.1 999 OK\r\n\r\n${goodBody(exchange)}`, refused),
  raw('a negative status', (exchange) => `HTTP/1.1 -200 OK\r\n\r\n${goodBody(exchange)}`, refused),
  raw('no reason', (exchange) => `HTTP/1.1 200\r\n\r\n${goodBody(exchange)}`, good),
  raw('line feeds alone', (exchange) => `HTTP/1.1 200 OK\nX: y\n\n${goodBody(exchange)}`, ended),
  raw('carriage returns alone', (exchange) => `HTTP/1.1 200 OK\rX: y\r\r${goodBody(exchange)}`, refused),
  raw(
    'a switch of protocols',
    () => 'HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    refused,
    { requests: 2 },
  ),
  raw(
    'a protocol switch that was not requested',
    (exchange) => `${ok}Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n${goodBody(exchange)}`,
    ended,
  ),
  raw('100 Continue', (exchange) => `HTTP/1.1 100 Continue\r\n\r\n${ok}\r\n${goodBody(exchange)}`, ended, {
    requests: 2,
  }),
  raw(
    'early hints',
    (exchange) => `HTTP/1.1 103 Hints\r\nLink: </x>\r\n\r\n${ok}\r\n${goodBody(exchange)}`,
    good,
  ),
  ...[204, 205, 304].map((status) =>
    raw(
      `a body under status ${status}`,
      (exchange) => `HTTP/1.1 ${status} No\r\n\r\n${goodBody(exchange)}`,
      ended,
    ),
  ),
];

/** Invalid headers. */
const broken: readonly Attack[] = [
  head('NUL in a header', 'X: a\0b', refused),
  head('a header without a colon', 'X', refused),
  head('a header without a name', ': x', good),
  head('blanks before the colon', 'Content-Type : text/plain', good),
  head('a folded header', 'X: a\r\n b', ended),
  head('control characters in a header', 'X: \x01\x02\x03', ended),
  head('bytes that are no UTF-8', 'X-Request-Id: \xff\xfe\xc0', ended),
  head('a content type that is none', 'Content-Type: ;;;=;/', good),
  head('an unknown character set', 'Content-Type: text/event-stream; charset=x-evil', good),
  head('two content types', 'Content-Type: text/html\r\nContent-Type: application/json', good),
  head('a keep-alive of for ever', 'Keep-Alive: timeout=99999999999999999999, max=-1', ended),
  head('a Retry-After of for ever', 'Retry-After: 1e308', good),
  head(
    "names of an object's own",
    '__proto__: x\r\nconstructor: y\r\ntoString: z\r\nhasOwnProperty: a',
    good,
  ),
];

/** Wrong lengths of the body. */
const lengths: readonly Attack[] = [
  head('a body shorter than its length', 'Content-Length: 100000', {
    question: /^completed stop$/,
    list: /^failed /,
  }),
  head('a body longer than its length', 'Content-Length: 3', {
    question: /^(?:failed|truncated) /,
    list: /^failed /,
  }),
  head('a length of zero', 'Content-Length: 0', refused),
  head('a negative length', 'Content-Length: -1', refused),
  head('a length of 10^30', `Content-Length: 1${'0'.repeat(30)}`, refused),
  head('a length of 2^64', 'Content-Length: 18446744073709551616', refused),
  head('a length in hexadecimal', 'Content-Length: 0xff', refused),
  head('a length with a sign', 'Content-Length: +5', refused),
  head('two lengths', 'Content-Length: 5\r\nContent-Length: 500', refused),
  head('a list of lengths', 'Content-Length: 5, 5', refused),
  head('a length without digits', 'Content-Length: ', ended),
  raw(
    'a length and chunks',
    (exchange) =>
      `${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${inChunks(goodBody(exchange)).toString()}`,
    ended,
  ),
  raw(
    'chunks twice',
    (exchange) =>
      `${ok}Transfer-Encoding: chunked, chunked\r\n\r\n${inChunks(goodBody(exchange)).toString()}`,
    ended,
  ),
  raw(
    'chunks and something else',
    (exchange) => `${ok}Transfer-Encoding: chunked, gzip\r\n\r\n${inChunks(goodBody(exchange)).toString()}`,
    ended,
  ),
  raw(
    'an unknown transfer encoding',
    (exchange) => `${ok}Transfer-Encoding: evil\r\n\r\n${goodBody(exchange)}`,
    ended,
  ),
];

/** Invalid chunks after the first valid bytes of a body. */
const chunks: readonly Attack[] = Object.entries({
  'no size': '\r\n',
  'a size that is no number': 'xyz\r\n',
  'a negative size': '-5\r\nabcde\r\n',
  'a size of 2^64': '10000000000000000\r\n',
  'a size of a hundred digits': `${'f'.repeat(100)}\r\n`,
  'a size with a prefix': '0x5\r\nabcde\r\n',
  'a size with a blank': '5 \r\nabcde\r\n',
  'more than was said': '2\r\nabcde\r\n',
  'less than was said': 'ff\r\nabc\r\n0\r\n\r\n',
  'no end of line': '5\r\nabcde5\r\nabcde',
  'line feeds alone': '5\nabcde\n0\n\n',
  'another reply in the middle': `${ok}\r\n`,
  'the end without its blank line': '0\r\n',
  'a thousand zeros for a size': `${'0'.repeat(1_000)}\r\n`,
}).map(([name, bytes]) =>
  raw(
    `chunks with ${name}`,
    (exchange) => {
      const body = goodBody(exchange).slice(0, 12);
      return `${ok}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n${bytes}`;
    },
    refused,
  ),
);

/** Heads and framing that break the protocol, from an additional space to bytes that are not HTTP. */
export const brokenHeads: readonly Attack[] = [...large, ...foreign, ...broken, ...lengths, ...chunks];
