/** The error code of a connection over `http:` to a server that requires TLS. */
export const wantsTls = 'PARLEY_WANTS_TLS';

/**
 * Error codes of a connection with the wrong scheme: those of OpenSSL, if the server does not answer with TLS, and
 * `wantsTls` (see `repairHeads`).
 */
export const wrongSchemeCodes =
  /^(?:PARLEY_WANTS_TLS|ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST|UNKNOWN_PROTOCOL))$/;

/**
 * The error texts of nginx, Go, Apache, HAProxy and Tomcat for a request over `http:` to a port that requires `https:`:
 * "The plain HTTP request was sent to HTTPS port", "Client sent an HTTP request to an HTTPS server".
 */
const wantsHttpsWords =
  /\bHTTP request (?:was )?sent to (?:an? )?(?:HTTPS|TLS|SSL)|\bHTTP request to an? (?:HTTPS|TLS|SSL)|plain HTTP to an SSL|host and port requires TLS/i;

/** True if an error reply says that the address must begin with `https:`. Reads the first 4,000 characters of `body`. */
export function wantsHttps(url: string, status: number, body: string): boolean {
  return (
    url.startsWith('http:') && status >= 400 && status < 500 && wantsHttpsWords.test(body.slice(0, 4_000))
  );
}
