import { answerText } from '../../../../src/shared/answer/answerPart';
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import * as v from 'valibot';
import type { Conversation, Message } from '../../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import { conversationEventSchema } from '../../../../src/shared/conversation/conversationEvent';
import { pathTo, selectedPath, versionsOf } from '../../../../src/shared/conversation/conversation';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { arbitraryEvents } from '../arbitraryEvents';
import { reduceAll } from '../reduceAll';

const prompt = (id: string, parent: string | null, at = 1): ConversationEvent => ({
  kind: 'message-added',
  id,
  parent,
  at,
  content: { role: 'user', text: `text of ${id}`, attachments: [] },
});

const answer = (id: string, parent: string | null, at = 1): ConversationEvent => ({
  kind: 'message-added',
  id,
  parent,
  at,
  content: { role: 'assistant', model: { gatewayId: 'g', modelId: 'm' }, modelName: 'M' },
});

const idsOf = (messages: readonly Message[]): string[] => messages.map((message) => message.id);

/** The places that have children: the conversation itself for the roots, and each message. */
function familiesOf(
  conversation: Conversation,
): { parent: string | null; children: string[]; selected: string | null }[] {
  return [
    { parent: null, children: conversation.roots, selected: conversation.selectedRoot },
    ...[...conversation.messages.values()].map((message) => ({
      parent: message.id,
      children: message.children,
      selected: message.selectedChild,
    })),
  ];
}

