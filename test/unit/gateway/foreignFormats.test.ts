import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { summary } from './asking';
import { delta, done, event, finish } from './replies';
import { readReply, type ReadReply } from './readReply';

function essenceOf({ choices, ending, parts }: ReadReply): unknown {
  return { choices, ending, usage: parts.find((part) => part.kind === 'usage') };
}

/** Reads a reply in one write, byte by byte and at random splits, and checks that the results are equal. */
async function read(body: string): Promise<ReadReply> {
  const whole = await readReply(body);
  const every = [...Array(Buffer.byteLength(body)).keys()];
  deepEqual(essenceOf(await readReply(body, { cuts: every })), essenceOf(whole));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), async (cuts) => {
      deepEqual(essenceOf(await readReply(body, { cuts })), essenceOf(whole));
    }),
    { numRuns: 8 },
  );
  return whole;
}

/** A stream of events with an `event:` field. */
function named(...events: readonly { readonly type: string }[]): string {
  return events.map((value) => `event: ${value.type}\n${event(value)}`).join('');
}

function brief(reply: ReadReply): unknown {
  const { text, reasoning, calls, sources } = reply.choices[0] ?? {};
  const usage = reply.parts.find((part) => part.kind === 'usage')?.usage;
  return {
    end: summary(reply),
    text,
    ...(reasoning !== '' && { reasoning }),
    ...(calls?.length !== 0 && { calls }),
    ...(sources?.length !== 0 && { sources: sources?.map(({ url }) => url) }),
    ...(usage !== undefined && { usage }),
  };
}

const weather = { id: 'a', name: 'weather', arguments: '{"city":"Rome"}', complete: true };

describe('Events of the Responses API instead of chunks', () => {
  const output = [
    { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hmm' }] },
    { type: 'message', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] },
  ];
  const usage = {
    input_tokens: 9,
    output_tokens: 4,
    total_tokens: 13,
    output_tokens_details: { reasoning_tokens: 2 },
  };
  const counts = { promptTokens: 9, completionTokens: 4, totalTokens: 13, reasoningTokens: 2 };

  it('are read with text, reasoning, usage and the end', async () => {
    const body = named(
      { type: 'response.created', response: { model: 'm', status: 'in_progress' } } as never,
      { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning' } } as never,
      { type: 'response.reasoning_summary_text.delta', delta: 'hm' } as never,
      { type: 'response.reasoning_text.delta', delta: 'm' } as never,
      { type: 'response.output_text.delta', delta: 'Hel' } as never,
      { type: 'response.output_text.delta', delta: 'lo' } as never,
      { type: 'response.output_text.done', text: 'Hello' } as never,
      { type: 'response.completed', response: { status: 'completed', output, usage } } as never,
    );
    deepEqual(brief(await read(body)), {
      end: 'completed stop',
      text: 'Hello',
      reasoning: 'hmm',
      usage: counts,
    });
  });

  it('are read if only the last event has the answer', async () => {
    const body = named({
      type: 'response.completed',
      response: { status: 'completed', output, usage },
    } as never);
    deepEqual(brief(await read(body)), {
      end: 'completed stop',
      text: 'Hello',
      reasoning: 'hmm',
      usage: counts,
    });
  });

  it('are read without the last event', async () => {
    const body = named(
      { type: 'response.output_text.delta', delta: 'Hello' } as never,
      { type: 'response.completed', response: { status: 'completed', output: [] } } as never,
    );
    deepEqual(brief(await read(body)), { end: 'completed stop', text: 'Hello' });
  });

  it('are read as a whole response', async () => {
    const body = JSON.stringify({ object: 'response', status: 'completed', model: 'm', output, usage });
    deepEqual(brief(await read(body)), {
      end: 'completed stop',
      text: 'Hello',
      reasoning: 'hmm',
      usage: counts,
    });
  });

  it('are read with a tool call', async () => {
    const item = { type: 'function_call', call_id: 'a', name: 'weather', arguments: '{"city":"Rome"}' };
    const body = named(
      { type: 'response.output_item.added', output_index: 1, item: { ...item, arguments: '' } } as never,
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"city":' } as never,
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: '"Rome"}' } as never,
      { type: 'response.completed', response: { status: 'completed', output: [item] } } as never,
    );
    deepEqual(brief(await read(body)), { end: 'completed stop', text: '', calls: [weather] });
  });

  it('are read with their sources', async () => {
    const annotation = {
      type: 'url_citation',
      url: 'https://example.com/a',
      title: 'A',
      start_index: 0,
      end_index: 5,
    };
    const body = named(
      { type: 'response.output_text.delta', delta: 'Hello' } as never,
      { type: 'response.output_text.annotation.added', annotation } as never,
      { type: 'response.completed', response: { status: 'completed', output: [] } } as never,
    );
    deepEqual(brief(await read(body)), {
      end: 'completed stop',
      text: 'Hello',
      sources: ['https://example.com/a'],
    });
  });

  it('that stop at a token limit are a truncated answer', async () => {
    for (const reason of ['max_output_tokens', 'content_filter']) {
      const response = { status: 'incomplete', incomplete_details: { reason }, output: [] };
      const { choices, ending } = await read(
        named(
          { type: 'response.output_text.delta', delta: 'Hello' } as never,
          { type: 'response.incomplete', response } as never,
        ),
      );
      deepEqual([choices[0]?.text, JSON.stringify(ending).includes('stream-cut')], ['Hello', false]);
    }
  });

  it('that report a failure show the message of the gateway', async () => {
    const error = { code: 'server_error', message: 'The model failed' };
    const { ending } = await read(
      named({ type: 'response.failed', response: { status: 'failed', error } } as never),
    );
    equal(ending.outcome === 'failed' && ending.failure.detail, 'The model failed');
  });

  it('that are errors show the message', async () => {
    const { ending } = await read(event({ type: 'error', code: 'x', message: 'The model failed' }));
    equal(ending.outcome === 'failed' && ending.failure.detail, 'The model failed');
  });
});

