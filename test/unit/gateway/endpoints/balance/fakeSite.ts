import type { Gateway } from '../../../../../src/core/models/gateway';
import type { ExchangeHandler, Transport, WireRequest } from '../../../../../src/gateway/network/exchange';
import { directNetwork } from '../../../../../src/gateway/network/networkSettings';
import type { PageFetcherParts } from '../../../../../src/gateway/endpoints/balance/pageFetcher';
import { canaryKey, gatewayWith, patient } from '../../asking';

/** A page: a value that becomes JSON, a text, or a whole reply. */
export type FakePage =
  | string
  | { readonly json: unknown }
  | { readonly status: number; readonly body?: unknown; readonly location?: string };

/** A site of pages by path. It records what it was asked. Unknown paths give 404 as One API does. */
export class FakeSite implements Transport {
  readonly requests: WireRequest[] = [];

  constructor(private readonly pages: Readonly<Record<string, FakePage>>) {}

  /** The paths that were asked for, with their queries. */
  get paths(): readonly string[] {
    return this.requests.map(({ url }) => url.pathname + url.search);
  }

  /** What a request to this site needs. The key is the canary. */
  partsFor(gateway: Partial<Gateway>): PageFetcherParts {
    return {
      gateway: gatewayWith({ baseUrl: 'https://api.example.com/v1', ...gateway }),
      timeouts: patient,
      keys: { read: () => Promise.resolve(canaryKey) },
      network: () => directNetwork,
      now: () => 0,
      openTransport: () => Promise.resolve(this),
    };
  }

  exchange(request: WireRequest, handler: ExchangeHandler): ReturnType<Transport['exchange']> {
    this.requests.push(request);
    const { pathname } = request.url;
    const page = this.pages[pathname] ?? {
      status: 404,
      body: { error: { message: `Invalid URL (GET ${pathname})`, type: 'invalid_request_error' } },
    };
    queueMicrotask(() => {
      handler.onConnected();
      const { status, body, location } = wholeOf(page);
      handler.onHead({ status, headers: location === undefined ? {} : { location } });
      handler.onBytes(new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body ?? '')));
      handler.onEnd();
    });
    return { pause: () => undefined, resume: () => undefined, close: () => undefined };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

function wholeOf(page: FakePage): { status: number; body?: unknown; location?: string } {
  if (typeof page === 'string') return { status: 200, body: page };
  return 'json' in page ? { status: 200, body: page.json } : page;
}
