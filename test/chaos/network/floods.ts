import { delta, done, event, finish, reply } from '../../unit/gateway/replies';
import { extent } from '../support/extent';
import type { Attack } from './attack';

/** The size of each flood, in bytes. */
const tenGigabytes = 10e9;
/** The limits of an answer and of bytes without progress, in bytes, plus the buffers on the way. */
const answer = 128e6 + 8e6;
/** How long a flood without a size limit runs, in seconds. In the long form all 10 GB are sent. */
const patience = extent(0.2, 60);

const ok = 'HTTP/1.1 200 OK\r\n';

interface Flood {
  /** The bytes before the flood, with the head; an ordinary head if absent. */
  readonly first?: string | Uint8Array;
  /** The bytes that are repeated. */
  readonly piece: string | Uint8Array;
}

/** A flood for every door through which it can come. */
function flood(
  name: string,
  { first = reply(''), piece }: Flood,
  more: Pick<Attack, 'doors' | 'ends'> & Partial<Attack>,
): Attack {
  return {
    name,
    async serve(exchange, { supply }) {
      await exchange.write(first);
      await supply.flood(exchange, piece, tenGigabytes);
      exchange.end();
    },
    ...more,
  };
}

const tooLarge = { question: /^(?:failed|truncated) reply-too-large$/, list: /^failed reply-too-large$/ };

/** Floods that look like answers: they are cut at the limit of an answer, and the text before it is kept. */
const answers: readonly Attack[] = Object.entries({
  words: delta('word '.repeat(2_000)),
  'the arguments of a call': event({
    choices: [
      {
        delta: {
          tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: 'x'.repeat(10_000) } }],
        },
      },
    ],
  }),
  'tokens with their probabilities': event({
    choices: [
      {
        delta: { content: 'x' },
        logprobs: { content: new Array(200).fill({ token: 'x', logprob: -1, top_logprobs: [] }) },
      },
    ],
  }),
  reasoning: event({ choices: [{ delta: { reasoning_content: 'hm '.repeat(2_000) } }] }),
  pictures: event({
    choices: [{ delta: { images: [{ image_url: { url: 'data:image/png;base64,' + 'A'.repeat(50_000) } }] } }],
  }),
  'pieces of sound': event({ choices: [{ delta: { audio: { data: 'AAAA'.repeat(10_000) } } }] }),
  'two answers at once':
    delta('a'.repeat(5_000)) + event({ choices: [{ index: 1, delta: { content: 'b'.repeat(5_000) } }] }),
  'finish reasons': finish(),
  'thoughts after a tag': delta('<think>' + 'x'.repeat(5_000)),
}).map(([name, piece]) =>
  // Equal pictures count as one picture, which is not progress. The flood ends in both cases.
  flood(
    name,
    { piece },
    {
      doors: ['question'],
      ends: { question: /^(?:truncated|failed) reply-too-large$|^failed empty-reply$/ },
      mostTaken: 2 * answer,
    },
  ),
);

/** The check expects an answer of a few words, so five floods of 128 million characters would take too long. */
const checked: Attack = flood(
  'words in a check',
  { piece: delta('word '.repeat(100)) },
  { doors: ['check'], ends: { check: /^checked: models, answer/ }, requests: 6, mostTaken: 16e6 + 6 * 8e6 },
);

