import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { pushMerged } from '../../../../src/storage/journal/pushMerged';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';

const limit = 1_000_000;

function textOf(events: readonly ConversationEvent[], id: string): string {
  return events
    .map((event) => (event.kind === 'text-appended' && event.id === id ? event.text : ''))
    .join('');
}

describe('pushMerged', () => {
  it('keeps every character in order and makes no line that is too long to be read again', () => {
    const delta = fc.record({
      id: fc.constantFrom('a', 'b'),
      length: fc.nat({ max: 2_500_000 }),
      letter: fc.constantFrom('x', 'é', '😀'),
    });
    fc.assert(
      fc.property(fc.array(delta, { maxLength: 6 }), (deltas) => {
        const events: ConversationEvent[] = [];
        const expected = { a: '', b: '' };
        for (const { id, length, letter } of deltas) {
          const text = letter.repeat(length).slice(0, length);
          expected[id] += text;
          pushMerged(events, { kind: 'text-appended', id, text, at: 1 });
        }
        equal(textOf(events, 'a') === expected.a && textOf(events, 'b') === expected.b, true);
        for (const event of events) ok(event.kind === 'text-appended' && event.text.length <= limit);
      }),
      { numRuns: 30 },
    );
  });

  it('merges the deltas of a fast stream into one line', () => {
    const events: ConversationEvent[] = [];
    for (let at = 0; at < 1_000; at += 1)
      pushMerged(events, { kind: 'text-appended', id: 'a', text: 'word ', at });
    deepEqual(events, [{ kind: 'text-appended', id: 'a', text: 'word '.repeat(1_000), at: 0 }]);
  });
});
