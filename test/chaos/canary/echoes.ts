import type { ServerResponse } from 'node:http';
import { sendJson, streamAnswer } from '../support/recordingGateway';

/** How a gateway gives back the key that it was sent. */
export type Echo = (response: ServerResponse, key: string) => void;

/** By the word of a prompt that asks for it. Each ends the request; none is worth a retry. */
export const echoes: Readonly<Record<string, Echo>> = {
  text: answering((key) => [{ content: `Your header was: Bearer ${key}.` }]),
  split: answering((key) => Array.from(`Key: ${key} (again: ${key})`, (letter) => ({ content: letter }))),
  halves: answering((key) => [{ content: key.slice(0, 9) }, { content: `${key.slice(9)} and more` }]),
  reasoning: answering((key) => [
    { reasoning_content: `They sent ${key.slice(0, 5)}` },
    { content: 'An answer.' },
    { reasoning_content: `${key.slice(5)} to me.` },
  ]),
  'think-tags': answering((key) => [{ content: `<think>It is ${key}` }, { content: '</think>No.' }]),
  tool: answering((key) => [
    { content: 'Calling.' },
    {
      tool_calls: [
        { index: 0, id: key, function: { name: 'a', arguments: `{"k":"${jsonText(key).slice(0, 8)}` } },
      ],
    },
    { tool_calls: [{ index: 0, function: { arguments: `${jsonText(key).slice(8)}"}` } }] },
  ]),
  media: answering((key) => [
    { content: 'A picture.' },
    {
      images: [
        { type: 'image_url', image_url: { url: `http://127.0.0.1:9/a.png?k=${encodeURIComponent(key)}` } },
      ],
    },
  ]),
  logprobs: (response, key) => {
    const token = { token: key, logprob: -0.1, top_logprobs: [{ token: key, logprob: -0.1 }] };
    streamChunks(response, [
      { choices: [{ index: 0, delta: { content: key }, logprobs: { content: [token] } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    ]);
  },
  names: (response, key) => {
    streamChunks(response, [
      { model: key, choices: [{ index: 0, delta: { content: 'Named.' } }] },
      { model: key, choices: [{ index: 0, delta: {}, finish_reason: key }] },
    ]);
  },
  whole: (response, key) => {
    sendJson(response, 200, { choices: [{ message: { content: `Whole: ${key}` }, finish_reason: 'stop' }] });
  },
  'error-in-stream': (response, key) => {
    streamChunks(response, [
      { choices: [{ index: 0, delta: { content: 'So far.' } }] },
      { error: { message: `Key ${key} went bad`, code: key } },
    ]);
  },
  cut: (response, key) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunk = { choices: [{ index: 0, delta: { content: `Cut in ${key}` } }] };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`, () => response.destroy());
  },
  unauthorized: failing(401, (key) => ({ error: { message: `Incorrect key: ${key}`, code: 'invalid_key' } })),
  json: failing(400, (key) => ({ error: { message: `Bad header ${JSON.stringify({ key })}`, param: key } })),
  base64: failing(400, (key) => ({ error: { message: `Basic ${base64(`user:${key}`)} ${base64(key)}` } })),
  url: failing(403, (key) => ({ message: `https://127.0.0.1/?key=${encodeURIComponent(key)}` })),
  hex: failing(400, (key) => ({ detail: `Bytes ${Buffer.from(key).toString('hex')}` })),
  half: failing(400, (key) => ({
    detail: `It begins with ${key.slice(0, 14)} and ends with ${key.slice(-13)}.`,
  })),
  wrapped: failing(422, (key) => ({ detail: `In lines:\n${key.slice(0, 10)}\n${key.slice(10)}\n` })),
  page: (response, key) => {
    response.writeHead(404, { 'content-type': 'text/html' });
    response.end(`<html><title>No ${key} here</title><body>${key}</body></html>`);
  },
  headers: (response, key) => {
    const headers = { 'x-request-id': key, 'retry-after': key, 'x-trace-id': key, server: key };
    sendJson(response, 400, { error: { message: 'See the headers.', request_id: key } }, headers);
  },
  redirect: (response, key) => {
    response.writeHead(307, {
      location: `http://127.0.0.2:9/${encodeURIComponent(key)}?key=${key.slice(0, 12)}`,
    });
    response.end();
  },
  garbage: (response, key) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end(`authorization: Bearer ${key}\n`);
  },
};

function answering(deltas: (key: string) => readonly object[]): Echo {
  return (response, key) => {
    streamAnswer(response, deltas(key));
  };
}

function failing(status: number, body: (key: string) => object): Echo {
  return (response, key) => {
    sendJson(response, status, body(key));
  };
}

function streamChunks(response: ServerResponse, chunks: readonly object[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('') + 'data: [DONE]\n\n');
}

function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
