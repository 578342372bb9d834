import fc from 'fast-check';
import { delta, done, event, finish } from './replies';

/** Text of an answer, including text that resembles a mark or a part of the format. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    '<think>',
    '</think>',
    '\r\n',
    '😀',
    ' ',
    'data: x',
    '[DONE]',
    '![a](https://x.example/a.png)',
  ),
);

/** Any JSON with field names that gateways use. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1, -1, '', 'x', 'stop', 'error', 'Hi'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        ...['choices', 'delta', 'message', 'content', 'error', 'data', 'usage', 'code', 'msg', 'id', 'index'],
        ...['tool_calls', 'function', 'arguments', 'name', 'logprobs', 'token', 'logprob', 'finish_reason'],
        ...[
          'text',
          'type',
          'images',
          'image_url',
          'url',
          'audio',
          'reasoning',
          'reasoning_details',
          'base_resp',
        ],
      ),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

const toolDelta = fc
  .record(
    {
      index: fc.constantFrom(0, 1),
      id: fc.constantFrom('a', 'b', null),
      function: fc.record(
        { name: fc.constantFrom('weather', ''), arguments: fc.constantFrom('{', '"a":1', '}', '{}') },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  .map((call) => event({ choices: [{ delta: { tool_calls: [call] } }] }));

const piece = fc.oneof(
  { weight: 6, arbitrary: text.map((content) => delta(content)) },
  { weight: 2, arbitrary: text.map((reasoning) => event({ choices: [{ delta: { reasoning } }] })) },
  { weight: 2, arbitrary: text.map((content) => event({ choices: [{ index: 1, delta: { content } }] })) },
  { weight: 1, arbitrary: toolDelta },
  { weight: 2, arbitrary: json.map((value) => event(value)) },
  { weight: 1, arbitrary: json.map((value) => JSON.stringify(value)) },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      ': ping\n\n',
      'data:\n\n',
      'data: null\n\n',
      'event: ping\ndata: {}\n\n',
      'event: error\ndata: {"message":"no"}\n\n',
      'data: bare words\n\n',
      '{"choices":[]}',
      '<html>',
      '\ufeff',
      '\n',
      done,
      done.trimEnd(),
      finish(),
      finish('length'),
      finish('error'),
      delta('cut').slice(0, 25),
      `${delta('glued').trimEnd()}\n`,
      event({ error: { message: 'no' } }),
      event({ choices: [], usage: { prompt_tokens: 1 } }),
      event({ choices: [{ message: { content: 'whole' } }] }),
      event({ code: 0, data: { choices: [{ delta: { content: 'wrapped' } }] } }),
      event({ code: 500, msg: 'no' }),
    ),
  },
);

const body = fc
  .tuple(fc.array(piece, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([pieces, lineEnd]) => Buffer.from(pieces.join('').replaceAll('\n', lineEnd)));

/** Overwrites some bytes, so that UTF-8 and the framing become invalid, too. */
const damagedBody = fc
  .tuple(body, fc.nat(), fc.constantFrom(0, 0x0a, 0x22, 0x80, 0xff))
  .map(([bytes, at, value]) =>
    bytes.length === 0 ? bytes : Buffer.from(bytes).fill(value, at % bytes.length, (at % bytes.length) + 1),
  );

/** Any bytes that a gateway may send as a body. */
export const anyBody: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: body },
  { weight: 3, arbitrary: damagedBody },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
);

/** A stream and the text that the user must see. */
export interface KnownStream {
  readonly body: Uint8Array;
  readonly text: string;
}

/** Chunks without content for the first answer. */
const noise = fc.constantFrom(
  ': ping\n\n',
  'data:\n\n',
  'data: null\n\n',
  'retry: 10\n\n',
  'event: ping\ndata: {}\n\n',
  event({ choices: null }),
  event({ choices: [] }),
  event({ choices: [{ delta: { role: 'assistant' } }] }),
  event({ choices: [{ index: 1, delta: { content: 'another' } }] }),
  event({ choices: [{ delta: { reasoning_content: 'Hm' } }] }),
  event({ choices: [], usage: { prompt_tokens: 1 } }),
  delta(''),
  delta(null),
);

/** The ways in which a stream ends. None of them may lose text. */
const stop = fc.constantFrom(
  '',
  done,
  finish(),
  finish('length'),
  finish() + done,
  finish('error'),
  event({ error: { message: 'no', code: 500 } }),
  'event: error\ndata: no\n\n',
  'data: upstream closed\n\n',
  'data: {"choices":[{"delta":{"content":"half',
  'data: {"choices":[{"delta\n\n',
  done + delta('late'),
);

/** Text without any reasoning mark. */
const plainText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .map((words) => words.replaceAll('<', '('));

/** Text in deltas between noise, with any kind of end. */
export const knownStream: fc.Arbitrary<KnownStream> = fc
  .tuple(
    fc.array(
      fc.oneof(
        plainText.map((words) => ({ words, wire: delta(words) })),
        noise.map((wire) => ({ words: '', wire })),
      ),
      { maxLength: 12 },
    ),
    stop,
    fc.constantFrom('\n', '\r\n', '\r'),
  )
  .map(([chunks, end, lineEnd]) => ({
    body: Buffer.from((chunks.map(({ wire }) => wire).join('') + end).replaceAll('\n', lineEnd)),
    text: chunks.map(({ words }) => words).join(''),
  }));