describe('Events of Anthropic instead of chunks', () => {
  const start = {
    type: 'message_start',
    message: { model: 'm', content: [], usage: { input_tokens: 9, output_tokens: 1 } },
  };
  const stop = { type: 'message_stop' };
  const text = (words: string): { type: string } =>
    ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: words } }) as never;
  const ended = (reason: string): { type: string } =>
    ({ type: 'message_delta', delta: { stop_reason: reason }, usage: { output_tokens: 4 } }) as never;

  it('are read with text, reasoning, usage and the end', async () => {
    const body = named(
      start,
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } } as never,
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hmm' } } as never,
      {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'signature_delta', signature: 'abc' },
      } as never,
      { type: 'content_block_stop', index: 0 } as never,
      { type: 'ping' },
      text('Hel'),
      text('lo'),
      ended('end_turn'),
      stop,
    );
    deepEqual(brief(await read(body)), {
      end: 'completed stop',
      text: 'Hello',
      reasoning: 'hmm',
      usage: { promptTokens: 9, completionTokens: 4 },
    });
  });

  it('are read without a stop reason', async () => {
    deepEqual(
      brief(
        await read(named({ type: 'message_start', message: { content: [] } } as never, text('Hi'), stop)),
      ),
      {
        end: 'completed null',
        text: 'Hi',
      },
    );
  });

  it('are read with a tool call', async () => {
    const body = named(
      start,
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'tool_use', id: 'a', name: 'weather', input: {} },
      } as never,
      {
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'input_json_delta', partial_json: '{"city":' },
      } as never,
      {
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'input_json_delta', partial_json: '"Rome"}' },
      } as never,
      ended('tool_use'),
      stop,
    );
    deepEqual(brief(await read(body)), {
      end: 'completed tool_calls',
      text: '',
      calls: [weather],
      usage: { promptTokens: 9, completionTokens: 4 },
    });
  });

  it('are read with their sources', async () => {
    const citation = {
      type: 'web_search_result_location',
      url: 'https://example.com/a',
      title: 'A',
      cited_text: 'x',
    };
    const body = named(
      text('Hi'),
      { type: 'content_block_delta', index: 0, delta: { type: 'citations_delta', citation } } as never,
      stop,
    );
    deepEqual(brief(await read(body)), {
      end: 'completed null',
      text: 'Hi',
      sources: ['https://example.com/a'],
    });
  });

  it('are read as a whole message', async () => {
    const content = [
      { type: 'thinking', thinking: 'hmm' },
      { type: 'text', text: 'Hello' },
      { type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Rome' } },
    ];
    const body = JSON.stringify({ type: 'message', role: 'assistant', content, stop_reason: 'tool_use' });
    deepEqual(brief(await read(body)), {
      end: 'completed tool_calls',
      text: 'Hello',
      reasoning: 'hmm',
      calls: [weather],
    });
  });

  it('that end early are a truncated answer', async () => {
    equal(summary(await read(named(start, text('Hi')))), 'truncated stream-cut');
  });

  it('that are errors show the message', async () => {
    const body = named(start, {
      type: 'error',
      error: { type: 'overloaded_error', message: 'Overloaded' },
    } as never);
    const { ending } = await read(body);
    equal(ending.outcome === 'failed' && ending.failure.detail, 'Overloaded');
  });
});

