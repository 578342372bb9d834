import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { shownAddress } from '../../../../src/core/models/gateway';
import {
  endpointUrl,
  normaliseBaseUrl,
  secretsInQuery,
} from '../../../../src/gateway/setup/normaliseBaseUrl';
import { directNetwork } from '../../../../src/gateway/network/networkSettings';
import {
  prepareChatRequest,
  prepareModelsRequest,
} from '../../../../src/gateway/endpoints/prepareChatRequest';
import { RawServer } from '../../../support/rawServer';
import { canaryKey, gatewayWith, patient, TestClient } from '../asking';
import { delta, done, finish, reply } from '../replies';

function read(text: string): string {
  const result = normaliseBaseUrl(text);
  return result.ok ? result.baseUrl : result.problem;
}

/** Titles with a table of pasted texts and the base URLs that are found in them. */
const tables: Record<string, Record<string, string>> = {
  'keeps its query': {
    'https://x.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21':
      'https://x.openai.azure.com/openai/deployments/gpt-4o?api-version=2024-10-21',
    'https://x.openai.azure.com/openai/deployments/gpt-4o?api-version=2025-01-01-preview':
      'https://x.openai.azure.com/openai/deployments/gpt-4o?api-version=2025-01-01-preview',
    'https://contoso.azure-api.net/openai/v1/?subscription-key=abc':
      'https://contoso.azure-api.net/openai/v1?subscription-key=abc',
    'https://api.example.com?tenant=7': 'https://api.example.com/v1?tenant=7',
    'api.example.com/v1?tenant=7&region=eu': 'https://api.example.com/v1?tenant=7&region=eu',
    'https://api.example.com/v1/models?x=1': 'https://api.example.com/v1?x=1',
    'https://api.example.com/v1?': 'https://api.example.com/v1',
    '192.168.1.5:1234/v1?a=b': 'http://192.168.1.5:1234/v1?a=b',
    '"https://api.example.com/v1?a=b",': 'https://api.example.com/v1?a=b',
    'https://api.example.com/v1?q=a%20b': 'https://api.example.com/v1?q=a%20b',
    'https://gw.example/openai?url=https://api.example.com/v1':
      'https://gw.example/openai?url=https://api.example.com/v1',
    'https://api.example.com/v1/responses?api-version=preview':
      'https://api.example.com/v1?api-version=preview',
  },
  'loses the tail that names an endpoint': {
    'https://api.example.com/v1/chat/completions': 'https://api.example.com/v1',
    'https://api.example.com/v1/messages': 'https://api.example.com/v1',
    'https://api.example.com/v1/messages/count_tokens': 'https://api.example.com/v1',
    'https://api.example.com/v1/responses/': 'https://api.example.com/v1',
    'https://api.example.com/v1/completions': 'https://api.example.com/v1',
    'https://api.example.com/v1/embeddings': 'https://api.example.com/v1',
    'https://api.example.com/v1/models': 'https://api.example.com/v1',
    'https://api.example.com/v1/models/gpt-4o': 'https://api.example.com/v1',
    'https://api.example.com/v1/images/generations': 'https://api.example.com/v1',
    'https://api.example.com/v1/images/edits': 'https://api.example.com/v1',
    'https://api.example.com/v1/audio/transcriptions': 'https://api.example.com/v1',
    'https://api.example.com/v1/audio/speech': 'https://api.example.com/v1',
    'https://api.example.com/v1/rerank': 'https://api.example.com/v1',
    'https://api.example.com/v1/chat': 'https://api.example.com/v1',
    'https://api.example.com/chat/completions': 'https://api.example.com/v1',
    'https://api.example.com/v1//chat/completions//': 'https://api.example.com/v1',
    'https://api.example.com/api/paas/v4/chat/completions': 'https://api.example.com/api/paas/v4',
    'https://gw.example/api/chat/completions': 'https://gw.example/api',
    'http://localhost:11434/api/chat': 'http://localhost:11434/v1',
    'http://localhost:11434/api/tags': 'http://localhost:11434/v1',
    'http://localhost:11434/api/generate': 'http://localhost:11434/v1',
  },
  'is taken out of quotes and settings': {
    '"https://api.example.com/v1"': 'https://api.example.com/v1',
    "'https://api.example.com/v1'": 'https://api.example.com/v1',
    '`https://api.example.com/v1`': 'https://api.example.com/v1',
    '<https://api.example.com/v1>': 'https://api.example.com/v1',
    '(https://api.example.com/v1)': 'https://api.example.com/v1',
    '“https://api.example.com/v1”': 'https://api.example.com/v1',
    '「https://api.example.com/v1」': 'https://api.example.com/v1',
    '【api.example.com】': 'https://api.example.com/v1',
    '"api.example.com/v1"': 'https://api.example.com/v1',
    '`api.example.com`': 'https://api.example.com/v1',
    'OPENAI_BASE_URL=https://api.example.com/v1': 'https://api.example.com/v1',
    'OPENAI_BASE_URL=api.example.com/v1': 'https://api.example.com/v1',
    'export OPENAI_API_BASE="https://api.example.com/v1"': 'https://api.example.com/v1',
    'set OPENAI_BASE_URL=localhost:8000': 'http://localhost:8000/v1',
    '$env:OPENAI_BASE_URL = "https://api.example.com/v1"': 'https://api.example.com/v1',
    'base_url="https://api.example.com/v1",': 'https://api.example.com/v1',
    '"baseUrl": "https://api.example.com/v1",': 'https://api.example.com/v1',
    'baseURL: https://api.example.com/v1': 'https://api.example.com/v1',
    'Base URL: api.example.com': 'https://api.example.com/v1',
    '[API](https://api.example.com/v1)': 'https://api.example.com/v1',
    '[https://api.example.com/v1](https://api.example.com/v1)': 'https://api.example.com/v1',
    'https://api.example.com/v1, then your key': 'https://api.example.com/v1',
    'https://api.example.com/v1.': 'https://api.example.com/v1',
    'https//api.example.com/v1': 'https://api.example.com/v1',
    'https:\\\\api.example.com\\v1': 'https://api.example.com/v1',
    'https://api.example.com/v1/chat/completions#': 'https://api.example.com/v1',
  },
  'is read as a Chinese page or input method wrote it': {
    'https：//api.example.com/v1': 'https://api.example.com/v1',
    'https：／／api．example．com／v1': 'https://api.example.com/v1',
    'https://api。example。com/v1': 'https://api.example.com/v1',
    'ｈｔｔｐｓ：／／ａｐｉ．ｅｘａｍｐｌｅ．ｃｏｍ／ｖ１': 'https://api.example.com/v1',
    '\u00a0https://api.example.com/v1\u00a0': 'https://api.example.com/v1',
    '\u200bhttps://api.example.com/v1\u200b': 'https://api.example.com/v1',
    'https://api.\u200bexample.com/v1': 'https://api.example.com/v1',
    '\ufeffhttps://api.example.com/v1': 'https://api.example.com/v1',
    '\u3000https://api.example.com/v1\u3000': 'https://api.example.com/v1',
    'https://api.\u00adexample.com/\u2060v1': 'https://api.example.com/v1',
    '接口地址：https://api.example.com/v1': 'https://api.example.com/v1',
    'API 地址： api.example.com': 'https://api.example.com/v1',
    '接口地址:api.example.com/v1': 'https://api.example.com/v1',
    'https://api.example.com/v1。': 'https://api.example.com/v1',
    'https://api.example.com/v1，密钥在后台': 'https://api.example.com/v1',
    'https://api.example.com/v1、https://b.example.com/v1': 'https://api.example.com/v1',
    '请把 https://api.example.com/v1 填进去': 'https://api.example.com/v1',
    'https://api.example.com/v1（国内直连）': 'https://api.example.com/v1',
    'localhost：11434': 'http://localhost:11434/v1',
    '192。168。1。5：1234': 'http://192.168.1.5:1234/v1',
  },
  'is found in a command for curl': {
    'curl https://api.example.com/v1/chat/completions -H "Authorization: Bearer sk-a"':
      'https://api.example.com/v1',
    '$ curl -X POST "https://api.example.com/v1/chat/completions" \\\n  -H "Content-Type: application/json" \\\n  -d \'{"model":"gpt-4o"}\'':
      'https://api.example.com/v1',
    "curl --location --request POST 'https://api.example.com/v1/messages' --header 'x-api-key: a'":
      'https://api.example.com/v1',
    'curl -H "HTTP-Referer: https://my.site" -H "Authorization: Bearer a" https://api.example.com/v1/models':
      'https://api.example.com/v1',
    'curl -d \'{"image_url":"https://pictures.example/cat.png"}\' https://api.example.com/v1/chat/completions':
      'https://api.example.com/v1',
    'curl --url https://api.example.com/v1/chat/completions -d @body.json': 'https://api.example.com/v1',
    'curl --url=https://api.example.com/v1/chat/completions': 'https://api.example.com/v1',
    'curl -sS localhost:8080/v1/models': 'http://localhost:8080/v1',
    'curl http://localhost:11434/api/generate -d \'{"model":"llama3.2"}\'': 'http://localhost:11434/v1',
    'curl.exe -N ^\n "https://api.example.com/v1/chat/completions" ^\n -H "a: b"':
      'https://api.example.com/v1',
    'curl --proxy http://127.0.0.1:7890 https://api.example.com/v1/models': 'https://api.example.com/v1',
    'curl -x http://127.0.0.1:7890 -k https://api.example.com/v1/models': 'https://api.example.com/v1',
    'curl "https://x.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21" -H "api-key: $KEY"':
      'https://x.openai.azure.com/openai/deployments/gpt-4o?api-version=2024-10-21',
    'curl “https://api.example.com/v1/models”': 'https://api.example.com/v1',
  },
  'uses http where certificates are unusual': {
    '192.168.1.5:1234': 'http://192.168.1.5:1234/v1',
    '10.0.0.7': 'http://10.0.0.7/v1',
    '172.16.0.1:8000/v1': 'http://172.16.0.1:8000/v1',
    '172.31.255.1:8000': 'http://172.31.255.1:8000/v1',
    '127.0.0.2:8000': 'http://127.0.0.2:8000/v1',
    '100.101.102.103:11434': 'http://100.101.102.103:11434/v1',
    '169.254.3.4:80': 'http://169.254.3.4/v1',
    '0.0.0.0:8000': 'http://0.0.0.0:8000/v1',
    '[::1]:8080': 'http://[::1]:8080/v1',
    '::1': 'http://[::1]/v1',
    '[fd12:3456::1]:8080': 'http://[fd12:3456::1]:8080/v1',
    'fe80::1': 'http://[fe80::1]/v1',
    'nas.local:8080': 'http://nas.local:8080/v1',
    'box.lan': 'http://box.lan/v1',
    'ollama:11434': 'http://ollama:11434/v1',
    workstation: 'http://workstation/v1',
    'host.docker.internal:11434': 'http://host.docker.internal:11434/v1',
    'pi.home.arpa:11434': 'http://pi.home.arpa:11434/v1',
  },
  'gets https elsewhere': {
    'api.example.com': 'https://api.example.com/v1',
    '172.15.0.1:8000': 'https://172.15.0.1:8000/v1',
    '172.32.0.1': 'https://172.32.0.1/v1',
    '11.0.0.1': 'https://11.0.0.1/v1',
    '192.169.1.1': 'https://192.169.1.1/v1',
    '100.128.0.1': 'https://100.128.0.1/v1',
    '8.8.8.8:8080': 'https://8.8.8.8:8080/v1',
    '192.168.1.5:443': 'https://192.168.1.5/v1',
    'gateway:8443': 'https://gateway:8443/v1',
    'local.example.com': 'https://local.example.com/v1',
    'mylan.com': 'https://mylan.com/v1',
    'fe.example': 'https://fe.example/v1',
    '[2001:db8::1]:8080': 'https://[2001:db8::1]:8080/v1',
    '10.example.com': 'https://10.example.com/v1',
  },
  'is left as it is although it looks special': {
    'https://gateway.example.com/https://api.openai.com/v1':
      'https://gateway.example.com/https://api.openai.com/v1',
    'https://api.example.com/models/v1': 'https://api.example.com/models/v1',
    'https://api.example.com/completions-proxy/v1': 'https://api.example.com/completions-proxy/v1',
    'https://api.example.com/chat': 'https://api.example.com/chat',
    'https://chat.example.com/v1': 'https://chat.example.com/v1',
    'https://gateway.ai.cloudflare.com/v1/account/gateway/openai':
      'https://gateway.ai.cloudflare.com/v1/account/gateway/openai',
    'https://generativelanguage.googleapis.com/v1beta/openai':
      'https://generativelanguage.googleapis.com/v1beta/openai',
    'https://api.example.com/compatible-mode/v1': 'https://api.example.com/compatible-mode/v1',
    'https://api.example.com/api/v3': 'https://api.example.com/api/v3',
    'https://xn--fsqu00a.xn--fiqs8s/v1': 'https://xn--fsqu00a.xn--fiqs8s/v1',
    'https://例子.中国/v1': 'https://xn--fsqu00a.xn--fiqs8s/v1',
    'https://api.example.com/v1(beta)': 'https://api.example.com/v1(beta)',
    'https://api.example.com:8443/v1': 'https://api.example.com:8443/v1',
    'http://api.example.com/v1': 'http://api.example.com/v1',
    'https://192.168.1.5/v1': 'https://192.168.1.5/v1',
    'http://[::1]:8080/v1': 'http://[::1]:8080/v1',
    'https://api.example.com/a=b/v1': 'https://api.example.com/a=b/v1',
    'https://api.example.com/messages/v1': 'https://api.example.com/messages/v1',
    'https://curl.example.com/v1': 'https://curl.example.com/v1',
    'curl.example.com': 'https://curl.example.com/v1',
    'https://api.example.com/%E4%BD%A0/v1': 'https://api.example.com/%E4%BD%A0/v1',
    'https://api.example.com/v1.1': 'https://api.example.com/v1.1',
  },
  'is refused with what is wrong': {
    '  ': 'empty',
    '\u200b\u00a0': 'empty',
    curl: 'empty',
    'curl -H "a: b"': 'empty',
    'https://': 'not-an-address',
    'my gateway': 'not-an-address',
    我的网关: 'not-an-address',
    'ftp://example.com': 'scheme',
    'socks5://127.0.0.1:1080': 'scheme',
    'javascript:alert(1)': 'scheme',
    'https://user:password@example.com': 'credentials',
    'https://evil.example?@gateway.example/v1': 'credentials',
    'https://example.com/v1#part': 'fragment',
    'http://localhost:3000/#/chat': 'fragment',
    'http://[fe80::1%eth0]:8080/v1': 'zone',
    'http://[fe80::1%25eth0]:8080/v1': 'zone',
    '[fe80::1%3]:8080': 'zone',
    'fe80::1%en0': 'zone',
  },
};

