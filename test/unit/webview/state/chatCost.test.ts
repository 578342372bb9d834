import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import type { Cost } from '../../../../src/shared/answer/cost';
import type { Usage } from '../../../../src/shared/answer/usage';
import type { Conversation } from '../../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import { addCosts } from '../../../../src/webview/kit/addCosts';
import { answerCosts, chatCostOf } from '../../../../src/webview/state/chatCost';
import { arbitraryEvents } from '../../shared/arbitraryEvents';
import { reduceAll } from '../../shared/reduceAll';

const cost = (amount: number, currency = 'USD', more: Partial<Cost> = {}): Cost => ({
  amount,
  currency,
  source: 'listed',
  ...more,
});
const usage = (amount: number): Usage => ({ promptTokens: 10, completionTokens: 5, cost: cost(amount) });

const prompt = (id: string, parent: string | null): ConversationEvent => ({
  kind: 'message-added',
  id,
  parent,
  at: 0,
  content: { role: 'user', text: 'Why?', attachments: [] },
});
const answer = (id: string, parent: string): ConversationEvent => ({
  kind: 'message-added',
  id,
  parent,
  at: 0,
  content: { role: 'assistant', model: { gatewayId: 'g', modelId: 'm' }, modelName: 'M' },
});
const ended = (id: string, counted: Usage | null): ConversationEvent => ({
  kind: 'answer-ended',
  id,
  ending: { outcome: 'completed', finishReason: 'stop' },
  usage: counted,
  servedModel: null,
  at: 1,
});
const resumed = (id: string): ConversationEvent => ({ kind: 'answer-resumed', id, at: 2 });
const title = (counted: Usage): ConversationEvent => ({
  kind: 'background-requested',
  request: { purpose: 'title', usage: counted },
  at: 3,
});

function totalsOf(conversation: Conversation): string {
  const { answers, own } = chatCostOf(conversation);
  return [answers, own]
    .map(
      ({ count, costs }) =>
        `${count}: ${addCosts(costs)
          .map(({ amount }) => amount)
          .join('+')}`,
    )
    .join(', ');
}

describe('the cost of a chat', () => {
  it('includes all versions of the answers, and the requests that Parley made', () => {
    const events = [
      prompt('q', null),
      answer('a', 'q'),
      ended('a', usage(1)),
      answer('b', 'q'),
      ended('b', usage(2)),
      title(usage(0.5)),
    ];
    equal(totalsOf(reduceAll('c', events)), '2: 3, 1: 0.5');
  });

  it('includes each request of an answer that was resumed, once', () => {
    const begun = [prompt('q', null), answer('a', 'q'), ended('a', usage(1)), resumed('a')];
    equal(totalsOf(reduceAll('c', begun)), '1: 1, 0: ');
    const conversation = reduceAll('c', [...begun, ended('a', usage(2)), resumed('a'), ended('a', usage(4))]);
    equal(totalsOf(conversation), '3: 7, 0: ');
    const message = conversation.messages.get('a');
    deepEqual(message?.role === 'assistant' && answerCosts(message).map(({ amount }) => amount), [1, 2, 4]);
  });

  it('is not known for an answer when one of its requests has no cost', () => {
    const events = [prompt('q', null), answer('a', 'q'), ended('a', { promptTokens: 1 }), resumed('a')];
    const message = reduceAll('c', [...events, ended('a', usage(2))]).messages.get('a');
    deepEqual(message?.role === 'assistant' && answerCosts(message), []);
  });

  it('counts requests without a cost, but not answers that failed', () => {
    const events = [
      prompt('q', null),
      answer('a', 'q'),
      ended('a', { promptTokens: 10 }),
      answer('b', 'q'),
      ended('b', null),
    ];
    equal(totalsOf(reduceAll('c', events)), '1: , 0: ');
  });

  it('leaves out what a fork has copied', () => {
    const origin = { conversation: 'o', title: 'T', message: 'a' };
    const events: ConversationEvent[] = [
      { kind: 'conversation-created', id: 'c', at: 0, origin },
      prompt('q', null),
      answer('a', 'q'),
      ended('a', usage(1)),
      prompt('r', 'a'),
      answer('b', 'r'),
      ended('b', usage(2)),
    ];
    equal(totalsOf(reduceAll('c', events)), '1: 2, 0: ');
  });

  it('never has more costs than requests, whatever happened', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const { answers, own } = chatCostOf(reduceAll('c', events));
        equal(answers.costs.length <= answers.count && own.costs.length <= own.count, true);
      }),
    );
  });
});

describe('the sum of costs', () => {
  it('keeps currencies apart', () => {
    deepEqual(addCosts([cost(1), cost(2, 'CNY', { saved: 3 }), cost(4, 'USD', { doubts: ['cache'] })]), [
      { currency: 'USD', amount: 5, isApproximate: true, saved: 0 },
      { currency: 'CNY', amount: 2, isApproximate: false, saved: 3 },
    ]);
    deepEqual(addCosts([]), []);
  });
});
