/**
 * Runs in a process of its own: a gateway that completes one text. It finds the end of the prompt in the text and streams what comes
 * after it, word by word. Like a model, it is right for a few words and then wrong. Argument: the file with the text. Sends its port, then a message for each request that is received
 * (`asked`) and for each one whose connection the client has closed (`closed`).
 */
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const text = readFileSync(process.argv[2] ?? '', 'utf8');

/** The end of a prompt that is looked for, in characters: long enough to be found once. */
const looked = 60;
/** The most words of an answer, and the most of them that are right. */
const mostWords = 60;
const mostRight = 8;

/** What a request may ask for, in its model: milliseconds before the first word, and between words. */
interface Speed {
  readonly first: number;
  readonly between: number;
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const { prompt, model } = JSON.parse(Buffer.concat(pieces).toString()) as {
      readonly prompt: string;
      readonly model: string;
    };
    process.send?.('asked');
    response.on('close', () => {
      if (!response.writableFinished) process.send?.('closed');
    });
    void answer(prompt, JSON.parse(model) as Speed, response);
  });
});

async function answer(prompt: string, { first, between }: Speed, response: ServerResponse): Promise<void> {
  const end = prompt.slice(-looked);
  const at = text.indexOf(end);
  const rest = at === -1 ? '' : text.slice(at + end.length, at + end.length + 1_000);
  // The same in each run.
  const right = (Math.imul(at + 1, 2_654_435_761) >>> 0) % (mostRight + 1);
  const words = (rest.match(/\s*\S+/g) ?? [])
    .slice(0, mostWords)
    .map((word, index) => (index < right ? word : ` other${index}`));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  await wait(first);
  for (const word of words) {
    if (response.destroyed) return;
    response.write(
      `data: ${JSON.stringify({ choices: [{ index: 0, text: word, finish_reason: null }] })}\n\n`,
    );
    if (between > 0) await wait(between);
  }
  response.end('data: {"choices":[{"index":0,"text":"","finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
}

async function wait(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
