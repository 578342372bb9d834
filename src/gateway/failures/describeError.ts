import { parseReply } from '../json/parseReply';
import { asArray, asObject, asText } from '../json/replyObject';
import { readWait } from './waitIn';

/** An error may be packed into another's words, and that into another's; in levels. */
const deepest = 6;
/** Of a list of errors so many are read. */
const mostListed = 8;
/** Of an object so many fields are read. */
const mostFields = 100;
/** A code is a word; a longer one is none, and reading it would take its time. In characters. */
const longestCode = 200;
/** More words than this no error needs; in characters. */
const longestWords = 20_000;

/** An error as a gateway told it, in whatever shape. Not yet redacted. */
export interface ReplyError {
  /** The gateway's own words; empty when it gave none. */
  readonly message: string;
  /** Its codes and types, the innermost first, in lower case: `invalid_api_key`, `rate_limit_error`, `401` … */
  readonly codes: readonly string[];
  readonly requestId: string | undefined;
  /** How long the gateway asks to wait, in seconds, where a field of the error tells it. */
  readonly wait?: number;
}

/** Any object of a reply, by names that no type lists. */
type Fields = Readonly<Record<string, unknown>>;

/** Where an error keeps its words, the best first. */
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
/** Where it keeps codes. */
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
/** What holds another error, or a list of them. */
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

/** Sums up an error: its words, wherever they are and however deep, and all codes in it. A string is an error's words. */
export function describeError(value: unknown): ReplyError {
  const facts: ErrorFacts = { codes: [], requestId: undefined, wait: undefined };
  collect(value, facts, 0);
  const codes = [...new Set(facts.codes.reverse())];
  return {
    message: wordsOf(value, 0).slice(0, longestWords),
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

/** Gathers codes, the request's id and the wait from an error and from all that is packed into it. */
function collect(value: unknown, facts: ErrorFacts, depth: number): void {
  if (depth > deepest) return;
  if (typeof value === 'string') {
    const packed = unpack(value);
    // `{error: "rate_limit"}`: words that are no more than a code.
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

/** The readable words of an error, wherever it keeps them; empty when there are none. */
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

/** Each of them once, and none that another says already. */
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

/** `{status: "loading model"}`: a status that is no code. */
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

/** Words with what is packed into them as JSON made readable. */
function wordsInText(text: string, depth: number): string {
  const packed = unpack(text);
  const words = packed === undefined ? '' : wordsOf(packed.value, depth + 1);
  return words === '' || packed === undefined ? text.trim() : `${packed.before}${words}`.trim();
}

/** `upstream said: {"error": …}` → what stands before, and the value. Undefined when there is no JSON at the end of the text. */
function unpack(text: string): { readonly before: string; readonly value: object } | undefined {
  if (text.length > longestWords) return undefined;
  const start = text.search(/\{\s*\\*"|\[\s*\{/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  if (start === -1 || end < start) return undefined;
  const json = text.slice(start, end + 1);
  const value = parseReply(json) ?? parseReply(json.replaceAll('\\"', '"'));
  return typeof value === 'object' && value !== null ? { before: text.slice(0, start), value } : undefined;
}

/** The fields of an object by their names in lower case: some gateways write `Error` and `Message`. */
function fieldsOf(value: unknown): Fields | undefined {
  const object = asObject(value);
  if (object === undefined || !Object.keys(object).some((name) => /[A-Z]/.test(name))) return object;
  const entries = Object.entries(object).slice(0, mostFields);
  return Object.fromEntries(entries.map(([name, field]) => [name.toLowerCase(), field]));
}

/** A code as text: empty when it is neither a string nor a number. */
export function codeText(code: unknown): string {
  return typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, longestCode) : '';
}
