import { reasonInEnglish, type FailureReason } from '../../shared/failure/failureReason';

/**
 * Why a connection through a proxy failed:
 * - `PROXY_UNREACHABLE`: there is no connection to the proxy; the cause says why.
 * - `PROXY_AUTHENTICATION`: the proxy requires a name and a password (407).
 * - `PROXY_FAILED`: the proxy could not reach the gateway; a later attempt may succeed.
 * - `PROXY_REFUSED`: the proxy does not allow this gateway, or Parley does not support the proxy.
 */
type ProxyErrorCode = 'PROXY_UNREACHABLE' | 'PROXY_AUTHENTICATION' | 'PROXY_FAILED' | 'PROXY_REFUSED';

/** A connection through a proxy failed. Contains neither the name nor the password of the proxy. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly reason?: FailureReason;

  constructor(
    readonly code: ProxyErrorCode,
    /** Host and port of the proxy. */
    readonly proxyHost: string,
    /** The message of the system, or a reason that Parley can translate. */
    what: string | FailureReason,
    options?: ErrorOptions,
  ) {
    super(typeof what === 'string' ? what : reasonInEnglish(what), options);
    if (typeof what !== 'string') this.reason = what;
  }
}

/** The facts of a proxy error. */
type ProxyTrouble = Pick<ProxyError, 'code' | 'proxyHost'>;

/** `error` if it is a `ProxyError`. `instanceof` does not work here: the transport is a separate bundle with its own class. */
export function asProxyTrouble(error: unknown): ProxyTrouble | undefined {
  return error instanceof Error && error.name === 'ProxyError' ? (error as Error & ProxyTrouble) : undefined;
}
