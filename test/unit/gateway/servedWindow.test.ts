import { deepEqual, equal } from 'node:assert/strict';
import { readModelList } from '../../../src/gateway/endpoints/readModelList';
import { RawServer } from '../../support/rawServer';
import { gatewayWith, patient, TestClient } from './asking';
import { reply } from './replies';

/** What a list says about its one model, and the context window that the server really has. */
const lists: readonly (readonly [who: string, model: object, window: number | undefined])[] = [
  ['llama.cpp', { id: 'x.gguf', meta: { n_ctx_train: 131_072, n_ctx: 4_096 } }, 4_096],
  [
    'llama.cpp with more than the model was trained for',
    { id: 'x', meta: { n_ctx: 65_536, n_ctx_train: 32_768 } },
    65_536,
  ],
  [
    'an older llama.cpp, which tells only the training',
    { id: 'x', meta: { n_vocab: 1, n_ctx_train: 2_048 } },
    undefined,
  ],
  [
    "llama.cpp's router",
    { id: 'x', status: { value: 'unloaded', args: ['/srv', '--ctx-size', '1024'] } },
    1_024,
  ],
  ["llama.cpp's router with -c", { id: 'x', status: { args: ['-c', '8192', '--parallel', '1'] } }, 8_192],
  [
    "llama.cpp's router with the model's own size",
    { id: 'x', status: { args: ['--ctx-size', '0'] } },
    undefined,
  ],
  ['vLLM', { id: 'x', max_model_len: 32_768 }, 32_768],
  [
    'vLLM behind a proxy that adds the family',
    { id: 'x', max_model_len: 8_192, context_length: 131_072 },
    8_192,
  ],
  ['LM Studio, loaded', { id: 'x', loaded_context_length: 4_096, max_context_length: 131_072 }, 4_096],
  ['LM Studio, not loaded', { id: 'x', max_context_length: 131_072 }, 131_072],
  ['Ollama behind a proxy', { id: 'x', num_ctx: 2_048, context_length: 131_072 }, 2_048],
  ['KoboldCpp', { id: 'x', n_ctx: 16_384 }, 16_384],
  ['OpenRouter', { id: 'x', context_length: 200_000, top_provider: { context_length: 128_000 } }, 200_000],
  ['Gemini', { name: 'models/x', inputTokenLimit: 1_048_576 }, 1_048_576],
  ['Mistral', { id: 'x', max_context_length: 131_072 }, 131_072],
  ['a gateway that writes numbers as text', { id: 'x', max_model_len: '4096' }, 4_096],
  ['a gateway with a window of nothing', { id: 'x', context_length: 0, max_model_len: null }, undefined],
  [
    'a gateway with nonsense',
    { id: 'x', meta: 'n_ctx', status: { args: 'x' }, loaded_context_length: {} },
    undefined,
  ],
];

describe('The window of a model', () => {
  for (const [who, model, window] of lists) {
    it(`is the one that is served by ${who}`, () => {
      equal(readModelList({ object: 'list', data: [model] })?.[0]?.contextWindow, window);
    });
  }
});

