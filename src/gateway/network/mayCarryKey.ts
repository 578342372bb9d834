/**
 * True for `localhost`, 127.0.0.0/8 and ::1, where no one on the network can read along. `hostname` comes from a `URL`, so
 * addresses are in canonical form. Names that end with `.localhost` do not count, because some systems ask a name server
 * for them.
 */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/.test(hostname);
}

/**
 * True if a key may be sent to this address: over TLS, to this computer, or to an origin that the user allowed although it
 * has no TLS. A private network does not count as this computer.
 *
 * @param clearTextOrigins The origins that the user allowed.
 */
export function mayCarryKey(
  url: Pick<URL, 'protocol' | 'hostname' | 'origin'>,
  clearTextOrigins: readonly string[],
): boolean {
  return url.protocol === 'https:' || isLoopback(url.hostname) || clearTextOrigins.includes(url.origin);
}
