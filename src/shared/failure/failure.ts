import * as v from 'valibot';
import { failureReasonSchema } from './failureReason';

/**
 * Every way in which an answer can fail. The list is closed: whoever adds a kind is led by the
 * compiler to `explainFailure`, where it gets its sentence and its action.
 */
export const failureKinds = [
  // Nothing was sent.
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
  // The gateway's refusal, by HTTP status.
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
  // What came was not an answer.
  'gateway-error',
  'not-an-api',
  'malformed-reply',
  'empty-reply',
  'reply-too-large',
  'stream-cut',
  // The model, or what watches it, stopped before the end.
  'output-limit',
  'output-limit-unanswered',
  'window-full',
  'content-filtered',
  'answer-stopped',
  // Ours.
  'interrupted',
  'unexpected',
] as const;

export type FailureKind = (typeof failureKinds)[number];

/**
 * What went wrong, where, and whether asking again may help. Never holds a key: whoever makes one
 * redacts the gateway's own words first.
 */
export const failureSchema = v.object({
  kind: v.picklist(failureKinds),
  /** True when the same request may succeed later; decided where the failure is made. */
  retryable: v.boolean(),
  gatewayId: v.exactOptional(v.string()),
  gatewayName: v.exactOptional(v.string()),
  modelId: v.exactOptional(v.string()),
  /** The URL that was called, without query and credentials. */
  url: v.exactOptional(v.string()),
  /** HTTP status. */
  status: v.exactOptional(v.number()),
  /** The gateway's request id, from `x-request-id` and its kin. */
  requestId: v.exactOptional(v.string()),
  /** The gateway's or the system's own words, redacted and at most 2,000 characters; Parley's own in English. */
  detail: v.exactOptional(v.string()),
  /** What `detail` says, where it is Parley's own, for saying it in the user's language. */
  reason: v.exactOptional(failureReasonSchema),
  /** A limit or a wait in seconds: the timeout that struck, or the gateway's Retry-After. */
  seconds: v.exactOptional(v.number()),
  /** Another host that is part of the story: a redirect's target, a proxy. */
  host: v.exactOptional(v.string()),
  /** The context window that the gateway named when it refused a request as too long, in tokens. */
  limit: v.exactOptional(v.number()),
});

export type Failure = v.InferOutput<typeof failureSchema>;

/** Kinds that say that no server, or none of the gateway's, was reached. */
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

/** True when a gateway could not be reached, whatever it would have said. */
export function isUnreachable({ kind }: Failure): boolean {
  return unreachable.has(kind);
}
