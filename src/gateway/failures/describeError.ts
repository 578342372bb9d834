import { parseReply } from '../json/parseReply';
import { asArray, asObject, asText } from '../json/replyObject';
import { readWait } from './waitIn';

/** How deep errors inside the message of another error are read, in levels. */
const deepest = 6;
/** How many errors of a list are read. */
const mostListed = 8;
/** How many fields of an object are read. */
const mostFields = 100;
/** A code is cut after this length, in characters. */
const longestCode = 200;
/** How much of an error is searched for its message, in characters. A message is cut after this length. */
export const longestErrorText = 20_000;
/** How much of the body of an error reply is received, in bytes or characters. */
export const longestErrorBody = 64_000;

/** An error that a gateway sent, in any format. Not yet redacted. */
export interface ReplyError {
  /** The gateway's error message; '' if it sent none. */
  readonly message: string;
  /** Codes and types in lower case, the innermost first: `invalid_api_key`, `rate_limit_error`, `401` … */
  readonly codes: readonly string[];
  readonly requestId: string | undefined;
  /** The wait in seconds that a field of the error asks for. */
  readonly wait?: number;
}

/** Any object of a reply. */
type Fields = Readonly<Record<string, unknown>>;

/** Fields that hold the message of an error, the best first. */
const wordFields = [
  'message',
  'msg',
  'detail',
  'error_message',
  'error_msg',
  'errmsg',
  'error_description',
  'err_msg',
  'status_msg',
  'title',
  'reason',
];
/** Fields that hold a code. */
const codeFields = [
  'code',
  'type',
  'status',
  'error_code',
  'errorcode',
  'error_type',
  'error_name',
  'statuscode',
  'status_code',
  'reason',
  '__type',
];
/** Fields that hold another error, or a list of errors. */
const innerFields = [
  'error',
  'errors',
  'message',
  'msg',
  'detail',
  'details',
  'innererror',
  'cause',
  'metadata',
  'raw',
  'fault',
  'response',
  'text',
];

/**
 * Reads an error of any shape: its message and all its codes, at any depth up to a limit. A string is read as a message.
 * Throws nothing.
 */
export function describeError(value: unknown): ReplyError {
  const facts: ErrorFacts = { codes: [], requestId: undefined, wait: undefined };
  collect(value, facts, 0);
  const codes = [...new Set(facts.codes.reverse())];
  return {
    message: wordsOf(value, 0).slice(0, longestErrorText),
    codes,
    requestId: facts.requestId,
    ...(facts.wait !== undefined && { wait: facts.wait }),
  };
}

interface ErrorFacts {
  codes: string[];
  requestId: string | undefined;
  wait: number | undefined;
}

/** Collects the codes, the request id and the wait from an error and from the errors inside it. */
function collect(value: unknown, facts: ErrorFacts, depth: number): void {
  if (depth > deepest) return;
  if (typeof value === 'string') {
    const packed = unpack(value);
    // `{error: "rate_limit"}`: the message is only a code.
    if (/^\w{3,60}$/.test(value)) facts.codes.push(value.toLowerCase());
    else if (packed !== undefined) collect(packed.value, facts, depth + 1);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value.slice(0, mostListed) as unknown[])
      if (typeof item === 'object') collect(item, facts, depth + 1);
    return;
  }
  const fields = fieldsOf(value);
  if (fields === undefined) return;
  facts.codes.push(
    ...codeFields
      .map((name) => codeText(fields[name]).toLowerCase())
      .filter((code) => code !== '' && code !== 'error')
      .reverse(),
  );
  facts.requestId ??= asText(fields['request_id']) ?? asText(fields['requestid']);
  facts.wait ??= readWait(fields);
  for (const name of innerFields) collect(fields[name], facts, depth + 1);
}

