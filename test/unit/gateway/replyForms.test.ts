import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import type { StreamPart } from '../../../src/core/ports/answerStream';
import { summary } from './asking';
import { delta, done, event, finish } from './replies';
import { readReply, type ReadReply } from './readReply';

/** The content of a reply, independent of its splits. */
function essenceOf({ choices, ending, parts }: ReadReply): unknown {
  return { choices, ending, usage: parts.find((part) => part.kind === 'usage') };
}

/** Reads a reply in one write, byte by byte and at random splits, and checks that the results are equal. */
async function read(body: string, reading: Parameters<typeof readReply>[1] = {}): Promise<ReadReply> {
  const whole = await readReply(body, reading);
  const bytes = Buffer.byteLength(body);
  deepEqual(
    essenceOf(await readReply(body, { ...reading, cuts: [...Array(bytes).keys()] })),
    essenceOf(whole),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), async (cuts) => {
      deepEqual(essenceOf(await readReply(body, { ...reading, cuts })), essenceOf(whole));
    }),
    { numRuns: 8 },
  );
  return whole;
}

function usageOf({ parts }: ReadReply): Extract<StreamPart, { kind: 'usage' }>['usage'] | undefined {
  return parts.find((part) => part.kind === 'usage')?.usage;
}

const think = (given: object): string =>
  event({ choices: [{ index: 0, delta: given, finish_reason: null }] });

describe('Reasoning', () => {
  const shapes: Readonly<Record<string, object>> = {
    reasoning_content: { reasoning_content: 'hmm' },
    reasoning: { reasoning: 'hmm', content: '' },
    'reasoning with a summary': { reasoning: { summary: 'hmm' } },
    'reasoning with a list of summaries': { reasoning: { summary: [{ type: 'summary_text', text: 'hmm' }] } },
    reasoning_text: { reasoning_text: 'hmm' },
    reasoning_summary: { reasoning_summary: 'hmm' },
    reasoning_details: { reasoning_details: [{ type: 'reasoning.text', text: 'hmm' }] },
    thinking: { thinking: 'hmm' },
    'thinking with content': { thinking: { content: 'hmm' } },
    thinking_content: { thinking_content: 'hmm' },
    thinking_blocks: { thinking_blocks: [{ type: 'thinking', thinking: 'hmm', signature: 'x' }] },
    thought: { thought: 'hmm' },
    thoughts: { thoughts: ['h', 'mm'] },
    thought_content: { thought_content: 'hmm' },
    think: { think: 'hmm' },
    cot: { cot: 'hmm' },
    chain_of_thought: { chain_of_thought: 'hmm' },
    reasoningContent: { reasoningContent: 'hmm' },
    thinkingText: { thinkingText: 'hmm' },
    ReasoningText: { ReasoningText: 'hmm' },
    model_thoughts: { model_thoughts: 'hmm' },
    'internal-reasoning': { 'internal-reasoning': 'hmm' },
    'a field of its provider': { provider_specific_fields: { reasoning_content: 'hmm' } },
    'a delta marked as thought': { content: 'hmm', thought: true },
    'a part thinking': { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hmm' }] }] },
    'a part reasoning': { content: [{ type: 'reasoning', text: 'hmm' }] },
    'a part reasoning with a summary': {
      content: [{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'hmm' }] }],
    },
    'a part reasoning_content': {
      content: [{ type: 'reasoning_content', reasoning_content: { text: 'hmm' } }],
    },
    'a part marked as thought': { content: [{ text: 'hmm', thought: true }] },
    'a part without a type': { content: [{ thinking: 'hmm' }] },
  };
  for (const [name, given] of Object.entries(shapes)) {
    it(`is read from ${name}`, async () => {
      const { choices } = await read(
        think(given) + think({ ...given, role: 'assistant' }) + delta('Hi') + finish(),
      );
      deepEqual([choices[0]?.reasoning, choices[0]?.text], ['hmmhmm', 'Hi']);
    });
  }

  it('is read once if a gateway sends it in several fields', async () => {
    const given = {
      reasoning: 'hmm',
      reasoning_content: 'hmm',
      reasoning_details: [{ text: 'hmm' }],
      thinking: 'hmm',
    };
    equal((await read(think(given) + delta('Hi') + finish())).choices[0]?.reasoning, 'hmm');
  });

  it('is read from a whole reply', async () => {
    const message = { content: 'Hi', thinking_content: 'hmm' };
    const { choices } = await read(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }));
    deepEqual([choices[0]?.reasoning, choices[0]?.text], ['hmm', 'Hi']);
  });

  const notReasoning: Readonly<Record<string, object>> = {
    'its signature': { thinking_signature: 'abc' },
    'its count': { reasoning_tokens: 12 },
    'its effort': { reasoning_effort: 'high' },
    'its time': { thinking_time: '12 s' },
    'its encrypted form': { reasoning_details: [{ type: 'reasoning.encrypted', data: 'abc', text: 'abc' }] },
    'whether it is on': { thinking: true },
    'its id': { reasoning_id: 'rs_1' },
    'its format': { reasoning_format: 'none' },
    'a reason to stop': { reason: 'stop' },
  };
  for (const [name, given] of Object.entries(notReasoning)) {
    it(`is not read from ${name}`, async () => {
      const { choices } = await read(think(given) + delta('Hi') + finish());
      deepEqual([choices[0]?.reasoning, choices[0]?.text], ['', 'Hi']);
    });
  }
});

