import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { summary } from '../asking';
import { delta, done, event, finish } from '../replies';
import { readReply, type ReadReply } from '../readReply';
import { joined } from './joinedParts';
import { block, message, named } from './replyScripts';

const read = (body: string, cuts: readonly number[] = []): Promise<ReadReply> =>
  readReply(body, { endpoint: 'messages', cuts });

const thinking = block(
  0,
  { type: 'thinking', thinking: '', signature: '' },
  { type: 'thinking_delta', thinking: 'The user wants ' },
  { type: 'thinking_delta', thinking: 'the weather.' },
  { type: 'signature_delta', signature: 'c2ln' },
  { type: 'signature_delta', signature: 'bmVk' },
);
const text = block(
  1,
  { type: 'text', text: '' },
  { type: 'text_delta', text: 'I look ' },
  { type: 'text_delta', text: 'it up.' },
);
const call = (index: number, id: string, city: string): readonly string[] =>
  block(
    index,
    { type: 'tool_use', id, name: 'weather', input: {} },
    { type: 'input_json_delta', partial_json: '' },
    { type: 'input_json_delta', partial_json: '{"city":' },
    { type: 'input_json_delta', partial_json: `"${city}"}` },
  );
const usage = { promptTokens: 100, cachedTokens: 90, completionTokens: 20 };

