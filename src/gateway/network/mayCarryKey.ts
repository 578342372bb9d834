import { isLoopback } from './isLoopback';

/**
 * Whether a key may be sent to this address: over TLS, on loopback where nobody can read along, or
 * where the user lets it go in clear text. A private network is not loopback.
 */
export function mayCarryKey(
  url: Pick<URL, 'protocol' | 'hostname' | 'origin'>,
  clearTextOrigins: readonly string[],
): boolean {
  return url.protocol === 'https:' || isLoopback(url.hostname) || clearTextOrigins.includes(url.origin);
}
