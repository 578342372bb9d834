import { deepEqual, equal, match } from 'node:assert/strict';
import { brotliCompressSync, deflateRawSync, deflateSync } from 'node:zlib';
import { RawServer } from '../../support/rawServer';
import { summary, TestClient, type Answer } from './asking';
import { delta, done, event, finish, gzipped, reply } from './replies';

/** A reply and what the user sees of it: the answer, its reasoning and its ending. */
interface Case {
  readonly reply: string | Uint8Array;
  readonly text?: string;
  readonly reasoning?: string;
  readonly ending: string;
  /** A part of `detail` of the failure. */
  readonly detail?: RegExp;
}

const whole = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
};
const json = ['Content-Type: application/json'];

const framing: Record<string, Case> = {
  'an ordinary stream': {
    reply: delta('Hel') + delta('lo') + finish() + done,
    text: 'Hello',
    ending: 'completed stop',
  },
  'a byte order mark': { reply: '\ufeff' + delta('Hi') + finish(), text: 'Hi', ending: 'completed stop' },
  CRLF: {
    reply: (delta('Hi') + finish() + done).replaceAll('\n', '\r\n'),
    text: 'Hi',
    ending: 'completed stop',
  },
  'bare CR': {
    reply: (delta('Hi') + finish() + done).replaceAll('\n', '\r'),
    text: 'Hi',
    ending: 'completed stop',
  },
  'comments and pings': {
    reply: `: PROCESSING\n\n${delta('Hi')}: ping\n\nevent: ping\ndata: {}\n\n${finish()}`,
    text: 'Hi',
    ending: 'completed stop',
  },
  'one event over several data lines': {
    reply: 'data: {"choices":[{"delta":\ndata: {"content":"Hi"},\ndata: "finish_reason":"stop"}]}\n\n',
    text: 'Hi',
    ending: 'completed stop',
  },
  'no blank line after the last event': {
    reply: delta('Hi') + finish().trimEnd(),
    text: 'Hi',
    ending: 'completed stop',
  },
  'two events with no blank line between': {
    reply: (delta('Hi') + finish() + done).replaceAll('\n\n', '\n'),
    text: 'Hi',
    ending: 'completed stop',
  },
  'data without a space': {
    reply: (delta('Hi') + done).replaceAll('data: ', 'data:'),
    text: 'Hi',
    ending: 'completed null',
  },
  'empty data, null, retry alone': {
    reply: `data:\n\ndata: null\n\nretry: 100\n\n${delta('Hi')}${finish()}`,
    text: 'Hi',
    ending: 'completed stop',
  },
  'an event beyond all measure': {
    reply: `${delta('Hi')}data: ${'x'.repeat(17_000_000)}\n\n`,
    text: 'Hi',
    ending: 'truncated reply-too-large',
  },
  gzip: { reply: gzipped(delta('Hi') + finish()), text: 'Hi', ending: 'completed stop' },
  deflate: {
    reply: reply(deflateSync(delta('Hi') + finish()), { headers: ['Content-Encoding: deflate'] }),
    text: 'Hi',
    ending: 'completed stop',
  },
  'deflate without its header': {
    reply: reply(deflateRawSync(delta('Hi') + finish()), { headers: ['Content-Encoding: deflate'] }),
    text: 'Hi',
    ending: 'completed stop',
  },
  brotli: {
    reply: reply(brotliCompressSync(delta('Hi') + finish()), { headers: ['Content-Encoding: br'] }),
    text: 'Hi',
    ending: 'completed stop',
  },
  'an encoding that was not requested': {
    reply: reply('????', { headers: ['Content-Encoding: zstd'] }),
    ending: 'failed malformed-reply',
    detail: /zstd/,
  },
  'NUL within the data': {
    reply: delta('Hi').replace('Hi', 'H\0i') + finish(),
    text: 'Hi',
    ending: 'completed stop',
  },
};

