import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Log } from '../../core/ports/log';
import type { NetworkSettings } from './networkSettings';

/** Options for `tls.connect`; without `secureContext`, Node's own authorities are trusted. */
export interface TrustOptions {
  /** Always given: without it Node asks the environment variable NODE_TLS_REJECT_UNAUTHORIZED. */
  readonly rejectUnauthorized: boolean;
  readonly secureContext?: SecureContext;
}

/**
 * Whom to trust, as options for `tls.connect`. Reading the system's certificates takes up to a tenth
 * of a second, so this is called with the first connection that needs it. Switching verification off
 * is the user's doing, and the log tells it each time.
 */
export function trustOptions(
  { strictTls, systemCertificates }: Pick<NetworkSettings, 'strictTls' | 'systemCertificates'>,
  log: Log,
): TrustOptions {
  if (!strictTls) {
    log.warn(
      'Certificates are not verified, because http.proxyStrictSSL is off: whoever stands between can read the key.',
    );
    return { rejectUnauthorized: false };
  }
  // Without a list of authorities Node uses its own, which is 'default'.
  const ownAuthorities = { rejectUnauthorized: true };
  if (!systemCertificates) return ownAuthorities;
  try {
    // One context for all connections: reading some hundred certificates for each would take 15 ms.
    const ca = [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
    return { rejectUnauthorized: true, secureContext: createSecureContext({ ca }) };
  } catch (error) {
    log.warn(`The system's certificates cannot be read, Node's own are used: ${String(error)}`);
    return ownAuthorities;
  }
}