/** Floods that do not look like answers. */
const nothings: readonly Attack[] = [
  ...Object.entries({
    comments: ': ping\n\n',
    'one endless comment': ':'.repeat(100),
    'empty chunks': 'data: {"choices":[]}\n\n',
    'null chunks': 'data: null\n\n',
    'chunks that say only the role': 'data: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n',
    'counts of tokens': 'data: {"choices":[],"usage":{"prompt_tokens":1}}\n\n',
    'one picture again and again': event({ choices: [{ delta: { images: ['https://a.test/b.png'] } }] }),
    'blank lines': '\n',
    blanks: ' ',
    NULs: '\0',
    identifiers: 'id: 1\n\n',
    'one endless identifier': 'id'.padEnd(100, ':'),
    'waits for another try': 'retry: 1\n\n',
    'words that are no chunks': 'data: hello\n\n',
    'unknown fields': 'unknown: field\n\n',
    'lines of an event that never ends': 'data: x\n',
    'an event that never ends': 'data:'.padEnd(100, 'x'),
  }).map(([name, piece]) =>
    flood(
      name,
      { piece },
      {
        doors: ['question', 'list'],
        // The first of the size limit and the time limit.
        ends: {
          question:
            /^(?:failed|truncated) (?:reply-too-large|gateway-error|malformed-reply|first-token-timeout|idle-timeout)$/,
          list: /^failed (?:reply-too-large|first-token-timeout)$/,
        },
        timeouts: { firstToken: patience, idle: patience },
        mostTaken: answer,
        requests: 4,
      },
    ),
  ),
  flood(
    'an event without an end',
    { first: reply('data: '), piece: 'x'.repeat(100) },
    { doors: ['question'], ends: tooLarge, mostTaken: answer },
  ),
  flood(
    'a name of an event without an end',
    { first: reply('event: '), piece: 'x'.repeat(100) },
    { doors: ['question'], ends: tooLarge, mostTaken: answer },
  ),
  flood(
    'a chunk without an end',
    { first: reply('data: {"choices":[{"delta":{"content":"'), piece: 'x'.repeat(100) },
    { doors: ['question'], ends: tooLarge, mostTaken: answer },
  ),
  flood(
    'a whole reply without an end',
    { first: reply('{"choices":[{"message":{"content":"'), piece: 'x'.repeat(100) },
    { doors: ['question', 'list'], ends: tooLarge, mostTaken: answer },
  ),
  flood(
    'a list without an end',
    { first: reply('{"data":['), piece: '{"id":"a"},' },
    { doors: ['question', 'list'], ends: tooLarge, mostTaken: answer },
  ),
  flood(
    'a page without an end',
    { first: reply('<!doctype html>'), piece: '<p>Hello</p>' },
    {
      doors: ['question', 'list', 'medium'],
      ends: { question: /^failed not-an-api$/, list: /^failed reply-too-large$/, medium: /^nothing$/ },
      mostTaken: answer,
    },
  ),
  flood(
    'words without an end',
    { first: reply('Hello. '), piece: 'Hello. ' },
    { doors: ['question', 'list'], ends: tooLarge, mostTaken: answer },
  ),
  flood(
    'a picture without an end',
    { first: reply('', { headers: ['Content-Type: image/png'] }), piece: 'x'.repeat(100) },
    {
      doors: ['medium'],
      ends: { medium: /^nothing$/ },
      mostTaken: 64e6 + 8e6,
    },
  ),
  ...[400, 401, 404, 429, 500, 503].map((status) =>
    flood(
      `an error without an end (${status})`,
      { first: reply('', { status: `${status} No` }), piece: '{"error":"no"}' },
      {
        doors: ['question', 'list', 'medium'],
        ends: { question: /^failed /, list: /^failed (?!reply-too-large)/, medium: /^nothing$/ },
        requests: 4,
        // A temporary error is retried three times.
        mostTaken: 4 * 8e6,
      },
    ),
  ),
  flood(
    'headers without an end',
    { first: ok, piece: 'X-Header: value\r\n' },
    { doors: ['question', 'list', 'medium'], ends: tooLarge, mostTaken: 8e6 },
  ),
  flood(
    'one header without an end',
    { first: `${ok}X: `, piece: 'value' },
    { doors: ['question', 'list', 'medium'], ends: tooLarge, mostTaken: 8e6 },
  ),
  flood(
    'trailers without an end',
    { first: `${ok}Transfer-Encoding: chunked\r\n\r\n0\r\n`, piece: 'X-Trailer: value\r\n' },
    {
      doors: ['question', 'list', 'medium'],
      ends: { question: /^failed /, list: /^failed / },
      mostTaken: 8e6,
    },
  ),
];

/** Floods after the end of an answer: the answer is complete, and the rest is not read. */
const afterwards: readonly Attack[] = Object.entries({
  'after [DONE]': delta('Hi') + finish() + done,
  'after the finish reason': delta('Hi') + finish(),
}).map(([name, text]) =>
  flood(
    `comments ${name}`,
    { first: reply(text), piece: ': still here\n\n' },
    { doors: ['question'], ends: { question: /^completed stop$/ } },
  ),
);

/** Floods of bytes that are not a body: only the time limits end them, and the memory does not grow. */
const withoutBody: readonly Attack[] = Object.entries({
  'early hints': { first: '', piece: 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n' },
  'processing, processing': { first: '', piece: 'HTTP/1.1 102 Processing\r\n\r\n' },
  'a reason without an end': { first: 'HTTP/1.1 200 ', piece: 'O' },
  'an extension of a chunk': { first: `${ok}Transfer-Encoding: chunked\r\n\r\n5;`, piece: 'x' },
  'blank lines before the head': { first: '', piece: '\r\n' },
  'zeros before the size of a chunk': { first: `${ok}Transfer-Encoding: chunked\r\n\r\n`, piece: '0' },
}).map(([name, bytes]) =>
  flood(name, bytes, {
    doors: ['question', 'list'],
    timeouts: { firstToken: patience },
    ends: { question: /^failed /, list: /^failed / },
    requests: 4,
  }),
);

/** Gateways that send ten gigabytes. The short form has fewer kinds of answers. */
export const floods: readonly Attack[] = [
  ...answers.slice(0, extent(3, Infinity)),
  checked,
  ...nothings,
  ...afterwards,
  ...withoutBody,
];
