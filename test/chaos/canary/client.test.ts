import assert from 'node:assert/strict';
import { createChatClient, type HttpChatClient } from '../../../src/gateway/httpChatClient';
import type { Gateway } from '../../../src/core/models/gateway';
import { noRetries } from '../../../src/gateway/failures/retryPolicy';
import { extent } from '../support/extent';
import { printFigures } from '../support/printFigures';
import { RecordingGateway, streamAnswer } from '../support/recordingGateway';
import { echoes } from './echoes';
import { SecretSearch } from '../support/secretSearch';

const timeouts = { connect: 30, firstToken: 30, idle: 30 };

describe('a key that a gateway gives back to the client', () => {
  const figures = { asked: 0, found: 0, lines: 0 };
  const log: string[] = [];
  let gateway: RecordingGateway;
  let client: HttpChatClient;
  let key = '';

  before(async () => {
    gateway = await RecordingGateway.start(({ prompt }, response) => {
      const echo = echoes[prompt];
      if (echo === undefined) streamAnswer(response, cut(`${key} ${prompt} ${key}`));
      else echo(response, key);
    });
    const write = (line: string): void => void log.push(line);
    client = createChatClient({
      keys: { read: () => Promise.resolve(key) },
      log: { info: write, warn: write, error: write },
      retry: noRetries,
    });
  });

  after(async () => {
    await client.dispose();
    await gateway.stop();
    printFigures('canary on the wire', {
      'answers that echo a key': figures.asked,
      'lines of the log': figures.lines,
      'canaries found': figures.found,
    });
  });

  it('is in nothing that comes of it: no text, no call, no failure, no line of the log', async () => {
    for (let round = 0; round < extent(20, 2_000); round += 1) {
      key = randomKey(round);
      const search = new SecretSearch(key);
      for (const prompt of [...Object.keys(echoes), `round ${round}`]) {
        log.length = 0;
        const parts = await ask(prompt);
        figures.asked += 1;
        figures.lines += log.length;
        const found = search.find(JSON.stringify(parts)) ?? search.find(log.join('\n'));
        if (found !== undefined) figures.found += 1;
        assert.equal(found, undefined, prompt);
        assert.ok(log.length > 0);
      }
    }
  });

  /** All parts of an answer, neighbouring text as one: what the panel and the disk have in the end. */
  async function ask(prompt: string): Promise<unknown[]> {
    const parts: unknown[] = [];
    const texts = { text: '', reasoning: '' };
    const target: Gateway = {
      ...{ id: 'canary', name: 'Canary', baseUrl: `${gateway.origin}/v1`, auth: 'bearer' },
      ...{ headers: {}, models: [], extraBody: {} },
    };
    const messages = [{ role: 'user' as const, content: prompt }];
    const stream = client.ask({ gateway: target, modelId: 'gpt-4o', messages, parameters: {}, timeouts });
    for await (const batch of stream)
      for (const part of batch)
        if (part.kind === 'text' || part.kind === 'reasoning') texts[part.kind] += part.text;
        else parts.push(part);
    return [texts, ...parts];
  }
});

/** Letters and signs of keys, another for every seed. */
function randomKey(seed: number): string {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/="~.';
  let state = seed + 1;
  const letters = Array.from({ length: 17 + (seed % 40) }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return signs.charAt(state % signs.length);
  });
  return `sk-1${letters.join('')}`;
}

/** A text in pieces of uneven length. */
function cut(text: string): { content: string }[] {
  const pieces: { content: string }[] = [];
  for (let at = 0, length = 1; at < text.length; at += length, length = (length % 7) + 1)
    pieces.push({ content: text.slice(at, at + length) });
  return pieces;
}