describe('A base URL', () => {
  for (const [title, table] of Object.entries(tables)) {
    describe(title, () => {
      for (const [text, expected] of Object.entries(table)) {
        it(JSON.stringify(text), () => {
          equal(read(text), expected);
        });
      }
    });
  }

  it('does not change when it is normalised again', () => {
    const pasted = fc
      .tuple(
        fc.constantFrom('', '"', '`', 'curl ', 'A=', '(', '地址：', '<', '\u200b'),
        fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.domain(), fc.string(), fc.ipV6(), fc.ipV4()),
        fc.constantFrom(
          '',
          '"',
          '`',
          ')',
          '。',
          ',',
          '.',
          '#',
          '?',
          '/',
          '/models',
          '?a=b',
          '?a=b.',
          '/chat/completions/',
        ),
      )
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(pasted, (text) => {
        const first = normaliseBaseUrl(text);
        if (first.ok) deepEqual(normaliseBaseUrl(first.baseUrl), first);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read from any text in less than quadratic time', () => {
    for (const text of ['"', 'curl -H ', '\u200b', 'a=', ':', '/', 'https://', '[', '。a', '.,', '%'])
      normaliseBaseUrl(text.repeat(1_000_000));
  });

  it('gets an endpoint before its query', () => {
    const base = 'https://x.openai.azure.com/openai/deployments/gpt-4o?api-version=2024-10-21';
    equal(
      endpointUrl(base, '/chat/completions')?.href,
      'https://x.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
    );
  });
});

describe('A query in a base URL', () => {
  const baseUrl = 'https://gw.example/v1?api-version=1&subscription-key=sub-0123456789';
  const keys = { read: () => Promise.resolve(canaryKey) };

  it('is sent with each request', async () => {
    const gateway = gatewayWith({ baseUrl });
    const chat = await prepareChatRequest(
      { gateway, modelId: 'm', messages: [], parameters: {}, timeouts: patient },
      keys,
      directNetwork,
    );
    const list = await prepareModelsRequest(gateway, keys, directNetwork);
    deepEqual(
      [chat, list].map((prepared) => prepared.failure === undefined && prepared.request.url.href),
      [
        'https://gw.example/v1/chat/completions?api-version=1&subscription-key=sub-0123456789',
        'https://gw.example/v1/models?api-version=1&subscription-key=sub-0123456789',
      ],
    );
  });

  it("is in no message, and its secrets are hidden in the gateway's messages", async () => {
    const list = await prepareModelsRequest(gatewayWith({ baseUrl }), keys, directNetwork);
    equal(list.failure === undefined && list.call.url, 'https://gw.example/v1/models');
    deepEqual(secretsInQuery(baseUrl), ['sub-0123456789']);
    equal(shownAddress(baseUrl), 'https://gw.example/v1');
  });

  it('reaches the gateway', async () => {
    const server = await RawServer.start(async (exchange) => {
      await exchange.write(reply(delta('Hi') + finish() + done));
      exchange.end();
    });
    const client = new TestClient();
    try {
      const { text } = await client.answer({ baseUrl: `${server.baseUrl}?api-version=2024-10-21` });
      equal(text, 'Hi');
      equal(
        server.requests[0]?.head.split('\r\n')[0],
        'POST /v1/chat/completions?api-version=2024-10-21 HTTP/1.1',
      );
    } finally {
      await client.client.dispose();
      await server.stop();
    }
  });
});