describe('An empty error', () => {
  const empty: readonly unknown[] = [
    { message: '', type: '', param: '', code: null },
    {},
    null,
    '',
    false,
    { message: '', code: null },
    { message: '', code: 0 },
    { message: '', code: '0' },
    { message: null, type: null, code: null },
    { code: 0 },
    { code: 200, message: 'ok' },
    { code: 0, message: 'success' },
    { message: 'success' },
    { code: '', message: '', type: 'new_api_error' },
    { error: {} },
    'null',
    '<nil>',
    'None',
    'success',
    [],
  ];
  for (const error of empty) {
    it(`is ignored next to an answer: ${JSON.stringify(error)}`, async () => {
      const chunk = (content: string): string =>
        event({ choices: [{ index: 0, delta: { content }, finish_reason: null }], error });
      const streamed = await read(
        chunk('Hi') + chunk(' there') + finish() + event({ choices: [], error }) + done,
      );
      deepEqual([summary(streamed), streamed.choices[0]?.text], ['completed stop', 'Hi there']);
      const whole = await read(
        JSON.stringify({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }], error }),
      );
      deepEqual([summary(whole), whole.choices[0]?.text], ['completed stop', 'Hi']);
    });
  }

  it('is ignored in a choice', async () => {
    const error = { message: '', code: null };
    const { choices, ending } = await read(delta('Hi', { error }) + delta(' there', { error }) + finish());
    deepEqual([summary({ ending }), choices[0]?.text], ['completed stop', 'Hi there']);
  });

  const successes: readonly object[] = [
    { base_resp: { status_code: 0, status_msg: '' } },
    { base_resp: { status_code: '0', status_msg: 'success' } },
    { base_resp: { status_code: 200, status_msg: 'success' } },
    { base_resp: {} },
    { base_resp: null },
    { code: 0, msg: 'success' },
    { code: 200, message: 'OK' },
    { code: '0', msg: '' },
    { success: true },
    { errors: [] },
    { errors: [{}] },
    { error_code: 0, error_msg: '' },
    { message: '请求成功' },
  ];
  for (const fields of successes) {
    it(`is ignored in ${JSON.stringify(fields)}`, async () => {
      const body =
        event({ choices: [{ delta: { content: 'Hi' } }], ...fields }) +
        finish() +
        event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 }, ...fields }) +
        done;
      const { choices, ending } = await read(body);
      deepEqual([summary({ ending }), choices[0]?.text], ['completed stop', 'Hi']);
    });
  }

  const real: readonly object[] = [
    { error: { message: 'The model failed', code: null } },
    { error: { message: '', code: 500 } },
    { error: { message: '', code: 'insufficient_quota' } },
    { error: 'The model failed' },
    { error: { error: { message: 'The model failed' } } },
    { error: { msg: 'The model failed' } },
    { errors: [{ message: 'The model failed' }] },
    { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
    { error: true, message: 'The model failed' },
    { error: { code: 0, message: 'The model failed' } },
  ];
  for (const fields of real) {
    it(`is not confused with a real error: ${JSON.stringify(fields)}`, async () => {
      const { choices, ending } = await read(
        delta('Hi') + event({ choices: [{ delta: {} }], ...fields }) + done,
      );
      deepEqual([ending.outcome, choices[0]?.text], ['truncated', 'Hi']);
    });
  }

  it('is an error if there is no answer', async () => {
    equal((await read(JSON.stringify({ error: {} }))).ending.outcome, 'failed');
    equal((await read(event({ error: { message: '', type: 'server_error' } }))).ending.outcome, 'failed');
  });
});

