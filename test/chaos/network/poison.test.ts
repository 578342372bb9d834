import { ok } from 'node:assert/strict';
import { RawServer } from '../../support/rawServer';
import { TestClient } from '../../unit/gateway/asking';
import { delta, done, finish } from '../../unit/gateway/replies';
import { inChunks } from './goodReply';

/** A whole reply with this answer, after which the connection may be used again. */
function answer(text: string): string {
  return `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${inChunks(delta(text) + finish() + done).toString()}`;
}

describe('A gateway that sends an answer without a question', () => {
  let server: RawServer;
  const client = new TestClient();

  after(async () => {
    await client.client.dispose();
  });
  afterEach(async () => {
    await server.stop();
  });

  const poisoned: Readonly<Record<string, (text: string) => string>> = {
    'behind a reply': (text) => answer(text) + answer('poison'),
    'behind a reply, twice': (text) => answer(text) + answer('poison') + answer('poison'),
    'behind a reply that says its length': (text) => {
      const body = delta(text) + finish() + done;
      return `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}${answer('poison')}`;
    },
    'behind a status that has no body': (text) => answer(text) + `HTTP/1.1 204 No\r\n\r\n${answer('poison')}`,
  };
  for (const [where, reply] of Object.entries(poisoned)) {
    it(`${where} is not believed: the next question gets its own answer`, async () => {
      server = await RawServer.start(async (exchange) => {
        await exchange.write(reply(`answer ${server.requests.length}`));
      });
      for (let question = 1; question <= 5; question += 1) {
        const { text, ending } = await client.answer({ baseUrl: server.baseUrl });
        ok(text === `answer ${server.requests.length}` || ending.outcome === 'failed', text);
        ok(!text.includes('poison'));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
  }
});
