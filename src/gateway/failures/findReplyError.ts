import { codeText, describeError, wordsOf, type ReplyError } from './describeError';
import { parseReply } from '../json/parseReply';
import { asArray, asObject, asText, type ReplyObject } from '../json/replyObject';

/** Of a body that is no JSON so much is looked at, in characters. */
const mostRead = 20_000;

/** Fields that hold the words of an error. */
const wordNames = /^(?:message|msg|detail|error_message|error_msg|errmsg|err_msg|title)$/i;

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

/** Finds the error in the body of a refusal: JSON, a stream of events, or JSON behind other words. Undefined when the body is neither. */
export function readErrorBody(body: string): ReplyError | undefined {
  const whole = parseReply(body);
  if (typeof whole === 'string') return replyErrorFrom(whole);
  if (whole !== undefined) return findReplyError(whole) ?? describeError(whole);
  for (const line of body.slice(0, mostRead).split(/\r\n|\r|\n/)) {
    const data = /^data: ?(?=[{["])/.exec(line);
    const value = data === null ? undefined : parseReply(line.slice(data[0].length));
    const error = typeof value === 'string' ? replyErrorFrom(value) : findReplyError(value);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** An error of which only the words are known. What is packed into them is unpacked. */
export function replyErrorFrom(message: string): ReplyError {
  return describeError(message);
}

function errorField(reply: ReplyObject): ReplyError | undefined {
  const error = reply.error ?? asArray(reply.errors)[0];
  if (typeof error === 'string') {
    return saysNothing(error) || (isChat(reply) && isSuccess(error)) ? undefined : describeError(reply);
  }
  const inner = asObject(error);
  if (inner !== undefined)
    return isChat(reply) && isEmptyError(inner, reply) ? undefined : describeError(reply);
  return error === true ? describeError(reply) : undefined;
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
  const message = wordsOf(error);
  // Beside an answer a type alone is not enough; where an answer is missing it is.
  const type = hasAnswer(reply) ? undefined : error.type;
  const codes = [error.code, error.status, type].map(codeText).filter((code) => !saysNothing(code));
  if (codes.length > 0 && codes.every(isSuccess)) return saysNothing(message) || isSuccess(message);
  return codes.length === 0 && (saysNothing(message) || isSuccess(message));
}

/** True for an empty text, and for the words that languages print for no value. */
function saysNothing(text: string): boolean {
  return /^(?:|null|<nil>|nil|none|undefined|false|0|\{\}|\[\])$/i.test(text.trim());
}

function baseResponse(reply: ReplyObject): ReplyError | undefined {
  const base = asObject(reply.base_resp);
  const status = base?.status_code;
  if (base === undefined || status === undefined || status === null) return undefined;
  if (Number(status) === 0 || isSuccess(status)) return undefined;
  const code = codeText(status);
  // The numbers are those of MiniMax, and mean something else elsewhere.
  return { message: asText(base.status_msg) ?? '', codes: [`base_resp_${code}`, code], requestId: undefined };
}

/** `{code, msg}` and its kin: an error only when there is no answer beside it. */
function bareError(reply: ReplyObject): ReplyError | undefined {
  const error = describeError(reply);
  if (reply.type === 'error' || reply.object === 'error' || reply.success === false) return error;
  if (!tellsError(reply) || isSuccess(reply.code ?? reply.status)) return undefined;
  // `{choices: [], message: "success"}`: no code, and the words of one.
  return isChat(reply) && isSuccess(error.message) ? undefined : error;
}

/** True when the words are where errors have theirs. A status or a reason alone may be a sign of life. */
function tellsError(reply: ReplyObject): boolean {
  const fields: Readonly<Record<string, unknown>> = reply;
  // Tencent Cloud: `{Response: {Error: {Code, Message}}}`.
  if (asObject(fields['Response']) !== undefined) return wordsOf(fields['Response']) !== '';
  return Object.entries(fields).some(([name, value]) => wordNames.test(name) && wordsOf(value) !== '');
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
