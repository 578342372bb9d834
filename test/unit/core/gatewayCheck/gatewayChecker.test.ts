import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeCheckDocument, writeCheckReport } from '../../../../src/core/gatewayCheck/writeCheckReport';
import type { Gateway } from '../../../../src/core/models/gateway';
import {
  checkNames,
  type CheckName,
  type GatewayCheck,
  type Verdict,
} from '../../../../src/core/gatewayCheck/gatewayCheck';
import { GatewayChecker } from '../../../../src/core/gatewayCheck/gatewayChecker';
import type { CheckedParameters } from '../../../../src/core/models/parametersFor';
import type { AnswerStream, StreamPart } from '../../../../src/core/ports/answerStream';
import type { ChatClient, ChatRequest, ModelListing } from '../../../../src/core/ports/chatClient';
import { failureKinds, type Failure, type FailureKind } from '../../../../src/shared/failure/failure';
import { reasonOf } from '../../../../src/shared/failure/failureReason';
import { createTranslate } from '../../../../src/shared/kit/translate';

const t = createTranslate({});
const gateway: Gateway = {
  id: 'demo',
  name: 'Demo',
  baseUrl: 'https://api.example.com/v1',
  auth: 'bearer',
  headers: { 'x-team': 'secret-header' },
  models: [],
  extraBody: {},
};

const completed: StreamPart = { kind: 'ended', ending: { outcome: 'completed', finishReason: 'stop' } };

function failed(kind: FailureKind): StreamPart {
  return {
    kind: 'ended',
    ending: { outcome: 'failed', failure: { kind, retryable: false, gatewayName: 'Demo' } },
  };
}

/** An answer with the given parts. Without parts it waits until it is cancelled. */
class KnownAnswer implements AnswerStream {
  private cancelledNow: () => void = () => undefined;
  private readonly whenCancelled = new Promise<void>((resolve) => (this.cancelledNow = resolve));

  constructor(private readonly parts: readonly StreamPart[]) {}

