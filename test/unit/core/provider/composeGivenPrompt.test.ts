import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PromptMessage } from '../../../../src/core/ports/promptMessage';
import { AnswerMemory } from '../../../../src/core/provider/answerMemory';
import { composeGivenPrompt, type GivenPromptStyle } from '../../../../src/core/provider/composeGivenPrompt';
import type { GivenMessage, GivenPart } from '../../../../src/core/provider/givenMessage';

const picture = 'data:image/png;base64,iVBORw0KGgo=';

function style(more: Partial<GivenPromptStyle> = {}): GivenPromptStyle {
  return {
    model: 'loopback/gpt-4o',
    takesPictures: true,
    wantsReasoning: false,
    memory: new AnswerMemory(),
    ...more,
  };
}

const user = (...parts: readonly GivenPart[]): GivenMessage => ({ role: 'user', parts });
const assistant = (...parts: readonly GivenPart[]): GivenMessage => ({ role: 'assistant', parts });
const text = (words: string): GivenPart => ({ kind: 'text', text: words });
const call = (id: string, name = 'read_file', given = '{"path":"a.ts"}'): GivenPart => ({
  kind: 'call',
  id,
  name,
  arguments: given,
});
const result = (callId: string, words: string, pictures: readonly string[] = []): GivenPart => ({
  kind: 'result',
  callId,
  text: words,
  pictures,
});

/** A call as it is sent. */
const sent = (id: string, name = 'read_file', given = '{"path":"a.ts"}'): object => ({
  id,
  name,
  arguments: given,
  complete: true,
});

