/**
 * True for `localhost`, 127.0.0.0/8 and ::1, where nobody can listen in on the way. `hostname` is a
 * URL's, so addresses come in their one canonical form. Names below `.localhost` are not among them:
 * some systems ask a name server for those.
 */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/.test(hostname);
}