describe('Chunks of Gemini instead of chat chunks', () => {
  const candidate = (parts: readonly object[], more: object = {}): object => ({
    candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
    modelVersion: 'm',
  });
  const usageMetadata = {
    promptTokenCount: 9,
    candidatesTokenCount: 3,
    thoughtsTokenCount: 2,
    totalTokenCount: 14,
  };
  const counts = { promptTokens: 9, completionTokens: 5, totalTokens: 14, reasoningTokens: 2 };

  it('are read with text, reasoning, usage and the end', async () => {
    const body =
      event(candidate([{ text: 'hmm', thought: true }])) +
      event(candidate([{ text: 'Hel' }])) +
      event({ ...candidate([{ text: 'lo' }], { finishReason: 'STOP' }), usageMetadata });
    deepEqual(brief(await read(body)), {
      end: 'completed stop',
      text: 'Hello',
      reasoning: 'hmm',
      usage: counts,
    });
  });

  it('are read as one array', async () => {
    const body = JSON.stringify([
      candidate([{ text: 'Hel' }]),
      candidate([{ text: 'lo' }], { finishReason: 'STOP' }),
    ]);
    deepEqual(brief(await read(body)), { end: 'completed stop', text: 'Hello' });
  });

  it('are read inside a response', async () => {
    deepEqual(brief(await read(event({ response: candidate([{ text: 'Hi' }], { finishReason: 'STOP' }) }))), {
      end: 'completed stop',
      text: 'Hi',
    });
  });

  it('are read with a tool call', async () => {
    const part = { functionCall: { id: 'a', name: 'weather', args: { city: 'Rome' } } };
    deepEqual(brief(await read(event(candidate([part], { finishReason: 'STOP' })))), {
      end: 'completed stop',
      text: '',
      calls: [weather],
    });
  });

  it('are read with their sources', async () => {
    const groundingMetadata = {
      webSearchQueries: ['https://example.com/query'],
      searchEntryPoint: { renderedContent: '<a href="https://example.com/x">x</a>' },
      groundingChunks: [{ web: { uri: 'https://example.com/a', title: 'A' } }],
      groundingSupports: [{ segment: { startIndex: 0, endIndex: 2 }, groundingChunkIndices: [0] }],
    };
    const { choices } = await read(
      event(candidate([{ text: 'Hi' }], { finishReason: 'STOP', groundingMetadata })),
    );
    deepEqual(choices[0]?.sources.map(({ title }) => title).includes('A'), true);
  });

  it('are read with a picture', async () => {
    const part = { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } };
    const { choices } = await read(event(candidate([part], { finishReason: 'STOP' })));
    equal(choices[0]?.media[0]?.url, 'data:image/png;base64,iVBORw0KGgo=');
  });

  it('that were blocked are reported as blocked', async () => {
    const { ending } = await read(event({ promptFeedback: { blockReason: 'SAFETY' } }));
    equal(JSON.stringify(ending).includes('stream-cut'), false);
  });
});

describe('Other formats', () => {
  it('of Ollama are read, with one chunk per line', async () => {
    const lines = [
      { model: 'm', message: { role: 'assistant', content: '', thinking: 'hmm' }, done: false },
      { model: 'm', message: { role: 'assistant', content: 'Hi' }, done: false },
      {
        model: 'm',
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: 'stop',
        prompt_eval_count: 9,
        eval_count: 3,
      },
    ];
    deepEqual(brief(await read(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))), {
      end: 'completed stop',
      text: 'Hi',
      reasoning: 'hmm',
      usage: { promptTokens: 9, completionTokens: 3 },
    });
  });

  it('of DashScope are read', async () => {
    const body = {
      output: { choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] },
      usage: { input_tokens: 9, output_tokens: 3 },
    };
    deepEqual(brief(await read(JSON.stringify(body))), {
      end: 'completed stop',
      text: 'Hi',
      usage: { promptTokens: 9, completionTokens: 3 },
    });
  });

  it('that are unknown are reported with their beginning', async () => {
    const bodies = [
      named({ type: 'content-delta', delta: { message: { content: { text: 'Hi' } } } } as never, {
        type: 'message-end',
      }),
      event({ token: { text: 'Hi' }, generated_text: null }),
      event({ result: 'Hi', is_end: false }),
    ];
    for (const body of bodies) equal(summary(await read(body)), 'failed malformed-reply');
  });

  it('do not change chat chunks that have fields of the same name', async () => {
    const odd = {
      type: 'message',
      response: 'x',
      candidates: [],
      object: 'response',
      message: { content: 'no' },
      done: true,
      output: { choices: [] },
    };
    const body =
      event({ ...odd, choices: [{ delta: { content: 'Hi' } }] }) +
      event({ ...odd, choices: [{ delta: { content: '!' } }] });
    deepEqual(brief(await read(body + delta('?') + finish() + done)), {
      end: 'completed stop',
      text: 'Hi!?',
    });
  });
});
