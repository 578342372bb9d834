import type { RawExchange } from '../../support/rawServer';
import { delta, done, event, finish, reply } from '../../unit/gateway/replies';
import { extent } from '../support/extent';
import type { Attack } from './attack';

/** The size of each reply. In the long form an event is almost as large as the limit. */
const part = extent(1 / 8, 1);
const large = 15_000_000 * part;

/** As many repetitions of `text` as an event may have. */
function many(text: string, length = large): string {
  return text.repeat(Math.floor(length / text.length));
}

/** `{"error":{"error":…}}`, nested so deeply that a simple recursion fails. */
function nested(name: string, depth = 1_000_000 * part): string {
  return `{"${name}":`.repeat(depth) + '1' + '}'.repeat(depth);
}

/** A complete stream of one event with this data. */
function stream(data: string): string {
  return `data: ${data}\n\n${finish()}${done}`;
}

/** One choice whose delta has this content. */
function choice(content: string): string {
  return stream(`{"choices":[{"index":0,"delta":{${content}}}]}`);
}

/** A reply with this body. */
function body(name: string, text: () => string, ends: Attack['ends'], status = '200 OK'): Attack {
  return {
    name,
    doors: ['question'],
    async serve(exchange: RawExchange) {
      await exchange.write(reply(text(), { status }));
      exchange.end();
    },
    ends,
    requests: 4,
  };
}

const any = { question: /./ };
const completed = { question: /^completed stop$/ };
const failed = { question: /^failed / };

function toolCalls(count: number, call: (place: number) => string): string {
  return `"tool_calls":[${Array.from({ length: Math.floor(count) }, (_, place) => call(place)).join(',')}]`;
}

/** Streams of an allowed size that would take too long with a careless reader. */
const streams: readonly Attack[] = [
  body('five million choices that are all the first', () => stream(`{"choices":[${many('{},')}{}]}`), any),
  body(
    'a million choices that are all the first, whole',
    () => stream(`{"choices":[${many('{"index":0},')}{"message":{"content":"x"}}]}`),
    any,
  ),
  body(
    'ever more choices',
    () =>
      Array.from({ length: 100_000 * part }, (_, index) =>
        event({ choices: [{ index, delta: { content: 'x' } }] }),
      ).join('') +
      finish() +
      done,
    completed,
  ),
  body('errors in errors', () => stream(nested('error')), failed),
  body('data in data', () => stream(nested('data')), any),
  body('pictures in pictures', () => choice(`"image_url":${nested('image_url')}`), any),
  body(
    'arguments in arguments',
    () => choice(toolCalls(1, () => `{"id":"a","function":{"name":"f","arguments":${nested('a')}}}`)),
    any,
  ),
  body('lists in lists', () => stream('['.repeat(large / 2) + ']'.repeat(large / 2)), any),
  body('lists without an end', () => stream('['.repeat(large)), failed),
  body('a code that goes on', () => stream(`{"error":{"code":"${many('insufficient')}"}}`), failed),
  body(
    'a type that goes on',
    () => stream(`{"error":{"message":"no","type":"${many('insufficient_')}"}}`),
    failed,
  ),
  body('words like keys', () => stream(`{"error":"${many('sk-abc ')}"}`), failed),
  body('a bearer of blanks', () => stream(`{"error":"Bearer${many(' ')}"}`), failed),
  body('bare words of 15 MB', () => stream(many('Bearer sk-aaaaaaaa ')), failed),
  body(
    'three hundred thousand calls',
    () =>
      choice(
        toolCalls(300_000 * part, (index) => `{"index":${index},"id":"c${index}","function":{"name":"f"}}`),
      ),
    any,
  ),
  body(
    'a call in half a million pieces',
    () => choice(toolCalls(500_000 * part, () => '{"index":0,"function":{"arguments":"a"}}')),
    any,
  ),
  body(
    'a call whose pieces look whole',
    () =>
      choice(`${toolCalls(1, () => '{"id":"a","function":{"name":"f","arguments":"{\\"a\\":["}}')},"x":0`) +
      choice(toolCalls(250_000 * part, (place) => `{"id":"b${place}","function":{"arguments":"{},{}"}}`)),
    any,
  ),
  body(
    'a call with ever new ids',
    () =>
      choice(
        toolCalls(200_000 * part, (place) => `{"id":"b${place}","function":{"name":"f","arguments":"{}"}}`),
      ),
    any,
  ),
  body(
    'blank lines before the answer, one by one',
    () => delta('\n ').repeat(150_000 * part) + finish() + done,
    any,
  ),
  body(
    'a tag that never closes, letter by letter',
    () => delta('<think>') + delta('</thin').repeat(100_000 * part) + finish() + done,
    any,
  ),
  body(
    'two hundred thousand tokens at once',
    () =>
      stream(
        `{"choices":[{"delta":{"content":"x"},"logprobs":{"content":[${many('{"token":"a","logprob":-1},', 5_400_000 * part)}{}]}}]}`,
      ),
    completed,
  ),
  body(
    'three hundred thousand pictures',
    () =>
      choice(
        `"images":[${Array.from({ length: 300_000 * part }, (_, at) => `"https://a.test/${at}.png"`).join(',')}]`,
      ),
    completed,
  ),
  body(
    'a sound in a million pieces',
    () =>
      event({ choices: [{ delta: { audio: { data: 'AA==' } } }] }).repeat(150_000 * part) + finish() + done,
    completed,
  ),
  body('an event of five million lines', () => `${many('data: x\n')}\n${done}`, any),
  body('an event of lines that are chunks', () => `${many('data: {}\n')}\n${finish()}${done}`, any),
  body(
    'a done with 15 MB of blanks',
    () => `${delta('Hi')}${finish()}data: [DONE]${many(' ')}\n\n`,
    completed,
  ),
  body('NULs in a chunk', () => stream(`{"choices":[]}${many('\0')}`), any),
  body('half characters', () => choice(`"content":"${many('\\ud800')}"`), completed),
  body('escapes', () => choice(`"content":"${many('\\u0041')}"`), completed),
  body(
    'padding in padding',
    () =>
      event({ choices: [{ delta: { content: 'a' } }], obfuscation: 'x' }) +
      `data: {"choices":[{"delta":{"content":"b"}}],${many('"obfuscation":"",', large / 2)}"obfuscation":"y"}\n\n` +
      finish() +
      done,
    completed,
  ),
  body(
    'names of 15 MB',
    () => choice('"content":"a"').replace('{"choices"', `{"model":"${many('m')}","choices"`),
    completed,
  ),
  body(
    'a finish reason of 15 MB',
    () => delta('Hi') + event({ choices: [{ delta: {}, finish_reason: many('stop') }] }) + done,
    { question: /^completed (?:stop){50}$/ },
  ),
];

