import { reasonInEnglish, type FailureReason } from '../../shared/failure/failureReason';

/**
 * What went wrong between Parley and a proxy:
 * - `PROXY_UNREACHABLE`: no connection; the cause says why.
 * - `PROXY_AUTHENTICATION`: it wants a name and a password (407).
 * - `PROXY_FAILED`: it could not reach the gateway; a later try may succeed.
 * - `PROXY_REFUSED`: it does not lead to this gateway, or is none that Parley can speak to.
 */
export type ProxyErrorCode = 'PROXY_UNREACHABLE' | 'PROXY_AUTHENTICATION' | 'PROXY_FAILED' | 'PROXY_REFUSED';

/** An error of the way to a proxy. Holds neither name nor password. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly reason?: FailureReason;

  constructor(
    readonly code: ProxyErrorCode,
    /** Host and port of the proxy. */
    readonly proxyHost: string,
    /** The system's words, or Parley's own. */
    what: string | FailureReason,
    options?: ErrorOptions,
  ) {
    super(typeof what === 'string' ? what : reasonInEnglish(what), options);
    if (typeof what !== 'string') this.reason = what;
  }
}

/** What a proxy error tells. */
export type ProxyTrouble = Pick<ProxyError, 'code' | 'proxyHost'>;

/** A proxy error as such. The transport is a bundle of its own, with a class of its own: `instanceof` would miss it. */
export function asProxyTrouble(error: unknown): ProxyTrouble | undefined {
  return error instanceof Error && error.name === 'ProxyError' ? (error as Error & ProxyTrouble) : undefined;
}
