import { asArray } from '../json/replyObject';
import { parseReply } from '../json/parseReply';

/** So many characters of an error's body are read. */
const longestBody = 20_000;
/** An error inside an error inside an error; deeper ones are not looked for. */
const deepest = 12;
const mostStrings = 200;

/** What an error says, without the dress it came in. */
export interface RefusalWords {
  /** Its sentences, and its codes and types, one a line. What it repeats of our request is left out. */
  readonly text: string;
  /** The fields that it points at with `param`, `loc`, `path` or `field`: `temperature`, `messages.1.content`. */
  readonly fields: readonly string[];
}

/** Keys whose values are our own request, or say nothing about what is wrong. */
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
 * Reads the body of an error: JSON in any shape, also inside a string of another error; text; the `data:` lines of a stream.
 */
export function readRefusalWords(body: string): RefusalWords {
  const raw = body.slice(0, longestBody);
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
  // Also `data: {…}`, and the words of a client that passes another's error on: `Error code: 400 - {…}`.
  const start = text.search(/\{|\[\s*\{/);
  const json = start === -1 ? '' : trimmedJson(text.slice(start));
  const inner = json.length < 8 ? undefined : parseReply(json);
  const words = typeof inner === 'object' && inner !== null ? text.slice(0, start) : text;
  if (words.trim() !== '') found.strings.push(withoutEcho(readable(words)));
  if (words !== text) collect(inner, '', depth + 1, found);
}

/** Up to the last bracket that closes: what stands after it is a line's end, or `[DONE]`. */
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

/** Some gateways escape what is not ASCII, and quotes; twice when they pass another's error on. */
function readable(text: string): string {
  return (
    text
      // From the first of several backslashes only: otherwise thousands of them would be read again and again.
      .replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_all, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
      .replace(/(?<!\\)\\+(["'`])/g, '$1')
  );
}

/** llama.cpp repeats the whole conversation after its words: `…; messages = [ { "role": …`. */
function withoutEcho(text: string): string {
  const echo = /\b(?:messages|request|body|input|payload)\b\W{0,3}[:=]\s{0,10}[[{][^]{0,60}?\brole\b/i.exec(
    text,
  );
  return echo === null ? text : text.slice(0, echo.index);
}
