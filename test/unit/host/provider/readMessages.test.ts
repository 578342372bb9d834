import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AnswerMemory } from '../../../../src/core/provider/answerMemory';
import { composeGivenPrompt } from '../../../../src/core/provider/composeGivenPrompt';
import { readMessages } from '../../../../src/host/provider/readMessages';
import { readOptions } from '../../../../src/host/provider/readOptions';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const pngUrl = 'data:image/png;base64,iVBORw==';

class ThinkingPart {
  constructor(readonly value: unknown) {}
}
const isThinking = (part: unknown): boolean => part instanceof ThinkingPart;

/** Reads one message. */
function read(role: number, ...content: readonly unknown[]): unknown {
  const [message] = readMessages([{ role, content }], isThinking);
  return message;
}

/** A tree of prompt-tsx. */
const tree = (...children: readonly unknown[]): object => ({
  node: { type: 1, ctor: 2, children, props: {} },
});

describe('readMessages', () => {
  it('knows the roles, also that of the system, which the API does not name', () => {
    const roles = [1, 2, 3, 9].map((role) => read(role));
    assert.deepEqual(
      roles,
      ['user', 'assistant', 'system', 'user'].map((role) => ({ role, parts: [] })),
    );
  });

  it('reads texts, reasoning and calls in their order', () => {
    const call = { callId: 'c1', name: 'read_file', input: { path: 'a' } };
    assert.deepEqual(read(2, new ThinkingPart(['Hm', 'm']), { value: 'I read.' }, call), {
      role: 'assistant',
      parts: [
        { kind: 'reasoning', text: 'Hmm' },
        { kind: 'text', text: 'I read.' },
        { kind: 'call', id: 'c1', name: 'read_file', arguments: '{"path":"a"}' },
      ],
    });
  });

  it('takes a call whose input is not an object for a call without arguments', () => {
    for (const input of [undefined, null, 'text', [1]])
      assert.deepEqual(read(2, { callId: 'c', name: 'n', input }), {
        role: 'assistant',
        parts: [{ kind: 'call', id: 'c', name: 'n', arguments: '{}' }],
      });
  });

  it('reads pictures, JSON and text, names other content, and leaves out the marks of VS Code', () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    assert.deepEqual(
      read(
        1,
        { mimeType: 'image/png', data: png },
        { mimeType: 'application/json', data: bytes('{"a":1}') },
        { mimeType: 'text/plain; charset=utf-8', data: bytes('你好') },
        { mimeType: 'application/pdf', data: bytes('%PDF') },
        { mimeType: 'cache_control', data: bytes('ephemeral') },
      ),
      {
        role: 'user',
        parts: [
          { kind: 'picture', url: pngUrl },
          { kind: 'text', text: '{"a":1}' },
          { kind: 'text', text: '你好' },
          { kind: 'text', text: '[Content of the type application/pdf was left out]' },
        ],
      },
    );
  });

  it('reads the bytes of a picture that is a part of a larger buffer', () => {
    const view = new Uint8Array([0, 0, ...png, 0]).subarray(2, 6);
    assert.deepEqual(read(1, { mimeType: 'image/png', data: view }), {
      role: 'user',
      parts: [{ kind: 'picture', url: pngUrl }],
    });
  });

  it('joins the parts of a result: texts, trees of prompt-tsx and pictures', () => {
    const element = tree(
      { type: 2, text: 'first', lineBreakBefore: undefined },
      { type: 3 },
      { type: 1, ctor: 2, children: [{ type: 2, text: 'second', lineBreakBefore: true }] },
      { type: 1, ctor: 3, props: { src: 'iVBORw==' }, children: [] },
      { type: 1, ctor: 3, props: { src: 'https://a.example/b.png' }, children: [] },
    );
    const content = [
      { value: 'head' },
      { value: element },
      { mimeType: 'image/png', data: png },
      'tail',
      null,
    ];
    assert.deepEqual(read(1, { callId: 'c1', content }), {
      role: 'user',
      parts: [
        { kind: 'result', callId: 'c1', text: 'head\nfirst\nsecond\ntail', pictures: [pngUrl, pngUrl] },
      ],
    });
  });

  it('reads a tree of any depth and ends in a tree that holds itself', () => {
    let deep: unknown = { type: 2, text: 'deep' };
    for (let depth = 0; depth < 20_000; depth += 1) deep = { type: 1, children: [deep] };
    const round: { type: number; children: unknown[] } = { type: 1, children: [] };
    round.children.push(round, { type: 2, text: 'round' });
    const text = (node: unknown): unknown => read(1, { value: { node } });
    assert.deepEqual(text(deep), { role: 'user', parts: [{ kind: 'text', text: 'deep' }] });
    assert.deepEqual(text(round), { role: 'user', parts: [] });
  });

  it('makes a request of any content', () => {
    const anyValue = fc.oneof(fc.jsonValue(), fc.anything({ withNullPrototype: true }));
    const anyPart = fc.oneof(
      anyValue,
      fc.record({ value: anyValue }),
      fc.record({ value: fc.string() }),
      fc.record({ callId: fc.constantFrom('a', 'b', ''), name: fc.string(), input: fc.jsonValue() }),
      fc.record({ callId: fc.constantFrom('a', 'b', ''), content: fc.array(anyValue) }),
      fc.record({ mimeType: fc.constantFrom('image/png', 'text/plain', 'usage'), data: fc.uint8Array() }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.array(anyPart))), (all) => {
        const messages = all.map(([role, content]) => ({ role, content }));
        const prompt = composeGivenPrompt(readMessages(messages, isThinking), {
          model: 'g/m',
          takesPictures: true,
          wantsReasoning: false,
          memory: new AnswerMemory(),
        });
        const calls = prompt.flatMap((one) => (one.role === 'assistant' ? (one.toolCalls ?? []) : []));
        const results = prompt.flatMap((one) => (one.role === 'tool' ? [one.callId] : []));
        assert.deepEqual(
          calls.map(({ id }) => id),
          results,
        );
        JSON.stringify(prompt);
      }),
      { numRuns: 500 },
    );
  });
});

