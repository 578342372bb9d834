import { any, failureWords } from './failureWords';
import type { FailureKind } from '../../shared/failure/failure';

const {
  filtered,
  loading,
  loadingFailed,
  noEndpoint,
  noModel,
  temporary,
  notTheWindow,
  otherRegion,
  passes,
  payment,
  refusedRequest,
  serverFault,
  tooLong,
  tooManyTokens,
  tooOften,
  wrongKey,
} = failureWords;

/**
 * A rule that recognises one kind of failure. It applies if `at` accepts the status and if one of the codes or the words
 * match.
 */
export interface FailureEvidence {
  readonly kind: FailureKind;
  /** True for the statuses at which the rule applies. 200 means an error inside a reply that began well. */
  readonly at: (status: number) => boolean;
  /** Tried on each value of the fields `code`, `type`, `status` and `reason`, in lower case. */
  readonly codes?: RegExp;
  /** Tried on the gateway's message, normalised (see `normaliseWords`). */
  readonly words?: readonly Pick<RegExp, 'test'>[];
  /** If the message matches this, `words` do not count; `codes` still do. */
  readonly unless?: Pick<RegExp, 'test'>;
}

/** Every status but 407, which comes from a proxy and says enough by itself. */
const anywhere = (status: number): boolean => status !== 407;
const isOk = (status: number): boolean => status < 300;
const isServer = (status: number): boolean => status >= 500;
const oneOf =
  (...statuses: readonly number[]) =>
  (status: number): boolean =>
    isOk(status) || isServer(status) || statuses.includes(status);

/**
 * The rules for refusals. The first rule that matches decides; if none does, `classifyRefusal` uses the status. The order
 * follows what the user can do: first pay, then correct the key, then shorten the prompt. A rule overrides a status only if
 * its `at` accepts that status.
 */
export const failureEvidence: readonly FailureEvidence[] = [
  {
    kind: 'payment-required',
    at: (status) => anywhere(status) && status !== 404 && status !== 405,
    codes:
      /insufficient.{0,40}(?:quota|balance|fund|credit)|billing|payment_?required|quota_not_enough|exceeded_current_quota|balance_not_enough|arrear|out_of_credits?|budget_exceeded|^1113$|^30001$|^base_resp_1008$/,
    words: [any(...payment)],
    unless: passes,
  },
  {
    kind: 'region-not-served',
    at: oneOf(400, 403, 451),
    codes: /unsupported_country|region_(?:not_supported|blocked)/,
    words: [any(...otherRegion)],
  },
  {
    kind: 'unauthorized',
    at: oneOf(400, 401, 403, 404, 422),
    codes:
      /(?:invalid|incorrect|wrong|missing|expired)_?(?:api_?)?key|api_?key_(?:invalid|expired|missing|not_found)|invalid_?(?:access_)?token|token_(?:expired|invalid)|authentication|unauthenticated|unauthori[sz]ed|auth_?fail|^base_resp_(?:1004|2049)$/,
    words: [any(...wrongKey)],
    unless: /\bproxy\b/,
  },
  // With 403 a token is a bearer token, which is a key. In other errors a token is a piece of text.
  {
    kind: 'unauthorized',
    at: (status) => status === 403,
    words: [/\b(?:invalid|expired|revoked|bad) token\b|\btoken (?:is |has )?(?:invalid|expired|revoked)\b/],
  },
  // With 429, a single request that exceeds the tokens per minute can never succeed.
  {
    kind: 'request-too-large',
    at: oneOf(400, 413, 422, 429),
    codes:
      /context_?(?:length|window|size|limit|overflow)|exceed_context|prompt_?too_?long|input_?too_?(?:long|large)|max_prompt_tokens|tokens_limit_reached|^1261$|^base_resp_1039$/,
    words: [/\brequest (?:body |entity )?(?:is )?too large\b/],
  },
  {
    kind: 'request-too-large',
    at: oneOf(400, 403, 413, 422, 429),
    words: [any(...tooLong)],
    unless: notTheWindow,
  },
  {
    kind: 'request-too-large',
    at: oneOf(400, 413, 422),
    words: [any(...tooManyTokens)],
    unless: notTheWindow,
  },
  {
    kind: 'prompt-refused',
    at: oneOf(400, 403, 422, 424, 451),
    codes:
      /content_?(?:filter|policy|moderation|safety|risk|blocked)|responsibleai|data_?inspection|inappropriate|sensitive|moderation|prohibited_content|policy_violation|^1301$|^base_resp_102[67]$/,
    words: [any(...filtered)],
    unless:
      /(?:unknown|unsupported|unrecogni[sz]ed|unexpected|invalid) (?:request )?(?:parameter|argument|field|option)|model .{0,60}not found/,
  },
  {
    kind: 'not-found',
    at: oneOf(400, 403, 404, 410, 422),
    codes:
      /model_?not_?(?:found|exist|available|supported)|unknown_?model|invalid_?model|deployment_?not_?found|no_?available_?channel|modelnotopen|^1211$|^20012$/,
    words: [any(...noModel)],
    unless: temporary,
  },
  {
    kind: 'no-such-endpoint',
    at: (status) => isOk(status) || status === 404 || status === 501,
    codes: /unknown_?(?:url|endpoint|route|path)|route_?not_?found/,
    words: [any(...noEndpoint.slice(0, -1))],
    unless: /(?<!\/)\bmodels?\b|模型/,
  },
  { kind: 'no-such-endpoint', at: (status) => status === 404, words: [any(...noEndpoint.slice(-1))] },
  { kind: 'no-such-endpoint', at: (status) => status === 405, words: [/^/] },
  {
    kind: 'forbidden',
    at: (status) => isOk(status) || (status >= 400 && status < 500 && status !== 401 && status !== 429),
    codes: /permission/,
  },
  {
    kind: 'model-loading',
    at: oneOf(409, 425),
    codes: /model_?(?:is_)?loading/,
    words: [any(...loading)],
    unless: loadingFailed,
  },
  {
    kind: 'rate-limited',
    at: oneOf(403),
    codes:
      /rate_?limit|too_?many_?requests|throttl|resource_?exhausted|limit_requests|concurren|^130[235]$|^base_resp_1002$/,
    words: [any(...tooOften)],
  },
  {
    kind: 'bad-request',
    at: (status) => isServer(status) && status !== 504,
    codes:
      /invalid_?(?:request|argument|parameter)|bad_?request|unsupported_(?:parameter|value)|not_supported|^(?:400|422)$/,
    words: [any(...refusedRequest)],
    unless: serverFault,
  },
  {
    kind: 'server-error',
    at: isOk,
    codes: /overloaded|server_error|service_?unavailable|internal/,
    words: [
      /\boverloaded\b|temporarily unavailable|service unavailable|server (?:is )?busy|at capacity|try again later|负载(?:已)?(?:饱和|过高)|繁忙|稍后(?:再试|重试)|稍後(?:再試|重試)/u,
    ],
  },
];
