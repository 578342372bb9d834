import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import {
  checkCompletions,
  completionEntry,
  learnedCompletionForm,
} from '../../../../src/core/gatewayCheck/checkCompletions';
import { isRefusal } from '../../../../src/core/gatewayCheck/isRefusal';
import type { Gateway } from '../../../../src/core/models/gateway';
import type { StreamPart } from '../../../../src/core/ports/answerStream';
import {
  completionForms,
  type CompletionForm,
  type CompletionRequest,
} from '../../../../src/core/ports/completionClient';
import { failureKinds, type FailureKind } from '../../../../src/shared/failure/failure';

type Reply = readonly StreamPart[];

const ended: StreamPart = { kind: 'ended', ending: { outcome: 'completed', finishReason: 'stop' } };
const says = (text: string, promptTokens?: number): Reply => [
  { kind: 'text', text },
  ...(promptTokens === undefined ? [] : [{ kind: 'usage', usage: { promptTokens } } as const]),
  ended,
];
const fails = (kind: FailureKind): Reply => [
  { kind: 'ended', ending: { outcome: 'failed', failure: { kind, retryable: false } } },
];

interface Script {
  readonly replies: Partial<Record<CompletionForm, Reply>>;
  readonly gateway?: Partial<Gateway>;
  readonly modelId?: string;
  readonly known?: CompletionForm;
}

/** The forms that are tried and the one that works, if the forms without a reply do not exist. */
async function check({ replies, gateway, modelId = 'qwen2.5-coder', known }: Script): Promise<{
  readonly asked: readonly CompletionForm[];
  readonly works: CompletionForm | undefined;
}> {
  const asked: CompletionForm[] = [];
  const tried = await checkCompletions({
    client: {
      complete: ({ form, prefix, suffix }: CompletionRequest) => {
        asked.push(form);
        ok(prefix !== '' && suffix.includes('marigold') && !prefix.includes('marigold'));
        const parts = replies[form] ?? fails('no-such-endpoint');
        return {
          cancel: () => undefined,
          async *[Symbol.asyncIterator]() {
            yield await Promise.resolve(parts);
          },
        };
      },
    },
    gateway: {
      ...{ id: 'mine', name: 'Mine', baseUrl: 'https://gateway.example/v1', auth: 'bearer' },
      ...{ headers: {}, models: [], extraBody: {} },
      ...gateway,
    },
    modelId,
    timeouts: { connect: 1, firstToken: 1, idle: 1 },
    known,
    signal: new AbortController().signal,
  });
  deepEqual(
    tried.map(({ form }) => form),
    asked,
  );
  return { asked, works: tried.find(({ result }) => result === 'works')?.form };
}

describe('The check of completions', () => {
  it('takes the first form whose completion knows the suffix', async () => {
    deepEqual(await check({ replies: { suffix: says('marigold";') } }), {
      asked: ['suffix'],
      works: 'suffix',
    });
  });

  it('takes a form whose prompt was counted with the suffix, whatever the model writes', async () => {
    equal((await check({ replies: { suffix: says('rose', 42) } })).works, 'suffix');
  });

  it('goes on if the suffix was dropped without an error', async () => {
    const replies = { suffix: says('rose', 5), tokens: says('marigold') };
    deepEqual(await check({ replies }), { asked: ['suffix', 'tokens'], works: 'tokens' });
  });

  it('does not believe the counts of a prompt that Parley itself put together', async () => {
    equal((await check({ replies: { tokens: says('rose', 60) } })).works, undefined);
  });

  it('goes on if the suffix is refused, or if the endpoint is missing', async () => {
    const replies = { suffix: fails('bad-request'), chat: says('```\nmarigold\n```') };
    deepEqual(await check({ replies }), { asked: ['suffix', 'tokens', 'chat'], works: 'chat' });
  });

  it('tries no tokens for a model whose family has none', async () => {
    deepEqual((await check({ replies: {}, modelId: 'gpt-5' })).asked, ['suffix', 'chat']);
  });

  for (const [gateway, asked] of [
    [{ id: 'llamacpp', auth: 'none' }, ['infill', 'tokens', 'chat']],
    [{ id: 'ollama', auth: 'none' }, ['suffix', 'ollama', 'tokens', 'chat']],
    [{ auth: 'none' }, ['suffix', 'tokens', 'infill', 'chat']],
    [{ baseUrl: 'https://api.deepseek.com' }, ['deepseek', 'chat']],
    [{ baseUrl: 'https://codestral.mistral.ai/v1' }, ['mistral', 'chat']],
    [{ baseUrl: 'https://deepseek.com.example/v1' }, ['suffix', 'tokens', 'chat']],
  ] as const)
    it(`tries ${asked.join(', ')} at ${JSON.stringify(gateway)}`, async () => {
      deepEqual((await check({ replies: {}, gateway })).asked, asked);
    });

  it('tries the form that worked before at first', async () => {
    deepEqual((await check({ replies: { tokens: says('marigold') }, known: 'tokens' })).asked, ['tokens']);
  });

  for (const kind of ['unauthorized', 'payment-required', 'connection-refused', 'missing-key'] as const)
    it(`stops after ${kind}, which another form would meet as well`, async () => {
      deepEqual((await check({ replies: { suffix: fails(kind) } })).asked, ['suffix']);
    });

  it('sends each form once, in any order of failures, and nothing after one that works', async () => {
    const reply = fc.oneof(
      fc.constantFrom(...failureKinds).map(fails),
      fc.constantFrom(says('marigold'), says('rose'), says(''), says('x', 50)),
    );
    const replies = fc.record(Object.fromEntries(completionForms.map((form) => [form, reply])));
    const gateway = fc.constantFrom<Partial<Gateway>>({}, { id: 'ollama' }, { auth: 'none' });
    const known = fc.option(fc.constantFrom(...completionForms), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(replies, gateway, known, async (scripted, place, before) => {
        const { asked, works } = await check({
          replies: scripted,
          gateway: place,
          ...(before !== undefined && { known: before }),
        });
        equal(new Set(asked).size, asked.length);
        ok(works === undefined || works === asked.at(-1));
      }),
    );
  });

  it('sends nothing once it is cancelled', async () => {
    const stopped = AbortSignal.abort();
    const tried = await checkCompletions({
      client: {
        complete: () => {
          throw new Error('nothing may be sent');
        },
      },
      gateway: {
        ...{ id: 'mine', name: 'Mine', baseUrl: 'https://gateway.example/v1', auth: 'bearer' },
        ...{ headers: {}, models: [], extraBody: {} },
      },
      ...{
        modelId: 'm',
        timeouts: { connect: 1, firstToken: 1, idle: 1 },
        known: undefined,
        signal: stopped,
      },
    });
    deepEqual(tried, []);
  });

  it('is told from what a gateway refuses', () => {
    for (const entry of ['completes with tokens', 'effort as thinking', 'endpoint responses'])
      equal(isRefusal(entry), false);
    for (const entry of ['temperature', 'thinking', 'reasoning_effort none', 'role order'])
      equal(isRefusal(entry), true);
  });

  it('remembers the newest form', () => {
    equal(learnedCompletionForm(['temperature', completionEntry('suffix'), completionEntry('chat')]), 'chat');
    equal(learnedCompletionForm(['completes with magic']), undefined);
    equal(completionEntry('suffix'), 'completes with suffix');
  });
});
