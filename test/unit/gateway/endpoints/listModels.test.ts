import { chooseChatModel } from '../../../../src/core/models/chooseChatModel';
import { deepEqual, equal, ok } from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import {
  findLocalServers,
  gatewayPresets,
  presetDescription,
} from '../../../../src/gateway/setup/gatewayPresets';
import { hasOwnAddress, presetIds } from '../../../../src/gateway/setup/presetIds';
import { createTranslate } from '../../../../src/shared/kit/translate';
import { normaliseBaseUrl } from '../../../../src/gateway/setup/normaliseBaseUrl';
import { RawServer } from '../../../support/rawServer';
import { gatewayWith, patient, TestClient } from '../asking';
import { reply } from '../replies';

describe('The list of models', () => {
  let server: RawServer;
  let body: Uint8Array | null;
  const client = new TestClient();
  const known = [{ id: 'known', name: 'Known', contextWindow: 5 }];

  before(async () => {
    server = await RawServer.start(async (exchange) => {
      if (body === null) return;
      await exchange.write(body);
      exchange.end();
    });
  });
  after(async () => {
    await client.client.dispose();
    await server.stop();
  });

  async function list(answer: unknown, timeouts = patient): ReturnType<typeof client.client.listModels> {
    body =
      answer === null || answer instanceof Uint8Array
        ? answer
        : reply(typeof answer === 'string' ? answer : JSON.stringify(answer));
    return await client.client.listModels(gatewayWith({ baseUrl: server.baseUrl, models: known }), timeouts);
  }

  const shapes: Record<string, unknown> = {
    'as OpenAI has it': { object: 'list', data: [{ id: 'a' }, { id: 'b' }] },
    bare: [{ id: 'a' }, { id: 'b' }, { id: 'a' }, null, 7, {}, { id: 'x'.repeat(501) }],
    'of ids alone': ['a', 'b', ''],
    'named models': { models: [{ model: 'a' }, { name: 'b' }] },
    'wrapped in {code, data}': { code: 200, data: { data: [{ id: 'a' }, { id: 'b' }] } },
    gzipped: reply(gzipSync('[{"id":"a"},{"id":"b"}]'), { headers: ['Content-Encoding: gzip'] }),
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`is read ${name}`, async () => {
      deepEqual(await list(shape), { models: [{ id: 'a' }, { id: 'b' }] });
    });
  }

  it("has the gateway's facts about a model, overridden by the settings", async () => {
    const listed = [
      {
        id: 'a',
        name: 'Model A',
        context_length: 1000,
        top_provider: { max_completion_tokens: 10 },
        architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
        supported_parameters: ['tools'],
      },
      { id: 'b', max_model_len: '2000' },
      { id: 'known', name: 'Other', context_window: 7 },
      { id: 'c', capabilities: ['completion', 'vision', 'thinking'], max_context_length: 3000 },
      { id: 'd', capabilities: { function_calling: true, vision: false }, max_output_tokens: 20 },
      { id: 'e', supports_vision: true, max_input_tokens: 4000, supported_parameters: ['reasoning_effort'] },
      { id: 'f', capabilities: [], limit: { context: 5000, output: 30 } },
    ];
    deepEqual((await list(listed)).models, [
      {
        id: 'a',
        name: 'Model A',
        kind: 'chat',
        contextWindow: 1000,
        maxOutput: 10,
        vision: true,
        tools: true,
        reasoning: false,
      },
      { id: 'b', contextWindow: 2000 },
      { id: 'known', name: 'Known', contextWindow: 5 },
      { id: 'c', kind: 'chat', contextWindow: 3000, vision: true, reasoning: true },
      { id: 'd', maxOutput: 20, vision: false, tools: true },
      { id: 'e', contextWindow: 4000, vision: true, tools: false, reasoning: true },
      { id: 'f', contextWindow: 5000, maxOutput: 30 },
    ]);
  });

  const failures: Record<string, [answer: unknown, kind: string]> = {
    'a wrong key': [reply('{"error":{"message":"no"}}', { status: '401 No' }), 'unauthorized'],
    'a web page': ['<html></html>', 'not-an-api'],
    'an error behind 200': [{ code: 401, msg: 'no' }, 'unauthorized'],
    'something else': [{ hello: 'world' }, 'malformed-reply'],
    nothing: ['', 'empty-reply'],
  };
  for (const [name, [answer, kind]] of Object.entries(failures)) {
    it(`has the models of the settings and a failure at ${name}`, async () => {
      const { models, failure } = await list(answer);
      deepEqual(models, known);
      equal(failure?.kind, kind);
    });
  }

  it('ends at a time limit', async () => {
    const { models, failure } = await list(null, { ...patient, firstToken: 0.05 });
    deepEqual(models, known);
    equal(failure?.kind, 'first-token-timeout');
    await server.requests.at(-1)?.closed;
  });

  it('may be empty without being a failure', async () => {
    deepEqual(await list({ object: 'list', data: null }), { models: known });
  });
});

