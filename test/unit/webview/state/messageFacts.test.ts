import { type ShownPart } from '../../../../src/webview/state/shownPart';
import { callerOf } from '../../../../src/shared/conversation/toolResults';
import { deepStrictEqual, equal } from 'node:assert/strict';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import { factsOf, isShown } from '../../../../src/webview/state/messageFacts';
import { reduceAll } from '../../shared/reduceAll';

const answer = (id: string, parent: string | null): ConversationEvent => ({
  kind: 'message-added',
  id,
  parent,
  at: 0,
  content: { role: 'assistant', model: { gatewayId: 'g', modelId: 'm' }, modelName: 'M' },
});
const called = (id: string, callId: string): ConversationEvent => ({
  kind: 'tool-called',
  id,
  call: { id: callId, name: 'tool', arguments: '{}', complete: true },
  at: 0,
});
const gave = (id: string, parent: string, callId: string, text: string): ConversationEvent => ({
  kind: 'message-added',
  id,
  parent,
  at: 0,
  content: { role: 'tool', callId, name: 'tool', text },
});

function secondsOfReasoning(parts: readonly ShownPart[]): number | null {
  const part = parts.find(({ kind }) => kind === 'reasoning');
  return part?.kind === 'reasoning' ? part.seconds : null;
}

describe('message facts', () => {
  const timed = (endedAt: number): readonly (number | null)[] => {
    const ending = { outcome: 'completed' as const, finishReason: null };
    const conversation = reduceAll('c', [
      answer('a', null),
      { kind: 'reasoning-appended', id: 'a', text: 'Hm.', at: 0 },
      { kind: 'answer-ended', id: 'a', ending, usage: null, servedModel: null, at: endedAt },
    ]);
    const message = conversation.messages.get('a');
    if (message === undefined || !isShown(message)) throw new Error('There is no answer.');
    const facts = factsOf(conversation, message, false);
    return facts.role === 'assistant' ? [facts.seconds, secondsOfReasoning(facts.parts)] : [];
  };

  it('tell how long an answer took, and nothing of one whose end is not known', () => {
    deepStrictEqual(timed(9_000), [9, 9]);
    deepStrictEqual(timed(400), [0.4, 1]);
    deepStrictEqual(timed(0), [null, null]);
  });

  it('find the result of each call, and none of a later answer', () => {
    const conversation = reduceAll('c', [
      answer('a', null),
      called('a', 'one'),
      called('a', 'two'),
      called('a', 'three'),
      gave('t1', 'a', 'one', 'first'),
      gave('t2', 't1', 'two', 'second'),
      answer('b', 't2'),
      called('b', 'three'),
      gave('t3', 'b', 'three', 'third'),
    ]);
    const resultsOf = (id: string): unknown => {
      const message = conversation.messages.get(id);
      if (message === undefined || !isShown(message)) return undefined;
      const facts = factsOf(conversation, message, false);
      return facts.role === 'assistant'
        ? facts.parts.flatMap((part) =>
            part.kind === 'tool-calls' ? part.uses.map(({ result }) => result) : [],
          )
        : undefined;
    };
    deepStrictEqual(resultsOf('a'), ['first', 'second', null]);
    deepStrictEqual(resultsOf('b'), ['third']);
    equal(callerOf(conversation, 't2')?.id, 'a');
  });
});
