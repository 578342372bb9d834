import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { summary } from '../asking';
import { delta, done, finish } from '../replies';
import { readReply, type ReadReply } from '../readReply';
import { joined } from './joinedParts';
import { completed, named } from './replyScripts';

const read = (body: string, cuts: readonly number[] = []): Promise<ReadReply> =>
  readReply(body, { endpoint: 'responses', cuts });

const created = named({ type: 'response.created', response: { model: 'gpt-x', status: 'in_progress' } });
const reasoningItem = {
  type: 'reasoning',
  id: 'rs_1',
  summary: [
    { type: 'summary_text', text: 'First.' },
    { type: 'summary_text', text: 'Then.' },
  ],
  encrypted_content: 'b3BhcXVl',
};
const textItem = {
  type: 'message',
  id: 'msg_1',
  content: [{ type: 'output_text', text: 'I look it up.', annotations: [] }],
};
const callItem = (id: string, city: string): Readonly<Record<string, unknown>> & { readonly id: string } => ({
  type: 'function_call',
  id: `fc_${id}`,
  call_id: id,
  name: 'weather',
  arguments: `{"city":"${city}"}`,
});

const reasoning = [
  named({
    type: 'response.output_item.added',
    output_index: 0,
    item: { type: 'reasoning', id: 'rs_1', summary: [] },
  }),
  named({ type: 'response.reasoning_summary_part.added', item_id: 'rs_1', summary_index: 0 }),
  named({ type: 'response.reasoning_summary_text.delta', item_id: 'rs_1', summary_index: 0, delta: 'Fir' }),
  named({ type: 'response.reasoning_summary_text.delta', item_id: 'rs_1', summary_index: 0, delta: 'st.' }),
  named({ type: 'response.reasoning_summary_text.done', item_id: 'rs_1', summary_index: 0, text: 'First.' }),
  named({ type: 'response.reasoning_summary_part.added', item_id: 'rs_1', summary_index: 1 }),
  named({ type: 'response.reasoning_summary_text.delta', item_id: 'rs_1', summary_index: 1, delta: 'Then.' }),
  named({ type: 'response.output_item.done', output_index: 0, item: reasoningItem }),
];
const text = [
  named({
    type: 'response.output_item.added',
    output_index: 1,
    item: { type: 'message', id: 'msg_1', content: [] },
  }),
  named({ type: 'response.content_part.added', item_id: 'msg_1', part: { type: 'output_text', text: '' } }),
  named({ type: 'response.output_text.delta', item_id: 'msg_1', delta: 'I look ', sequence_number: 5 }),
  named({ type: 'response.output_text.delta', item_id: 'msg_1', delta: 'it up.', sequence_number: 6 }),
  named({ type: 'response.output_text.done', item_id: 'msg_1', text: 'I look it up.' }),
  named({ type: 'response.output_item.done', output_index: 1, item: textItem }),
];
const callBegins = (index: number, id: string): string =>
  named({
    type: 'response.output_item.added',
    output_index: index,
    item: { ...callItem(id, ''), arguments: '', status: 'in_progress' },
  });
const argument = (index: number, id: string, piece: string): string =>
  named({
    type: 'response.function_call_arguments.delta',
    output_index: index,
    item_id: `fc_${id}`,
    delta: piece,
  });
const callEnds = (index: number, id: string, city: string): readonly string[] => [
  named({
    type: 'response.function_call_arguments.done',
    output_index: index,
    item_id: `fc_${id}`,
    arguments: `{"city":"${city}"}`,
  }),
  named({ type: 'response.output_item.done', output_index: index, item: callItem(id, city) }),
];
const call = (index: number, id: string, city: string): readonly string[] => [
  callBegins(index, id),
  argument(index, id, '{"city":'),
  argument(index, id, `"${city}"}`),
  ...callEnds(index, id, city),
];
const whole = [...reasoning, ...text, ...call(2, 'a', 'Rome'), ...call(3, 'b', 'Oslo')];
const output = [reasoningItem, textItem, callItem('a', 'Rome'), callItem('b', 'Oslo')];
const calls = [
  { id: 'a', name: 'weather', arguments: '{"city":"Rome"}', complete: true },
  { id: 'b', name: 'weather', arguments: '{"city":"Oslo"}', complete: true },
];

