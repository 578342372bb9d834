import { deepEqual, equal, ok } from 'node:assert/strict';
import { gatewayPresets } from '../../../src/gateway/setup/gatewayPresets';
import { defaultRetryPolicy } from '../../../src/gateway/failures/retryPolicy';
import { ProfileServer, type ProfileServerState } from '../../support/serverProfiles/profileServer';
import { serverProfiles } from '../../support/serverProfiles/serverProfiles';
import { canaryKey, gatewayWith, patient, summary, TestClient } from './asking';

const picture = [
  {
    role: 'user' as const,
    content: [
      { type: 'text' as const, text: 'What is this?' },
      {
        type: 'image_url' as const,
        image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' },
      },
    ],
  },
];
const long = [{ role: 'user' as const, content: 'round and around we go '.repeat(1_000) }];

describe('Profiles of local servers:', () => {
  const servers: ProfileServer[] = [];
  let client: TestClient;

  beforeEach(() => {
    client = new TestClient();
  });
  afterEach(async () => {
    await client.client.dispose();
    for (const server of servers.splice(0)) await server.stop();
  });

  for (const profile of serverProfiles) {
    describe(profile.name, () => {
      const start = async (state: Partial<ProfileServerState> = {}): Promise<ProfileServer> => {
        const server = await ProfileServer.start(profile, state);
        servers.push(server);
        return server;
      };
      const failureOf = async (
        server: ProfileServer,
        request: Parameters<TestClient['ask']>[1] = {},
      ): Promise<string> => {
        const { ending } = await client.answer(
          { baseUrl: server.baseUrl },
          { modelId: profile.model, ...request },
        );
        return ending.outcome === 'failed' ? ending.failure.kind : ending.outcome;
      };

      it('lists its models', async () => {
        const server = await start();
        const { models, failure } = await client.client.listModels(
          gatewayWith({ baseUrl: server.baseUrl }),
          patient,
        );
        equal(failure, undefined);
        equal(models[0]?.id, profile.model);
      });

      it('reports that it has no model', async () => {
        const server = await start({ hasModels: false });
        const gateway = gatewayWith({ baseUrl: server.baseUrl });
        deepEqual(await client.client.listModels(gateway, patient), { models: [] });
      });

      it('streams an answer with reasoning and usage', async () => {
        const answer = {
          reasoning: ['They', ' greet.'],
          text: ['你好', ', ', 'world', '.'],
          promptTokens: 12,
          completionTokens: 6,
        };
        const server = await start({ answer });
        const got = await client.answer({ baseUrl: server.baseUrl }, { modelId: profile.model });
        deepEqual([got.text, got.reasoning, summary(got)], ['你好, world.', 'They greet.', 'completed stop']);
        deepEqual([got.usage?.promptTokens, got.usage?.completionTokens], [12, 6]);
        deepEqual(server.requests.at(-1)?.body?.['stream'], true);
      });

      it('sends a whole reply', async () => {
        const server = await start({
          answer: { reasoning: ['Hm.'], text: ['Hi', '!'], promptTokens: 3, completionTokens: 2 },
        });
        const got = await client.answer(
          { baseUrl: server.baseUrl, extraBody: { stream: false } },
          { modelId: profile.model },
        );
        deepEqual([got.text, got.reasoning, summary(got)], ['Hi!', 'Hm.', 'completed stop']);
        equal(got.usage?.completionTokens, 2);
      });

      it('accepts the right key', async () => {
        const server = await start({ key: canaryKey });
        equal(await failureOf(server), 'completed');
      });

      it('rejects a wrong key', async () => {
        const server = await start({ key: 'sk-another' });
        equal(await failureOf(server), 'unauthorized');
      });

      it('has a preset if it runs on this computer', () => {
        if (profile.preset === undefined) return;
        const preset = gatewayPresets.find(({ id }) => id === profile.preset);
        ok(preset?.local);
        equal(preset.name, profile.name);
      });

      it('reports a prompt that is too long', async () => {
        const isCut = profile.tooLong.behaviour === 'cut';
        const kind = await failureOf(await start(), { messages: long });
        equal(kind, isCut ? 'completed' : 'request-too-large');
      });

      it('reports an unknown model', async () => {
        const kind = await failureOf(await start(), { modelId: 'no-such-model' });
        equal(kind, profile.ignoresModelName ? 'completed' : 'not-found');
      });

      it('rejects a picture that its model does not support, with its own message, and gets the request once', async () => {
        const server = await start();
        const persistent = new TestClient(undefined, {
          retry: defaultRetryPolicy,
          wait: () => Promise.resolve(),
        });
        const { ending } = await persistent.answer(
          { baseUrl: server.baseUrl },
          { modelId: profile.model, messages: picture },
        );
        await persistent.client.dispose();
        ok(ending.outcome === 'failed');
        deepEqual([ending.failure.kind, ending.failure.retryable], ['bad-request', false]);
        const words = /[a-z ]{20,}/i.exec(
          profile.pictureRefused.behaviour.body.replace(/"(?:type|code)":"[^"]*"/g, ''),
        );
        ok(ending.failure.detail?.includes(words?.[0] ?? '-'), ending.failure.detail);
        equal(server.requests.length, 1);
      });

      const { behaviour: loading } = profile.loading;
      if (loading !== 'never' && loading !== 'closed')
        it('answers after its model is loaded', async () => {
          const server = await start({ loading: true });
          const waits: number[] = [];
          const waiting = new TestClient(undefined, {
            retry: defaultRetryPolicy,
            wait: (milliseconds) => {
              waits.push(milliseconds);
              if (waits.length === 6) server.finishLoading();
              return Promise.resolve();
            },
          });
          const answer = waiting.answer({ baseUrl: server.baseUrl }, { modelId: profile.model });
          if (loading === 'waits') {
            while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
            server.finishLoading();
          }
          const got = await answer;
          await waiting.client.dispose();
          deepEqual([got.text, summary(got)], ['Hello there.', 'completed stop']);
        });

      it('passes a picture to a model that supports it', async () => {
        equal(await failureOf(await start({ sees: true }), { messages: picture }), 'completed');
      });
    });
  }
});
