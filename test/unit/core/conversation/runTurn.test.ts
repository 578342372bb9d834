import { answerReasoning, answerSources, answerText } from '../../../../src/shared/answer/answerPart';
import { deepEqual, equal, match } from 'node:assert/strict';
import { ConversationLog } from '../../../../src/core/conversation/conversationLog';
import { exportMarkdown } from '../../../../src/core/exchange/exportMarkdown';
import type { AnswerStream, StreamPart } from '../../../../src/core/ports/answerStream';
import { runTurn } from '../../../../src/core/conversation/runTurn';
import { emptyConversation, type AssistantMessage } from '../../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { createTranslate } from '../../../../src/shared/kit/translate';

const begun: ConversationEvent = {
  kind: 'message-added',
  id: 'a',
  parent: null,
  at: 0,
  content: { role: 'assistant', model: { gatewayId: 'g', modelId: 'm' }, modelName: 'M' },
};

function streamOf(...batches: readonly (readonly StreamPart[])[]): AnswerStream {
  return {
    async *[Symbol.asyncIterator]() {
      for (const batch of batches) yield await Promise.resolve(batch);
    },
    cancel: () => undefined,
  };
}

/** The answer that these parts make, and the events that went into its journal. */
async function answerOf(
  parts: readonly StreamPart[],
  before: readonly ConversationEvent[] = [],
): Promise<{ answer: AssistantMessage; journal: readonly ConversationEvent[] }> {
  const conversation = emptyConversation('c', 0);
  for (const event of [begun, ...before]) reduce(conversation, event);
  const journal: ConversationEvent[] = [];
  const store = {
    append: (_id: string, events: readonly ConversationEvent[]) =>
      Promise.resolve(void journal.push(...events)),
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const book = new ConversationLog(conversation, { store: store as never, log });
  const turn = {
    id: 'a',
    requestedModel: 'm',
    addVersion: () => 'a',
    mediaOf: () => [],
    estimateUsage: () => ({}),
  };
  await runTurn(
    streamOf(...parts.map((part) => [part]), [
      { kind: 'ended', ending: { outcome: 'completed', finishReason: 'stop' } },
    ]),
    turn,
    (events) => {
      book.write(events);
    },
    () => 5,
  );
  const answer = conversation.messages.get('a');
  if (answer?.role !== 'assistant') throw new Error('The answer is gone.');
  return { answer, journal };
}

describe('A turn', () => {
  it('turns text into reasoning when the stream declares it as reasoning', async () => {
    const token = { text: 'x', logprob: -1, alternatives: [] };
    const { answer, journal } = await answerOf([
      { kind: 'text', text: 'Hmm. ' },
      { kind: 'tokens', tokens: [token] },
      { kind: 'text', text: 'So.' },
      { kind: 'text-was-reasoning', length: 8 },
      { kind: 'text', text: 'Hi' },
    ]);
    deepEqual([answerText(answer), answerReasoning(answer), answer.tokens], ['Hi', 'Hmm. So.', []]);
    // The journal alone gives the same answer.
    const again = emptyConversation('c', 0);
    for (const event of [begun, ...journal]) reduce(again, event);
    deepEqual(again.messages.get('a'), answer);
  });

  it('costs the price of a request, about, where no tokens are counted', async () => {
    const pricing = { prices: { request: 0.3 }, source: 'listed' } as const;
    const endOf = async (more: object, outcome: 'completed' | 'failed'): Promise<unknown> => {
      const ending =
        outcome === 'completed'
          ? { outcome, finishReason: 'stop' }
          : { outcome, failure: { kind: 'server-error' as const, retryable: true } };
      const events: ConversationEvent[] = [];
      const turn = { id: 'a', requestedModel: 'm', addVersion: () => 'a', mediaOf: () => [] };
      const stream = streamOf([{ kind: 'ended', ending }]);
      const emit = (some: readonly ConversationEvent[]): void => void events.push(...some);
      await runTurn(stream, { ...turn, estimateUsage: () => null, ...more }, emit, () => 5);
      const end = events.at(-1);
      return end?.kind === 'answer-ended' ? end.usage : undefined;
    };
    const cost = { amount: 0.3, currency: 'USD', source: 'listed', doubts: ['options'] };
    deepEqual(await endOf({ pricing }, 'completed'), { cost });
    equal(await endOf({ pricing }, 'failed'), null);
    equal(await endOf({}, 'completed'), null);
    const perToken = { prices: { input: 5, output: 40 }, source: 'listed' } as const;
    equal(await endOf({ pricing: perToken }, 'completed'), null);
  });

  it('does not change the text from before the answer was resumed', async () => {
    const before: ConversationEvent[] = [
      { kind: 'text-appended', id: 'a', text: 'First. ', at: 1 },
      {
        kind: 'answer-ended',
        id: 'a',
        ending: { outcome: 'cancelled' },
        usage: null,
        servedModel: null,
        at: 2,
      },
      { kind: 'answer-resumed', id: 'a', at: 3 },
    ];
    const { answer } = await answerOf(
      [
        { kind: 'text', text: 'Hmm.' },
        { kind: 'text-was-reasoning', length: 4 },
        { kind: 'text', text: 'Second.' },
      ],
      before,
    );
    deepEqual(
      [answerText(answer), answerReasoning(answer), answer.textStartedAt],
      ['First. Second.', 'Hmm.', 1],
    );
  });

  it('reports the progress of the prompt without storing it', async () => {
    const { answer, journal } = await answerOf([
      { kind: 'progress', done: 5, total: 10 },
      { kind: 'text', text: 'Hi' },
    ]);
    equal(answer.promptProgress, null);
    deepEqual(
      journal.map(({ kind }) => kind),
      ['text-appended', 'answer-ended'],
    );
  });

  it('collects the sources, which an export lists with their numbers', async () => {
    const { answer } = await answerOf([
      { kind: 'text', text: 'Rome[1].' },
      { kind: 'sources', sources: [{ url: 'https://example.com/a', number: 1 }] },
      {
        kind: 'sources',
        sources: [
          { url: 'https://example.com/a', number: 1, title: 'A [x]' },
          { url: 'https://example.com/b', number: 2 },
          { url: 'https://example.com/c', number: 2 },
          { url: 'javascript:alert(1)', number: 3 },
        ],
      },
    ]);
    deepEqual(answerSources(answer), [
      { url: 'https://example.com/a', number: 1, title: 'A [x]' },
      { url: 'https://example.com/b', number: 2 },
      { url: 'https://example.com/c', number: 3 },
    ]);
    const conversation = emptyConversation('c', 0);
    reduce(conversation, begun);
    reduce(conversation, { kind: 'text-appended', id: 'a', text: 'Rome[1].', at: 1 });
    reduce(conversation, { kind: 'sources-added', id: 'a', sources: [...answerSources(answer)], at: 1 });
    const markdown = exportMarkdown(conversation, 'T', { t: createTranslate({}), timeOf: () => 'now' });
    match(
      markdown,
      /\*\*Sources\*\*\n\n- \\\[1\\\] \[A \\\[x\\\]\]\(<https:\/\/example\.com\/a>\)\n- \\\[2\\\]/,
    );
  });
});
