import { delta, done, event, finish } from '../replies';
import type { ReplyFault } from './fault';

const json = ['Content-Type: application/json'];
const hi = { ending: 'completed stop', text: 'Hi' };
const thoughtful = { ...hi, reasoning: 'Hm' };
const whole = {
  id: 'chatcmpl-1',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
};

function think(field: object): string {
  return event({ choices: [{ index: 0, delta: field }] });
}

/** Faults 15 to 41 and 46 to 48: the content of replies. */
export const protocolFaults: readonly ReplyFault[] = [
  { number: 15, name: 'no [DONE], but a finish reason', body: delta('Hi') + finish(), expected: hi },
  {
    number: 16,
    name: 'the end without [DONE] and finish reason',
    body: delta('H') + delta('i'),
    expected: {
      ending: 'truncated stream-cut',
      text: 'Hi',
      message: /lost before the answer was complete/,
    },
  },
  {
    number: 16,
    name: 'the end in the middle of a chunk',
    body: delta('Hi') + delta('there').slice(0, 30),
    expected: { ending: 'truncated stream-cut', text: 'Hi' },
  },
  {
    number: 17,
    name: '[DONE] with a null finish reason',
    body: delta('Hi') + done,
    expected: { ending: 'completed null', text: 'Hi' },
  },
  {
    number: 18,
    name: 'anything after [DONE]',
    body: delta('Hi') + finish() + done + delta('!') + event({ error: { message: 'late' } }) + 'junk',
    expected: hi,
  },
  {
    number: 19,
    name: 'HTTP 200 with {code, msg, data}, data being the answer',
    body: JSON.stringify({ code: 200, msg: 'success', data: whole }),
    headers: json,
    expected: hi,
  },
  {
    number: 19,
    name: 'HTTP 200 with {code, msg, data}, an error',
    body: JSON.stringify({ code: 401, msg: 'invalid token', data: null }),
    headers: json,
    expected: { ending: 'failed unauthorized', message: /rejected the API key.*invalid token/s },
  },
  {
    number: 20,
    name: 'HTTP 200 with HTML',
    body: '<!doctype html><html><title>Welcome</title><body>Sign in</body></html>',
    headers: ['Content-Type: text/html'],
    expected: {
      ending: 'failed not-an-api',
      message: /Is the base URL correct\?.*http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions/s,
    },
  },
  {
    number: 21,
    name: 'HTTP 200 with a whole completion',
    body: JSON.stringify(whole, null, 2),
    headers: json,
    expected: hi,
  },
  { number: 22, name: 'a stream labelled JSON', body: delta('Hi') + finish(), headers: json, expected: hi },
  {
    number: 22,
    name: 'JSON labelled a stream',
    body: JSON.stringify(whole),
    headers: ['Content-Type: text/event-stream'],
    expected: hi,
  },
  {
    number: 23,
    name: 'HTTP 200 with an empty body',
    body: '',
    expected: { ending: 'failed empty-reply', message: /sent an empty answer/ },
  },
  {
    number: 23,
    name: 'nothing but blank lines',
    body: '\n\r\n \n',
    expected: { ending: 'failed empty-reply' },
  },
  {
    number: 24,
    name: 'an error in mid-stream',
    body: delta('Hi') + event({ error: { message: 'Overloaded', type: 'server_error' } }) + delta('no'),
    expected: { ending: 'truncated server-error', text: 'Hi', message: /Overloaded/ },
  },
  {
    number: 25,
    name: 'a bare error string',
    body: `${delta('Hi')}data: "upstream closed"\n\n`,
    expected: { ending: 'truncated gateway-error', text: 'Hi', message: /upstream closed/ },
  },
  {
    number: 25,
    name: 'bare words of an error',
    body: 'data: model is overloaded\n\n',
    expected: { ending: 'failed server-error', message: /model is overloaded/ },
  },
  {
    number: 26,
    name: 'choices: [] with an error',
    body: event({ choices: [], error: { message: 'content blocked', code: 'blocked' } }),
    expected: { ending: 'failed gateway-error', message: /content blocked/ },
  },
  {
    number: 27,
    name: 'event: error',
    body: 'event: error\ndata: {"message":"boom"}\n\n',
    expected: { ending: 'failed gateway-error', message: /boom/ },
  },
  {
    number: 28,
    name: 'finish_reason "error"',
    body: delta('Hi') + finish('error'),
    expected: { ending: 'truncated gateway-error', text: 'Hi' },
  },
  {
    number: 29,
    name: 'base_resp.status_code that is not 0',
    body: event({ choices: null, base_resp: { status_code: 1008, status_msg: 'no balance' } }),
    expected: { ending: 'failed payment-required', message: /no balance/ },
  },
  {
    number: 30,
    name: 'choices null, empty, absent',
    body: event({ choices: null }) + event({ choices: [] }) + event({ id: 'x' }) + delta('Hi') + finish(),
    expected: hi,
  },
  {
    number: 31,
    name: 'delta null or absent',
    body: event({ choices: [{ delta: null }] }) + event({ choices: [{ index: 0 }] }) + delta('Hi') + finish(),
    expected: hi,
  },
  {
    number: 32,
    name: 'role only',
    body: think({ role: 'assistant' }) + delta('Hi') + finish(),
    expected: hi,
  },
  { number: 33, name: 'content absent', body: think({}) + delta('Hi') + finish(), expected: hi },
  { number: 34, name: 'content null', body: delta(null) + delta('Hi') + finish(), expected: hi },
  {
    number: 35,
    name: 'cumulative deltas, which are not guessed at',
    body: delta('H') + delta('Hi') + finish(),
    expected: { ending: 'completed stop', text: 'HHi' },
  },
  {
    number: 36,
    name: 'a final message that repeats the text',
    body: delta('H') + delta('i') + event(whole),
    expected: hi,
  },
  {
    number: 37,
    name: 'reasoning_content',
    body: think({ reasoning_content: 'Hm', content: null }) + delta('Hi') + finish(),
    expected: thoughtful,
  },
  {
    number: 38,
    name: 'reasoning',
    body: think({ reasoning: 'Hm', content: '' }) + delta('Hi') + finish(),
    expected: thoughtful,
  },
  {
    number: 39,
    name: 'reasoning_details',
    body:
      think({ reasoning_details: [{ type: 'reasoning.text', text: 'H' }] }) +
      think({ reasoning_details: [{ type: 'reasoning.summary', summary: 'm' }] }) +
      delta('Hi') +
      finish(),
    expected: thoughtful,
  },
  {
    number: 40,
    name: '<think> split over chunks',
    body: ['<th', 'ink>', 'H', 'm</thi', 'nk>\n\n', 'Hi'].map((text) => delta(text)).join('') + finish(),
    expected: thoughtful,
  },
  {
    number: 41,
    name: 'content as an array of parts',
    body: delta([{ type: 'text', text: 'H' }]) + delta([{ type: 'text', text: 'i' }, null]) + finish(),
    expected: hi,
  },
  {
    number: 46,
    name: 'a chunk of usage only',
    body:
      delta('Hi') +
      finish() +
      event({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 7 } }) +
      done,
    expected: {
      ...hi,
      parts: [{ kind: 'usage', usage: { promptTokens: 5, completionTokens: 7 } }],
    },
  },
  {
    number: 47,
    name: 'finish_reason ""',
    body: delta('H', { finish_reason: '' }) + delta('i', { finish_reason: '' }) + done,
    expected: { ending: 'completed null', text: 'Hi' },
  },
  {
    number: 47,
    name: 'finish_reason end_turn',
    body: delta('Hi') + finish('end_turn'),
    expected: { ending: 'completed end_turn', text: 'Hi' },
  },
  {
    number: 47,
    name: 'an unknown finish_reason',
    body: delta('Hi') + finish('because'),
    expected: { ending: 'completed because', text: 'Hi' },
  },
  {
    number: 48,
    name: 'content together with finish_reason, and after it',
    body: delta('H', { finish_reason: 'stop' }) + delta('i') + done,
    expected: hi,
  },
];
