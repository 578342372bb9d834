import { asArray, asObject, asText, type ReplyObject } from './replyObject';

/** How often an error may stand inside another's `error`. */
const deepest = 4;

/** A code is a word; a longer one is none, and reading it would take its time. In characters. */
const longestCode = 200;

/** An error as a gateway told it, in whatever shape. Not yet redacted. */
export interface ReplyError {
  /** The gateway's own words; empty when it gave none. */
  readonly message: string;
  /** Its codes and types, in lower case: `invalid_api_key`, `rate_limit_error`, `401` … */
  readonly codes: readonly string[];
  readonly requestId: string | undefined;
}

/**
 * Finds the error in a parsed reply: `{error: {message, type, code}}`, `{error: "…"}`,
 * `{code, message}`, `{code, msg}`, `{detail}`, `{errors: […]}`, `{base_resp: {status_code,
 * status_msg}}`, an array around any of these. Undefined when the reply holds none.
 */
export function findReplyError(value: unknown): ReplyError | undefined {
  const reply = asObject(Array.isArray(value) ? value[0] : value);
  if (reply === undefined) return undefined;
  return errorField(reply) ?? baseResponse(reply) ?? (hasAnswer(reply) ? undefined : bareError(reply));
}

/** An error of which only the words are known. */
export function replyErrorFrom(message: string): ReplyError {
  return { message, codes: [], requestId: undefined };
}

function errorField(reply: ReplyObject, depth = 0): ReplyError | undefined {
  const error = reply.error ?? asArray(reply.errors)[0];
  if (typeof error === 'string') {
    const isEmpty = saysNothing(error) || (isChat(reply) && isSuccess(error));
    return isEmpty ? undefined : describe(reply, error);
  }
  const inner = asObject(error);
  if (inner !== undefined) {
    // `{error: {error: {…}}}` and `{error: {}}` exist too.
    const nested = depth < deepest ? errorField(inner, depth + 1) : undefined;
    if (nested !== undefined || (isChat(reply) && isEmptyError(inner, reply))) return nested;
    return describe(inner, messageOf(inner) ?? '', reply);
  }
  return error === true ? describe(reply, messageOf(reply) ?? '') : undefined;
}

/** True for a piece of an answer, whether or not it brings some of it. */
function isChat(reply: ReplyObject): boolean {
  return (
    reply.choices !== undefined ||
    reply.usage !== undefined ||
    reply.delta !== undefined ||
    (typeof reply.object === 'string' && reply.object.includes('completion'))
  );
}

/** True for the error that gateways written in Go send with each good reply: all its fields are there, and none says anything. */
function isEmptyError(error: ReplyObject, reply: ReplyObject): boolean {
  const message = messageOf(error) ?? '';
  // Beside an answer a type alone is not enough; where an answer is missing it is.
  const type = hasAnswer(reply) ? undefined : error.type;
  const codes = [error.code, error.status, type].map(codeText).filter((code) => !saysNothing(code));
  if (codes.length > 0 && codes.every(isSuccess)) return saysNothing(message) || isSuccess(message);
  return codes.length === 0 && (saysNothing(message) || isSuccess(message));
}

/** True for an empty text, and for the words that languages print for no value. */
function saysNothing(text: string): boolean {
  return /^\s*(?:|null|<nil>|nil|none|undefined|false|0|\{\}|\[\])\s*$/i.test(text);
}

function baseResponse(reply: ReplyObject): ReplyError | undefined {
  const base = asObject(reply.base_resp);
  const status = base?.status_code;
  if (base === undefined || status === undefined || status === null) return undefined;
  if (Number(status) === 0 || isSuccess(status)) return undefined;
  return { message: asText(base.status_msg) ?? '', codes: [codeText(status)], requestId: undefined };
}

/** `{code, msg}` and its kin: an error only when there is no answer beside it. */
function bareError(reply: ReplyObject): ReplyError | undefined {
  const message = messageOf(reply);
  if (reply.type === 'error' || reply.object === 'error' || reply.success === false) {
    return describe(reply, message ?? '');
  }
  if (message === undefined || isSuccess(reply.code ?? reply.status)) return undefined;
  // `{choices: [], message: "success"}`: no code, and the words of one.
  if (isChat(reply) && isSuccess(message)) return undefined;
  return describe(reply, message);
}

function hasAnswer(reply: ReplyObject): boolean {
  return asArray(reply.choices).length > 0 || asArray(reply.data).length > 0;
}

/** True for what stands in `code` when all is well. No code at all is no success: the message is an error's. */
function isSuccess(code: unknown): boolean {
  return /^(?:0|2\d\d|ok|success(?:ful)?|succeeded|completed|no error|成功|(?:请求|操作|調用|调用)成功)$/i.test(
    codeText(code).trim(),
  );
}

function describe(error: ReplyObject, message: string, outer?: ReplyObject): ReplyError {
  const codes = [error.code, error.type, error.status, outer?.code].map((code) =>
    codeText(code).toLowerCase(),
  );
  return {
    message,
    codes: codes.filter((code) => code !== ''),
    requestId: asText(error.request_id) ?? asText(outer?.request_id),
  };
}

function messageOf(reply: ReplyObject): string | undefined {
  const raw = asText(asObject(reply.metadata)?.raw);
  const message =
    asText(reply.message) ??
    asText(reply.msg) ??
    asText(reply.detail) ??
    asText(reply.error_message) ??
    asText(reply.error_msg) ??
    validationMessage(reply.detail) ??
    asText(reply.title);
  return message !== undefined && raw !== undefined ? `${message}: ${raw}` : (message ?? raw);
}

/** FastAPI: `detail: [{loc, msg, type}]`. */
function validationMessage(detail: unknown): string | undefined {
  const messages = asArray(detail).flatMap((item) => asText(asObject(item)?.msg) ?? []);
  return messages.length > 0 ? messages.join('; ') : asText(asObject(detail)?.message);
}

function codeText(code: unknown): string {
  return typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, longestCode) : '';
}