describe('The usage', () => {
  const counted = (usage: object): string => delta('Hi') + finish() + event({ choices: [], usage }) + done;

  const told: readonly (readonly [name: string, usage: object, expected: object | undefined])[] = [
    ['zeros', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }, undefined],
    ['zeros as texts', { prompt_tokens: '0', completion_tokens: '0' }, undefined],
    ['zeros in detail', { prompt_tokens: 0, prompt_tokens_details: { cached_tokens: 0 } }, undefined],
    ['nothing', {}, undefined],
    [
      'no prompt',
      { prompt_tokens: 0, completion_tokens: 12, total_tokens: 12 },
      { promptTokens: 0, completionTokens: 12, totalTokens: 12 },
    ],
    [
      'no answer',
      { prompt_tokens: 9, completion_tokens: 0, total_tokens: 9 },
      { promptTokens: 9, completionTokens: 0, totalTokens: 9 },
    ],
    [
      'no answer, as the responses API counts it',
      { input_tokens: 9, output_tokens: 0, total_tokens: 9 },
      { promptTokens: 9, completionTokens: 0, totalTokens: 9 },
    ],
    [
      'no total',
      { prompt_tokens: 9, completion_tokens: 3, total_tokens: 0 },
      { promptTokens: 9, completionTokens: 3, totalTokens: 0 },
    ],
    [
      'a total alone',
      { prompt_tokens: 0, completion_tokens: 0, total_tokens: 7 },
      { promptTokens: 0, completionTokens: 0, totalTokens: 7 },
    ],
    [
      'a prompt that was cached as a whole',
      {
        prompt_tokens: 0,
        completion_tokens: 5,
        total_tokens: 5,
        prompt_tokens_details: { cached_tokens: 640 },
      },
      { promptTokens: 0, completionTokens: 5, totalTokens: 5, cachedTokens: 640 },
    ],
    [
      'nothing reasoned and nothing cached, all zero',
      {
        prompt_tokens: 0,
        completion_tokens: 0,
        total_tokens: 0,
        prompt_tokens_details: { cached_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 0 },
      },
      undefined,
    ],
    [
      'nothing cached',
      {
        prompt_tokens: 9,
        completion_tokens: 3,
        total_tokens: 12,
        prompt_tokens_details: { cached_tokens: 0 },
      },
      { promptTokens: 9, completionTokens: 3, totalTokens: 12, cachedTokens: 0 },
    ],
    [
      'all',
      { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
      { promptTokens: 9, completionTokens: 3, totalTokens: 12 },
    ],
  ];
  for (const [name, usage, expected] of told) {
    it(`is read as the gateway sent it: ${name}`, async () => {
      deepEqual(usageOf(await read(counted(usage))), expected);
    });
  }

  it('keeps 0 tokens for an answer without text', async () => {
    const body = event({
      choices: [{ delta: { tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }] } }],
    });
    const usage = { prompt_tokens: 9, completion_tokens: 0, total_tokens: 9 };
    deepEqual(usageOf(await read(body + finish('tool_calls') + event({ choices: [], usage }))), {
      promptTokens: 9,
      completionTokens: 0,
      totalTokens: 9,
    });
  });

  const end = (index: number): string => event({ choices: [{ index, delta: {}, finish_reason: 'stop' }] });
  const said = (index: number, content: string): string =>
    event({ choices: [{ index, delta: { content } }] });
  const usage = (completion: number): object => ({
    prompt_tokens: 12,
    completion_tokens: completion,
    total_tokens: 12 + completion,
  });
  const count = (completion: number): string => event({ choices: [], usage: usage(completion) });
  const text = said(0, 'one two') + said(1, 'one two') + said(2, 'one two');
  const totals: readonly (readonly [name: string, body: string, completion: number])[] = [
    ['one count for each answer', text + end(1) + count(15) + end(2) + count(15) + end(0) + count(15), 45],
    [
      'unequal counts for each',
      text + said(2, ' and more') + end(0) + count(4) + end(1) + count(5) + end(2) + count(9),
      18,
    ],
    ['one count for all', text + end(0) + end(1) + end(2) + count(45), 45],
    ['the count for all twice', text + end(0) + end(1) + end(2) + count(45) + count(45), 45],
    [
      'what was used so far, after each',
      text + end(0) + count(15) + end(1) + count(30) + end(2) + count(45),
      45,
    ],
    [
      'one for each, then one for all',
      text + end(0) + count(15) + end(1) + count(15) + end(2) + count(15) + count(45),
      45,
    ],
    [
      'what was used so far, in every chunk',
      said(0, 'one') +
        count(3) +
        said(1, 'one') +
        count(6) +
        said(2, 'one') +
        count(9) +
        end(0) +
        end(1) +
        end(2) +
        count(45),
      45,
    ],
  ];
  for (const [name, body, completion] of totals) {
    it(`of several answers is added up if each is counted separately: ${name}`, async () => {
      deepEqual(usageOf(await read(body + done, { choices: 3 })), {
        promptTokens: 12,
        completionTokens: completion,
        totalTokens: 12 + completion,
      });
    });
  }

  it('that grows with every chunk is not added up', async () => {
    const body = said(0, 'one') + count(1) + said(0, ' two') + count(2) + end(0) + count(3) + done;
    equal(usageOf(await read(body))?.completionTokens, 3);
  });
});

