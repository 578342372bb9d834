import { asArray } from '../json/replyObject';
import { parseReply } from '../json/parseReply';
import { longestErrorText } from '../failures/describeError';

/** How deep objects, arrays and JSON inside strings are read, in levels. */
const deepest = 12;
/** How many strings of an error are read. */
const mostStrings = 200;

/** What the body of an error says, without its format. */
interface RefusalWords {
  /** The sentences, codes and types of the error, one per line. Text that repeats the request is left out. */
  readonly text: string;
  /** The fields that the error points at with `param`, `loc`, `path` or `field`: `temperature`, `messages.1.content`. */
  readonly fields: readonly string[];
}

/** Keys whose values repeat the request, or do not describe the error. */
const echoes: ReadonlySet<string> = new Set([
  'input',
  'request',
  'request_body',
  'messages',
  'prompt',
  'model',
  'user',
  'user_id',
  'id',
  'request_id',
  'requestid',
  'url',
  'help_url',
  'documentation_url',
  'created',
]);

/** Keys whose values name a field of the request. */
const pointers: ReadonlySet<string> = new Set(['param', 'loc', 'path', 'field', 'instancepath', 'property']);

/**
 * Reads the body of an error. Accepts JSON of any shape, JSON inside a string of another error, plain text, and the
 * `data:` lines of a stream. Throws nothing.
 */
export function readRefusalWords(body: string): RefusalWords {
  const raw = body.slice(0, longestErrorText);
  const strings: string[] = [];
  const fields: string[] = [];
  collect(raw, '', 0, { strings, fields });
  return { text: strings.join('\n'), fields };
}

interface Found {
  readonly strings: string[];
  readonly fields: string[];
}

function collect(value: unknown, key: string, depth: number, found: Found): void {
  if (found.strings.length >= mostStrings || depth > deepest) return;
  if (pointers.has(key)) {
    const field = fieldOf(value);
    if (field !== '') found.fields.push(field);
    return;
  }
  if (typeof value === 'string') {
    collectText(value, depth, found);
  } else if (Array.isArray(value)) {
    for (const item of asArray(value)) collect(item, key, depth + 1, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      if (!echoes.has(name.toLowerCase())) collect(inner, name.toLowerCase(), depth + 1, found);
    }
  }
}

function collectText(text: string, depth: number, found: Found): void {
  // The JSON may follow other text: `data: {…}`, or `Error code: 400 - {…}` from a gateway that forwards an error.
  const start = text.search(/\{|\[\s*\{/);
  const json = start === -1 ? '' : trimmedJson(text.slice(start));
  const inner = json.length < 8 ? undefined : parseReply(json);
  const words = typeof inner === 'object' && inner !== null ? text.slice(0, start) : text;
  if (words.trim() !== '') found.strings.push(withoutEcho(readable(words)));
  if (words !== text) collect(inner, '', depth + 1, found);
}

/** Cuts the text after its last closing bracket: an end of line or `[DONE]` may follow. */
function trimmedJson(text: string): string {
  const close = text.startsWith('{') ? '}' : ']';
  const line = /\n\s*\n|\r\n\r\n/.exec(text)?.index ?? text.length;
  return text.slice(0, text.lastIndexOf(close, line) + 1);
}

/** `messages.1.content` from `messages[1].content`, `["body", "messages", 1, "content"]` or `/messages/1/content`. */
function fieldOf(value: unknown): string {
  const steps = Array.isArray(value) ? asArray(value) : [value];
  const path = steps
    .filter((step) => typeof step === 'string' || typeof step === 'number')
    .join('.')
    .replaceAll(/\]?[[/]/g, '.')
    .replaceAll(']', '')
    .replace(/^\.?(?:body\.)?/, '');
  return path.slice(0, 300);
}

/** Removes escapes: some gateways escape quotes and characters that are not ASCII, and do it twice if they forward an error. */
function readable(text: string): string {
  return (
    text
      // The lookbehind starts the match at the first of several backslashes. Without it the time would be quadratic.
      .replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_all, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
      .replace(/(?<!\\)\\+(["'`])/g, '$1')
  );
}

/** Cuts off the conversation that llama.cpp repeats after its error: `…; messages = [ { "role": …`. */
function withoutEcho(text: string): string {
  const echo = /\b(?:messages|request|body|input|payload)\b\W{0,3}[:=]\s{0,10}[[{][^]{0,60}?\brole\b/i.exec(
    text,
  );
  return echo === null ? text : text.slice(0, echo.index);
}
