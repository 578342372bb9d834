import { codeText, describeError, longestErrorText, wordsOf, type ReplyError } from './describeError';
import { parseReply } from '../json/parseReply';
import { asArray, asObject, asText, type ReplyObject } from '../json/replyObject';

/** Fields that hold the message of an error. */
const wordNames = /^(?:message|msg|detail|error_message|error_msg|errmsg|err_msg|title)$/i;

/**
 * Finds the error in a parsed reply: `{error: {message, type, code}}`, `{error: "…"}`, `{code, message}`, `{code, msg}`,
 * `{detail}`, `{errors: […]}`, `{base_resp: {status_code, status_msg}}`, or the first element of an array of these.
 * Undefined if the reply has no error.
 */
export function findReplyError(value: unknown): ReplyError | undefined {
  const reply = asObject(Array.isArray(value) ? value[0] : value);
  if (reply === undefined) return undefined;
  return errorField(reply) ?? baseResponse(reply) ?? (hasAnswer(reply) ? undefined : bareError(reply));
}

/** Finds the error in the body of a refusal: JSON, a JSON string, or the `data:` lines of a stream. Undefined for any other body. */
export function readErrorBody(body: string): ReplyError | undefined {
  const whole = parseReply(body);
  if (typeof whole === 'string') return replyErrorFrom(whole);
  if (whole !== undefined) return findReplyError(whole) ?? describeError(whole);
  for (const line of body.slice(0, longestErrorText).split(/\r\n|\r|\n/)) {
    const data = /^data: ?(?=[{["])/.exec(line);
    const value = data === null ? undefined : parseReply(line.slice(data[0].length));
    const error = typeof value === 'string' ? replyErrorFrom(value) : findReplyError(value);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Reads an error from its message. JSON inside the message is read, too. */
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

/** True if the reply has the shape of a chat answer or of a chunk of one, even without content. */
function isChat(reply: ReplyObject): boolean {
  return (
    reply.choices !== undefined ||
    reply.usage !== undefined ||
    reply.delta !== undefined ||
    (typeof reply.object === 'string' && reply.object.includes('completion'))
  );
}

/** True for the empty error object that gateways written in Go send with every good reply. */
function isEmptyError(error: ReplyObject, reply: ReplyObject): boolean {
  const message = wordsOf(error);
  // If the reply has an answer, an error type alone does not make it an error.
  const type = hasAnswer(reply) ? undefined : error.type;
  const codes = [error.code, error.status, type].map(codeText).filter((code) => !saysNothing(code));
  if (codes.length > 0 && codes.every(isSuccess)) return saysNothing(message) || isSuccess(message);
  return codes.length === 0 && (saysNothing(message) || isSuccess(message));
}

/** True for '' and for the text that programming languages print for no value. */
function saysNothing(text: string): boolean {
  return /^(?:|null|<nil>|nil|none|undefined|false|0|\{\}|\[\])$/i.test(text.trim());
}

function baseResponse(reply: ReplyObject): ReplyError | undefined {
  const base = asObject(reply.base_resp);
  const status = base?.status_code;
  if (base === undefined || status === undefined || status === null) return undefined;
  if (Number(status) === 0 || isSuccess(status)) return undefined;
  const code = codeText(status);
  // MiniMax defines these numbers. Other gateways use the same numbers for other errors, hence the prefix.
  return { message: asText(base.status_msg) ?? '', codes: [`base_resp_${code}`, code], requestId: undefined };
}

/** Finds an error without an `error` field, such as `{code, msg}`. Called only if the reply has no answer. */
function bareError(reply: ReplyObject): ReplyError | undefined {
  const error = describeError(reply);
  if (reply.type === 'error' || reply.object === 'error' || reply.success === false) return error;
  if (!tellsError(reply) || isSuccess(reply.code ?? reply.status)) return undefined;
  // `{choices: [], message: "success"}` has no code, but its message reports success.
  return isChat(reply) && isSuccess(error.message) ? undefined : error;
}

/** True if the reply has a field that errors use for their message. A `status` or a `reason` alone may be a keep-alive. */
function tellsError(reply: ReplyObject): boolean {
  const fields: Readonly<Record<string, unknown>> = reply;
  // Tencent Cloud: `{Response: {Error: {Code, Message}}}`.
  if (asObject(fields['Response']) !== undefined) return wordsOf(fields['Response']) !== '';
  return Object.entries(fields).some(([name, value]) => wordNames.test(name) && wordsOf(value) !== '');
}

function hasAnswer(reply: ReplyObject): boolean {
  return asArray(reply.choices).length > 0 || asArray(reply.data).length > 0;
}

/** True for the values of `code` that report success. A missing code does not: then the message is the message of an error. */
function isSuccess(code: unknown): boolean {
  return /^(?:0|2\d\d|ok|success(?:ful)?|succeeded|completed|no error|成功|(?:请求|操作|調用|调用)成功)$/i.test(
    codeText(code).trim(),
  );
}
