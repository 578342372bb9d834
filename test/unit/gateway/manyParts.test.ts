import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { done, event } from './replies';
import { readReply, type ReadChoice } from './readReply';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('<think>', '</think>', '"', '\\', '😀'),
);
const index = fc.constantFrom(0, 1, 2, undefined);

const token = fc.record({
  token: text,
  logprob: fc.double({ min: -20, max: 0, noNaN: true }),
  top_logprobs: fc.array(fc.record({ token: text, logprob: fc.integer({ min: -9, max: 0 }) }), {
    maxLength: 3,
  }),
});

const media = fc
  .tuple(fc.constantFrom('images', 'video_url', 'content'), fc.nat({ max: 5 }), fc.constantFrom('png', 'mp4'))
  .map(([field, number, extension]) => {
    const url = `https://cdn.example/${number}.${extension}`;
    if (field === 'video_url') return { video_url: url };
    const part = { type: 'image_url', image_url: { url } };
    return field === 'images' ? { images: [part] } : { content: [part, { type: 'text', text: `${number}` }] };
  });

const toolCall = fc
  .record(
    {
      index: fc.nat({ max: 2 }),
      id: fc.constantFrom('a', 'b', null),
      function: fc.record(
        {
          name: fc.constantFrom('f', 'g', ''),
          arguments: fc.constantFrom('', '{}', '{"x"', ':1', '}', '{"y":"é"}'),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  .map((call) => ({ tool_calls: [call] }));

const piece = fc.oneof(
  { weight: 6, arbitrary: text.map((content) => ({ content })) },
  { weight: 2, arbitrary: text.map((reasoning) => ({ reasoning_content: reasoning })) },
  media,
  toolCall,
  fc.base64String({ maxLength: 8 }).map((data) => ({ audio: { data, format: 'mp3' } })),
);

const choice = fc
  .tuple(
    index,
    piece,
    fc.option(fc.array(token, { maxLength: 2 }), { nil: undefined, freq: 4 }),
    fc.nat({ max: 15 }),
  )
  .map(([number, delta, content, finish]) => ({
    ...(number !== undefined && { index: number }),
    delta,
    ...(content !== undefined && { logprobs: { content } }),
    ...(finish === 0 && { finish_reason: 'stop' }),
  }));

const body = fc
  .tuple(fc.array(fc.array(choice, { minLength: 1, maxLength: 3 }), { maxLength: 15 }), fc.boolean())
  .map(([chunks, isDone]) =>
    Buffer.from(chunks.map((choices) => event({ choices })).join('') + (isDone ? done : '')),
  );

/** Leaves out choices without content. */
const nothing: ReadChoice = {
  text: '',
  reasoning: '',
  media: [],
  tokens: [],
  sources: [],
  calls: [],
  finishReason: undefined,
};

/** The part of the result that must not depend on the split: everything but the places where text is merged. */
async function read(bytes: Buffer, cuts: readonly number[], cumulativeDeltas: boolean): Promise<object> {
  const { choices, ending } = await readReply(bytes, { cuts, choices: 3, gateway: { cumulativeDeltas } });
  return { choices, ending };
}

describe('A reply of several answers with tools, media and log probabilities', () => {
  it('has the same result at every split', () =>
    fc.assert(
      fc.asyncProperty(
        body,
        fc.array(fc.nat(), { maxLength: 30 }),
        fc.boolean(),
        async (bytes, cuts, cumulative) => {
          deepEqual(await read(bytes, cuts, cumulative), await read(bytes, [], cumulative));
        },
      ),
      { numRuns: 400 },
    ));

  it('has the same result byte by byte', () =>
    fc.assert(
      fc.asyncProperty(body, async (bytes) => {
        deepEqual(await read(bytes, [...bytes.keys()], false), await read(bytes, [], false));
      }),
      { numRuns: 60 },
    ));

  it('gives each answer the same parts as a reply with one answer', () =>
    fc.assert(
      fc.asyncProperty(fc.array(choice, { maxLength: 15 }), async (pieces) => {
        const together = await readReply(pieces.map((one) => event({ choices: [one] })).join('') + done);
        for (const number of [0, 1, 2]) {
          const own = pieces.filter((one) => (one.index ?? 0) === number);
          const alone = await readReply(
            own.map((one) => event({ choices: [{ ...one, index: 0 }] })).join('') + done,
          );
          const expected = { ...alone.choices[0], finishReason: undefined };
          const brought = together.choices[number] ?? nothing;
          deepEqual({ ...brought, finishReason: undefined }, expected);
        }
      }),
      { numRuns: 200 },
    ));
});