describe('composeGivenPrompt', () => {
  it('sends the system text first, then the messages in order', () => {
    const given: readonly GivenMessage[] = [
      { role: 'system', parts: [text('Be brief.')] },
      user(text('Hello')),
      assistant(text('Hi. '), text('What now?')),
      user(text('First'), text('Second')),
    ];
    assert.deepEqual(composeGivenPrompt(given, style()), [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hi. What now?' },
      { role: 'user', content: 'First\nSecond' },
    ]);
  });

  it('sends parallel calls with their results in the order of the calls', () => {
    const given = [
      user(text('Read both')),
      assistant(text('I read them.'), call('c1'), call('c2')),
      user(result('c2', 'two'), result('c1', 'one'), text('Go on')),
    ];
    assert.deepEqual(composeGivenPrompt(given, style()), [
      { role: 'user', content: 'Read both' },
      { role: 'assistant', content: 'I read them.', toolCalls: [sent('c1'), sent('c2')] },
      { role: 'tool', callId: 'c1', content: 'one' },
      { role: 'tool', callId: 'c2', content: 'two' },
      { role: 'user', content: 'Go on' },
    ]);
  });

  it('gives each round of calls its own results when the ids repeat', () => {
    const given = [
      assistant(call('call_0', 'a', '{}')),
      user(result('call_0', 'first')),
      assistant(call('call_0', 'b', '{}')),
      user(result('call_0', 'second')),
    ];
    assert.deepEqual(composeGivenPrompt(given, style()), [
      { role: 'assistant', content: '', toolCalls: [sent('call_0', 'a', '{}')] },
      { role: 'tool', callId: 'call_0', content: 'first' },
      { role: 'assistant', content: '', toolCalls: [sent('call_0_1', 'b', '{}')] },
      { role: 'tool', callId: 'call_0_1', content: 'second' },
    ]);
  });

  it('closes a call that has no result, because gateways refuse it alone', () => {
    const messages = composeGivenPrompt(
      [user(text('Go')), assistant(call('c1')), user(text('Stop'))],
      style(),
    );
    assert.deepEqual(messages[2], {
      role: 'tool',
      callId: 'c1',
      content: 'There is no result for this call. It was probably stopped.',
    });
  });

  it('sends a result without a call as text', () => {
    assert.deepEqual(composeGivenPrompt([user(result('gone', 'the file'))], style()), [
      { role: 'user', content: 'A tool returned:\nthe file' },
    ]);
  });

  it('sends a repeated result once', () => {
    const messages = composeGivenPrompt(
      [assistant(call('c')), user(result('c', 'x'), result('c', 'x'))],
      style(),
    );
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['assistant', 'tool'],
    );
  });

  it('sends the pictures of a prompt after its text, and those of results after the results', () => {
    const given = [
      user({ kind: 'picture', url: picture }, text('What is this?')),
      assistant(call('c1')),
      user(result('c1', 'a screenshot', [picture])),
    ];
    const pictureSent = { type: 'image_url', image_url: { url: picture } };
    assert.deepEqual(composeGivenPrompt(given, style()), [
      { role: 'user', content: [{ type: 'text', text: 'What is this?' }, pictureSent] },
      { role: 'assistant', content: '', toolCalls: [sent('c1')] },
      { role: 'tool', callId: 'c1', content: 'a screenshot' },
      {
        role: 'user',
        content: [{ type: 'text', text: 'Pictures from the results of the tools:' }, pictureSent],
      },
    ]);
  });

  it('sends no picture to a model that takes none, and says so', () => {
    const given = [
      user({ kind: 'picture', url: picture }, text('What is this?')),
      assistant(call('c1')),
      user(result('c1', '', [picture])),
    ];
    assert.deepEqual(composeGivenPrompt(given, style({ takesPictures: false })), [
      {
        role: 'user',
        content: 'What is this?\n[Pictures left out because this model does not take them: 1]',
      },
      { role: 'assistant', content: '', toolCalls: [sent('c1')] },
      {
        role: 'tool',
        callId: 'c1',
        content: '[Pictures left out because this model does not take them: 1]',
      },
    ]);
  });

  it('returns reasoning to a model that wants it, and holds it ready for the others', () => {
    const given = [assistant({ kind: 'reasoning', text: 'Hmm.' }, call('c1')), user(result('c1', 'x'))];
    const [wanted] = composeGivenPrompt(given, style({ wantsReasoning: true }));
    const [unwanted] = composeGivenPrompt(given, style());
    assert.equal(wanted?.role === 'assistant' && wanted.reasoning, 'Hmm.');
    assert.equal(unwanted?.role === 'assistant' && unwanted.unsentReasoning, 'Hmm.');
    assert.equal(unwanted?.role === 'assistant' && unwanted.reasoning, undefined);
  });

  it('returns the reasoning that VS Code leaves out, also in the form that its endpoint checks', () => {
    const memory = new AnswerMemory();
    const keptReasoning = [
      { type: 'thinking', thinking: 'Hmm.', signature: 's', afterText: false, afterCalls: 0 },
    ] as const;
    memory.remember({
      model: 'loopback/gpt-4o',
      callIds: ['c1', 'c2'],
      reasoning: 'Hmm.',
      keptReasoning,
      unusable: [],
    });
    const results = user(result('c1', 'x'), result('c2', 'y'));
    const [whole] = composeGivenPrompt([assistant(call('c1'), call('c2')), results], style({ memory }));
    assert.equal(whole?.role === 'assistant' && whole.keptReasoning, keptReasoning);
    assert.equal(whole?.role === 'assistant' && whole.unsentReasoning, 'Hmm.');
    // An endpoint refuses the reasoning of calls that are not all there, and that of another model.
    const [part] = composeGivenPrompt([assistant(call('c1')), results], style({ memory }));
    assert.equal(part?.role === 'assistant' && part.keptReasoning, undefined);
    const other = style({ memory, model: 'other/gpt-4o' });
    const [foreign] = composeGivenPrompt([assistant(call('c1'), call('c2')), results], other);
    assert.equal(foreign?.role === 'assistant' && foreign.keptReasoning, undefined);
  });

  it('tells the model about the calls of its answer that could not run, each at its place', () => {
    const memory = new AnswerMemory();
    memory.remember({
      model: 'loopback/gpt-4o',
      callIds: ['c1', 'c2'],
      reasoning: '',
      unusable: [
        { index: 0, name: 'edit', problem: 'Error: not JSON' },
        { index: 2, name: 'delete', problem: 'Error: no such tool' },
      ],
    });
    const given = [assistant(call('c1'), call('c2')), user(result('c1', 'x'), result('c2', 'y'))];
    assert.deepEqual(composeGivenPrompt(given, style({ memory })), [
      {
        role: 'assistant',
        content: '',
        toolCalls: [sent('call', 'edit', '{}'), sent('c1'), sent('call_1', 'delete', '{}'), sent('c2')],
      },
      { role: 'tool', callId: 'call', content: 'Error: not JSON' },
      { role: 'tool', callId: 'c1', content: 'x' },
      { role: 'tool', callId: 'call_1', content: 'Error: no such tool' },
      { role: 'tool', callId: 'c2', content: 'y' },
    ]);
  });

  it('sends a system text alone as a prompt, because gateways want one', () => {
    assert.deepEqual(composeGivenPrompt([{ role: 'system', parts: [text('Say hello.')] }], style()), [
      { role: 'user', content: 'Say hello.' },
    ]);
    assert.deepEqual(composeGivenPrompt([], style()), []);
  });

  it('makes a valid request of any messages', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 12 }), fc.boolean(), (given, takesPictures) => {
        const messages = composeGivenPrompt(given, style({ takesPictures }));
        assertValid(messages);
        assert.deepEqual(composeGivenPrompt(given, style({ takesPictures })), messages);
        const whole = JSON.stringify(messages);
        assert.equal(whole.includes('image_url') && !takesPictures, false);
        for (const { role, parts } of given)
          for (const part of parts)
            if (part.kind === 'text' && part.text.trim() !== '')
              assert.ok(whole.includes(JSON.stringify(part.text).slice(1, -1)), `${role}: ${part.text}`);
      }),
      { numRuns: 1_000 },
    );
  });
});