describe('Log probabilities of a reasoning model', () => {
  const logprobs = (...tokens: string[]): object => ({
    logprobs: { content: tokens.map((token) => ({ token, logprob: -0.1 })) },
  });
  const thought = (text: string, ...tokens: string[]): string =>
    event({ choices: [{ delta: { reasoning_content: text }, ...logprobs(...tokens) }] });
  const tokensOf = ({ choices }: ReadReply): unknown => choices[0]?.tokens.map(({ text }) => text);

  it('are those of the answer without the reasoning', async () => {
    const body =
      event({ choices: [{ delta: { role: 'assistant', content: null }, ...logprobs('<think>') }] }) +
      thought('Let', 'Let') +
      thought(' me', ' me') +
      event({ choices: [{ delta: {}, ...logprobs('</think>') }] }) +
      delta('The', logprobs('The')) +
      delta(' end', logprobs(' end')) +
      finish();
    deepEqual(tokensOf(await read(body)), ['The', ' end']);
  });

  it('are those of the answer if the reasoning is in the text', async () => {
    const body = ['<think>', 'Let', ' me', '</think>', '\n\n', 'The', ' end']
      .map((token) => delta(token, logprobs(token)))
      .join('');
    deepEqual(tokensOf(await read(body + finish())), ['The', ' end']);
  });

  it('are those of the answer if only the closing mark is in the text', async () => {
    const pieces = [
      'Let',
      ' me',
      '.',
      '\n',
      '</think>',
      '\n\n',
      'The',
      ' end',
      ' of',
      ' all',
      ' that',
      ' is',
      ' it',
    ];
    const { parts } = await read(pieces.map((token) => delta(token, logprobs(token))).join('') + finish());
    const moved = parts.findIndex(({ kind }) => kind === 'text-was-reasoning');
    const after = parts.slice(moved).flatMap((part) => (part.kind === 'tokens' ? part.tokens : []));
    deepEqual(after.map(({ text }) => text).join(''), 'The end of all that is it');
  });

  it('are those of the answer in a whole reply', async () => {
    const message = { reasoning_content: 'Let me', content: 'The end' };
    const body = { choices: [{ message, finish_reason: 'stop', ...logprobs('Let', ' me', 'The', ' end') }] };
    deepEqual(tokensOf(await read(JSON.stringify(body))), ['The', ' end']);
  });

  it('are complete if there is no reasoning', async () => {
    deepEqual(
      tokensOf(await read(delta('<b>', logprobs('<', 'b', '>')) + delta('x', logprobs('x')) + finish())),
      ['<', 'b', '>', 'x'],
    );
  });
});

