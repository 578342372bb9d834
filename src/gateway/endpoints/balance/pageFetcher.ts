import { shownAddress, type Gateway } from '../../../core/models/gateway';
import type { Timeouts } from '../../../core/models/route';
import type { KeyStore } from '../../../core/ports/keyStore';
import type { Failure } from '../../../shared/failure/failure';
import { failureOf, failureOfReplyError, failureOfStatus } from '../../failures/failureOf';
import { findReplyError } from '../../failures/findReplyError';
import { parseReply } from '../../json/parseReply';
import type { Transport } from '../../network/exchange';
import type { NetworkSettings } from '../../network/networkSettings';
import { fetchText, isSuccess } from '../fetchText';
import { prepareModelsRequest } from '../prepareChatRequest';
import { fieldsOf } from './amountIn';

/** What a `PageFetcher` needs. */
export interface PageFetcherParts {
  readonly gateway: Gateway;
  readonly timeouts: Timeouts;
  readonly keys: KeyStore;
  readonly network: () => NetworkSettings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly openTransport: () => Promise<Transport>;
}

/** A page of the gateway. */
export type Page =
  /** Parsed JSON without an error. */
  | { readonly kind: 'json'; readonly value: unknown; readonly failure: Failure }
  /** The gateway has no such page, or shows a web page there. `failure` is that of a request for this page alone. */
  | { readonly kind: 'absent'; readonly failure: Failure }
  /** `stops` is true if other pages would fail in the same way. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly stops: boolean };

/** The largest page in bytes. A balance is much smaller. */
const largestPage = 1_000_000;

/** The statuses of gateways for an unknown path. New API redirects some paths to the same path with a slash. */
const absentStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308, 404, 405, 410, 501]);

/**
 * Gets pages of one gateway with its key. All pages are on the gateway's own origin: a path only replaces the path of the base URL.
 * Redirects are not followed.
 */
export class PageFetcher {
  /** The pages of this fetcher, by path. */
  private readonly pages = new Map<string, Promise<Page>>();

  constructor(private readonly parts: PageFetcherParts) {}

  /** Gets a page below the base URL, which usually ends in `/v1`. */
  below(path: string): Promise<Page> {
    return this.get((base) => base + path);
  }

  /** Gets a page below the address of the site: the base URL without `/v1`. */
  ofSite(path: string): Promise<Page> {
    return this.get((base) => base.replace(/\/v1$/, '') + path);
  }

  /** Gets a page by its whole path, with a query. See `isBalancePath`. */
  ofOrigin(path: string): Promise<Page> {
    return this.get(() => path);
  }

  /** Gets each page once. Never rejects. */
  private get(pathFrom: (base: string) => string): Promise<Page> {
    const key = pathFrom('/v1');
    let page = this.pages.get(key);
    if (page === undefined) {
      page = this.fetch(pathFrom).catch((error: unknown): Page => {
        const { gateway } = this.parts;
        const call = { gateway, url: shownAddress(gateway.baseUrl), secrets: [] };
        return {
          kind: 'failed',
          failure: failureOf(call, 'unexpected', { detail: String(error) }),
          stops: true,
        };
      });
      this.pages.set(key, page);
    }
    return page;
  }

  private async fetch(pathFrom: (base: string) => string): Promise<Page> {
    const { gateway, timeouts, keys, network, now, openTransport } = this.parts;
    const prepared = await prepareModelsRequest(gateway, keys, network());
    if (prepared.failure !== undefined) return { kind: 'failed', failure: prepared.failure, stops: true };
    const { request } = prepared;
    const url = withPath(request.url, pathFrom(request.url.pathname.replace(/\/models$/, '')));
    const call = { ...prepared.call, url: shownAddress(url.href) };
    // The key belongs to this origin alone.
    if (url.origin !== request.url.origin)
      return { kind: 'failed', failure: failureOf(call, 'invalid-url'), stops: true };
    const reply = await fetchText(
      await openTransport(),
      { call, request: { ...request, url } },
      timeouts,
      largestPage,
    );
    if ('kind' in reply) return { kind: 'failed', failure: reply, stops: true };
    const { head, text } = reply;
    const { status } = head;
    if (!isSuccess(head)) {
      const failure = failureOfStatus(call, head, text, now());
      if (absentStatuses.has(status)) return { kind: 'absent', failure };
      return { kind: 'failed', failure, stops: status === 429 };
    }
    const value = parseReply(text);
    if (value === undefined) {
      // A site shows its web page for every path that it does not know.
      const isPage = text.trimStart().startsWith('<');
      const kind = isPage ? 'not-an-api' : text.trim() === '' ? 'empty-reply' : 'malformed-reply';
      return { kind: 'absent', failure: failureOf(call, kind, { status, detail: isPage ? '' : text }) };
    }
    const error = hasError(value) ? findReplyError(value) : undefined;
    if (error !== undefined)
      return { kind: 'failed', failure: failureOfReplyError(call, error, head), stops: false };
    return { kind: 'json', value, failure: failureOf(call, 'malformed-reply', { status, detail: text }) };
  }
}

/** The base URL's query may be a key, so it stays. */
function withPath(base: URL, path: string): URL {
  const [pathname = '', query] = path.split(/\?([^]*)/);
  const url = new URL(base);
  url.pathname = pathname;
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.append(name, value);
  return url;
}

/** True for a reply that reports an error although its status is a success. New API writes `code: true` for a success. */
function hasError(value: unknown): boolean {
  const { error, success, code } = fieldsOf(value);
  if (success === false || code === false) return true;
  if (error !== undefined && error !== null && error !== '' && error !== false) return true;
  const number = Number(code);
  return typeof code !== 'boolean' && Number.isInteger(number) && number >= 400 && number < 600;
}