const id = fc.constantFrom('', 'call_0', 'call_0_1', 'call_1', 'call', ' ');
const words = fc.constantFrom('', ' ', 'one', 'two\nlines', '"quoted"');
const anyPart: fc.Arbitrary<GivenPart> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: words }),
  fc.record({ kind: fc.constant('reasoning' as const), text: words }),
  fc.record({ kind: fc.constant('picture' as const), url: fc.constant(picture) }),
  fc.record({
    kind: fc.constant('call' as const),
    id,
    name: fc.constantFrom('', 'read', 'write'),
    arguments: fc.constantFrom('{}', '{"a":1}'),
  }),
  fc.record({
    kind: fc.constant('result' as const),
    callId: id,
    text: words,
    pictures: fc.array(fc.constant(picture), { maxLength: 2 }),
  }),
);
const anyMessage: fc.Arbitrary<GivenMessage> = fc.record({
  role: fc.constantFrom('system', 'user', 'assistant'),
  parts: fc.array(anyPart, { maxLength: 6 }),
});

/** What every gateway demands of a request. */
function assertValid(messages: readonly PromptMessage[]): void {
  const ids = new Set<string>();
  let waiting: string[] = [];
  for (const [place, message] of messages.entries()) {
    if (message.role === 'tool') {
      assert.equal(message.callId, waiting.shift(), 'a result follows its call');
      continue;
    }
    assert.deepEqual(waiting, [], 'each call has a result');
    if (message.role === 'system') assert.equal(place, 0);
    if (message.role === 'user') assert.notEqual(JSON.stringify(message.content).trim(), '""');
    if (message.role !== 'assistant') continue;
    waiting = (message.toolCalls ?? []).map((one) => one.id);
    assert.ok(waiting.length > 0 || message.content.trim() !== '');
    for (const one of waiting) {
      assert.ok(one.trim() !== '' && !ids.has(one), 'ids are unique');
      ids.add(one);
    }
  }
  assert.deepEqual(waiting, [], 'each call has a result');
  if (messages.length > 0) assert.ok(messages.some(({ role }) => role !== 'system'));
}