describe('reduce', () => {
  it('keeps the tree consistent for any events', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const conversation = reduceAll('c', events);
        const listed = familiesOf(conversation).flatMap(({ parent, children }) =>
          children.map((child) => ({ parent, child })),
        );
        for (const { parent, child } of listed) equal(conversation.messages.get(child)?.parent, parent);
        equal(new Set(listed.map(({ child }) => child)).size, listed.length, 'a child is listed twice');
        equal(listed.length, conversation.messages.size, 'a message is listed nowhere');
        for (const [id, message] of conversation.messages) equal(message.id, id);
      }),
    );
  });

  it('always has one selected path that ends at a leaf', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const conversation = reduceAll('c', events);
        for (const { children, selected } of familiesOf(conversation)) {
          if (children.length === 0) equal(selected, null);
          else ok(selected !== null && children.includes(selected));
        }
        const path = selectedPath(conversation);
        equal(path.length > 0, conversation.messages.size > 0);
        equal(path.at(-1)?.selectedChild ?? null, null);
        const last = path.at(-1);
        if (last !== undefined) deepStrictEqual(pathTo(conversation, last.id), path);
      }),
    );
  });

  it('selects the same path with and without its cache of the last selection', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        let forgetful = reduceAll('c', events.slice(0, 1));
        for (const event of events.slice(1)) {
          forgetful = structuredClone(forgetful);
          reduce(forgetful, event);
        }
        deepStrictEqual(forgetful, reduceAll('c', events));
      }),
    );
  });

  it('adds a message to a long conversation without walking to its beginning', () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => `m${index}`);
    const conversation = reduceAll(
      'c',
      ids.map((id, index) => prompt(id, ids[index - 1] ?? null)),
    );
    let lookups = 0;
    const { messages } = conversation;
    const get = messages.get.bind(messages);
    messages.get = (id) => {
      lookups += 1;
      return get(id);
    };
    reduce(conversation, prompt('next', 'm1999'));
    ok(lookups < 10, `${lookups} messages were looked at`);
    equal(selectedPath(conversation).at(-1)?.id, 'next');
  });

  it('returns false for an invalid event and changes nothing', () => {
    fc.assert(
      fc.property(arbitraryEvents, arbitraryEvents, (past, events) => {
        const conversation = reduceAll('c', past);
        for (const event of events) {
          const before = structuredClone(conversation);
          if (!reduce(conversation, event)) deepStrictEqual(conversation, before);
        }
      }),
    );
  });

  it('gives the same result after the events were serialised as JSON and parsed with their schema', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const travelled = events.map((event) =>
          v.parse(conversationEventSchema, JSON.parse(JSON.stringify(event))),
        );
        deepStrictEqual(reduceAll('c', travelled), reduceAll('c', events));
      }),
    );
  });

  it('adds an edited prompt as a second version and selects it', () => {
    const conversation = reduceAll('c', [
      prompt('question', null),
      answer('reply', 'question'),
      prompt('edited', null),
      answer('other', 'edited'),
    ]);
    deepStrictEqual(idsOf(selectedPath(conversation)), ['edited', 'other']);
    reduce(conversation, { kind: 'version-selected', id: 'question', at: 2 });
    deepStrictEqual(idsOf(selectedPath(conversation)), ['question', 'reply']);
    const question = conversation.messages.get('question');
    deepStrictEqual(question && versionsOf(conversation, question), ['question', 'edited']);
  });

  it('restores the selection below a version', () => {
    const conversation = reduceAll('c', [
      prompt('question', null),
      answer('first', 'question'),
      answer('second', 'question'),
      { kind: 'version-selected', id: 'first', at: 2 },
      prompt('edited', null),
      { kind: 'version-selected', id: 'question', at: 3 },
    ]);
    deepStrictEqual(idsOf(selectedPath(conversation)), ['question', 'first']);
  });

  it('keeps an answer of a million words in a flat string', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const conversation = reduceAll('c', [prompt('p', null), answer('a', 'p')]);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    let expected = 0;
    for (let number = 0; number < 1_000_000; number += 1) {
      const text = `${number} `;
      expected += text.length;
      reduce(conversation, { kind: 'text-appended', id: 'a', text, at: 1 });
    }
    collectGarbage();
    const weight = process.memoryUsage().heapUsed - before;
    const message = conversation.messages.get('a');
    equal(message?.role === 'assistant' && answerText(message).length, expected);
    // Kept as its pieces, it would need ten times as much.
    ok(weight < 3 * expected, `${weight} bytes for ${expected} characters`);
  });

  it('accepts any number of tokens in one event', () => {
    const tokens = Array.from({ length: 500_000 }, () => ({ text: 'x', logprob: -1, alternatives: [] }));
    const conversation = reduceAll('c', [
      prompt('p', null),
      answer('a', 'p'),
      { kind: 'tokens-appended', id: 'a', tokens, at: 2 },
    ]);
    const message = conversation.messages.get('a');
    equal(message?.role === 'assistant' && message.tokens.length, 500_000);
  });

  it('keeps text after the end of an answer', () => {
    const conversation = reduceAll('c', [
      answer('reply', null),
      { kind: 'text-appended', id: 'reply', text: 'Hello', at: 5 },
      {
        kind: 'answer-ended',
        id: 'reply',
        ending: { outcome: 'cancelled' },
        usage: null,
        servedModel: null,
        at: 6,
      },
      { kind: 'text-appended', id: 'reply', text: ' there', at: 7 },
    ]);
    const reply = conversation.messages.get('reply');
    ok(reply?.role === 'assistant');
    deepStrictEqual([answerText(reply), reply.textStartedAt, reply.endedAt], ['Hello there', 5, 6]);
    deepStrictEqual(reply.ending, { outcome: 'cancelled' });
  });

  it('ignores fields of the content that would change the tree', () => {
    const forged = {
      ...prompt('question', null),
      content: { role: 'user', text: '', attachments: [], id: 'x', children: ['x'] },
    };
    const conversation = reduceAll('c', [forged as unknown as ConversationEvent]);
    equal(conversation.messages.get('question')?.id, 'question');
    deepStrictEqual(conversation.messages.get('question')?.children, []);
  });

  it('updates the time of the last change for prompts and answers, not for a new title', () => {
    const conversation = reduceAll('c', [
      prompt('question', null, 10),
      { kind: 'title-changed', title: 'Name', source: 'user', at: 99 },
    ]);
    deepStrictEqual([conversation.title, conversation.updatedAt], ['Name', 10]);
  });
});
