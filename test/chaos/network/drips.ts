import { delta, reply } from '../../unit/gateway/replies';
import { extent, isLong } from '../support/extent';
import type { Attack } from './attack';

/** The time between two pieces, in milliseconds. */
const pause = extent(10, 1_000);
/** The time limits that must end the drip, in seconds. */
const timeouts = extent({ firstToken: 0.3, idle: 0.3 }, { firstToken: 8, idle: 8 });

const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;
const gzip = ['Content-Encoding: gzip'];
const late = { question: /^failed first-token-timeout$/, list: /^failed first-token-timeout$/ };

/** Sends `first` at once, `slowly` byte by byte, and then `again`, or the last byte, for ever. */
function drip(
  name: string,
  first: string | Uint8Array,
  slowly: string | Uint8Array,
  { again, ...more }: Partial<Attack> & { readonly again?: Uint8Array } = {},
): Attack {
  const bytes = Buffer.from(slowly);
  return {
    name: `a drip of ${name}`,
    doors: ['question', 'list'],
    async serve(exchange, { supply }) {
      await exchange.write(first);
      for (const byte of again === undefined ? bytes.subarray(0, -1) : bytes) {
        await exchange.write(Buffer.of(byte));
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
      await supply.drip(exchange, again ?? bytes.subarray(-1), pause);
    },
    ends: late,
    timeouts,
    ...more,
  };
}

const dripped: readonly Attack[] = [
  drip('the head', '', 'HTTP/1.1 200 OK\r\nX-Slow: aaaa'),
  drip('the reason', '', 'HTTP/1.1 200 OOOO'),
  drip('headers', ok, 'X: y\r\nX'),
  drip('the size of a chunk', chunked, '0000000'),
  drip('an extension of a chunk', chunked, '5;a=bbb'),
  drip('blanks', reply(''), '   '),
  drip('comments', reply(''), ': ping\n\n:'),
  drip('an event', reply(''), 'data: {"choices":[{"delta":{"content":"Hellooooo'),
  drip('lines of an event', reply(''), 'data:\ndata:\ndata:', {
    // An incomplete event may be the last text of a gateway.
    ends: {
      question: /^failed (?:first-token-timeout|gateway-error)$/,
      list: /^failed first-token-timeout$/,
    },
  }),
  drip('a whole reply', reply(''), '{"choices":[{"message":{"content":"Hellooooo'),
  drip('a list', reply(''), '{"data":[{"id":"aaaaaaaaaaa'),
  drip('a byte order mark', reply(''), '\uFEFF\uFEFF'),
  drip('half of a character', reply(''), Buffer.from('f09f98', 'hex')),
  drip("a file's name in gzip", reply('', { headers: gzip }), Buffer.from('1f8b08080000000000036161', 'hex')),
  // An empty block without compression: five bytes that decompress to nothing.
  drip(
    'gzip that unfolds to nothing',
    reply('', { headers: gzip }),
    Buffer.from('1f8b0800000000000003', 'hex'),
    {
      again: Buffer.from('000000ffff', 'hex'),
    },
  ),
  drip('an event after some text', reply(delta('Hi')), 'data: {"choices":[{"delta":{"content":"Hellooooo', {
    doors: ['question'],
    ends: { question: /^truncated idle-timeout$/ },
  }),
  drip('trailers', `${chunked}0\r\n`, 'X: aaaa'),
];

/** The limit for reading an error, which does not depend on the user's limits: ten seconds. */
const refusals: readonly Attack[] = [400, 500].map((status) =>
  drip(`an error (${status})`, reply('', { status: `${status} No` }), '{"error":{"message":"nooooo', {
    doors: ['question'],
    ends: { question: /^failed (?:bad-request|server-error)$/ },
    requests: 4,
  }),
);

/** Gateways that send single bytes slowly. The time limits count the progress of the answer, not bytes. */
export const drips: readonly Attack[] = isLong ? [...dripped, ...refusals] : dripped;
