import type { ExchangeHandler, ReplyHead, Transport } from './exchange';

/** A picture, a sound or a video as it came. */
export interface FetchedMedia {
  /** `image/…`, `audio/…` or `video/…`, in lower case, without parameters. */
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** A panel that is given more than this, in bytes, would stand still for too long. */
const largest = 64_000_000;

/** How long to wait until something comes, and then for each next piece, in milliseconds. */
const longestSilence = 30_000;

/**
 * Gets a medium from where an answer says that it is: one GET without key, cookie or referrer. No
 * redirect is followed, because the user allowed this one host.
 *
 * @returns What came; undefined when that is no medium, too large, or did not come. `onProblem` is told why.
 */
export async function fetchMedia(
  url: URL,
  transport: Transport,
  onProblem: (problem: string) => void,
): Promise<FetchedMedia | undefined> {
  const reply = await fetchBytes(url, transport);
  if (typeof reply === 'string') {
    onProblem(reply);
    return undefined;
  }
  const { head, bytes } = reply;
  const mimeType = (head.headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase();
  if (head.status === 200 && /^(?:image|audio|video)\/[\w.+-]+$/.test(mimeType)) return { mimeType, bytes };
  onProblem(`HTTP ${head.status}, ${mimeType}`);
  return undefined;
}

/** The whole body, or why it could not be had. */
function fetchBytes(
  url: URL,
  transport: Transport,
): Promise<{ readonly head: ReplyHead; readonly bytes: Uint8Array } | string> {
  return new Promise((resolve) => {
    let head: ReplyHead | undefined;
    let length = 0;
    const pieces: Uint8Array[] = [];
    let timer: NodeJS.Timeout | undefined;
    const settle = (result: { head: ReplyHead; bytes: Uint8Array } | string): void => {
      clearTimeout(timer);
      resolve(result);
      exchange.close();
    };
    const waitAnew = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        settle('nothing came for too long');
      }, longestSilence);
    };
    const handler: ExchangeHandler = {
      onConnected: waitAnew,
      onHead: (received) => {
        head = received;
        waitAnew();
      },
      onBytes: (bytes) => {
        length += bytes.length;
        if (length > largest) {
          settle('too large');
          return;
        }
        pieces.push(bytes);
        waitAnew();
      },
      onEnd: () => {
        settle(head === undefined ? 'no answer' : { head, bytes: Buffer.concat(pieces) });
      },
      onError: (error) => {
        settle(error instanceof Error ? error.message : String(error));
      },
    };
    waitAnew();
    const headers = { accept: 'image/*, audio/*, video/*' };
    const exchange = transport.exchange({ method: 'GET', url, headers }, handler);
  });
}