describe('Events with unusual framing', () => {
  const chunk = JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] });
  const last = JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
  const bodies: Readonly<Record<string, string>> = {
    'twice, with blank data lines': [chunk, last, '[DONE]']
      .map((data) => `data: data: ${data}\ndata:\ndata:\n\n`)
      .join(''),
    'twice without a blank': [chunk, last, '[DONE]'].map((data) => `data:data:${data}\n\n`).join(''),
    'three times': [chunk, last].map((data) => `data: data: data: ${data}\n\n`).join(''),
    'with the event inside': [chunk, last]
      .map((data) => `data: event: message\ndata: data: ${data}\n\n`)
      .join(''),
    'with an id inside': [chunk, last].map((data) => `data: id: 1\ndata: data: ${data}\n\n`).join(''),
    'as strings of JSON': [chunk, last, '[DONE]'].map((data) => `data: ${JSON.stringify(data)}\n\n`).join(''),
    'with [done] in small letters': `data: ${chunk}\n\ndata: ${last}\n\ndata: [done]\n\n`,
    'with comments as data': `data: : PROCESSING\n\ndata: ${chunk}\n\ndata: : ping\n\ndata: [DONE]\n\n`,
    'with comments twice': `data: data: : PROCESSING\n\ndata: ${chunk}\n\ndata: [DONE]\n\n`,
    'with words that keep the connection open': `data: ping\n\ndata: ${chunk}\n\ndata: [keep-alive]\n\ndata: heartbeat\n\ndata: [DONE]\n\n`,
    'with objects that keep the connection open': `data: {"type":"ping"}\n\ndata: {}\n\ndata: ${chunk}\n\ndata: {"event":"heartbeat","ts":1}\n\ndata: [DONE]\n\n`,
    'with a comma too many': `data: ${chunk.replace('}]}', '},],}')}\n\ndata: ${last}\n\n`,
    'with NaN': `data: ${chunk.replace('"index":0', '"index":0,"logprobs":NaN,"score":-Infinity')}\n\ndata: ${last}\n\n`,
    'with undefined': `data: ${chunk.replace('null', 'undefined')}\n\ndata: ${last}\n\n`,
    'with words of Python': `data: ${chunk.replace('null', 'None').replace('"index":0', '"index":0,"stop":False')}\n\ndata: ${last}\n\n`,
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`are read: ${name}`, async () => {
      const { choices, ending } = await read(body);
      deepEqual([ending.outcome, choices[0]?.text], ['completed', 'Hi']);
    });
  }

  const texts = [
    'NaN',
    'a, ]',
    'data: x',
    ': x',
    'ping',
    '[DONE]',
    'None, True',
    '{"a":undefined,}',
    '"data: {}"',
  ];
  for (const text of texts) {
    it(`do not change the text ${JSON.stringify(text)}`, async () => {
      const { choices } = await read(delta(text) + delta(text).replace('null', 'NaN') + finish() + done);
      equal(choices[0]?.text, text + text);
    });
  }

  it('that are plain text are still an error', async () => {
    const { ending } = await read(`${delta('Hi')}data: upstream closed\n\n`);
    equal(ending.outcome === 'truncated' && ending.failure.detail, 'upstream closed');
  });
});

