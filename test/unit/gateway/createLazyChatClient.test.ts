import assert from 'node:assert/strict';
import { createLazyChatClient } from '../../../src/gateway/createLazyChatClient';
import type { HttpChatClient } from '../../../src/gateway/httpChatClient';
import type { AnswerStream, StreamPart } from '../../../src/core/ports/answerStream';
import type { ChatRequest } from '../../../src/core/ports/chatClient';
import { TestGateway } from '../../support/testGateway';

async function partsOf(stream: AnswerStream): Promise<readonly StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const batch of stream) parts.push(...batch);
  return parts;
}

describe('createLazyChatClient', () => {
  let gateway: TestGateway;
  let client: HttpChatClient;
  let request: ChatRequest;

  beforeEach(async () => {
    gateway = await TestGateway.start({ pieces: ['Hello'] });
    const silent = (): void => undefined;
    client = createLazyChatClient({
      keys: { read: () => Promise.resolve(undefined) },
      log: { info: silent, warn: silent, error: silent },
    });
    request = {
      gateway: {
        id: 'test',
        name: 'Test',
        baseUrl: gateway.baseUrl,
        auth: 'none',
        headers: {},
        models: [],
        extraBody: {},
      },
      modelId: 'gpt-4o',
      messages: [{ role: 'user', content: 'Hi' }],
      parameters: {},
      timeouts: { connect: 5, firstToken: 5, idle: 5 },
    };
  });

  afterEach(async () => {
    await client.dispose();
    await gateway.stop();
  });

  it('answers questions before and after it is loaded', async () => {
    for (let question = 0; question < 2; question += 1) {
      const parts = await partsOf(client.ask(request));
      assert.deepEqual(parts.at(-1), {
        kind: 'ended',
        ending: { outcome: 'completed', finishReason: 'stop' },
      });
      assert.ok(parts.some((part) => part.kind === 'text' && part.text === 'Hello'));
    }
  });

  it('sends nothing for a question that is stopped while it loads', async () => {
    const stream = client.ask(request);
    stream.cancel();
    assert.deepEqual(await partsOf(stream), [{ kind: 'ended', ending: { outcome: 'cancelled' } }]);
    assert.equal(gateway.requests.length, 0);
  });

  it('lists models without a call of preload', async () => {
    const { models, failure } = await client.listModels(request.gateway, request.timeouts);
    assert.equal(failure, undefined);
    assert.ok(models.some(({ id }) => id === 'gpt-4o'));
  });

  it('can be disposed without being used', async () => {
    await client.dispose();
  });
});
