import { deepEqual, equal } from 'node:assert/strict';
import { AnswerReader } from '../../../src/gateway/reply/answerReader';
import { PartQueue } from '../../../src/gateway/reply/partQueue';
import { RawServer } from '../../support/rawServer';
import { summary, TestClient } from './asking';
import { done, event, finish, reply } from './replies';
import { mergeParts, readReply } from './readReply';

/** A chunk of the choice with this index. */
function of(index: number | undefined, delta: object, more: object = {}): string {
  return event({ choices: [{ ...(index !== undefined && { index }), delta, ...more }] });
}

const ended = (index: number, reason = 'stop'): string => of(index, {}, { finish_reason: reason });

describe('Several answers at once', () => {
  it('are separated if their chunks are interleaved', async () => {
    const body =
      of(0, { content: 'a' }) +
      of(1, { content: 'x' }) +
      of(0, { content: 'b' }) +
      of(1, { content: 'y' }) +
      of(1, { content: 'z' }) +
      of(2, { reasoning_content: 'Hm' }) +
      of(2, { content: '!' }) +
      ended(1, 'length') +
      ended(0) +
      ended(2) +
      done;
    const { choices, ending } = await readReply(body, { choices: 3 });
    deepEqual(
      Object.values(choices).map(({ text, reasoning, finishReason }) => [text, reasoning, finishReason]),
      [
        ['ab', '', undefined],
        ['xyz', '', 'length'],
        ['!', 'Hm', 'stop'],
      ],
    );
    deepEqual(ending, { outcome: 'completed', finishReason: 'stop' });
  });

  it('are separated within one chunk', async () => {
    const body =
      event({
        choices: [
          { index: 1, delta: { content: 'x' } },
          { index: 0, delta: { content: 'a' } },
        ],
      }) + ended(0);
    const { choices } = await readReply(body);
    deepEqual([choices[0]?.text, choices[1]?.text], ['a', 'x']);
  });

  for (const [name, indexes] of Object.entries({
    'with their numbers': [0, 1, 2],
    'without any number': [undefined, undefined, undefined],
    'all with the number 0': [0, 0, 0],
  })) {
    it(`are separated in a whole reply ${name}`, async () => {
      const { choices } = await readReply(
        JSON.stringify({
          choices: indexes.map((index, at) => ({
            index,
            message: { content: `answer ${at}` },
            finish_reason: 'stop',
          })),
        }),
      );
      deepEqual(
        Object.values(choices).map(({ text, finishReason }) => [text, finishReason]),
        [
          ['answer 0', undefined],
          ['answer 1', 'stop'],
          ['answer 2', 'stop'],
        ],
      );
    });
  }

  it('are one answer if no chunk has an index', async () => {
    const { choices } = await readReply(of(undefined, { content: 'a' }) + of(undefined, { content: 'b' }));
    deepEqual(Object.keys(choices), ['0']);
    equal(choices[0]?.text, 'ab');
  });

  it('have separate reasoning', async () => {
    const body =
      of(0, { content: '<thi' }) +
      of(1, { content: 'x <think>' }) +
      of(0, { content: 'nk>a</think>b' }) +
      of(1, { content: 'y' }) +
      done;
    const { choices } = await readReply(body);
    deepEqual([choices[0]?.reasoning, choices[0]?.text, choices[1]?.text], ['a', 'b', 'x <think>y']);
  });

  it('may each be repeated by a final message', async () => {
    const body =
      of(0, { content: 'a' }) +
      of(1, { content: 'x' }) +
      event({
        choices: [
          { index: 0, message: { content: 'a' }, finish_reason: 'stop' },
          { index: 1, message: { content: 'x' }, finish_reason: 'stop' },
        ],
      });
    const { choices } = await readReply(body);
    deepEqual([choices[0]?.text, choices[1]?.text, choices[1]?.finishReason], ['a', 'x', 'stop']);
  });

  it('have separate tool calls', async () => {
    const calling = (index: number, name: string): string =>
      of(index, { tool_calls: [{ index: 0, id: name, function: { name, arguments: '{}' } }] });
    const { choices } = await readReply(
      calling(0, 'f') + calling(1, 'g') + ended(0, 'tool_calls') + ended(1, 'tool_calls') + done,
    );
    deepEqual(
      [choices[0], choices[1]].map((choice) => choice?.calls.map(({ name }) => name)),
      [['f'], ['g']],
    );
  });

  it('lose only the answer that failed', async () => {
    const body =
      of(0, { content: 'a' }) +
      event({ choices: [{ index: 1, delta: {}, error: { message: 'overloaded' } }] }) +
      of(0, { content: 'b' }) +
      ended(0);
    const { choices, ending } = await readReply(body);
    deepEqual([choices[0]?.text, ending.outcome], ['ab', 'completed']);
  });

  it('are requested with n and all read to their end', async () => {
    const server = await RawServer.start(async (exchange) => {
      equal((JSON.parse(exchange.body) as { n: number }).n, 2);
      await exchange.write(reply(of(0, { content: 'a' }) + ended(0)));
      await exchange.write(of(1, { content: 'x' }) + ended(1) + done);
      exchange.end();
    });
    const client = new TestClient();
    try {
      const answer = await client.answer({ baseUrl: server.baseUrl }, { parameters: { n: 2 } });
      equal(summary(answer), 'completed stop');
      const choices = mergeParts(answer.parts);
      deepEqual([choices[0]?.text, choices[1]?.text], ['a', 'x']);
    } finally {
      await client.client.dispose();
      await server.stop();
    }
  });

  it('are finished when the last one is finished', () => {
    const flow = { pause: () => undefined, resume: () => undefined, cancel: () => undefined };
    const reader = new AnswerReader(new PartQueue(flow), { choices: 2 });
    const finished = [0, 1].map((index) => {
      reader.readEvent(JSON.stringify({ choices: [{ index, finish_reason: 'stop' }] }), undefined);
      return reader.isFinished;
    });
    deepEqual(finished, [false, true]);
  });
});

describe('A stream of cumulative deltas', () => {
  const body =
    of(0, { reasoning: 'H' }) +
    of(0, { reasoning: 'Hm' }) +
    of(0, { content: 'He' }) +
    of(0, { content: 'Hello' }) +
    of(0, { content: 'Hello' }) +
    of(0, { content: 'Hello, ' }) +
    of(1, { content: 'Hi' }) +
    of(0, { content: 'Hello, you' }) +
    finish();

  it('is read without repetition if the setting of the gateway says so', async () => {
    const { choices } = await readReply(body, { gateway: { cumulativeDeltas: true } });
    deepEqual([choices[0]?.reasoning, choices[0]?.text, choices[1]?.text], ['Hm', 'Hello, you', 'Hi']);
  });

  it('is never assumed, because a model may repeat itself', async () => {
    const { choices } = await readReply(of(0, { content: 'ha' }) + of(0, { content: 'haha' }) + finish());
    equal(choices[0]?.text, 'hahaha');
  });
});
