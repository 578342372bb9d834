import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { createChatClient, type HttpChatClient } from '../../../src/gateway/httpChatClient';
import { noRetries } from '../../../src/gateway/failures/retryPolicy';
import { RawServer } from '../../support/rawServer';
import { canaryKey, collect, gatewayWith, patient } from './asking';
import { delta, done, finish, reply } from './replies';

describe('the trace of a request', () => {
  let server: RawServer;
  let client: HttpChatClient | undefined;

  before(async () => {
    server = await RawServer.start(async (exchange) => {
      await exchange.write(reply(delta('Confidential answer') + finish() + done));
      exchange.end();
    });
  });

  afterEach(async () => {
    await client?.dispose();
  });

  after(async () => {
    await server.stop();
  });

  /** Asks one question and returns what was traced. `isOn` is the level Trace. */
  async function traceOf(isOn: boolean): Promise<string[]> {
    const steps: string[] = [];
    const ignore = (): void => undefined;
    client = createChatClient({
      keys: { read: () => Promise.resolve(canaryKey) },
      log: {
        info: ignore,
        warn: ignore,
        error: ignore,
        ...(isOn && { trace: (step: string) => void steps.push(step) }),
      },
      retry: noRetries,
    });
    const answer = await collect(
      client.ask({
        gateway: gatewayWith({ baseUrl: server.baseUrl }),
        modelId: 'some-model',
        messages: [{ role: 'user', content: 'Confidential prompt' }],
        parameters: {},
        timeouts: patient,
      }),
    );
    equal(answer.text, 'Confidential answer');
    return steps;
  }

  it('tells the steps in their order, each with the number of the request and its time', async () => {
    const steps = await traceOf(true);
    for (const step of steps) match(step, /^Request \d+, \d+\.\d ms: /);
    deepEqual(
      steps.map((step) => step.replace(/^.*? ms: /, '').replace(/ at http.*$| \d+ characters.*$/, '')),
      [
        'queued',
        'some-model',
        'connecting,',
        'connected',
        'head: HTTP 200',
        'first delta',
        'ended: completed',
      ],
    );
  });

  it('has neither the key nor text of the prompt or the answer', async () => {
    const steps = (await traceOf(true)).join('\n');
    ok(!steps.includes(canaryKey));
    doesNotMatch(steps, /canary|confidential|bearer/i);
  });

  it('is not written unless the log is at the level Trace', async () => {
    deepEqual(await traceOf(false), []);
  });
});
