import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Log } from '../../core/ports/log';
import type { NetworkSettings } from './networkSettings';

/** Options for `tls.connect`. Without `secureContext`, Node trusts its own certificate authorities. */
export interface TrustOptions {
  /** Always set, because Node otherwise reads the environment variable NODE_TLS_REJECT_UNAUTHORIZED. */
  readonly rejectUnauthorized: boolean;
  readonly secureContext?: SecureContext;
}

/**
 * Makes the options for `tls.connect` from the user's settings. Reading the system's certificates takes up to 100 ms, so this
 * is called only with the first connection that needs it. Logs a warning if the user has switched verification off.
 */
export function trustOptions(
  { strictTls, systemCertificates }: Pick<NetworkSettings, 'strictTls' | 'systemCertificates'>,
  log: Log,
): TrustOptions {
  if (!strictTls) {
    log.warn(
      'Certificates are not verified, because http.proxyStrictSSL is off: an attacker on the network can read the key.',
    );
    return { rejectUnauthorized: false };
  }
  // Without a list of authorities Node uses its own list, 'default'.
  const ownAuthorities = { rejectUnauthorized: true };
  if (!systemCertificates) return ownAuthorities;
  try {
    // One context for all connections, because reading a hundred certificates takes 15 ms.
    const ca = [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
    return { rejectUnauthorized: true, secureContext: createSecureContext({ ca }) };
  } catch (error) {
    log.warn(`The system's certificates cannot be read, so Node's own are used: ${String(error)}`);
    return ownAuthorities;
  }
}