describe('readOptions', () => {
  const options = (more: object): Parameters<typeof readOptions>[0] => ({ toolMode: 1, ...more });

  it('reads the requester and the effort that the user chose, which the API does not name', () => {
    const given = { requestInitiator: 'a.b', modelConfiguration: { reasoningEffort: 'high' } };
    const { requester, effort } = readOptions(options(given));
    assert.deepEqual([requester, effort], ['a.b', 'high']);
    const usual = options({ modelConfiguration: { reasoningEffort: 'default' } });
    assert.equal(readOptions(usual).effort, undefined);
  });

  it('takes the usual parameters, and none that are wrong, VS Code’s own, or cost a multiple', () => {
    const modelOptions = {
      temperature: 0.2,
      top_p: 7,
      n: 8,
      stream: false,
      _conversationId: 'x',
      model: 'y',
    };
    assert.deepEqual(readOptions(options({ modelOptions })).parameters, { temperature: 0.2 });
  });

  it('sends tools once, each with a schema of an object', () => {
    const tools = [
      {
        name: 'read',
        description: 'Reads',
        inputSchema: { type: 'object', properties: { a: {} }, required: ['a'] },
      },
      { name: 'read', description: 'Again' },
      { name: 'list', description: 'Lists' },
      { name: ' ', description: 'Nameless' },
    ];
    assert.deepEqual(readOptions(options({ tools })).tools, [
      {
        name: 'read',
        description: 'Reads',
        parameters: { type: 'object', properties: { a: {} }, required: ['a'] },
      },
      { name: 'list', description: 'Lists', parameters: { type: 'object', properties: {} } },
    ]);
  });

  it('demands a call when the request does, but not without tools', () => {
    const tools = [{ name: 'read', description: '' }];
    assert.deepEqual(readOptions(options({ tools, toolMode: 2 })).parameters, { tool_choice: 'required' });
    assert.deepEqual(readOptions(options({ toolMode: 2 })).parameters, {});
  });
});