/** The readable message of an error of any shape; '' if it has none. `depth` is the level of nesting, for recursion. */
export function wordsOf(value: unknown, depth = 0): string {
  if (depth > deepest) return '';
  if (typeof value === 'string') return wordsInText(value, depth);
  if (Array.isArray(value)) {
    const items = (value.slice(0, mostListed) as unknown[]).map((item) => wordsOf(item, depth + 1));
    return items.filter((item) => item !== '').join('; ');
  }
  const fields = fieldsOf(value);
  if (fields === undefined) return '';
  const inner = wordsOf(
    fields['error'] ?? fields['errors'] ?? fields['fault'] ?? fieldsOf(fields['response']),
    depth + 1,
  );
  const own = wordFields.map((name) => wordsOf(fields[name], depth + 1)).find((words) => words !== '');
  const raw = wordsOf(fieldsOf(fields['metadata'])?.['raw'], depth + 1);
  const words = joined([inner, own ?? '', raw]);
  if (words === '') return depth === 0 ? statusWords(fields) : namedWords(value, depth);
  const place = placeOf(fields['loc']);
  return place === '' ? words : `${place}: ${words}`;
}

/** Joins the pieces, but leaves out each piece that another one contains. */
function joined(pieces: readonly string[]): string {
  return pieces
    .filter(
      (piece, at) =>
        piece !== '' &&
        !pieces.some(
          (other, place) => place !== at && other.includes(piece) && (other !== piece || place < at),
        ),
    )
    .join(': ');
}

/** `{status: "loading model"}`: a status that is a message, not a code. */
function statusWords({ status }: Fields): string {
  return typeof status === 'string' && status.trim().includes(' ') ? status.trim() : '';
}

/** `{max_tokens: ["Must be at most 4096."]}` → `max_tokens: Must be at most 4096.` */
function namedWords(value: unknown, depth: number): string {
  return Object.entries(asObject(value) ?? {})
    .slice(0, mostFields)
    .filter(
      ([name]) =>
        !codeFields.includes(name.toLowerCase()) &&
        !/^(?:@type|param|input|ctx|url|request_?id|metadata|object)$/i.test(name),
    )
    .slice(0, mostListed)
    .map(([name, value]) => [name, wordsOf(value, depth + 1)])
    .flatMap(([name, words]) => (words === '' ? [] : [`${name}: ${words}`]))
    .join('; ');
}

/** FastAPI, Pydantic: `loc: ["body", "messages", 0, "name"]` → `body.messages.0.name`. */
function placeOf(loc: unknown): string {
  const steps = asArray(loc).filter((step) => typeof step === 'string' || typeof step === 'number');
  return steps
    .slice(0, 2 * mostListed)
    .join('.')
    .slice(0, longestCode);
}

/** Replaces JSON inside a message by the message of that JSON. */
function wordsInText(text: string, depth: number): string {
  const packed = unpack(text);
  const words = packed === undefined ? '' : wordsOf(packed.value, depth + 1);
  return words === '' || packed === undefined ? text.trim() : `${packed.before}${words}`.trim();
}

/** `upstream said: {"error": …}` → the text before the JSON, and its value. Undefined if the text does not end with JSON. */
function unpack(text: string): { readonly before: string; readonly value: object } | undefined {
  if (text.length > longestErrorText) return undefined;
  const start = text.search(/\{\s*\\*"|\[\s*\{/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  if (start === -1 || end < start) return undefined;
  const json = text.slice(start, end + 1);
  const value = parseReply(json) ?? parseReply(json.replaceAll('\\"', '"'));
  return typeof value === 'object' && value !== null ? { before: text.slice(0, start), value } : undefined;
}

/** The fields of an object, with names in lower case, because some gateways write `Error` and `Message`. */
function fieldsOf(value: unknown): Fields | undefined {
  const object = asObject(value);
  if (object === undefined || !Object.keys(object).some((name) => /[A-Z]/.test(name))) return object;
  const entries = Object.entries(object).slice(0, mostFields);
  return Object.fromEntries(entries.map(([name, field]) => [name.toLowerCase(), field]));
}

/** A code as text; '' if it is neither a string nor a number. */
export function codeText(code: unknown): string {
  return typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, longestCode) : '';
}
