import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { PromptMessage } from '../../../../src/core/ports/promptMessage';
import { completionsFormat } from '../../../../src/gateway/endpoints/completions/completionsFormat';
import { InMemoryUnsupportedParameters } from '../../../../src/gateway/unsupportedParameters/inMemoryUnsupportedParameters';
import { RawServer } from '../../../support/rawServer';
import { summary, TestClient, type Answer } from '../asking';
import { done, event, reply } from '../replies';

type Body = Readonly<Record<string, unknown>>;

const continued = reply(
  event({ choices: [{ index: 0, text: ' there was', finish_reason: null }] }) +
    event({ choices: [{ index: 0, text: ' a bird.', finish_reason: 'stop' }] }) +
    done,
);
const facts = { keptReasoning: new Map(), maxOutput: undefined, unsupported: new Set<string>() };

describe('A chat with a base model', () => {
  let server: RawServer | undefined;
  let client: TestClient;

  beforeEach(() => {
    client = new TestClient(undefined, { unsupportedParameters: new InMemoryUnsupportedParameters() });
  });

  afterEach(async () => {
    await client.client.dispose();
    await server?.stop();
  });

  /** Answers at `/completions`, and refuses at `/chat/completions` as OpenAI does. */
  async function serve(): Promise<void> {
    server = await RawServer.start(async (exchange) => {
      const message =
        'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?';
      const refused = reply(JSON.stringify({ error: { message, type: 'invalid_request_error' } }), {
        status: '404 No',
        headers: ['Content-Type: application/json'],
      });
      await exchange.write(exchange.head.includes('/chat/completions') ? refused : continued);
      exchange.end();
    });
  }

  const ask = async (parameters: Body = {}): Promise<Answer> =>
    await client.answer({ baseUrl: server?.baseUrl ?? '' }, { parameters });

  const paths = (): readonly string[] => (server?.requests ?? []).map(({ head }) => head.split(' ')[1] ?? '');

  it('moves to /completions if the error says so, which is remembered', async () => {
    await serve();
    for (const expected of [2, 3]) {
      const answer = await ask();
      equal(summary(answer), 'completed stop');
      equal(answer.text, ' there was a bird.');
      equal(paths().length, expected);
    }
    deepEqual(paths(), ['/v1/chat/completions', '/v1/completions', '/v1/completions']);
  });

  it('sends the text of the conversation, which the model continues', () => {
    const messages: readonly PromptMessage[] = [
      { role: 'system', content: 'A fairy tale.' },
      { role: 'user', content: 'Once upon a time' },
      { role: 'assistant', content: ' there was a bird.' },
      { role: 'user', content: 'The bird' },
    ];
    const written = completionsFormat.write({ model: 'davinci-002', messages, stream: true }, facts);
    deepEqual(written, {
      model: 'davinci-002',
      stream: true,
      prompt: 'A fairy tale.\n\nOnce upon a time there was a bird.\n\nThe bird',
      max_tokens: 1024,
    });
  });

  it("sends the user's limit, and the fields that the endpoint has in another form", () => {
    const messages = [{ role: 'user', content: 'Once' }];
    const chat = {
      model: 'm',
      messages,
      max_completion_tokens: 50,
      logprobs: true,
      top_logprobs: 20,
      tools: [],
    };
    deepEqual(completionsFormat.write({ ...chat, temperature: 1, reasoning_effort: 'low' }, facts), {
      ...{ model: 'm', prompt: 'Once', max_tokens: 50, logprobs: 5, temperature: 1 },
    });
    deepEqual(
      completionsFormat.write({ model: 'm', messages, logprobs: false }, { ...facts, maxOutput: 64 }),
      {
        ...{ model: 'm', prompt: 'Once', max_tokens: 64 },
      },
    );
  });

  it('sends every prompt, in order and unchanged', () => {
    // A blank prompt cannot be sent.
    const prompt = fc.string().filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.array(prompt, { minLength: 1 }), (texts) => {
        const messages = texts.map((content) => ({ role: 'user', content }));
        const body = completionsFormat.write({ model: 'm', messages }, facts);
        const sent = String(body['prompt']);
        let at = 0;
        for (const text of texts) {
          const found = sent.indexOf(text, at);
          ok(found >= at);
          at = found + text.length;
        }
      }),
    );
  });
});