describe("New API's list of models", () => {
  const listed = {
    data: ['gpt-4o', 'flux'].map((id) => ({ id, supported_endpoint_types: ['openai'] })),
    success: true,
  };

  async function listWith(prices: string | null): Promise<{ models: unknown; paths: readonly string[] }> {
    const server = await RawServer.start(async (exchange) => {
      const isPriceList = exchange.head.startsWith('GET /api/pricing ');
      if (isPriceList && prices === null) return;
      await exchange.write(reply(isPriceList && prices !== null ? prices : JSON.stringify(listed)));
      exchange.end();
    });
    const client = new TestClient();
    try {
      const { models } = await client.client.listModels(gatewayWith({ baseUrl: server.baseUrl }), {
        ...patient,
        firstToken: 0.5,
      });
      return { models, paths: server.requests.map(({ head }) => head.split(' ')[1] ?? '') };
    } finally {
      await client.client.dispose();
      await server.stop();
    }
  }

  it('has the prices of its price list', async () => {
    const prices = {
      success: true,
      data: [
        { model_name: 'gpt-4o', quota_type: 0, model_ratio: 1.25, completion_ratio: 4 },
        { model_name: 'flux', quota_type: 1, model_price: 0.04 },
      ],
      group_ratio: { default: 1 },
    };
    deepEqual(await listWith(JSON.stringify(prices)), {
      models: [
        { id: 'gpt-4o', prices: { input: 2.5, output: 10 } },
        { id: 'flux', prices: { request: 0.04 } },
      ],
      paths: ['/v1/models', '/api/pricing'],
    });
  });

  it('is complete without a price list', async () => {
    const models = [{ id: 'gpt-4o' }, { id: 'flux' }];
    for (const prices of ['<!doctype html>', '{"success":false,"data":null}', null])
      deepEqual((await listWith(prices)).models, models, String(prices));
  });
});

describe('The presets', () => {
  it('have a normalised address, a description and a first model', () => {
    deepEqual(
      gatewayPresets.map((preset) => preset.id),
      presetIds,
    );
    for (const { id, baseUrl, models, defaultModel, local } of gatewayPresets) {
      equal(hasOwnAddress(id), baseUrl !== null);
      if (baseUrl !== null) deepEqual(normaliseBaseUrl(baseUrl), { ok: true, baseUrl });
      // Without a default model, the first one is chosen from the gateway's list, or from these.
      if (!local) ok(chooseChatModel(models, defaultModel ?? undefined) !== undefined);
      if (defaultModel !== null)
        ok(models.some((model) => model.id === defaultModel && model.media !== true));
      ok(presetDescription(id, createTranslate({})).length > 10);
    }
  });

  it('find the running local servers', async () => {
    const server = await RawServer.start(async (exchange) => {
      await exchange.write(reply('{"data":[{"id":"llama"}]}'));
      exchange.end();
    });
    const stopped = await RawServer.start(() => undefined);
    const { baseUrl } = stopped;
    await stopped.stop();
    const presets = gatewayPresets.map((preset) => ({
      ...preset,
      baseUrl: preset.id === 'ollama' ? server.baseUrl : baseUrl,
    }));
    const { client } = new TestClient();
    try {
      deepEqual(await findLocalServers(client, patient, presets), [
        { id: 'ollama', state: 'running', models: [{ id: 'llama' }] },
      ]);
    } finally {
      await client.dispose();
      await server.stop();
    }
  });
});
