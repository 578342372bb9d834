import assert from 'node:assert/strict';
import { writeCheckDocument, writeCheckReport } from '../../../src/core/gatewayCheck/writeCheckReport';
import type { CheckName, GatewayCheck, Verdict } from '../../../src/core/gatewayCheck/gatewayCheck';
import { GatewayChecker } from '../../../src/core/gatewayCheck/gatewayChecker';
import type { Gateway } from '../../../src/core/models/gateway';
import { createTranslate } from '../../../src/shared/kit/translate';
import { RawServer, type RawScript } from '../../support/rawServer';
import { canaryKey, gatewayWith, patient, TestClient } from './asking';

const t = createTranslate({});

interface Question {
  readonly n?: number;
  readonly logprobs?: boolean;
  readonly tools?: unknown;
  readonly messages: readonly { readonly content: unknown }[];
}

/** The reply of a gateway to a question. */
type Reply = (question: Question) => { readonly status?: number; readonly body: string };

function stream(...chunks: unknown[]): { body: string } {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  return { body: `${events.join('')}data: [DONE]\n\n` };
}

const finished = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
const says = (content: string, index = 0): unknown => ({ choices: [{ index, delta: { content } }] });

/** A gateway with every feature. */
const able: Reply = ({ n, logprobs, tools, messages }) => {
  if (tools !== undefined) {
    const call = { index: 0, id: 'a', function: { name: 'report_number', arguments: '{"number":7}' } };
    return stream(
      { choices: [{ index: 0, delta: { tool_calls: [call] } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
    );
  }
  if (Array.isArray(messages[0]?.content)) return stream(says('Red'), finished);
  if (n === 2) {
    const second = { choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] };
    return stream(says('Hi'), says('Hello', 1), finished, second);
  }
  if (logprobs === true) {
    const content = [{ token: 'Hi', logprob: -0.1, top_logprobs: [{ token: 'Hi', logprob: -0.1 }] }];
    return stream({ choices: [{ index: 0, delta: { content: 'Hi' }, logprobs: { content } }] }, finished);
  }
  const usage = { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 };
  return stream({ model: 'gpt-5-0807', ...(says('One') as object) }, finished, { choices: [], usage });
};

function gatewayOf(reply: Reply, models: { status?: number; body: string }): RawScript {
  return async (exchange) => {
    const { status = 200, body } = exchange.head.startsWith('GET')
      ? models
      : reply(JSON.parse(exchange.body) as Question);
    const type = body.startsWith('data:') ? 'text/event-stream' : 'application/json';
    await exchange.write(
      `HTTP/1.1 ${status} Status\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  };
}

const listed = { body: '{"data":[{"id":"gpt-5"},{"id":"text-embedding-3-small"}]}' };

describe('A check of a gateway', () => {
  const client = new TestClient();
  let server: RawServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  after(async () => {
    await client.client.dispose();
  });

  async function check(gateway: Partial<Gateway>): Promise<GatewayCheck> {
    return await new GatewayChecker({
      client: client.client,
      gateway: gatewayWith(gateway),
      modelId: undefined,
      defaultModel: undefined,
      parametersOf: () => ({ ok: true, parameters: {} }),
      timeouts: patient,
      now: () => performance.now(),
      t,
      onStep: () => undefined,
    }).run();
  }

  async function checkServer(reply: Reply, models: { status?: number; body: string }): Promise<GatewayCheck> {
    server = await RawServer.start(gatewayOf(reply, models));
    return await check({ baseUrl: server.baseUrl });
  }

  function verdicts({ findings }: GatewayCheck): Partial<Record<CheckName, Verdict>> {
    return Object.fromEntries(findings.map(({ name, verdict }) => [name, verdict]));
  }

  it('finds every feature of a complete gateway', async () => {
    const result = await checkServer(able, listed);
    assert.equal(result.modelId, 'gpt-5');
    const wrong = result.findings.filter(({ verdict }) => verdict !== 'passed');
    assert.deepEqual(wrong, []);
  });

  it('sends five short questions, each in one request with the key only in its header', async () => {
    await checkServer(able, listed);
    const asked = server?.requests.filter(({ head }) => head.startsWith('POST')) ?? [];
    assert.equal(asked.length, 5);
    for (const { head, body } of asked) {
      assert.ok(head.includes(canaryKey));
      assert.ok(body.length < 1_500 && !body.includes(canaryKey));
    }
  });

  it('distinguishes missing features from a broken gateway', async () => {
    const result = await checkServer((question) => {
      if (question.tools !== undefined || question.n === 2) {
        return { status: 400, body: '{"error":{"message":"This is not possible here."}}' };
      }
      return stream(says('One'), finished);
    }, listed);
    const { answer, usage, tools, vision, choices, 'log-probabilities': logProbabilities } = verdicts(result);
    assert.equal(answer, 'passed');
    assert.deepEqual(
      [usage, tools, vision, choices, logProbabilities],
      ['unsupported', 'unsupported', 'unsupported', 'unsupported', 'unsupported'],
    );
  });

  it('reports a rejected key without showing it', async () => {
    const echo = { status: 401, body: JSON.stringify({ error: { message: `Wrong key ${canaryKey}` } }) };
    const result = await checkServer(() => echo, echo);
    assert.deepEqual(
      result.findings.filter(({ verdict }) => verdict === 'failed').map(({ name }) => name),
      ['key'],
    );
    const written = writeCheckDocument(result, new Map(), t) + writeCheckReport(result, new Map(), t);
    assert.equal(written.includes(canaryKey), false);
    assert.equal(written.includes(JSON.stringify(canaryKey).slice(1, -1)), false);
  });

  it('reports that nothing answers at the address', async () => {
    const gone = await RawServer.start(() => undefined);
    const { baseUrl } = gone;
    await gone.stop();
    const { address, 'name-resolution': host, connection, key } = verdicts(await check({ baseUrl }));
    assert.deepEqual([address, host, connection, key], ['passed', 'passed', 'failed', 'not-tried']);
  });

  it('recognises a web page instead of a gateway', async () => {
    const page = { body: '<!doctype html><title>Welcome</title>' };
    const result = await checkServer(() => page, page);
    const { connection, models, answer, tools } = verdicts(result);
    assert.deepEqual([connection, models, answer, tools], ['passed', 'failed', 'not-tried', 'not-tried']);
    assert.match(writeCheckReport(result, new Map(), t), /Is the base URL correct\?/);
  });

  it('closes the socket of the running question when it is stopped', async () => {
    let left: Promise<void> | undefined;
    server = await RawServer.start(async (exchange) => {
      if (exchange.head.startsWith('GET')) {
        await gatewayOf(able, listed)(exchange);
        return;
      }
      left = exchange.closed;
      checker.cancel();
    });
    const checker = new GatewayChecker({
      client: client.client,
      gateway: gatewayWith({ baseUrl: server.baseUrl }),
      modelId: 'gpt-5',
      defaultModel: undefined,
      parametersOf: () => ({ ok: true, parameters: {} }),
      timeouts: patient,
      now: () => performance.now(),
      t,
      onStep: () => undefined,
    });
    const result = await checker.run();
    assert.equal(result.cancelled, true);
    assert.equal(verdicts(result).models, 'passed');
    await left;
  });
});
