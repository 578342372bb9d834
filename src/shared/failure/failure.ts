import * as v from 'valibot';
import { failureReasonSchema } from './failureReason';

/**
 * All kinds of failure of an answer. The list is closed: the compiler requires a sentence and an action for each kind in
 * `explainFailure`.
 */
export const failureKinds = [
  // Before the request was sent.
  'no-model',
  'missing-key',
  'invalid-key',
  'invalid-url',
  'insecure-address',
  'unknown-gateway',
  'invalid-parameter',
  'invalid-header',
  // The connection.
  'connection-refused',
  'name-not-resolved',
  'connection-reset',
  'connection-failed',
  'wrong-scheme',
  'certificate-rejected',
  'connect-timeout',
  'first-token-timeout',
  'idle-timeout',
  'redirect-refused',
  'proxy-authentication-required',
  // The gateway's error response.
  'bad-request',
  'unauthorized',
  'payment-required',
  'forbidden',
  'not-found',
  'request-too-large',
  'region-not-served',
  'blocked-by-firewall',
  'no-such-endpoint',
  'prompt-refused',
  'rate-limited',
  'model-loading',
  'server-error',
  'http-error',
  // The reply is not a complete answer.
  'gateway-error',
  'not-an-api',
  'malformed-reply',
  'empty-reply',
  'reply-too-large',
  'stream-cut',
  // Pictures, video and music.
  'no-media',
  'maybe-billed',
  'task-failed',
  'task-lost',
  'task-timeout',
  'endpoint-missing',
  // The model or a filter stopped the answer early.
  'output-limit',
  'output-limit-unanswered',
  'window-full',
  'content-filtered',
  'answer-stopped',
  // Parley itself.
  'interrupted',
  'unexpected',
] as const;

/** One of these kinds. */
export type FailureKind = (typeof failureKinds)[number];

/** What went wrong, where, and whether a retry may help. Contains no key: the gateway's words are redacted before. */
export const failureSchema = v.object({
  kind: v.picklist(failureKinds),
  /** True when the same request may succeed later. */
  retryable: v.boolean(),
  gatewayId: v.exactOptional(v.string()),
  gatewayName: v.exactOptional(v.string()),
  modelId: v.exactOptional(v.string()),
  /** The requested URL, without query and credentials. */
  url: v.exactOptional(v.string()),
  /** HTTP status. */
  status: v.exactOptional(v.number()),
  /** The gateway's request id, from `x-request-id` or a similar header. */
  requestId: v.exactOptional(v.string()),
  /** The words of the gateway or the system, redacted, at most 2,000 characters; or Parley's own words in English. */
  detail: v.exactOptional(v.string()),
  /** The content of `detail` if the words are Parley's own, so that they can be translated. */
  reason: v.exactOptional(failureReasonSchema),
  /** Seconds: the timeout that expired, or the gateway's Retry-After. */
  seconds: v.exactOptional(v.number()),
  /** Another host that is involved: the target of a redirect, or a proxy. */
  host: v.exactOptional(v.string()),
  /** The context window that the gateway stated when it refused a request as too long, in tokens. */
  limit: v.exactOptional(v.number()),
});

/** A failure of an answer. */
export type Failure = v.InferOutput<typeof failureSchema>;

/** Kinds that mean that no server of the gateway was reached. */
const unreachable: ReadonlySet<FailureKind> = new Set([
  'connection-refused',
  'name-not-resolved',
  'connection-reset',
  'connection-failed',
  'wrong-scheme',
  'certificate-rejected',
  'connect-timeout',
  'first-token-timeout',
  'proxy-authentication-required',
  'redirect-refused',
]);

/** True when the gateway could not be reached. */
export function isUnreachable({ kind }: Failure): boolean {
  return unreachable.has(kind);
}
