import { PassThrough, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { reasonInEnglish, reasonOf, type FailureReason } from '../../shared/failure/failureReason';

/** What a decoder does with the decoded body. */
export interface DecodedBody {
  onBytes(bytes: Uint8Array): void;
  onEnd(): void;
  onError(error: unknown): void;
  /** The decoder can take more again after `write` returned false. */
  onDrain(): void;
}

/** Undoes one content encoding. */
export interface ContentDecoder {
  /** Returns false when it wants the sender to wait for `onDrain`. */
  write(bytes: Uint8Array): boolean;
  /** No more comes. What is inside still goes out, then `onEnd`. */
  end(): void;
  pause(): void;
  resume(): void;
  destroy(): void;
}

/** What a gateway may send in `Content-Encoding` and we can undo. */
type Encoding = 'gzip' | 'deflate' | 'br';

/** A content encoding that we cannot undo. */
export class ContentEncodingError extends RangeError {
  override readonly name = 'ContentEncodingError';

  readonly reason: FailureReason;

  constructor(encoding: string) {
    const reason = reasonOf('content-encoding', encoding);
    super(reasonInEnglish(reason));
    this.reason = reason;
  }
}

const encodings: Readonly<Record<string, Encoding | undefined>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
};
/** Encodings of HTTP that we cannot undo (IANA's registry, and what CDNs send). Every other word changes no byte of a body. */
const others = /^(?:x-)?(?:compress|zstd|exi|pack200-gzip|dcb|dcz|aes128gcm|lzma|xz|bzip2|snappy|lz4)$/;

/**
 * The encoding that a `Content-Encoding` header names; null for a body that is sent as it is. Servers are told to send `none` with a
 * stream, and others put a charset there: like curl and browsers, we read such a body as it comes.
 *
 * @throws ContentEncodingError for one that we cannot undo, or several on top of each other.
 */
export function readContentEncoding(header: string | undefined): Encoding | null {
  const words = (header ?? '')
    .slice(0, 200)
    .toLowerCase()
    .split(',')
    .map((word) => word.trim().replace(/^["']|["']$/g, ''));
  const [encoding, ...more] = words.flatMap((word) =>
    Object.hasOwn(encodings, word) ? [encodings[word]] : [],
  );
  if (more.length > 0 || words.some((word) => others.test(word)))
    throw new ContentEncodingError(header ?? '');
  return encoding ?? null;
}

/** Starts undoing `encoding`. Each piece is passed on as far as it can be read; a cut end is no error here. */
export function createContentDecoder(encoding: Encoding, body: DecodedBody): ContentDecoder {
  let stream: Transform | undefined;
  let paused = false;
  const open = (first: Uint8Array): Transform => {
    const opened = createStream(encoding, first);
    opened.on('data', (bytes: Uint8Array) => {
      body.onBytes(bytes);
    });
    opened.on('end', () => {
      body.onEnd();
    });
    opened.on('error', (error) => {
      body.onError(error);
    });
    opened.on('drain', () => {
      body.onDrain();
    });
    if (paused) opened.pause();
    return opened;
  };
  return {
    write(bytes) {
      if (bytes.length === 0) return true;
      stream ??= open(bytes);
      return stream.write(bytes);
    },
    end() {
      if (stream === undefined) body.onEnd();
      else stream.end();
    },
    pause() {
      paused = true;
      stream?.pause();
    },
    resume() {
      paused = false;
      stream?.resume();
    },
    destroy() {
      stream?.destroy();
    },
  };
}

function createStream(encoding: Encoding, first: Uint8Array): Transform {
  const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  switch (encoding) {
    case 'gzip':
      // Some proxies unpack the body and leave the header (RFC 1952, section 2.3.1: the first byte is 31).
      return first[0] === 0x1f ? createGunzip(flush) : new PassThrough();
    case 'deflate':
      // Some servers send the bare stream without zlib's header (RFC 1950, section 2.2: the low
      // half of the first byte is 8).
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate(flush) : createInflateRaw(flush);
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
  }
}
