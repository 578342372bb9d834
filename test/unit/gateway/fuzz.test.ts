import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { anyBody, knownStream } from './arbitraryReplies';
import { textsOf, type Answer } from './asking';
import { readBody } from './readBody';

/** The number of streams to generate. `npm run test:fuzz` sets a much larger number than `npm test`. */
const runs = Number(process.env['PARLEY_FUZZ_RUNS'] ?? 2_000);

const cuts = fc.array(fc.nat(), { maxLength: 30 });
const status = fc.oneof(
  { weight: 8, arbitrary: fc.constant(200) },
  { weight: 2, arbitrary: fc.constantFrom(201, 302, 400, 401, 404, 429, 500, 529) },
);

/**
 * The part of the result that must not depend on the split: everything but the places where text is merged, and the random ids of
 * tool calls without an id.
 */
function essence({ parts, ending }: Answer): unknown {
  const choices = new Set(parts.map((part) => ('choice' in part ? (part.choice ?? 0) : 0)));
  const said = [...choices].sort((a, b) => a - b).map((choice) => [choice, textsOf(parts, choice)]);
  const texts = new Set(['text', 'reasoning', 'text-was-reasoning', 'ended']);
  const others = parts.filter(({ kind }) => !texts.has(kind));
  return JSON.parse(JSON.stringify({ said, ending, others }).replace(/"call_[\da-f-]{36}"/g, '"call_1"'));
}

describe('Any reply', () => {
  it('ends once, without an exception, and with the same result at every split', () =>
    fc.assert(
      fc.asyncProperty(anyBody, cuts, status, async (bytes, places, code) => {
        const head = { status: code, headers: {} };
        // `readReply` checks that there is exactly one end, as the last part.
        const whole = await readBody(bytes, [], head);
        if (code >= 300) equal(whole.ending.outcome, 'failed');
        if (whole.ending.outcome === 'failed') equal(whole.text, '');
        deepEqual(essence(await readBody(bytes, places, head)), essence(whole));
      }),
      { numRuns: runs / 2 },
    ));

  it('has the same result byte by byte', () =>
    fc.assert(
      fc.asyncProperty(anyBody, async (bytes) => {
        deepEqual(essence(await readBody(bytes, [...bytes.keys()])), essence(await readBody(bytes, [])));
      }),
      { numRuns: runs / 8 },
    ));

  it('loses no text with any noise and any kind of end', () =>
    fc.assert(
      fc.asyncProperty(knownStream, cuts, async ({ body, text }, places) => {
        const answer = await readBody(body, places);
        equal(answer.text, text);
        ok(text === '' || answer.ending.outcome === 'completed' || answer.ending.outcome === 'truncated');
      }),
      { numRuns: (runs * 3) / 8 },
    ));
});
