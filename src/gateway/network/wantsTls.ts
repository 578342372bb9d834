/** The code of the error of a connection over `http:` to a server that wants TLS. */
export const wantsTls = 'PARLEY_WANTS_TLS';

/**
 * Codes of errors that tell of a server with the other scheme: OpenSSL's, when the reply to its greeting is no TLS, and ours, see
 * `responseHead.ts`.
 */
export const wrongSchemeCodes =
  /^(?:PARLEY_WANTS_TLS|ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST|UNKNOWN_PROTOCOL))$/;

/**
 * The words of nginx, Go, Apache, HAProxy and Tomcat for a request over `http:` to a port that wants `https:`:
 * "The plain HTTP request was sent to HTTPS port", "Client sent an HTTP request to an HTTPS server".
 */
const wantsHttpsWords =
  /\bHTTP request (?:was )?sent to (?:an? )?(?:HTTPS|TLS|SSL)|\bHTTP request to an? (?:HTTPS|TLS|SSL)|plain HTTP to an SSL|host and port requires TLS/i;

/** True when a refusal says that the address should begin with `https:`. Only its first 4,000 characters count. */
export function wantsHttps(url: string, status: number, body: string): boolean {
  return (
    url.startsWith('http:') && status >= 400 && status < 500 && wantsHttpsWords.test(body.slice(0, 4_000))
  );
}
