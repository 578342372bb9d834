import { deepEqual, doesNotThrow, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { readChunk } from '../../../src/gateway/reply/chunk';
import { readModelList } from '../../../src/gateway/endpoints/readModelList';
import { RepeatedChunk } from '../../../src/gateway/reply/repeatedChunk';

describe('RepeatedChunk', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '\\', '\\"', '","content":"x', '\u2028', '\n'),
  );
  const chunk = fc
    .tuple(
      text,
      fc.constantFrom(
        (content: string) => ({ id: 'a', choices: [{ delta: { content } }] }),
        (content: string) => ({ choices: [{ delta: { content } }], obfuscation: content.slice(1) }),
        (content: string) => ({ choices: [{ delta: { content }, obfuscation: 'Zk3' }], id: 'a' }),
        (content: string) => ({ obfuscation: 'x', choices: [{ delta: { obfuscation: 'y', content } }] }),
        (content: string) => ({ content: 'decoy', choices: [{ index: 0, delta: { content } }] }),
        (content: string) => ({ choices: [{ index: 1, delta: { content } }] }),
        (reasoning: string) => ({ choices: [{ delta: { content: null, reasoning_content: reasoning } }] }),
        (reasoning: string) => ({
          choices: [{ delta: { reasoning, reasoning_details: [{ text: reasoning }] } }],
        }),
        (content: string) => ({ choices: [{ delta: { content }, finish_reason: 'stop' }] }),
        (content: string) => ({ choices: [{ message: { content } }] }),
        (content: string) => ({ choices: [{ delta: { content, images: [{ url: 'https://a.b/c.png' }] } }] }),
        (content: string) => ({ choices: [{ delta: { content, tool_calls: [{ id: content }] } }] }),
        (content: string) => ({
          choices: [{ delta: { content }, logprobs: { content: [{ token: content, logprob: -1 }] } }],
        }),
        (content: string) => ({ choices: [{ delta: { content } }, { index: 1, delta: { content } }] }),
        (content: string) => ({ video_url: 'https://a.b/c.mp4', choices: [{ delta: { content } }] }),
        (content: string) => ({ error: { content }, choices: [] }),
      ),
      fc.boolean(),
    )
    .map(([content, shape, isWide]) => JSON.stringify(shape(content), null, isWide ? 1 : 0));
  // Also invalid JSON that resembles the previous chunk.
  const damaged = fc.tuple(chunk, fc.nat(), fc.string({ maxLength: 3 })).map(([data, at, noise]) => {
    const place = at % (data.length + 1);
    return data.slice(0, place) + noise + data.slice(place);
  });

  it('has exactly the result of parsing, or none', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(chunk, damaged), { minLength: 2, maxLength: 20 }), (stream) => {
        const repeated = new RepeatedChunk();
        for (const data of stream) {
          const quick = repeated.read(data);
          if (quick !== undefined) {
            const { choices, ...rest } = readChunk(JSON.parse(data));
            const { model } = rest;
            const nothing = { usage: undefined, error: undefined, progress: undefined };
            deepEqual(rest, { ...nothing, model, isChat: true, isOver: false });
            deepEqual(choices, [
              {
                index: quick.choice,
                text: quick.kind === 'text' ? quick.text : '',
                reasoning: quick.kind === 'reasoning' ? quick.text : '',
                isMessage: false,
                finishReason: undefined,
                toolCalls: [],
                media: [],
                sound: undefined,
                tokens: [],
                sources: [],
                details: [],
                hasMore: false,
              },
            ]);
          }
          repeated.learn(data);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('recognises a chunk with padding', () => {
    const repeated = new RepeatedChunk();
    const make = (content: string, obfuscation: string): string =>
      JSON.stringify({ id: 'a', choices: [{ delta: { content } }], usage: null, obfuscation });
    repeated.learn(make('a', 'Zk3x'));
    deepEqual(repeated.read(make('b', '')), { kind: 'text', text: 'b', choice: 0, isOrdinary: true });
    deepEqual(repeated.read(make('"}],"usage":null,"obfuscation":"', 'q9')), {
      kind: 'text',
      text: '"}],"usage":null,"obfuscation":"',
      choice: 0,
      isOrdinary: false,
    });
  });

  it('recognises a repeated chunk', () => {
    const repeated = new RepeatedChunk();
    const make = (content: string): string => JSON.stringify({ choices: [{ delta: { content } }] });
    repeated.learn(make('a'));
    deepEqual(repeated.read(make('b"\n')), {
      kind: 'text',
      text: 'b"\n',
      choice: 0,
      isOrdinary: false,
    });
    equal(repeated.read(make('').replace('choices', 'Choices')), undefined);
  });
});

describe('Any JSON', () => {
  it('can be read as a chunk and as a list of models', () => {
    const names = fc.constantFrom(
      'choices',
      'delta',
      'message',
      'content',
      'error',
      'data',
      'usage',
      'code',
      'msg',
      'id',
      'index',
      'images',
      'image_url',
      'url',
      'b64_json',
      'audio',
      'logprobs',
      'tokens',
      'token_logprobs',
      'top_logprobs',
      'tool_calls',
      'function',
      'arguments',
    );
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, true, 0, -1, '', 'x', 'stop'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (json) => {
        doesNotThrow(() => readChunk(json));
        doesNotThrow(() => readModelList(json));
      }),
      { numRuns: 1_000 },
    );
  });
});
