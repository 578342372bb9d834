import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { originOf } from '../../../../src/core/models/gateway';
import { directNetwork } from '../../../../src/gateway/network/networkSettings';
import { prepareChatRequest } from '../../../../src/gateway/endpoints/prepareChatRequest';
import { normaliseBaseUrl } from '../../../../src/gateway/setup/normaliseBaseUrl';
import { canaryKey, gatewayWith, patient } from '../asking';

describe('A base URL', () => {
  const accepted: Record<string, string> = {
    'https://api.example.com/v1': 'https://api.example.com/v1',
    ' https://api.example.com/v1/ \n': 'https://api.example.com/v1',
    'https://api.example.com': 'https://api.example.com/v1',
    'https://api.example.com/v1/chat/completions': 'https://api.example.com/v1',
    'https://api.example.com/v1/models/': 'https://api.example.com/v1',
    'https://api.example.com/proxy/openai': 'https://api.example.com/proxy/openai',
    'api.example.com': 'https://api.example.com/v1',
    'api.example.com:8443/v2': 'https://api.example.com:8443/v2',
    'localhost:11434': 'http://localhost:11434/v1',
    '127.0.0.1:8080/v1': 'http://127.0.0.1:8080/v1',
    '[::1]:8000': 'http://[::1]:8000/v1',
    'http://192.168.1.5:1234': 'http://192.168.1.5:1234/v1',
    'HTTPS://API.Example.com:443/V1': 'https://api.example.com/V1',
    'https://example.com/v1?key=abc': 'https://example.com/v1?key=abc',
  };
  for (const [text, baseUrl] of Object.entries(accepted)) {
    it(`is made of ${JSON.stringify(text)}`, () => {
      deepEqual(normaliseBaseUrl(text), { ok: true, baseUrl });
    });
  }

  const rejected: Record<string, string> = {
    '  ': 'empty',
    'https://': 'not-an-address',
    'my gateway': 'not-an-address',
    'ftp://example.com': 'scheme',
    'javascript:alert(1)': 'scheme',
    'https://user:password@example.com': 'credentials',
    'https://example.com/v1#part': 'fragment',
  };
  for (const [text, problem] of Object.entries(rejected)) {
    it(`is not made of ${JSON.stringify(text)}`, () => {
      deepEqual(normaliseBaseUrl(text), { ok: false, problem });
    });
  }

  it('does not change when it is normalised again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: false }), fc.domain(), fc.string()), (text) => {
        const first = normaliseBaseUrl(text);
        if (first.ok) deepEqual(normaliseBaseUrl(first.baseUrl), first);
      }),
    );
  });
});

describe('A key', () => {
  it('is sent only to the origin for which it was stored', async () => {
    const tricks = fc
      .tuple(
        fc.constantFrom(
          'https://good.example',
          'https://good.example:443',
          'https://good.example@evil.example',
          'https:/good.example',
        ),
        fc.constantFrom('', '/', '\\', '\\@', '@', ':', '#', '?', '%2f', '\t', '。'),
        fc.constantFrom('', 'evil.example', '@evil.example/v1', '.evil.example', '/v1'),
      )
      .map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(tricks, async (baseUrl) => {
        const gateway = gatewayWith({ baseUrl });
        const request = { gateway, modelId: 'm', messages: [], parameters: {}, timeouts: patient };
        const keys = { read: () => Promise.resolve(canaryKey) };
        const prepared = await prepareChatRequest(request, keys, directNetwork);
        if (prepared.failure !== undefined) return;
        equal(prepared.request.url.origin, new URL(originOf(baseUrl) ?? '').origin);
      }),
    );
  });

  it('may have spaces around it', async () => {
    const gateway = gatewayWith({ auth: { header: 'X-Key' } });
    const request = { gateway, modelId: 'm', messages: [], parameters: {}, timeouts: patient };
    const keys = { read: () => Promise.resolve(` ${canaryKey}\n`) };
    const prepared = await prepareChatRequest(request, keys, directNetwork);
    equal(prepared.failure === undefined && prepared.request.headers['x-key'], canaryKey);
  });
});

describe('the body of a chat request', () => {
  async function bodyFor(
    id: string,
    extraBody: Readonly<Record<string, unknown>> = {},
    isLlamaServer?: boolean,
    baseUrl = 'https://api.example.com/v1',
  ): Promise<Readonly<Record<string, unknown>>> {
    const gateway = gatewayWith({ id, extraBody, baseUrl });
    const request = { gateway, modelId: 'm', messages: [], parameters: {}, timeouts: patient };
    const keys = { read: () => Promise.resolve(canaryKey) };
    const prepared = await prepareChatRequest(request, keys, directNetwork, isLlamaServer);
    ok(prepared.failure === undefined);
    return JSON.parse(prepared.request.body ?? '') as Readonly<Record<string, unknown>>;
  }

  it('requests the progress of the prompt only from llama-server', async () => {
    equal((await bodyFor('llamacpp'))['return_progress'], true);
    equal((await bodyFor('llamacpp', { return_progress: false }))['return_progress'], false);
    equal('return_progress' in (await bodyFor('llamacpp', { stream: false })), false);
    for (const id of ['ollama', 'vllm', 'apimart', 'mine'])
      equal('return_progress' in (await bodyFor(id)), false);
  });

  it('asks OpenRouter alone for the cost', async () => {
    const bodyAt = (baseUrl: string): ReturnType<typeof bodyFor> => bodyFor('mine', {}, false, baseUrl);
    deepEqual((await bodyAt('https://openrouter.ai/api/v1'))['usage'], { include: true });
    for (const other of ['https://openrouter.ai.example.com/v1', 'https://api.example.com/openrouter.ai/v1'])
      equal('usage' in (await bodyAt(other)), false);
  });

  it('believes a list of models rather than the name of the gateway', async () => {
    equal((await bodyFor('mine', {}, true))['return_progress'], true);
    equal((await bodyFor('mine', { stream: false }, true))['return_progress'], undefined);
    equal('return_progress' in (await bodyFor('llamacpp', {}, false)), false);
  });
});