describe('The reader of Anthropic Messages', () => {
  it('passes on thinking, text and tool calls in their order, with the usage and the signed thinking', async () => {
    const body = message(
      [...thinking, ...text, ...call(2, 'a', 'Rome'), ...call(3, 'b', 'Oslo')],
      'tool_use',
    );
    deepEqual(joined((await read(body)).parts), [
      { kind: 'served-model', modelId: 'claude-x' },
      { kind: 'reasoning', text: 'The user wants the weather.' },
      { kind: 'text', text: 'I look it up.' },
      { kind: 'tool-call-started', index: 0, name: 'weather' },
      { kind: 'tool-call-arguments', index: 0, text: '{"city":"Rome"}' },
      { kind: 'tool-call-started', index: 1, name: 'weather' },
      { kind: 'tool-call-arguments', index: 1, text: '{"city":"Oslo"}' },
      {
        kind: 'tool-call',
        index: 0,
        call: { id: 'a', name: 'weather', arguments: '{"city":"Rome"}', complete: true },
      },
      {
        kind: 'tool-call',
        index: 1,
        call: { id: 'b', name: 'weather', arguments: '{"city":"Oslo"}', complete: true },
      },
      {
        kind: 'kept-reasoning',
        items: [
          {
            afterText: false,
            afterCalls: 0,
            thinking: 'The user wants the weather.',
            signature: 'c2lnbmVk',
            type: 'thinking',
          },
        ],
      },
      { kind: 'usage', usage },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: 'tool_calls' } },
    ]);
  });

  it('gives the same parts however the bytes are split', async () => {
    const body = message([...thinking, ...text, ...call(2, 'a', 'Zürich 🌧')], 'tool_use');
    const whole = joined((await read(body)).parts);
    deepEqual(joined((await read(body, [...Array(Buffer.byteLength(body)).keys()])).parts), whole);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (cuts) => {
        deepEqual(joined((await read(body, cuts)).parts), whole);
      }),
      { numRuns: 40 },
    );
  });

  it('ignores unknown events anywhere, and the rest stays the same', async () => {
    const events = [...thinking, ...text, ...call(2, 'a', 'Rome')];
    const expected = joined((await read(message(events, 'tool_use'))).parts);
    const unknown = fc.constantFrom(
      named({ type: 'ping' }),
      named({ type: 'content_block_heartbeat', index: 9 }),
      named({ type: 'content_block_delta', index: 0, delta: { type: 'future_delta', future: 'x' } }),
      ': keep-alive\n\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: events.length }), unknown), { maxLength: 6 }),
        async (more) => {
          const mixed = events.flatMap((one, at) => [
            ...more.flatMap(([place, extra]) => (place === at ? [extra] : [])),
            one,
          ]);
          deepEqual(joined((await read(message(mixed, 'tool_use'))).parts), expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps no thinking of which a signature is missing, or of an answer that calls no tool', async () => {
    const unsigned = block(0, { type: 'thinking', thinking: '' }, { type: 'thinking_delta', thinking: 'Hm' });
    for (const events of [
      [...unsigned, ...call(1, 'a', 'Rome')],
      [...thinking, ...text],
    ]) {
      const { parts } = await read(message(events));
      equal(
        parts.some(({ kind }) => kind === 'kept-reasoning'),
        false,
      );
    }
  });

  it('keeps thinking that only the endpoint can read, with its place', async () => {
    const redacted = block(0, { type: 'redacted_thinking', data: 'opaque' });
    const { parts } = await read(message([...redacted, ...call(1, 'a', 'Rome')], 'tool_use'));
    deepEqual(
      parts.find(({ kind }) => kind === 'kept-reasoning'),
      {
        kind: 'kept-reasoning',
        items: [{ afterText: false, afterCalls: 0, type: 'redacted_thinking', data: 'opaque' }],
      },
    );
  });

  it('puts an empty line between two blocks of thinking', async () => {
    const more = block(
      1,
      { type: 'thinking', thinking: '' },
      { type: 'thinking_delta', thinking: 'Then this.' },
    );
    const { choices } = await read(message([...thinking, ...more]));
    equal(choices[0]?.reasoning, 'The user wants the weather.\n\nThen this.');
  });

  it('reads the input of a call that comes whole at the start of its block', async () => {
    const whole = block(0, { type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Rome' } });
    const { choices } = await read(message(whole, 'tool_use'));
    deepEqual(choices[0]?.calls, [
      { id: 'a', name: 'weather', arguments: '{"city":"Rome"}', complete: true },
    ]);
  });

  it('reads a call without arguments', async () => {
    const whole = block(0, { type: 'tool_use', id: 'a', name: 'now', input: {} });
    const { choices } = await read(message(whole, 'tool_use'));
    deepEqual(choices[0]?.calls, [{ id: 'a', name: 'now', arguments: '', complete: true }]);
  });

  it('reads blocks that overlap, as llama-server sends them', async () => {
    const [startThinking = '', ...thoughts] = thinking;
    const [startText = '', ...words] = text;
    const stops = [thoughts.pop() ?? '', words.pop() ?? ''];
    const { choices } = await read(message([startThinking, ...thoughts, startText, ...words, ...stops]));
    deepEqual([choices[0]?.reasoning, choices[0]?.text], ['The user wants the weather.', 'I look it up.']);
  });

  it('reads the pages of a search and the citations', async () => {
    const page = { type: 'web_search_result', url: 'https://a.example/1', title: 'One' };
    const search = block(0, { type: 'web_search_tool_result', content: [page] });
    const citation = { type: 'web_search_result_location', url: 'https://a.example/2', title: 'Two' };
    const cited = block(
      1,
      { type: 'text', text: '' },
      { type: 'text_delta', text: 'Hi' },
      { type: 'citations_delta', citation },
    );
    const { choices } = await read(message([...search, ...cited]));
    deepEqual(
      choices[0]?.sources.map(({ url }) => url),
      ['https://a.example/1', 'https://a.example/2'],
    );
  });

  for (const [reason, ending] of [
    ['end_turn', 'completed stop'],
    ['stop_sequence', 'completed stop'],
    ['max_tokens', 'truncated output-limit'],
    ['model_context_window_exceeded', 'truncated window-full'],
    ['refusal', 'truncated content-filtered'],
    ['pause_turn', 'truncated answer-stopped'],
    ['a_new_reason', 'completed a_new_reason'],
  ] as const)
    it(`ends with ${reason} as "${ending}"`, async () => {
      equal(summary(await read(message(text, reason))), ending);
    });

  it('reads the prompt tokens that come only in the last event', async () => {
    const body = message(text, 'end_turn', { input_tokens: 300, output_tokens: 7 }).replace(
      '"input_tokens":5,',
      '"input_tokens":0,',
    );
    const { parts } = await read(body);
    const found = parts.find((part) => part.kind === 'usage');
    deepEqual(found?.usage, { promptTokens: 300, cachedTokens: 90, completionTokens: 7 });
  });

  it('keeps the prompt tokens of the first event if the last one says 0', async () => {
    const { parts } = await read(message(text, 'end_turn', { input_tokens: 0, output_tokens: 7 }));
    const found = parts.find((part) => part.kind === 'usage');
    deepEqual(found?.usage, { promptTokens: 100, cachedTokens: 90, completionTokens: 7 });
  });

  it('ends with the error of an error event', async () => {
    const error = named({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
    equal(summary(await read(error)), 'failed server-error');
    equal(
      summary(await read([named({ type: 'message_start', message: {} }), ...text, error].join(''))),
      'truncated server-error',
    );
  });

  it('tells that a stream without its end was cut', async () => {
    equal(
      summary(await read([named({ type: 'message_start', message: {} }), ...text].join(''))),
      'truncated stream-cut',
    );
  });

  it('reads a whole message, also inside {code, data}', async () => {
    const whole = {
      type: 'message',
      model: 'claude-x',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 's' },
        { type: 'text', text: 'Hello' },
        { type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Rome' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 9, output_tokens: 4 },
    };
    for (const body of [whole, { code: 200, data: whole }]) {
      const reply = await read(JSON.stringify(body));
      const { text: said, reasoning, calls } = reply.choices[0] ?? {};
      deepEqual(
        [summary(reply), said, reasoning, calls?.[0]?.arguments],
        ['completed tool_calls', 'Hello', 'Hm', '{"city":"Rome"}'],
      );
      equal(
        reply.parts.some(({ kind }) => kind === 'kept-reasoning'),
        true,
      );
    }
  });

  it('reads a gateway that answers in the format of Chat Completions', async () => {
    const reply = await read(
      event({ choices: [{ delta: { reasoning_content: 'Hm' } }] }) + delta('Hello') + finish() + done,
    );
    deepEqual(
      [summary(reply), reply.choices[0]?.text, reply.choices[0]?.reasoning],
      ['completed stop', 'Hello', 'Hm'],
    );
  });

  it('calls a reply of another kind malformed', async () => {
    equal(summary(await read(JSON.stringify({ hello: 'world' }))), 'failed malformed-reply');
  });
});