describe('The reader of OpenAI Responses', () => {
  it('passes on summaries, text and tool calls in their order, with the usage and the encrypted reasoning', async () => {
    deepEqual(joined((await read(created + whole.join('') + completed(output))).parts), [
      { kind: 'served-model', modelId: 'gpt-x' },
      { kind: 'reasoning', text: 'First.\n\nThen.' },
      { kind: 'text', text: 'I look it up.' },
      { kind: 'tool-call-started', index: 0, name: 'weather' },
      { kind: 'tool-call-arguments', index: 0, text: '{"city":"Rome"}' },
      { kind: 'tool-call-started', index: 1, name: 'weather' },
      { kind: 'tool-call-arguments', index: 1, text: '{"city":"Oslo"}' },
      { kind: 'tool-call', index: 0, call: calls[0] },
      { kind: 'tool-call', index: 1, call: calls[1] },
      {
        kind: 'kept-reasoning',
        items: [
          {
            afterText: false,
            afterCalls: 0,
            type: 'reasoning',
            id: 'rs_1',
            summary: ['First.', 'Then.'],
            encrypted: 'b3BhcXVl',
          },
        ],
      },
      {
        kind: 'usage',
        usage: {
          promptTokens: 100,
          completionTokens: 20,
          totalTokens: 120,
          cachedTokens: 90,
          reasoningTokens: 12,
        },
      },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: 'tool_calls' } },
    ]);
  });

  it('gives the same parts however the bytes are split', async () => {
    const body = created + whole.join('') + completed(output);
    const expected = joined((await read(body)).parts);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (cuts) => {
        deepEqual(joined((await read(body, cuts)).parts), expected);
      }),
      { numRuns: 40 },
    );
  });

  it('ignores unknown events anywhere, and the rest stays the same', async () => {
    const expected = joined((await read(created + whole.join('') + completed(output))).parts);
    const unknown = fc.constantFrom(
      named({ type: 'response.future.delta', delta: 'x' }),
      named({ type: 'response.web_search_call.searching', item_id: 'ws_1' }),
      named({ type: 'response.in_progress', response: { status: 'in_progress' } }),
      named({ type: 'keepalive', sequence_number: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: whole.length }), unknown), { maxLength: 6 }),
        async (more) => {
          const mixed = whole.flatMap((one, at) => [
            ...more.flatMap(([place, extra]) => (place === at ? [extra] : [])),
            one,
          ]);
          deepEqual(joined((await read(created + mixed.join('') + completed(output))).parts), expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reads calls whose deltas alternate', async () => {
    const body = [
      callBegins(0, 'a'),
      callBegins(1, 'b'),
      argument(1, 'b', '{"city":'),
      argument(0, 'a', '{"city":"Ro'),
      argument(1, 'b', '"Oslo"}'),
      argument(0, 'a', 'me"}'),
      ...callEnds(1, 'b', 'Oslo'),
      ...callEnds(0, 'a', 'Rome'),
      completed([]),
    ].join('');
    deepEqual((await read(body)).choices[0]?.calls, calls);
  });

  it('reads two calls that a gateway gives the same place', async () => {
    const body = [...call(0, 'a', 'Rome'), ...call(0, 'b', 'Oslo'), completed([])].join('');
    deepEqual((await read(body)).choices[0]?.calls, calls);
  });

  for (const [title, events] of [
    ['the end of the item', [...callEnds(0, 'a', 'Rome'), ...callEnds(1, 'b', 'Oslo'), completed([])]],
    [
      'the response at the end',
      [callBegins(0, 'a'), completed([callItem('a', 'Rome'), callItem('b', 'Oslo')])],
    ],
  ] as const)
    it(`reads arguments that come only with ${title}`, async () => {
      deepEqual((await read(events.join(''))).choices[0]?.calls, calls);
    });

  it('reads text, reasoning and calls that come only with the end of their items', async () => {
    const body = output.map((item, index) =>
      named({ type: 'response.output_item.done', output_index: index, item }),
    );
    const reply = await read(body.join('') + completed(output));
    const { text: said, reasoning: thought, calls: made } = reply.choices[0] ?? {};
    deepEqual([said, thought, made], ['I look it up.', 'First.\n\nThen.', calls]);
  });

  it('reads events without ids and numbers, with their ends after all deltas, as llama-server sends them', async () => {
    const body = [
      named({
        type: 'response.output_item.added',
        item: { type: 'reasoning', id: 'r', summary: [], encrypted_content: '' },
      }),
      named({ type: 'response.reasoning_text.delta', item_id: 'r', delta: 'Hm' }),
      named({ type: 'response.output_item.added', item: { type: 'message', id: 'm', content: [] } }),
      named({ type: 'response.output_text.delta', item_id: 'm', delta: 'Hello' }),
      named({ type: 'response.output_item.added', item: { ...callItem('a', ''), arguments: '' } }),
      named({ type: 'response.function_call_arguments.delta', item_id: 'fc_a', delta: '{"city":"Rome"}' }),
      named({
        type: 'response.output_item.done',
        item: { type: 'reasoning', id: 'r', content: [{ text: 'Hm' }], encrypted_content: '' },
      }),
      named({ type: 'response.output_text.done', item_id: 'm', text: 'Hello' }),
      named({
        type: 'response.output_item.done',
        item: { type: 'message', id: 'm', content: [{ type: 'output_text', text: 'Hello' }] },
      }),
      named({ type: 'response.output_item.done', item: callItem('a', 'Rome') }),
      completed([]),
    ].join('');
    const reply = await read(body);
    const { text: said, reasoning: thought, calls: made } = reply.choices[0] ?? {};
    deepEqual([said, thought, made], ['Hello', 'Hm', calls.slice(0, 1)]);
    equal(
      reply.parts.some(({ kind }) => kind === 'kept-reasoning'),
      false,
    );
  });

  it('does not repeat the response at the end, whatever ids it has', async () => {
    const other = output.map((item) => ({ ...item, id: `other_${item.id}` }));
    const reply = await read(created + whole.join('') + completed(other));
    const { text: said, reasoning: thought, calls: made } = reply.choices[0] ?? {};
    deepEqual([said, thought, made], ['I look it up.', 'First.\n\nThen.', calls]);
  });

  it('shows the reasoning or its summary, not both', async () => {
    const body = [
      named({ type: 'response.reasoning_text.delta', item_id: 'r', delta: 'All of it' }),
      named({ type: 'response.reasoning_summary_text.delta', item_id: 'r', delta: 'Short' }),
      ...text,
      completed([]),
    ].join('');
    equal((await read(body)).choices[0]?.reasoning, 'All of it');
  });

  it('keeps no reasoning if one of its items came without its encrypted form', async () => {
    const bare = named({
      type: 'response.output_item.done',
      item: { type: 'reasoning', id: 'rs_2', summary: [] },
    });
    const { parts } = await read([...reasoning, bare, ...call(2, 'a', 'Rome'), completed([])].join(''));
    equal(
      parts.some(({ kind }) => kind === 'kept-reasoning'),
      false,
    );
  });

  it('reads sources, pictures, refusals and log probabilities', async () => {
    const annotation = {
      type: 'url_citation',
      url: 'https://a.example/1',
      title: 'One',
      start_index: 0,
      end_index: 2,
    };
    const token = { token: 'Hi', logprob: -0.1, top_logprobs: [{ token: 'Ho', logprob: -2 }] };
    const body = [
      named({ type: 'response.output_text.delta', item_id: 'm', delta: 'Hi', logprobs: [token] }),
      named({ type: 'response.output_text.annotation.added', item_id: 'm', annotation }),
      named({ type: 'response.refusal.delta', item_id: 'n', delta: ' No.' }),
      named({
        type: 'response.output_item.done',
        item: { type: 'image_generation_call', id: 'i', result: 'iVBORw0KGgoAAAA' },
      }),
      completed([]),
    ].join('');
    const found = (await read(body)).choices[0];
    deepEqual(
      [
        found?.text,
        found?.sources.map(({ url }) => url),
        found?.media.length,
        found?.tokens.map((one) => one.text),
      ],
      ['Hi No.', ['https://a.example/1'], 1, ['Hi']],
    );
  });

  for (const [title, event, ending] of [
    [
      'a limit',
      completed(
        [],
        { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
        'response.incomplete',
      ),
      'truncated output-limit',
    ],
    [
      'a filter',
      completed(
        [],
        { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
        'response.incomplete',
      ),
      'truncated content-filtered',
    ],
    [
      'no reason',
      completed([], { status: 'incomplete', incomplete_details: null }, 'response.incomplete'),
      'truncated answer-stopped',
    ],
    [
      'a cancellation',
      completed([], { status: 'cancelled' }, 'response.cancelled'),
      'truncated answer-stopped',
    ],
    [
      'a failure',
      completed(
        [],
        { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'Too many requests' } },
        'response.failed',
      ),
      'truncated rate-limited',
    ],
    [
      'a failure without words',
      completed([], { status: 'failed', error: null }, 'response.failed'),
      'truncated gateway-error',
    ],
    [
      'an error event',
      named({ type: 'error', code: 'server_error', message: 'Overloaded' }),
      'truncated server-error',
    ],
    ['nothing', '', 'truncated stream-cut'],
  ] as const)
    it(`ends with ${title} as "${ending}"`, async () => {
      equal(summary(await read(created + text.join('') + event)), ending);
    });

  it('reads a whole response, also inside {code, data}', async () => {
    const response = {
      object: 'response',
      status: 'completed',
      model: 'gpt-x',
      output,
      usage: { input_tokens: 9, output_tokens: 4 },
    };
    for (const body of [response, { code: 200, data: response }]) {
      const reply = await read(JSON.stringify(body));
      const { text: said, reasoning: thought, calls: made } = reply.choices[0] ?? {};
      deepEqual(
        [summary(reply), said, thought, made],
        ['completed tool_calls', 'I look it up.', 'First.\n\nThen.', calls],
      );
      equal(
        reply.parts.some(({ kind }) => kind === 'kept-reasoning'),
        true,
      );
    }
  });

  it('reads a gateway that answers in the format of Chat Completions', async () => {
    const reply = await read(delta('Hello') + finish() + done);
    deepEqual([summary(reply), reply.choices[0]?.text], ['completed stop', 'Hello']);
  });
});