  cancel(): void {
    this.cancelledNow();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly StreamPart[]> {
    if (this.parts.length > 0) {
      yield this.parts;
      return;
    }
    await this.whenCancelled;
    yield [{ kind: 'ended', ending: { outcome: 'cancelled' } }];
  }
}

/** The step of a request, recognised by its content. */
function subjectOf({ tools, messages, parameters }: ChatRequest): CheckName {
  if (tools !== undefined) return 'tools';
  if (messages.some(({ content }) => Array.isArray(content))) return 'vision';
  if ('logprobs' in parameters) return 'log-probabilities';
  return parameters['n'] === 2 ? 'choices' : 'answer';
}

/** The answers of a gateway that supports every feature. */
const everything: Readonly<Record<string, readonly StreamPart[]>> = {
  answer: [
    { kind: 'served-model', modelId: 'demo-1-0613' },
    { kind: 'text', text: 'One, two' },
    { kind: 'usage', usage: { promptTokens: 9, completionTokens: 5 } },
    completed,
  ],
  tools: [
    {
      kind: 'tool-call',
      call: { id: 'a', name: 'report_number', arguments: '{"number":7}', complete: true },
    },
    completed,
  ],
  vision: [{ kind: 'text', text: 'Red.' }, completed],
  choices: [{ kind: 'text', text: 'Hi' }, { kind: 'text', text: 'Hello', choice: 1 }, completed],
  'log-probabilities': [
    { kind: 'text', text: 'Hi' },
    { kind: 'tokens', tokens: [{ text: 'Hi', logprob: -0.1, alternatives: [] }] },
    completed,
  ],
};

interface Script {
  readonly listing?: ModelListing | Promise<ModelListing>;
  readonly answers?: Readonly<Record<string, readonly StreamPart[]>>;
  readonly gateway?: Partial<Gateway>;
  readonly modelId?: string | undefined;
  readonly parameters?: CheckedParameters;
}

function checkerOf(script: Script): { checker: GatewayChecker; requests: ChatRequest[]; steps: CheckName[] } {
  const requests: ChatRequest[] = [];
  const steps: CheckName[] = [];
  const client: ChatClient = {
    ask: (request) => {
      requests.push(request);
      return new KnownAnswer({ ...everything, ...script.answers }[subjectOf(request)] ?? []);
    },
    listModels: () => Promise.resolve(script.listing ?? { models: [{ id: 'demo-1' }] }),
  };
  let time = 1_000;
  const checker = new GatewayChecker({
    client,
    gateway: { ...gateway, ...script.gateway },
    modelId: 'modelId' in script ? script.modelId : 'demo-1',
    defaultModel: undefined,
    parametersOf: () => script.parameters ?? { ok: true, parameters: {} },
    timeouts: { connect: 1, firstToken: 1, idle: 1 },
    now: () => (time += 10),
    t,
    onStep: (name) => steps.push(name),
  });
  return { checker, requests, steps };
}

async function check(script: Script): Promise<GatewayCheck> {
  return await checkerOf(script).checker.run();
}

function verdicts({ findings }: GatewayCheck): Partial<Record<CheckName, Verdict>> {
  return Object.fromEntries(findings.map(({ name, verdict }) => [name, verdict]));
}

function failing(kind: FailureKind): ModelListing {
  const failure: Failure = { kind, retryable: false, gatewayName: 'Demo' };
  return { models: [], failure };
}

describe('GatewayChecker', () => {
  it('passes every step of a gateway that supports every feature', async () => {
    const result = await check({});
    assert.deepEqual(
      Object.values(verdicts(result)),
      checkNames.map(() => 'passed'),
    );
    const found = (name: CheckName): string =>
      result.findings.find((finding) => finding.name === name)?.found ?? '';
    assert.match(found('address'), /https:\/\/api\.example\.com\/v1\/chat\/completions/);
    assert.match(found('answer'), /The gateway used the model demo-1-0613/);
    assert.match(found('usage'), /9 tokens.*5/);
    assert.match(found('first-token'), /after 10 ms/);
  });

  it('reports a missing feature as unsupported, not as failed', async () => {
    const plain: readonly StreamPart[] = [{ kind: 'text', text: 'I cannot.' }, completed];
    const result = await check({
      answers: {
        answer: plain,
        tools: plain,
        vision: plain,
        choices: [failed('bad-request')],
        'log-probabilities': [failed('gateway-error')],
      },
    });
    const { usage, tools, vision, choices, 'log-probabilities': logProbabilities } = verdicts(result);
    for (const verdict of [usage, tools, vision, choices, logProbabilities]) {
      assert.equal(verdict, 'unsupported');
    }
  });

  it('does not accept estimated token counts as counts of the gateway', async () => {
    const result = await check({
      answers: {
        answer: [
          { kind: 'text', text: 'One' },
          { kind: 'usage', usage: { promptTokens: 1, estimated: true } },
          completed,
        ],
      },
    });
    assert.equal(verdicts(result).usage, 'unsupported');
  });

  for (const [kind, failedStep, passed] of [
    ['insecure-address', 'address', []],
    ['name-not-resolved', 'name-resolution', ['address']],
    ['connection-refused', 'connection', ['address', 'name-resolution']],
    ['certificate-rejected', 'connection', ['address', 'name-resolution']],
    ['connect-timeout', 'connection', ['address', 'name-resolution']],
    ['missing-key', 'key', ['address']],
  ] as const) {
    it(`stops after ${kind} without asking a question`, async () => {
      const { checker, requests } = checkerOf({ listing: failing(kind) });
      const result = await checker.run();
      const wanted = Object.fromEntries(checkNames.map((name): [string, Verdict] => [name, 'not-tried']));
      for (const name of passed) wanted[name] = 'passed';
      wanted[failedStep] = 'failed';
      assert.deepEqual(verdicts(result), wanted);
      assert.equal(requests.length, 0);
      const finding = result.findings.find(({ verdict }) => verdict === 'failed');
      assert.ok(finding?.advice !== undefined && finding.advice !== '');
    });
  }

  it('reports the key as failed when the gateway rejects it for the answer', async () => {
    const result = await check({
      listing: failing('unauthorized'),
      answers: { answer: [failed('unauthorized')] },
    });
    const { connection, key, models, answer, tools } = verdicts(result);
    assert.deepEqual(
      [connection, key, models, answer, tools],
      ['passed', 'failed', 'not-tried', 'not-tried', 'not-tried'],
    );
  });

  it('continues without a list of models', async () => {
    const result = await check({ listing: failing('not-found') });
    const { models, key, answer, choices } = verdicts(result);
    assert.deepEqual([models, key, answer, choices], ['unsupported', 'passed', 'passed', 'passed']);
  });

  it('accepts the key when the gateway reports that the balance is used up', async () => {
    const result = await check({ answers: { answer: [failed('payment-required')] } });
    const { key, answer, tools } = verdicts(result);
    assert.deepEqual([key, answer, tools], ['passed', 'failed', 'not-tried']);
  });

  it('fails the answer when there is no model', async () => {
    const result = await check({ listing: { models: [] }, modelId: undefined });
    assert.equal(result.modelId, undefined);
    assert.equal(verdicts(result).answer, 'failed');
  });

  it("sends the user's parameters except n", async () => {
    const { checker, requests } = checkerOf({
      parameters: { ok: true, parameters: { temperature: 0.3, n: 3 } },
    });
    await checker.run();
    for (const { parameters } of requests) assert.equal(parameters['temperature'], 0.3);
    assert.deepEqual(
      requests.map(({ parameters }) => parameters['n']),
      [undefined, undefined, undefined, 2, undefined],
    );
  });

  it('names an invalid parameter and sends nothing', async () => {
    const problem = reasonOf('parameter-number-between', 'top_p', '0', '1', '2');
    const { checker, requests } = checkerOf({ parameters: { ok: false, problem } });
    const answer = (await checker.run()).findings.find(({ name }) => name === 'answer');
    assert.match(answer?.found ?? '', /top_p must be a number from 0 to 1, not 2/);
    assert.equal(requests.length, 0);
  });

  it('names the parts that the gateway refused and the client left out', async () => {
    const adapted: StreamPart = { kind: 'adapted', part: 'tools' };
    const result = await check({ answers: { tools: [adapted, { kind: 'text', text: '7' }, completed] } });
    const tools = result.findings.find(({ name }) => name === 'tools');
    assert.equal(tools?.verdict, 'unsupported');
    assert.match(tools.found, /refused a part of the request: tools/);
  });

  it('does not call a gateway with an invalid address', async () => {
    const { checker, requests } = checkerOf({ gateway: { baseUrl: 'nowhere' } });
    assert.equal(verdicts(await checker.run()).address, 'failed');
    assert.equal(requests.length, 0);
  });

  for (const [subject, before] of [
    ['answer', 'models'],
    ['vision', 'tools'],
  ] as const) {
    it(`keeps its findings when it is stopped during ${subject}`, async () => {
      const { checker, steps } = checkerOf({ answers: { [subject]: [] } });
      const run = checker.run();
      while (steps.at(-1) !== subject) await new Promise((resolve) => setImmediate(resolve));
      checker.cancel();
      const result = await run;
      assert.equal(result.cancelled, true);
      assert.equal(verdicts(result)[before], 'passed');
      assert.equal(verdicts(result)[subject], 'not-tried');
      assert.match(writeCheckDocument(result, new Map(), t), /The check was stopped/);
    });
  }

  it('does not wait for the list of models when it is stopped', async () => {
    const { checker } = checkerOf({ listing: new Promise(() => undefined) });
    const run = checker.run();
    checker.cancel();
    assert.equal((await run).cancelled, true);
  });

  it('ends with one finding for each step, for any failures', async () => {
    const kind = fc.constantFrom(...failureKinds);
    const answer = fc.oneof(
      kind.map((one): readonly StreamPart[] => [failed(one)]),
      kind.map((one): readonly StreamPart[] => [
        { kind: 'text', text: 'One' },
        { kind: 'ended', ending: { outcome: 'truncated', failure: { kind: one, retryable: true } } },
      ]),
      fc.constant(everything['answer'] ?? []),
    );
    await fc.assert(
      fc.asyncProperty(fc.option(kind), answer, answer, async (listing, first, later) => {
        const result = await check({
          ...(listing !== null && { listing: failing(listing) }),
          answers: { answer: first, tools: later, vision: later, choices: later, 'log-probabilities': later },
        });
        assert.deepEqual(
          result.findings.map(({ name }) => name),
          checkNames,
        );
        for (const finding of result.findings) {
          assert.notEqual(finding.found, '');
          assert.ok(finding.verdict !== 'failed' || (finding.advice ?? '') !== '');
        }
      }),
    );
  });
});

describe('The report of a check', () => {
  it('shows every step, the learned refusals and no secrets', async () => {
    const result = await check({});
    const refusals = new Map([['demo-1', ['stream_options', 'temperature']]]);
    const document = writeCheckDocument(result, refusals, t);
    for (const text of [
      '# Check Results for Demo',
      'Streamed answer',
      '✓ Pass',
      'demo-1: stream\\_options, temperature',
    ]) {
      assert.ok(document.includes(text), text);
    }
    const report = writeCheckReport(result, refusals, t);
    assert.ok(document.includes(report));
    for (const secret of ['secret-header', 'Count from one']) assert.equal(document.includes(secret), false);
  });

  it("shows the gateway's words as text, not as Markdown", async () => {
    const failure: Failure = {
      kind: 'not-found',
      retryable: false,
      gatewayName: '| <b>x</b> ![](https://evil.example/)',
      detail: '````\n# Injected',
    };
    const document = writeCheckDocument(
      await check({
        listing: { models: [], failure },
        answers: { answer: [{ kind: 'ended', ending: { outcome: 'failed', failure } }] },
      }),
      new Map(),
      t,
    );
    assert.equal(/(^|[^\\])!\[\]|(^|[^\\])<b>/.test(document.split('`````')[0] ?? ''), false);
    assert.match(document, /`{5}text\n[^`]*`{4}\n# Injected/);
  });
});
