import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import type { Answer } from './asking';
import { readBody } from './readBody';
import { delta, done, event, finish } from './replies';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('<think>', '</think>', '\r\n', '😀', ' '),
);

const piece = fc.oneof(
  { weight: 6, arbitrary: text.map((content) => delta(content)) },
  { weight: 2, arbitrary: text.map((reasoning) => event({ choices: [{ delta: { reasoning } }] })) },
  fc.constantFrom(
    ': ping\n\n',
    'data:\n\n',
    'data: null\n\n',
    'event: ping\ndata: {}\n\n',
    'data: bare words\n\n',
    '{"choices":[]}',
    '<html>',
    '\ufeff',
    '\n',
    done,
    done.trimEnd(),
    finish(),
    finish('length'),
    delta('cut').slice(0, 25),
    delta('glued').trimEnd() + '\n',
    event({ error: { message: 'no' } }),
    event({ choices: [], usage: { prompt_tokens: 1 } }),
    event({ choices: [{ message: { content: 'whole' } }] }),
  ),
);

const body = fc
  .tuple(fc.array(piece, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([pieces, lineEnd]) => Buffer.from(pieces.join('').replaceAll('\n', lineEnd)));

/** Some bytes cut out of their place, so that UTF-8 breaks too. */
const damagedBody = fc
  .tuple(body, fc.nat(), fc.constantFrom(0, 0x80, 0xff))
  .map(([bytes, at, value]) =>
    bytes.length === 0 ? bytes : Buffer.from(bytes).fill(value, at % bytes.length, (at % bytes.length) + 1),
  );

/** What must not depend on the split: everything but the places where text is merged. */
function essence({ text: shown, reasoning, usage, servedModel, ending }: Answer): object {
  return { shown, reasoning, usage, servedModel, ending };
}

describe('A reply, split anywhere', () => {
  for (const [name, arbitrary] of Object.entries({ whole: body, damaged: damagedBody })) {
    it(`is the same answer (${name})`, () =>
      fc.assert(
        fc.asyncProperty(arbitrary, fc.array(fc.nat(), { maxLength: 30 }), async (bytes, cuts) => {
          deepEqual(essence(await readBody(bytes, cuts)), essence(await readBody(bytes, [])));
        }),
        { numRuns: 400 },
      ));
  }

  it('is the same answer byte by byte', () =>
    fc.assert(
      fc.asyncProperty(body, async (bytes) => {
        deepEqual(essence(await readBody(bytes, [...bytes.keys()])), essence(await readBody(bytes, [])));
      }),
      { numRuns: 100 },
    ));
});
