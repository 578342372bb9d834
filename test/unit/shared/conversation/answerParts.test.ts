import { deepStrictEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import {
  answerMedia,
  answerReasoning,
  answerText,
  type AnswerPart,
} from '../../../../src/shared/answer/answerPart';
import type { AssistantMessage } from '../../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { restoreSnapshot, takeSnapshot } from '../../../../src/shared/messages/takeSnapshot';
import { pushMerged } from '../../../../src/storage/journal/pushMerged';
import { arbitraryEvents } from '../arbitraryEvents';
import { reduceAll } from '../reduceAll';

const at = 1;
const id = 'a';
const begun: ConversationEvent = {
  kind: 'message-added',
  id,
  parent: null,
  at,
  content: { role: 'assistant', model: { gatewayId: 'g', modelId: 'm' }, modelName: 'M' },
};
const text = (words: string): ConversationEvent => ({ kind: 'text-appended', id, text: words, at });
const thought = (words: string): ConversationEvent => ({ kind: 'reasoning-appended', id, text: words, at });
const picture: ConversationEvent = { kind: 'media-added', id, media: { kind: 'image', url: 'data:,' }, at };
const started = (index: number, name = 'look'): ConversationEvent => ({
  kind: 'tool-call-started',
  id,
  index,
  name,
  at,
});
const args = (index: number, words: string): ConversationEvent => ({
  kind: 'tool-call-arguments',
  id,
  index,
  text: words,
  at,
});
const whole = (index: number, given = '{}'): ConversationEvent => ({
  kind: 'tool-called',
  id,
  call: { id: `call-${index}`, name: 'look', arguments: given, complete: true },
  index,
  at,
});
const sources: ConversationEvent = {
  kind: 'sources-added',
  id,
  sources: [{ url: 'https://example.com/', number: 1 }],
  at,
};
const becameReasoning = (length: number): ConversationEvent => ({
  kind: 'text-became-reasoning',
  id,
  length,
  at,
});
const ended: ConversationEvent = {
  kind: 'answer-ended',
  id,
  ending: { outcome: 'cancelled' },
  usage: null,
  servedModel: null,
  at,
};
const resumed: ConversationEvent = { kind: 'answer-resumed', id, at };

function answerOf(events: readonly ConversationEvent[]): AssistantMessage {
  const message = reduceAll('c', [begun, ...events]).messages.get(id);
  if (message?.role !== 'assistant') throw new Error('There is no answer.');
  return message;
}

function outline(parts: readonly AnswerPart[]): string[] {
  return parts.map((part) => {
    switch (part.kind) {
      case 'tool-call':
        return `call ${part.call.name} ${part.call.arguments} ${part.state}`;
      case 'text':
      case 'reasoning':
        return `${part.kind} ${part.text}`;
      default:
        return part.kind;
    }
  });
}

describe('the parts of an answer', () => {
  const shapes: Record<string, [events: readonly ConversationEvent[], parts: readonly string[]]> = {
    'reasoning, then text, then a picture': [
      [thought('Hm.'), text('Yes'), text('.'), picture],
      ['reasoning Hm.', 'text Yes.', 'media'],
    ],
    'a picture between two paragraphs': [
      [text('One.'), picture, text('Two.')],
      ['text One.', 'media', 'text Two.'],
    ],
    'text after reasoning after text': [
      [text('One.'), thought('Hm.'), text('Two.')],
      ['text One.', 'reasoning Hm.', 'text Two.'],
    ],
    'reasoning between two calls': [
      [started(0), args(0, '{'), args(0, '}'), whole(0), thought('Hm.'), started(1, 'run'), args(1, '{"a')],
      ['call look {} written', 'reasoning Hm.', 'call run {"a writing'],
    ],
    'a name that comes in pieces': [[started(0, 'lo'), started(0, 'look')], ['call look  writing']],
    'calls that are written at the same time': [
      [started(0), started(1), args(1, '{"b"'), args(0, '{"a"'), args(1, ':1}'), args(0, ':2}')],
      ['call look {"a":2} writing', 'call look {"b":1} writing'],
    ],
    'sources in the middle of the text, which stay last': [
      [text('One'), sources, text(' two.'), picture, text('Three.')],
      ['text One two.', 'media', 'text Three.', 'sources'],
    ],
    'blank text between two thoughts': [
      [thought('Hm'), text('\n'), thought(' so.'), text('\n'), text('Yes.')],
      ['reasoning Hm so.', 'text \n\nYes.'],
    ],
    'a blank thought between two pieces of text': [
      [text('Ye'), thought('\n'), text('s.')],
      ['text Yes.', 'reasoning \n'],
    ],
    'text that was reasoning': [
      [text('Hm.'), becameReasoning(3), text('Yes.')],
      ['reasoning Hm.', 'text Yes.'],
    ],
    'text around a picture that was reasoning': [
      [text('Hm'), picture, text(' so.'), becameReasoning(6), text('Yes.')],
      ['reasoning Hm', 'media', 'reasoning  so.', 'text Yes.'],
    ],
    'an answer that was cut in a word and goes on': [
      [thought('Hm.'), text('Hel'), sources, ended, resumed, text('lo.')],
      ['reasoning Hm.', 'text Hello.', 'sources'],
    ],
    'an answer that goes on after another thought': [
      [thought('Hm.'), text('Hel'), ended, resumed, thought(' So.'), text('lo'), text('.')],
      ['reasoning Hm. So.', 'text Hello.'],
    ],
    'an answer that goes on with text that was reasoning': [
      [text('Hel'), ended, resumed, text('Hm.'), becameReasoning(3), text('lo.')],
      ['reasoning Hm.', 'text Hello.'],
    ],
    'an answer that goes on after a picture of its text': [
      [text('Hel'), picture, ended, resumed, text('lo.')],
      ['media', 'text Hello.'],
    ],
    'a call that was being written when the answer ended': [
      [started(0), args(0, '{"a'), ended],
      ['call look {"a written'],
    ],
    'the same number of a call in an answer that goes on': [
      [started(0), whole(0), text('x'), ended, resumed, started(0, 'run'), whole(0, '{"b":1}')],
      ['call look {} written', 'text x', 'call look {"b":1} written'],
    ],
  };
  for (const [name, [events, parts]] of Object.entries(shapes)) {
    it(`keep the order of ${name}`, () => {
      deepStrictEqual(outline(answerOf(events).parts), parts);
    });
  }

  it('give the whole text, all reasoning and all media', () => {
    const answer = answerOf([
      thought('A'),
      text('One.'),
      picture,
      text('Two'),
      thought('B'),
      text('fold'),
      picture,
    ]);
    deepStrictEqual(
      [answerText(answer), answerReasoning(answer), answerMedia(answer).length],
      ['One.\n\nTwofold', 'AB', 2],
    );
  });

  it('are the same however the deltas are cut, and whether the journal merges them', () => {
    const words = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('\n', ' ', 'word'));
    const delta = fc.oneof(
      fc.record({
        kind: fc.constantFrom('text-appended' as const, 'reasoning-appended' as const),
        id: fc.constant(id),
        text: words,
        at: fc.constant(at),
      }),
      fc.record({
        kind: fc.constant('tool-call-arguments' as const),
        id: fc.constant(id),
        index: fc.nat({ max: 1 }),
        text: words,
        at: fc.constant(at),
      }),
    );
    const other = fc.constantFrom(picture, sources, started(0), started(1), whole(0), ended, resumed);
    const events = fc.array(fc.oneof({ weight: 3, arbitrary: delta }, other), { maxLength: 30 });
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (all, places) => {
        const cut = all.flatMap((event): ConversationEvent[] => {
          if (!('text' in event)) return [event];
          const place = places.next().value % (event.text.length + 1);
          const halves = [event.text.slice(0, place), event.text.slice(place)];
          return halves.flatMap((half) => (half === '' ? [] : [{ ...event, text: half }]));
        });
        const merged: ConversationEvent[] = [];
        for (const event of cut) pushMerged(merged, event);
        const expected = answerOf(all);
        deepStrictEqual(answerOf(cut), expected);
        deepStrictEqual(answerOf(merged), expected);
      }),
    );
  });

  it('go on from a snapshot as from the events', () => {
    fc.assert(
      fc.property(arbitraryEvents, fc.nat(), (events, place) => {
        const half = place % (events.length + 1);
        const travelled = structuredClone(takeSnapshot(reduceAll('c', events.slice(0, half))));
        const conversation = restoreSnapshot(travelled);
        for (const event of events.slice(half)) reduce(conversation, event);
        const expected = reduceAll('c', events);
        deepStrictEqual(conversation.messages, expected.messages);
      }),
    );
  });

  it('stay few, however often a reply switches between text and reasoning', () => {
    const events = Array.from({ length: 5_000 }, (_, number) =>
      number % 2 === 0 ? text('a') : thought('b'),
    );
    const answer = answerOf(events);
    equal(answer.parts.length, 500);
    deepStrictEqual([answerText(answer).length, answerReasoning(answer).length], [2_500, 2_500]);
  });
});
