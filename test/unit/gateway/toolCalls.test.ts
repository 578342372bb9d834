import { deepEqual, equal, notEqual } from 'node:assert/strict';
import fc from 'fast-check';
import type { Gateway } from '../../../src/core/models/gateway';
import type { StreamPart } from '../../../src/core/ports/answerStream';
import { PartQueue } from '../../../src/gateway/reply/partQueue';
import type { ToolCall } from '../../../src/shared/answer/toolCall';
import { collect } from './asking';
import { delta, done, event, finish } from './replies';
import { readReply } from './readReply';

/** An event of a stream with these deltas of tool calls. */
function calling(...pieces: readonly object[]): string {
  return event({ choices: [{ index: 0, delta: { tool_calls: pieces } }] });
}

const called = finish('tool_calls') + done;

function call(name: string, given: string, id = 'own', complete = true): ToolCall {
  return { id, name, arguments: given, complete };
}

describe('Tool calls', () => {
  const cases: Record<string, [reply: string, calls: readonly ToolCall[]]> = {
    'as OpenAI streams them': [
      calling({ index: 0, id: 'a', type: 'function', function: { name: 'look', arguments: '' } }) +
        calling({ index: 0, function: { arguments: '{"at":' } }) +
        calling({ index: 0, function: { arguments: '1}' } }) +
        calling({ index: 1, id: 'b', function: { name: 'run', arguments: '{}' } }),
      [call('look', '{"at":1}', 'a'), call('run', '{}', 'b')],
    ],
    'interleaved by index': [
      calling(
        { index: 0, id: 'a', function: { name: 'f' } },
        { index: 1, id: 'b', function: { name: 'g' } },
      ) +
        calling({ index: 1, function: { arguments: '{"y":' } }) +
        calling({ index: 0, function: { arguments: '{"x":' } }) +
        calling({ index: 1, function: { arguments: '2}' } }, { index: 0, function: { arguments: '1}' } }),
      [call('f', '{"x":1}', 'a'), call('g', '{"y":2}', 'b')],
    ],
    'without ids': [
      calling({ index: 0, function: { name: 'f', arguments: '{"x"' } }) +
        calling({ index: 0, function: { arguments: ':1}' } }) +
        calling({ index: 1, function: { name: 'f', arguments: '{"x":1}' } }),
      [call('f', '{"x":1}'), call('f', '{"x":1}')],
    ],
    'without indexes': [
      calling({ id: 'a', function: { name: 'f', arguments: '{"x"' } }) +
        calling({ function: { arguments: ':1}' } }) +
        calling({ id: 'b', function: { name: 'g', arguments: '' } }) +
        calling({ id: 'b', function: { arguments: '{"y":2}' } }),
      [call('f', '{"x":1}', 'a'), call('g', '{"y":2}', 'b')],
    ],
    'without ids and indexes, one whole call a chunk': [
      calling({ function: { name: 'f', arguments: '{"x":1}' } }) +
        calling({ function: { name: 'g', arguments: '{}' } }) +
        calling({ function: { name: 'g', arguments: '{}' } }),
      [call('f', '{"x":1}'), call('g', '{}'), call('g', '{}')],
    ],
    'without ids and indexes, all in one chunk': [
      calling({ function: { name: 'f', arguments: '' } }, { function: { name: 'f', arguments: '{}' } }),
      [call('f', ''), call('f', '{}')],
    ],
    'with one index for all': [
      calling({ index: 0, id: 'a', function: { name: 'f', arguments: '' } }) +
        calling({ index: 0, id: 'b', function: { name: 'g', arguments: '' } }) +
        calling({ index: 0, id: 'a', function: { arguments: '{"x":1}' } }) +
        calling({ index: 0, id: 'b', function: { arguments: '{"y":2}' } }),
      [call('f', '{"x":1}', 'a'), call('g', '{"y":2}', 'b')],
    ],
    'with one id for all': [
      calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }) +
        calling({ index: 1, id: 'a', function: { name: 'g', arguments: '{}' } }),
      [call('f', '{}', 'a'), call('g', '{}')],
    ],
    'with a fresh id for each piece': [
      calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }) +
        calling({ index: 0, id: 'b', function: { name: null, arguments: ':1' } }) +
        calling({ index: 0, id: 'c', function: { arguments: '}' } }),
      [call('f', '{"x":1}', 'a')],
    ],
    'with an id that comes late': [
      calling({ index: 0, function: { name: 'f', arguments: '{' } }) +
        calling({ index: 0, id: 'a', function: { arguments: '}' } }),
      [call('f', '{}', 'a')],
    ],
    'with a name that comes last': [
      calling({ index: 0, id: 'a', function: { arguments: '{"x":1}' } }) +
        calling({ index: 0, id: 'a', function: { name: 'f' } }),
      [call('f', '{"x":1}', 'a')],
    ],
    'with a name in pieces': [
      calling({ index: 0, id: 'a', function: { name: 'read_' } }) +
        calling({ index: 0, function: { name: 'file', arguments: '{}' } }),
      [call('read_file', '{}', 'a')],
    ],
    'with a name that each piece repeats': [
      calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }) +
        calling({ index: 0, id: 'a', function: { name: 'f', arguments: ':1}' } }) +
        calling({ index: 0, id: 'a', function: { name: 'f', arguments: '' } }),
      [call('f', '{"x":1}', 'a')],
    ],
    'with arguments as an object': [
      calling({ index: 0, id: 'a', function: { name: 'f', arguments: { x: [1] } } }),
      [call('f', '{"x":[1]}', 'a')],
    ],
    'announced with an empty object': [
      calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }) +
        calling({ index: 0, function: { arguments: '{"x":1}' } }),
      [call('f', '{"x":1}', 'a')],
    ],
    'without any arguments': [calling({ index: 0, id: 'a', function: { name: 'f' } }), [call('f', '', 'a')]],
    'as a single object': [
      event({ choices: [{ delta: { tool_calls: { id: 'a', name: 'f', arguments: '{}' } } }] }),
      [call('f', '{}', 'a')],
    ],
    'as function_call': [
      event({ choices: [{ delta: { function_call: { name: 'f', arguments: '{"x"' } } }] }) +
        event({ choices: [{ delta: { function_call: { arguments: ':1}' } } }] }),
      [call('f', '{"x":1}')],
    ],
    'that a final message repeats': [
      calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }) +
        event({
          choices: [
            { message: { tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }] }, index: 0 },
          ],
        }),
      [call('f', '{}', 'a')],
    ],
    'after the finish reason': [
      finish('tool_calls') + calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }),
      [call('f', '{}', 'a')],
    ],
  };
  for (const [name, [body, calls]] of Object.entries(cases)) {
    it(`are joined ${name}`, async () => {
      const reply = await readReply(body + called);
      deepEqual(reply.choices[0]?.calls, calls);
      deepEqual(reply.ending, { outcome: 'completed', finishReason: 'tool_calls' });
    });
  }

  it('are read from a whole reply', async () => {
    const message = {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }],
    };
    const { choices, ending } = await readReply(JSON.stringify({ choices: [{ message }] }));
    deepEqual(choices[0]?.calls, [call('f', '{"x":1}', 'a')]);
    deepEqual(ending, { outcome: 'completed', finishReason: null });
  });

  it('without an id get different ids', async () => {
    const { parts } = await readReply(
      calling({ function: { name: 'f' } }, { function: { name: 'g' } }) + called,
    );
    const ids = parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call.id] : []));
    equal(ids.length, 2);
    notEqual(ids[0], ids[1]);
  });

  const start = calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{"path":"/' } });
  const whole = calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } });
  const nameOnly = calling({ index: 0, id: 'a', function: { name: 'f', arguments: '' } });
  const incomplete: Record<string, string> = {
    'when the stream is cut': start,
    'when the stream is cut after them': whole,
    'when the stream is cut before their arguments': nameOnly,
    'when their arguments are cut': start + called,
    'when the answer reached its limit': start + finish('length') + done,
    'when the answer reached its limit before their arguments': nameOnly + finish('length') + done,
    'when an error follows': whole + event({ error: { message: 'no' } }),
    'when their arguments are no object':
      calling({ id: 'a', function: { name: 'f', arguments: '[1]' } }) + called,
    'when their arguments are no JSON':
      calling({ id: 'a', function: { name: 'f', arguments: 'x=1' } }) + called,
    'when they have no name': calling({ id: 'a', function: { arguments: '{}' } }) + called,
  };
  for (const [name, body] of Object.entries(incomplete)) {
    it(`are not complete ${name}`, async () => {
      const { choices } = await readReply(delta('Hi') + body);
      deepEqual(
        choices[0]?.calls.map(({ id, complete }) => ({ id, complete })),
        [{ id: 'a', complete: false }],
      );
    });
  }

  it('are joined correctly from any deltas in any order', async () => {
    const given = fc.array(
      fc.record({
        name: fc.stringMatching(/^[a-z]{1,8}$/),
        given: fc
          .dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 })
          .map((value) => JSON.stringify(value)),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(
        given,
        fc.infiniteStream(fc.nat({ max: 3 })),
        fc.integer({ min: 1, max: 9 }),
        async (calls, turns, size) => {
          const pieces = calls.map(({ name, given: text }, index) => [
            { index, id: `id${index}`, function: { name, arguments: '' } },
            ...(text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? []).map((piece) => ({
              index,
              function: { arguments: piece },
            })),
          ]);
          let body = pieces.flatMap(([first]) => (first === undefined ? [] : [calling(first)])).join('');
          const rest = pieces.map(([, ...others]) => others);
          while (rest.some((others) => others.length > 0)) {
            const at = (turns.next().value ?? 0) % rest.length;
            const next = (rest[at]?.length ? rest[at] : rest.find((others) => others.length > 0))?.shift();
            if (next !== undefined) body += calling(next);
          }
          const { choices } = await readReply(body + called);
          deepEqual(
            choices[0]?.calls,
            calls.map(({ name, given: text }, index) => call(name, text, `id${index}`)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  describe('while the model writes them', () => {
    const live: Record<string, [reply: string, told: readonly string[], gateway?: Partial<Gateway>]> = {
      'tell the name first, then the arguments as they come': [
        calling({ index: 0, id: 'a', function: { name: 'look', arguments: '' } }) +
          calling({ index: 0, function: { arguments: '{"at":' } }) +
          calling({ index: 0, function: { arguments: '1}' } }),
        ['0 look', '0 +{"at":1}'],
      ],
      'stay in order with the text around them': [
        delta('I look.') +
          calling({ index: 0, id: 'a', function: { name: 'look', arguments: '{}' } }) +
          delta('So.'),
        ['text I look.', '0 look', 'text So.'],
      ],
      'tell a name that comes in pieces': [
        calling({ index: 0, id: 'a', function: { name: 'lo' } }) +
          calling({ index: 0, function: { name: 'ok', arguments: '{"a":1}' } }),
        ['0 lo', '0 look', '0 +{"a":1}'],
      ],
      'tell apart calls that are written at the same time': [
        calling(
          { index: 0, id: 'a', function: { name: 'f' } },
          { index: 1, id: 'b', function: { name: 'g' } },
        ) +
          calling(
            { index: 1, function: { arguments: '{"y":' } },
            { index: 0, function: { arguments: '{"x":' } },
          ),
        ['0 f', '1 g', '1 +{"y":', '0 +{"x":'],
      ],
      'do not show the empty object that announces arguments': [
        calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }) +
          calling({ index: 0, function: { arguments: '{"x"' } }) +
          calling({ index: 0, function: { arguments: ':1}' } }),
        ['0 f', '0 +{"x":1}'],
      ],
      'tell what is new where each piece repeats all before it': [
        calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }) +
          calling({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x":1}' } }),
        ['0 f', '0 +{"x":1}'],
        { cumulativeDeltas: true },
      ],
      'tell an object as its JSON': [
        calling({ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } } }),
        ['0 f', '0 +{"x":1}'],
      ],
    };
    for (const [name, [body, told, gateway = {}]] of Object.entries(live)) {
      it(name, async () => {
        deepEqual(toldOf((await readReply(body + called, { gateway })).parts), told);
      });
    }

    it('tell in pieces what they are at the end, also when the reply is cut anywhere', async () => {
      const given = JSON.stringify({ path: 'src/é漢.ts', text: 'a "quoted" {line}\n'.repeat(3) });
      const pieces = given.match(/.{1,7}/gsu) ?? [];
      const body =
        calling({ index: 0, id: 'a', function: { name: 'write', arguments: '' } }) +
        pieces.map((piece) => calling({ index: 0, function: { arguments: piece } })).join('');
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.array(fc.nat()), async (place, cuts) => {
          const bytes = Buffer.from(body + called);
          const { parts, choices } = await readReply(bytes.subarray(0, place % (bytes.length + 1)), { cuts });
          const told = parts
            .flatMap((part) => (part.kind === 'tool-call-arguments' ? [part.text] : []))
            .join('');
          equal(told, choices[0]?.calls[0]?.arguments ?? '');
        }),
        { numRuns: 100 },
      );
    });

    it('hold no key, however its pieces come', async () => {
      const key = 'sk-live-4f9a8b7c6d5e4f3a2b1c';
      for (let size = 1; size <= key.length; size += 3) {
        const queue = new PartQueue({ pause: nothing, resume: nothing, cancel: nothing });
        queue.hide([key]);
        for (const piece of `{"key":"${key}"}`.match(new RegExp(`.{1,${size}}`, 'g')) ?? []) {
          queue.addArguments(0, piece);
        }
        queue.end({ outcome: 'cancelled' });
        const { parts } = await collect(queue);
        const told = parts
          .flatMap((part) => (part.kind === 'tool-call-arguments' ? [part.text] : []))
          .join('');
        equal(told.includes(key.slice(0, 12)), false, told);
      }
    });
  });
});

function nothing(): void {
  // Nothing to pause.
}

/** Names and arguments in the order in which they were told. */
function toldOf(parts: readonly StreamPart[]): string[] {
  return parts.flatMap((part) => {
    if (part.kind === 'tool-call-started') return [`${part.index} ${part.name}`];
    if (part.kind === 'tool-call-arguments') return [`${part.index} +${part.text}`];
    return part.kind === 'text' ? [`text ${part.text}`] : [];
  });
}