const endings: Record<string, Case> = {
  'a finish reason without [DONE]': { reply: delta('Hi') + finish(), text: 'Hi', ending: 'completed stop' },
  '[DONE] without a finish reason': { reply: delta('Hi') + done, text: 'Hi', ending: 'completed null' },
  'neither, after text': { reply: delta('Hi'), text: 'Hi', ending: 'truncated stream-cut' },
  'neither, before text': { reply: delta(''), ending: 'failed stream-cut' },
  'a chunk cut in its middle': {
    reply: delta('Hi') + delta('there').slice(0, 30),
    text: 'Hi',
    ending: 'truncated stream-cut',
  },
  'a broken chunk in mid-stream': {
    reply: `${delta('Hi')}data: {"choices":[{"delta\n\n${delta('lost')}${finish()}`,
    text: 'Hi',
    ending: 'truncated malformed-reply',
  },
  'anything after [DONE]': { reply: delta('Hi') + done + delta('!'), text: 'Hi', ending: 'completed null' },
  'the length limit': { reply: delta('Hi') + finish('length'), text: 'Hi', ending: 'truncated output-limit' },
  'an empty finish reason': { reply: delta('Hi') + finish('') + done, text: 'Hi', ending: 'completed null' },
  'a finish reason of its own': {
    reply: delta('Hi') + finish('end_turn'),
    text: 'Hi',
    ending: 'completed end_turn',
  },
  'text together with the finish reason, and after it': {
    reply: delta('a', { finish_reason: 'stop' }) + delta('b'),
    text: 'ab',
    ending: 'completed stop',
  },
  'an empty body': { reply: '', ending: 'failed empty-reply' },
  'comments alone': { reply: ': ping\n\n: ping\n\n', ending: 'failed empty-reply' },
  '[DONE] alone': { reply: done, ending: 'failed empty-reply' },
  'a stop and no text': { reply: finish() + done, ending: 'failed empty-reply' },
  'the length limit in a whole reply, and no text': {
    reply: JSON.stringify({
      choices: [{ message: { role: 'assistant', content: '' }, finish_reason: 'length' }],
      usage: { prompt_tokens: 5, completion_tokens: 100 },
    }),
    ending: 'failed output-limit-unanswered',
  },
  'the length limit while the model still thinks': {
    reply: event({ choices: [{ delta: { reasoning_content: 'Hm' } }] }) + finish('length') + done,
    reasoning: 'Hm',
    ending: 'failed output-limit-unanswered',
  },
  'a content filter after text': {
    reply: delta('Half') + finish('content_filter') + done,
    text: 'Half',
    ending: 'truncated content-filtered',
  },
  'a server without resources': {
    reply: delta('Half') + finish('insufficient_system_resource') + done,
    text: 'Half',
    ending: 'truncated answer-stopped',
    detail: /insufficient_system_resource/,
  },
  'tool_calls and no call': { reply: finish('tool_calls') + done, ending: 'failed empty-reply' },
  'a refused prompt in mid-stream': {
    reply:
      delta('Half') +
      event({
        error: { code: 'data_inspection_failed', message: 'Output data may contain inappropriate content.' },
      }),
    text: 'Half',
    ending: 'truncated content-filtered',
  },
  'words of a proxy at the end of a stream': {
    reply: `${delta('Half')}proxy error: Failed to read connection`,
    text: 'Half',
    ending: 'truncated stream-cut',
    detail: /proxy error: Failed to read connection/,
  },
  'words of a proxy and nothing else': {
    reply: ': ping\n\nproxy error: the upstream is overloaded\n',
    ending: 'failed server-error',
    detail: /overloaded/,
  },
  'a content filter and no text': { reply: finish('content_filter'), ending: 'failed content-filtered' },
  'an error in mid-stream': {
    reply: delta('Hi') + event({ error: { message: 'Overloaded', type: 'server_error' } }) + delta('no'),
    text: 'Hi',
    ending: 'truncated server-error',
    detail: /Overloaded/,
  },
  'an error after a complete answer': {
    reply: delta('Hi') + finish() + event({ error: { message: 'billing failed' } }),
    text: 'Hi',
    ending: 'completed stop',
  },
  'an error in a bare string': {
    reply: 'data: "rate limit reached"\n\n',
    ending: 'failed rate-limited',
    detail: /rate limit reached/,
  },
  'an error in bare words after text': {
    reply: `${delta('Hi')}data: upstream closed\n\n`,
    text: 'Hi',
    ending: 'truncated gateway-error',
    detail: /upstream closed/,
  },
  'no choices and an error': {
    reply: event({ choices: [], error: { message: 'no', code: 429 } }),
    ending: 'failed rate-limited',
  },
  'an event named error': {
    reply: `event: error\ndata: {"message":"boom"}\n\n`,
    ending: 'failed gateway-error',
    detail: /boom/,
  },
  'an error as finish reason': {
    reply: delta('Hi') + finish('error'),
    text: 'Hi',
    ending: 'truncated gateway-error',
  },
  base_resp: {
    reply: event({ choices: null, base_resp: { status_code: 1008, status_msg: 'no balance' } }),
    ending: 'failed payment-required',
    detail: /no balance/,
  },
};