/** Replies that are not streams. */
const wholes: readonly Attack[] = [
  body('a whole reply nested a million times', () => nested('choices'), failed),
  body('a whole reply of errors in errors', () => nested('error'), failed),
  body('a million whole replies, one a line', () => many('{"choices":[]}\n', 2 * large), any),
  body('a page of titles', () => `<html>${many('<title', 64_000)}`, failed, '500 No'),
  body('backslashes in a refusal', () => `{"error":"unsupported ${'\\'.repeat(60_000)}"}`, failed, '400 No'),
  body('blanks in a refusal', () => `unsupported not${' '.repeat(60_000)}parameter`, failed, '400 No'),
  body('errors in an error', () => nested('error', 6_000), failed, '500 No'),
  body(
    'a code that goes on, in an error',
    () => `{"error":{"code":"${many('insufficient', 60_000)}"}}`,
    failed,
    '402 No',
  ),
];

const lists: readonly Attack[] = Object.entries({
  'five million empty models': () => `[${many('{},')}{}]`,
  'two million models without a name': () => `[${many('"a",')}"a"]`,
  'data in data': () => nested('data'),
  'lists in lists': () => '['.repeat(large),
  'a model whose name has 15 MB': () => `[{"id":"${many('m')}"}]`,
  'a model with a million abilities': () => `[{"id":"m","capabilities":[${many('"x",')}"y"]}]`,
  'errors in errors': () => nested('error'),
}).map(([name, text]): Attack => ({
  name: `a list of ${name}`,
  doors: ['list'],
  async serve(exchange) {
    await exchange.write(reply(text()));
    exchange.end();
  },
  ends: { list: /./ },
}));

/** Replies of an allowed size that would take minutes or overflow the stack with a careless reader. */
export const slowReplies: readonly Attack[] = [...streams, ...wholes, ...lists];
