import type { ReplyHead, Transport } from '../network/exchange';
import { fetchWhole } from '../network/fetchWhole';

/** A picture, a sound or a video. */
export interface FetchedMedia {
  /** `image/…`, `audio/…` or `video/…`, in lower case, without parameters. */
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** Limits of `fetchMedia`. */
interface MediaLimits {
  /** In bytes. */
  readonly size: number;
  /** Until the connection is open, and then until the next part of the reply; in milliseconds. */
  readonly silence: number;
  /** For the whole reply, in milliseconds: a server could send single bytes without end. */
  readonly whole: number;
}

/** A larger medium would block the panel for too long. */
const usualLimits: MediaLimits = { size: 64_000_000, silence: 30_000, whole: 600_000 };

/**
 * Downloads a medium of an answer with one GET without key, cookie or referrer. Follows no redirect, because the user
 * allowed only this host. Never rejects.
 *
 * @param onProblem Called with the reason if the result is undefined.
 * @returns undefined if the reply is not a medium, is too large, or fails.
 */
export async function fetchMedia(
  url: URL,
  transport: Transport,
  onProblem: (problem: string) => void,
  { size, silence, whole }: MediaLimits = usualLimits,
): Promise<FetchedMedia | undefined> {
  const request = { method: 'GET' as const, url, headers: { accept: 'image/*, audio/*, video/*' } };
  const timeouts = { connect: silence, silence, whole };
  const reply = await fetchWhole(transport, request, timeouts, (head) => (isMedium(head) ? size : 0));
  switch (reply.kind) {
    case 'timeout':
      onProblem(reply.limit === 'whole' ? 'it took too long' : 'no data for too long');
      return undefined;
    case 'error':
      onProblem(textOf(reply.error));
      return undefined;
    case 'reply': {
      const { head, bytes, isCut } = reply;
      const mimeType = mimeTypeOf(head);
      if (!isCut) return { mimeType, bytes };
      onProblem(isMedium(head) ? 'too large' : `HTTP ${head.status}, ${mimeType}`);
      return undefined;
    }
  }
}

function textOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return error === undefined ? 'no reply' : JSON.stringify(error);
}

function isMedium(head: ReplyHead): boolean {
  return head.status === 200 && /^(?:image|audio|video)\/[\w.+-]+$/.test(mimeTypeOf(head));
}

function mimeTypeOf({ headers }: ReplyHead): string {
  return (headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase();
}