const shapes: Record<string, Case> = {
  'a whole completion, labelled JSON': {
    reply: reply(JSON.stringify(whole, null, 2), { headers: json }),
    text: 'Hi',
    ending: 'completed stop',
  },
  'a whole completion, labelled a stream': {
    reply: JSON.stringify(whole),
    text: 'Hi',
    ending: 'completed stop',
  },
  'a stream, labelled JSON': {
    reply: reply(delta('Hi') + finish(), { headers: json }),
    text: 'Hi',
    ending: 'completed stop',
  },
  'a whole completion wrapped in {code, data}': {
    reply: JSON.stringify({ code: 200, data: whole }),
    text: 'Hi',
    ending: 'completed stop',
  },
  'chunks wrapped in {code, data}': {
    reply: event({ code: 0, data: { choices: [{ delta: { content: 'Hi' } }] } }) + done,
    text: 'Hi',
    ending: 'completed null',
  },
  'a refusal wrapped in {code, msg}': {
    reply: JSON.stringify({ code: 401, msg: 'invalid token', data: null }),
    ending: 'failed unauthorized',
    detail: /invalid token/,
  },
  'one JSON document a line': {
    reply: [delta('H'), delta('i'), finish()].map((line) => line.slice(6).trim()).join('\n'),
    text: 'Hi',
    ending: 'completed stop',
  },
  'a foreign document': { reply: '{"hello":"world"}', ending: 'failed malformed-reply', detail: /world/ },
  'a web page': { reply: '<!doctype html><title>Welcome</title>', ending: 'failed not-an-api' },
  'plain words': { reply: 'upstream unavailable', ending: 'failed malformed-reply', detail: /unavailable/ },
  'choices null, empty, absent': {
    reply: event({ choices: null }) + event({ choices: [] }) + event({}) + delta('Hi') + finish(),
    text: 'Hi',
    ending: 'completed stop',
  },
  'delta null, absent, role alone, content null': {
    reply:
      event({ choices: [{ delta: null }] }) +
      event({ choices: [{}] }) +
      event({ choices: [{ delta: { role: 'assistant' } }] }) +
      delta(null) +
      delta('Hi') +
      finish(),
    text: 'Hi',
    ending: 'completed stop',
  },
  'fields of any type': {
    reply:
      event({ choices: [7, { index: 'x', delta: [] }], usage: 'none', model: 5 }) +
      delta('Hi') +
      finish(3) +
      done,
    text: 'Hi',
    ending: 'completed null',
  },
  'content in parts': {
    reply: delta([{ type: 'text', text: 'H' }, 'i', { type: 'image' }, null]) + finish(),
    text: 'Hi',
    ending: 'completed stop',
  },
  'message instead of delta': {
    reply:
      event({ choices: [{ message: { content: 'H' } }] }) +
      event({ choices: [{ message: { content: 'i' } }] }) +
      done,
    text: 'Hi',
    ending: 'completed null',
  },
  'a last message that repeats the text': {
    reply: delta('H') + delta('i') + event(whole),
    text: 'Hi',
    ending: 'completed stop',
  },
  'several answers at once': {
    reply: delta('Hi') + event({ choices: [{ index: 1, delta: { content: 'no' } }] }) + finish(),
    text: 'Hi',
    ending: 'completed stop',
  },
  reasoning_content: {
    reply:
      event({ choices: [{ delta: { reasoning_content: 'Hm', content: null } }] }) + delta('Hi') + finish(),
    reasoning: 'Hm',
    text: 'Hi',
    ending: 'completed stop',
  },
  'reasoning, and the same in reasoning_details': {
    reply:
      event({ choices: [{ delta: { reasoning: 'Hm', reasoning_details: [{ text: 'Hm' }] } }] }) +
      delta('Hi') +
      finish(),
    reasoning: 'Hm',
    text: 'Hi',
    ending: 'completed stop',
  },
  'reasoning_details alone': {
    reply:
      event({ choices: [{ delta: { reasoning_details: [{ text: 'H' }, { summary: 'm' }] } }] }) +
      delta('Hi') +
      done,
    reasoning: 'Hm',
    text: 'Hi',
    ending: 'completed null',
  },
  '<think> split over chunks': {
    reply:
      ['<th', 'ink>', 'H', 'm</thi', 'nk>\n\n', 'Hi <think> is a tag'].map((text) => delta(text)).join('') +
      finish(),
    reasoning: 'Hm',
    text: 'Hi <think> is a tag',
    ending: 'completed stop',
  },
  'reasoning that never becomes an answer': {
    reply: delta('<think>Hm'),
    reasoning: 'Hm',
    ending: 'failed stream-cut',
  },
};

