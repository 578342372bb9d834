import { promisify } from 'node:util';
import { constants, createBrotliCompress, createDeflateRaw, gzipSync, type Zlib } from 'node:zlib';
import type { Transform } from 'node:stream';
import { delta, reply } from '../../unit/gateway/replies';
import { goodBody } from './goodReply';
import { extent } from '../support/extent';
import type { Attack } from './attack';

/** The decompressed size of one repetition of a bomb, in bytes. */
const blockSize = 16_000_000;
/** The decompressed size of a whole bomb, in bytes. */
const unfolded = 10e9;

/** Compressed bytes that begin a body, and compressed bytes that may follow any number of times. */
interface Bomb {
  readonly first: Buffer;
  readonly again: Buffer;
}

/** Compresses `block` twice, without references from the second block to the first. */
async function lay(stream: Transform & Zlib, flush: number, block: Buffer): Promise<Bomb> {
  const pieces: Buffer[] = [];
  stream.on('data', (bytes: Buffer) => pieces.push(bytes));
  const write = promisify((bytes: Buffer, callback: () => void) => {
    stream.write(bytes, () => {
      stream.flush(flush, callback);
    });
  });
  await write(block);
  const first = Buffer.concat(pieces.splice(0));
  await write(block);
  const again = Buffer.concat(pieces);
  stream.destroy();
  return { first, again };
}

const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
const zlibHead = Buffer.from([0x78, 0x9c]);

/** The bomb in each encoding that Parley decodes. */
async function layAll(block: Buffer): Promise<Readonly<Record<string, Bomb>>> {
  const raw = await lay(createDeflateRaw({ level: 9 }), constants.Z_FULL_FLUSH, block);
  const brotli = await lay(
    createBrotliCompress({
      params: { [constants.BROTLI_PARAM_QUALITY]: 2, [constants.BROTLI_PARAM_LGWIN]: 16 },
    }),
    constants.BROTLI_OPERATION_FLUSH,
    block,
  );
  return {
    gzip: { ...raw, first: Buffer.concat([gzipHead, raw.first]) },
    deflate: { ...raw, first: Buffer.concat([zlibHead, raw.first]) },
    br: brotli,
  };
}

/** The content of the bombs, by name. The short form has only zeros, and only in replies with a success status. */
const contents: Readonly<Record<string, Buffer>> = {
  zeros: Buffer.alloc(blockSize),
};
const moreContents: Readonly<Record<string, Buffer>> = {
  blanks: Buffer.alloc(blockSize, ' '),
  words: Buffer.from(delta('word '.repeat(2_000)).repeat(blockSize / 10_000)),
  comments: Buffer.from(': ping\n\n'.repeat(blockSize / 8)),
};

/** A body that decompresses to ten gigabytes. */
function bomb(content: string, encoding: string, { first, again }: Bomb, status: string): Attack {
  const isError = !status.startsWith('2');
  return {
    name: `10 GB of ${content} in ${encoding}${isError ? ', in an error' : ''}`,
    doors: ['question', 'list', 'medium'],
    async serve(exchange, { supply }) {
      const headers = [`Content-Encoding: ${encoding}`, 'Content-Type: image/png'];
      await exchange.write(reply(first, { status, headers }));
      await supply.flood(exchange, again, (unfolded / blockSize) * again.length);
      exchange.end();
    },
    ends: isError
      ? {
          question: /^failed (?:bad-request|server-error)$/,
          list: /^failed (?:bad-request|server-error)$/,
          medium: /^nothing$/,
        }
      : {
          question: /^(?:failed|truncated) reply-too-large$/,
          list: /^failed reply-too-large$/,
          medium: /^nothing$/,
        },
    requests: 4,
  };
}

/** A good reply with a wrong name of its encoding. */
function misnamed(encoding: string, pack: (body: Buffer) => Buffer, ends: Attack['ends']): Attack {
  return {
    name: `a body said to be ${encoding.slice(0, 20)}`,
    doors: ['question', 'list'],
    async serve(exchange) {
      await exchange.write(
        reply(pack(Buffer.from(goodBody(exchange))), { headers: [`Content-Encoding: ${encoding}`] }),
      );
      exchange.end();
    },
    ends,
  };
}

const unread: Attack['ends'] = { question: /^failed malformed-reply$/, list: /^failed malformed-reply$/ };
const read: Attack['ends'] = { question: /^completed stop$/, list: /^listed 1$/ };

/** Content encodings that do not match the body. A body without an encoding is read if its first bytes show that. */
const wrong: readonly Attack[] = [
  ...Object.entries({
    'gzip, gzip': (body: Buffer) => gzipSync(gzipSync(body)),
    'gzip, br, deflate': (body: Buffer) => body,
    zstd: (body: Buffer) => body,
    compress: (body: Buffer) => body,
    deflate: (body: Buffer) => body,
    br: (body: Buffer) => body,
    'x-gzip': (body: Buffer) => gzipSync(body).fill(0xff, 12),
  }).map(([encoding, pack]) => misnamed(encoding, pack, unread)),
  ...['gzip', 'gzip;q=1', 'x'.repeat(10_000)].map((encoding) => misnamed(encoding, (body) => body, read)),
];

/** An endless series of complete archives, because a gzip file may contain several. */
const members: Attack = {
  name: 'gzip after gzip after gzip',
  doors: ['question', 'list', 'medium'],
  async serve(exchange, { supply }) {
    await exchange.write(reply('', { headers: ['Content-Encoding: gzip', 'Content-Type: image/png'] }));
    await supply.flood(exchange, gzipSync(' '.repeat(1_000_000)), 1e9);
  },
  ends: { question: /^failed reply-too-large$/, list: /^failed reply-too-large$/, medium: /^nothing$/ },
};

/** Bodies that decompress to ten gigabytes, and wrong names of encodings. */
export async function layBombs(): Promise<readonly Attack[]> {
  const laid = await Promise.all(
    Object.entries(extent(contents, { ...contents, ...moreContents })).map(async ([content, block]) => {
      const bombs = Object.entries(await layAll(block));
      return extent(['200 OK', '503 No'], ['200 OK', '400 No', '503 No']).flatMap((status) =>
        bombs.map(([encoding, one]) => bomb(content, encoding, one, status)),
      );
    }),
  );
  return [...laid.flat(), members, ...wrong];
}