describe('withServedFacts', () => {
  const clients: TestClient[] = [];
  const servers: RawServer[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.client.dispose();
    for (const server of servers.splice(0)) await server.stop();
  });

  async function list(
    pages: Readonly<Record<string, unknown>>,
    gateway: Parameters<typeof gatewayWith>[0] = {},
  ): Promise<{ readonly models: unknown; readonly asked: readonly string[] }> {
    const server = await RawServer.start(async (exchange) => {
      const path = exchange.head.split(' ')[1] ?? '';
      const page = pages[path];
      await exchange.write(
        page === undefined
          ? reply('{"error":{"message":"File Not Found"}}', { status: '404 Not Found' })
          : reply(JSON.stringify(page)),
      );
      exchange.end();
    });
    servers.push(server);
    const client = new TestClient();
    clients.push(client);
    const { models } = await client.client.listModels(
      gatewayWith({ baseUrl: server.baseUrl, auth: 'none', ...gateway }),
      patient,
    );
    return { models, asked: server.requests.map(({ head }) => head.split(' ')[1] ?? '') };
  }

  const llama = { data: [{ id: 'x', owned_by: 'llamacpp', meta: { n_ctx_train: 2_048 } }] };

  it('reads the context window, pictures and tools of llama.cpp', async () => {
    const props = {
      default_generation_settings: { n_ctx: 1_024 },
      total_slots: 1,
      modalities: { vision: false, audio: false },
      chat_template_caps: { supports_tools: true },
    };
    const { models, asked } = await list({ '/v1/models': llama, '/props': props });
    deepEqual(models, [{ id: 'x', contextWindow: 1_024, vision: false, tools: true }]);
    deepEqual(asked, ['/v1/models', '/props']);
  });

  it('reads which models LM Studio has loaded and which accept pictures', async () => {
    const data = [
      { id: 'a', type: 'vlm', state: 'loaded', loaded_context_length: 4_096, max_context_length: 32_768 },
      { id: 'b', type: 'llm', state: 'not-loaded', max_context_length: 8_192, capabilities: ['tool_use'] },
    ];
    const { models } = await list({
      '/v1/models': { data: ['a', 'b', 'c'].map((id) => ({ id, owned_by: 'organization_owner' })) },
      '/api/v0/models': { data },
    });
    deepEqual(models, [
      { id: 'a', contextWindow: 4_096, vision: true },
      { id: 'b', contextWindow: 8_192, tools: true, vision: false },
      { id: 'c' },
    ]);
  });

  it('reads the context window with which Ollama has loaded a model', async () => {
    const { models } = await list({
      '/v1/models': {
        data: [
          { id: 'qwen3:8b', owned_by: 'library' },
          { id: 'other', owned_by: 'library' },
        ],
      },
      '/api/ps': { models: [{ name: 'qwen3:8b', model: 'qwen3:8b', context_length: 4_096 }] },
    });
    deepEqual(models, [{ id: 'qwen3:8b', contextWindow: 4_096 }, { id: 'other' }]);
  });

  it('accepts a missing page and any reply', async () => {
    for (const props of [
      undefined,
      null,
      [],
      'no',
      { default_generation_settings: { n_ctx: 'many' }, modalities: 1 },
    ]) {
      const { models } = await list({ '/v1/models': llama, '/props': props });
      deepEqual(models, [{ id: 'x' }]);
    }
  });

  it('sends no request to a router or another gateway', async () => {
    const two = { data: [llama.data[0], { id: 'y', owned_by: 'llamacpp' }] };
    deepEqual((await list({ '/v1/models': two })).asked, ['/v1/models']);
    deepEqual((await list({ '/v1/models': { data: [{ id: 'x', owned_by: 'openai' }] } })).asked, [
      '/v1/models',
    ]);
  });

  const progressCases: readonly (readonly [name: string, owners: readonly unknown[], isAsked: boolean])[] = [
    ['a llama-server under any name', ['llamacpp'], true],
    ['a llama-server with several models', ['llamacpp', 'llamacpp'], true],
    ['vLLM', ['vllm'], false],
    ['Ollama', ['library'], false],
    ['LM Studio', ['organization_owner'], false],
    ['a gateway in front of a llama-server and others', ['llamacpp', 'openai'], false],
    ['a gateway that does not say who owns its models', [undefined], false],
    ['a gateway whose model is called like the server', ['someone "llamacpp"'], false],
    ['a gateway whose owner is no text', [{ name: 'llamacpp' }], false],
    ['a gateway that writes another name', ['LlamaCPP'], false],
  ];
  for (const [name, owners, isAsked] of progressCases) {
    it(`${isAsked ? 'lets' : 'does not let'} Parley ask for the progress of the prompt: ${name}`, async () => {
      const data = owners.map((owner, index) => ({ id: `m${index}`, owned_by: owner }));
      const server = await RawServer.start(async (exchange) => {
        const isList = exchange.head.startsWith('GET /v1/models ');
        await exchange.write(reply(isList ? JSON.stringify({ data }) : '{}'));
        exchange.end();
      });
      servers.push(server);
      const client = new TestClient();
      clients.push(client);
      const gateway = { baseUrl: server.baseUrl, auth: 'none' } as const;
      await client.client.listModels(gatewayWith(gateway), patient);
      await client.answer(gateway);
      const question = server.requests.find(({ head }) => head.startsWith('POST '));
      equal(question?.body.includes('return_progress'), isAsked);
    });
  }

  it('requests the page below the same prefix as the list', async () => {
    const server = await RawServer.start(async (exchange) => {
      const isList = exchange.head.startsWith('GET /lab/v1/models ');
      await exchange.write(reply(JSON.stringify(isList ? llama : { modalities: { vision: true } })));
      exchange.end();
    });
    servers.push(server);
    const client = new TestClient();
    clients.push(client);
    const baseUrl = server.baseUrl.replace('/v1', '/lab/v1');
    const { models } = await client.client.listModels(gatewayWith({ baseUrl, auth: 'none' }), patient);
    deepEqual(models, [{ id: 'x', vision: true }]);
    deepEqual(
      server.requests.map(({ head }) => head.split(' ')[1]),
      ['/lab/v1/models', '/lab/props'],
    );
  });
});