describe('A reply', () => {
  let server: RawServer;
  let current: Case;

  before(async () => {
    server = await RawServer.start(async (exchange) => {
      await exchange.write(typeof current.reply === 'string' ? reply(current.reply) : current.reply);
      exchange.end();
    });
  });
  after(() => server.stop());

  async function ask(): Promise<Answer> {
    return await new TestClient().answer({ baseUrl: server.baseUrl });
  }

  for (const [group, cases] of Object.entries({ framing, endings, shapes })) {
    for (const [name, expected] of Object.entries(cases)) {
      it(`survives ${group}: ${name}`, async () => {
        current = expected;
        const answer = await ask();
        equal(summary(answer), expected.ending);
        equal(answer.text, expected.text ?? '');
        equal(answer.reasoning, expected.reasoning ?? '');
        if (expected.detail !== undefined) match(JSON.stringify(answer.ending), expected.detail);
      });
    }
  }

  it('with invalid UTF-8 shows replacement characters', async () => {
    const [before, behind] = delta('H|i').split('|');
    current = {
      reply: reply(
        Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xff]), Buffer.from(behind ?? '')]),
      ),
      ending: '',
    };
    equal((await ask()).text, 'H\ufffdi');
  });

  it('has the usage and the served model from any place', async () => {
    current = {
      reply:
        event({ model: 'real-model', choices: [{ delta: { content: 'Hi' } }] }) +
        finish() +
        event({
          model: 'real-model',
          choices: [],
          usage: {
            prompt_tokens: 5,
            completion_tokens: '7',
            total_tokens: 12,
            prompt_tokens_details: { cached_tokens: 2 },
            completion_tokens_details: { reasoning_tokens: 3 },
          },
        }) +
        done,
      ending: '',
    };
    const answer = await ask();
    equal(answer.servedModel, 'real-model');
    deepEqual(answer.usage, {
      promptTokens: 5,
      completionTokens: 7,
      totalTokens: 12,
      cachedTokens: 2,
      reasoningTokens: 3,
    });
    equal(answer.parts.filter((part) => part.kind === 'served-model').length, 1);
  });

  it('has the cost that the gateway reports in the usage, or else in a header', async () => {
    const answer = { ...whole, usage: { prompt_tokens: 5, completion_tokens: 7 } };
    const headers = [...json, 'x-litellm-response-cost: 0.25'];
    const costWith = async (body: object): Promise<number | undefined> => {
      current = { reply: reply(JSON.stringify(body), { headers }), ending: '' };
      return (await ask()).usage?.cost?.amount;
    };
    equal(await costWith({ ...answer, usage: { ...answer.usage, cost: 0.5 } }), 0.5);
    equal(await costWith(answer), 0.25);
    equal(await costWith(whole), 0.25);
    current = {
      reply: delta('Hi') + finish() + event({ choices: [], usage: { cost: 0.125 } }) + done,
      ending: '',
    };
    deepEqual((await ask()).usage, { cost: { amount: 0.125, currency: 'USD', source: 'reported' } });
  });

  it('names the address if it is a web page', async () => {
    current = { reply: '<html></html>', ending: '' };
    const { ending } = await ask();
    equal(ending.outcome === 'failed' && ending.failure.url, `${server.baseUrl}/chat/completions`);
  });
});
