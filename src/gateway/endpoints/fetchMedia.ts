import { ByteCollector } from '../network/byteCollector';
import type { ExchangeHandler, ReplyHead, Transport } from '../network/exchange';

/** A picture, a sound or a video as it came. */
export interface FetchedMedia {
  /** `image/…`, `audio/…` or `video/…`, in lower case, without parameters. */
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** How much is taken, and how long it may take. */
export interface MediaLimits {
  /** In bytes. */
  readonly size: number;
  /** Until something comes, and then until the next piece, in milliseconds. */
  readonly silence: number;
  /** All in all, in milliseconds: a drop now and then is no picture. */
  readonly whole: number;
}

/** A panel that is given more would stand still for too long. */
const usualLimits: MediaLimits = { size: 64_000_000, silence: 30_000, whole: 600_000 };

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
  limits = usualLimits,
): Promise<FetchedMedia | undefined> {
  const reply = await fetchBytes(url, transport, limits);
  if (typeof reply !== 'string') return reply;
  onProblem(reply);
  return undefined;
}

/** What came, or why nothing did. */
function fetchBytes(url: URL, transport: Transport, limits: MediaLimits): Promise<FetchedMedia | string> {
  return new Promise((resolve) => {
    let mimeType: string | undefined;
    const body = new ByteCollector(limits.size);
    let timer: NodeJS.Timeout | undefined;
    const settle = (result: FetchedMedia | string): void => {
      clearTimeout(timer);
      clearTimeout(wholeTimer);
      resolve(result);
      exchange.close();
    };
    const waitAnew = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        settle('nothing came for too long');
      }, limits.silence);
    };
    const wholeTimer = setTimeout(() => {
      settle('it took too long');
    }, limits.whole);
    const handler: ExchangeHandler = {
      onConnected: waitAnew,
      onHead: (head) => {
        mimeType = mimeTypeOf(head);
        if (isMedium(head)) waitAnew();
        else settle(`HTTP ${head.status}, ${mimeType}`);
      },
      onBytes: (bytes) => {
        if (body.add(bytes)) waitAnew();
        else settle('too large');
      },
      onEnd: () => {
        settle(mimeType === undefined ? 'no answer' : { mimeType, bytes: body.bytes });
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

function isMedium(head: ReplyHead): boolean {
  return head.status === 200 && /^(?:image|audio|video)\/[\w.+-]+$/.test(mimeTypeOf(head));
}

function mimeTypeOf({ headers }: ReplyHead): string {
  return (headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase();
}
