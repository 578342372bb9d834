import * as v from 'valibot';
import type { Failure, FailureKind } from '../../shared/failure/failure';
import { failureReasonSchema, type FailureReason } from '../../shared/failure/failureReason';
import { failureOf, type Call } from './failureOf';
import { asProxyTrouble } from '../network/proxyError';
import { wrongSchemeCodes } from '../network/wantsTls';

/** The kind of failure for the error codes of Node, OpenSSL and undici. */
const kinds: readonly (readonly [RegExp, FailureKind])[] = [
  [/^(?:ECONNREFUSED)$/, 'connection-refused'],
  [/^(?:ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_FAIL|EAI_NODATA)$/, 'name-not-resolved'],
  [/^(?:ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'connect-timeout'],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, 'connection-reset'],
  [wrongSchemeCodes, 'wrong-scheme'],
  [/^PROXY_AUTHENTICATION$/, 'proxy-authentication-required'],
  [/CERT|^UNABLE_TO_|NOT_YET_VALID|^HOSTNAME_MISMATCH|^INVALID_(?:CA|PURPOSE)$/, 'certificate-rejected'],
  [/^(?:UND_ERR_RES_EXCEEDED_MAX_SIZE|UND_ERR_HEADERS_OVERFLOW)$/, 'reply-too-large'],
  // Brotli has codes such as ERR__ERROR_FORMAT_PADDING_1.
  [/^(?:Z_.*|ERR_(?:ZLIB|BROTLI|PADDING|_ERROR).*)$/, 'malformed-reply'],
];

/** Bytes that are not valid HTTP. The parser error of undici has a code only in some versions, but always this name. */
const brokenFraming = /^(?:HTTPParserError|HPE_.*|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/;

/**
 * The failure for an error of the socket, the TLS layer, the proxy or the decoder.
 *
 * @param hasHead True if the head of the reply has arrived: a reset connection then means a truncated answer.
 */
export function failureOfNetwork(call: Call, error: unknown, hasHead: boolean): Failure {
  const codes = codesOf(error);
  const kind = kindOf(codes, error, hasHead);
  const proxy = asProxyTrouble(error);
  const reason = ownReasonOf(error);
  const host = proxy?.proxyHost ?? URL.parse(call.url)?.host;
  return failureOf(call, hasHead && kind === 'connection-reset' ? 'stream-cut' : kind, {
    detail: describe(error, codes),
    ...(reason !== undefined && { reason }),
    ...(host !== undefined && { host }),
    // A retry does not change the rules or the settings of a proxy.
    ...(proxy?.code === 'PROXY_REFUSED' && { retryable: false }),
  });
}

function kindOf(codes: readonly string[], error: unknown, hasHead: boolean): FailureKind {
  if (codes.some((code) => brokenFraming.test(code))) return hasHead ? 'stream-cut' : 'malformed-reply';
  for (const [pattern, kind] of kinds) {
    if (codes.some((code) => pattern.test(code))) return kind;
  }
  return error instanceof RangeError ? 'malformed-reply' : 'connection-failed';
}

/** The codes of an error, of its causes, and of the attempts of an `AggregateError` (IPv6, then IPv4). */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  if (error.name === 'HTTPParserError') code.push(error.name);
  const attempts = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [...code, ...[error.cause, ...attempts].flatMap((inner) => codesOf(inner, depth + 1))];
}

/** The reason that one of Parley's own errors has. `instanceof` does not work here: the transport is a separate bundle with its own classes. */
function ownReasonOf(error: unknown): FailureReason | undefined {
  const reason: unknown = error instanceof Error && 'reason' in error ? error.reason : undefined;
  return v.is(failureReasonSchema, reason) ? reason : undefined;
}

function describe(error: unknown, codes: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = codes[0];
  return code === undefined || message.includes(code) ? message : `${message} (${code})`.trim();
}