describe('An unknown field with content', () => {
  it('counts as progress, so that the request is not sent again', async () => {
    const { ending } = await readReply(think({ x_opaque: [{ a: 'b' }] }));
    equal(ending.outcome, 'failed');
  });

  it('is reported if there is nothing else', async () => {
    for (const body of ['{"foo":1}', 'data: {"foo":"bar"}\n\n', 'data: {"foo":"bar"}\n\ndata: [DONE]\n\n']) {
      const { ending } = await read(body);
      equal(summary({ ending }), 'failed malformed-reply');
      equal(ending.outcome === 'failed' && ending.failure.detail?.includes('foo'), true);
    }
  });
});

describe('The progress of a prompt', () => {
  const progress = (processed: number): string =>
    event({
      choices: [{ index: 0, delta: { role: 'assistant', content: null } }],
      prompt_progress: { total: 200, cache: 0, processed, time_ms: 5 },
    });

  it('is reported until the answer begins', async () => {
    const { parts, choices } = await read(
      progress(0) + progress(68) + progress(200) + delta('Hi') + progress(10) + finish(),
    );
    deepEqual(
      parts.flatMap((part) => (part.kind === 'progress' ? [part.done] : [])),
      [0, 68, 200],
    );
    equal(choices[0]?.text, 'Hi');
  });

  it('is ignored if it is invalid', async () => {
    const odd = [null, 5, {}, { total: 0, processed: 0 }, { total: 'x', processed: 1 }, { total: 5 }];
    for (const value of odd) {
      const { parts } = await readReply(
        event({ choices: [], prompt_progress: value }) + delta('Hi') + finish(),
      );
      equal(
        parts.some(({ kind }) => kind === 'progress'),
        false,
      );
    }
  });
});

describe('Unusual replies', () => {
  const chunk = '{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}';
  const end = '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}';
  const bodies: Readonly<Record<string, string>> = {
    'two spaces before the data': `data:  ${chunk}\n\ndata:  ${end}\n\ndata:  [DONE]\n\n`,
    'no space before the data': `data:${chunk}\n\ndata:${end}\n\n`,
    'annotations of the prompt first': `data: {"id":"","choices":[],"prompt_annotations":[{"prompt_index":0}],"usage":null} \n\ndata: ${chunk}\n\ndata: ${end}\n\n`,
    'results of a filter between': `data: ${chunk}\n\ndata: {"choices":[{"index":0,"finish_reason":null,"content_filter_results":{},"content_filter_offsets":{"check_offset":65}}]}\n\ndata: ${end}\n\n`,
    'half of an object in quotes': `data: ${chunk}\n\ndata: "{\\"limits\\": {\\\n\ndata: ${end}\n\n`,
    'no finish reason': `data: ${chunk}\n\ndata: [DONE]\n\n`,
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`are read: ${name}`, async () => {
      const { choices, ending } = await read(body);
      deepEqual([ending.outcome, choices[0]?.text], ['completed', 'Hi']);
    });
  }
});
