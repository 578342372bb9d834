import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { JsonObjectText } from '../../../../src/gateway/json/jsonObjectText';

/** The expected result, found with `JSON.parse` after each piece. */
function isObject(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

describe('JsonObjectText', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    '"a":',
    '1',
    ',',
    ' ',
    '\n',
    '\u00a0',
    '{}',
    '{"a":"}"}',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.json().map((json) => ` ${json}\n`),
  );

  it('is complete exactly when the text so far is one JSON object', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 40 })), (whole, cuts) => {
        const object = new JsonObjectText();
        const places = [...new Set([...cuts.filter((cut) => cut < whole.length), whole.length])].sort(
          (a, b) => a - b,
        );
        let start = 0;
        for (const end of places) {
          object.add(whole.slice(start, end));
          start = end;
          equal(object.text, whole.slice(0, end));
          equal(object.isComplete, isObject(whole.slice(0, end)), whole.slice(0, end));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
