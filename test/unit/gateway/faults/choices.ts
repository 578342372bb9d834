import type { StreamPart } from '../../../../src/core/ports/answerStream';
import { delta, done, event, finish } from '../replies';
import type { ReplyFault } from './fault';

function calling(...calls: object[]): string {
  return event({ choices: [{ index: 0, delta: { tool_calls: calls } }] });
}

function whole(id: string, name: string, text: string, index = 0): StreamPart {
  return { kind: 'tool-call', call: { id, name, arguments: text, complete: true }, index };
}

const called = finish('tool_calls') + done;
const rain = { name: 'weather', arguments: '{"city":"Rome"}' };

/** Faults 42 to 45, 49 and 50: tool calls, several answers at once, log probabilities. */
export const choiceFaults: readonly ReplyFault[] = [
  {
    number: 42,
    name: 'tool deltas without id',
    body:
      calling({ index: 0, function: { name: 'weather', arguments: '{"city":' } }) +
      calling({ index: 0, function: { arguments: '"Rome"}' } }) +
      called,
    expected: { ending: 'completed tool_calls', parts: [whole('call_1', rain.name, rain.arguments)] },
  },
  {
    number: 43,
    name: 'tool deltas without index',
    body:
      calling({ id: 'a', function: { name: 'weather', arguments: '{"city":' } }) +
      calling({ function: { arguments: '"Rome"}' } }) +
      calling({ id: 'b', function: { name: 'time', arguments: '{}' } }) +
      called,
    expected: {
      ending: 'completed tool_calls',
      parts: [whole('a', rain.name, rain.arguments), whole('b', 'time', '{}', 1)],
    },
  },
  {
    number: 43,
    name: 'one index for two calls',
    body:
      calling({ index: 0, id: 'a', function: rain }) +
      calling({ index: 0, id: 'b', function: { name: 'time', arguments: '{}' } }) +
      called,
    expected: {
      ending: 'completed tool_calls',
      parts: [whole('a', rain.name, rain.arguments), whole('b', 'time', '{}', 1)],
    },
  },
  {
    number: 44,
    name: 'the name comes late',
    body:
      calling({ index: 0, id: 'a', function: { arguments: '{"city":' } }) +
      calling({ index: 0, function: { name: 'weather', arguments: '"Rome"}' } }) +
      called,
    expected: { ending: 'completed tool_calls', parts: [whole('a', rain.name, rain.arguments)] },
  },
  {
    number: 45,
    name: 'arguments cut, which must not run',
    body:
      delta('Hi') + calling({ index: 0, id: 'a', function: { name: 'weather', arguments: '{"city":"Ro' } }),
    expected: {
      ending: 'truncated stream-cut',
      text: 'Hi',
      parts: [
        {
          kind: 'tool-call',
          call: { id: 'a', name: 'weather', arguments: '{"city":"Ro', complete: false },
          index: 0,
        },
      ],
    },
  },
  {
    number: 49,
    name: 'n > 1, interleaved',
    body:
      delta('H') +
      event({ choices: [{ index: 1, delta: { content: 'Yo' } }] }) +
      delta('i') +
      event({ choices: [{ index: 1, delta: {}, finish_reason: 'length' }] }) +
      finish() +
      done,
    expected: {
      ending: 'completed stop',
      text: 'Hi',
      parts: [{ kind: 'choice-finished', choice: 1, finishReason: 'length' }],
    },
  },
  {
    number: 50,
    name: 'log probabilities',
    body:
      delta('Hi', {
        logprobs: {
          content: [
            { token: 'Hi', logprob: -0.25, bytes: [72, 105], top_logprobs: [{ token: 'Yo', logprob: -2 }] },
          ],
        },
      }) +
      delta('!', { logprobs: null }) +
      finish() +
      done,
    expected: {
      ending: 'completed stop',
      text: 'Hi!',
      parts: [
        {
          kind: 'tokens',
          tokens: [{ text: 'Hi', logprob: -0.25, alternatives: [{ text: 'Yo', logprob: -2 }] }],
        },
      ],
    },
  },
];
