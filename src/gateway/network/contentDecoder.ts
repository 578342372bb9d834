import { PassThrough, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { reasonInEnglish, reasonOf, type FailureReason } from '../../shared/failure/failureReason';

/** The callbacks of a decoder. */
interface DecodedBody {
  onBytes(bytes: Uint8Array): void;
  onEnd(): void;
  onError(error: unknown): void;
  /** The decoder accepts more bytes, after `write` returned false. */
  onDrain(): void;
}

/** Decodes one content encoding. */
export interface ContentDecoder {
  /** Returns false if the caller must wait for `onDrain`. */
  write(bytes: Uint8Array): boolean;
  /** Ends the body. The decoder passes on the remaining bytes and then calls `onEnd`. */
  end(): void;
  pause(): void;
  resume(): void;
  destroy(): void;
}

/** The content encodings that Parley can decode. */
type Encoding = 'gzip' | 'deflate' | 'br';

/** A reply has a content encoding that Parley cannot decode. */
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
/**
 * Encodings that Parley cannot decode. Sources: IANA's "HTTP Content Coding Registry", and what CDNs send. Any other word is
 * not an encoding.
 */
const others = /^(?:x-)?(?:compress|zstd|exi|pack200-gzip|dcb|dcz|aes128gcm|lzma|xz|bzip2|snappy|lz4)$/;

/**
 * Reads the header `Content-Encoding` (RFC 9110, section 8.4). Null if the body has no encoding. Some servers send `none` or a
 * charset there; like curl and browsers, Parley then reads the body unchanged.
 *
 * @throws `ContentEncodingError` for an encoding that Parley cannot decode, and for several encodings at once.
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

/** Makes a decoder that passes on each byte as soon as it can be decoded. A truncated body is not an error of the decoder. */
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
      // Some proxies decode the body but keep the header. RFC 1952, section 2.3.1: the first byte of gzip is 31.
      return first[0] === 0x1f ? createGunzip(flush) : new PassThrough();
    case 'deflate':
      // Some servers send deflate without the zlib header. RFC 1950, section 2.2: the low half of its first byte is 8.
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate(flush) : createInflateRaw(flush);
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
  }
}
