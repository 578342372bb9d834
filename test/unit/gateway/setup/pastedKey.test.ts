import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { readPastedKey } from '../../../../src/gateway/setup/pastedKey';

const key = 'sk-proj-Ab1_cD2-eF3gH4iJ5kL6';

function read(text: string): string {
  const result = readPastedKey(text);
  return result.ok ? result.key : result.problem;
}

const around = [
  key,
  ` ${key}\n`,
  `"${key}"`,
  `'${key}'`,
  `\`${key}\``,
  `“${key}”`,
  `「${key}」`,
  `${key},`,
  `${key}。`,
  `<${key}>`,
  `\u00a0${key}\u200b`,
  `sk-proj-\u200bAb1_cD2-eF3gH4iJ5kL6`,
  `ｓｋ－ｐｒｏｊ－Ab1_cD2-eF3gH4iJ5kL6`,
  `Bearer ${key}`,
  `bearer  ${key}`,
  `Token ${key}`,
  `Authorization: Bearer ${key}`,
  `authorization：Bearer ${key}`,
  `"Authorization": "Bearer ${key}",`,
  `-H "Authorization: Bearer ${key}"`,
  `--header 'Authorization: Bearer ${key}'`,
  `OPENAI_API_KEY=${key}`,
  `OPENAI_API_KEY = "${key}"`,
  `export OPENAI_API_KEY=${key}`,
  `export OPENAI_API_KEY="${key}"`,
  `set OPENAI_API_KEY=${key}`,
  `setx OPENAI_API_KEY ${key}`,
  `$env:OPENAI_API_KEY = '${key}'`,
  `api_key="${key}",`,
  `apiKey: "${key}"`,
  `"apiKey": "${key}",`,
  `api-key: ${key}`,
  `x-api-key: ${key}`,
  `-H "x-api-key: ${key}"`,
  `API Key: ${key}`,
  `API key ${key}`,
  `密钥：${key}`,
  `密钥: ${key}`,
  `令牌 ${key}`,
  `您的 API Key：${key}`,
  `curl https://api.example.com/v1/models -H "Authorization: Bearer ${key}"`,
  `curl https://api.example.com/v1/chat/completions \\\n -H 'Content-Type: application/json' \\\n -H 'api-key: ${key}' -d '{}'`,
  `curl -H"Authorization: Bearer ${key}" https://api.example.com/v1/models`,
  `curl --oauth2-bearer ${key} https://api.example.com/v1/models`,
];

describe('A pasted key', () => {
  for (const text of around) {
    it(`is found in ${JSON.stringify(text)}`, () => {
      equal(read(text), key);
    });
  }

  const asTheyAre = [
    'a',
    'ollama',
    'sk-1234567890abcdef==',
    'AIzaSyA-0123456789_abcdef',
    'gsk_0123456789abcdef',
    '0123456789abcdef.AbCdEfGhIjKlMnOp',
    'fk12345-abcdefghijklmnop',
    'user:pass:word',
    'c2stYWJjZGVmZw==',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_ghi',
    'Bearer-like-key-0123456789',
    'token-0123456789abcdef',
    'key-0123456789abcdef',
    'sk-or-v1-abc/def+ghi',
    'AbC=dEf=0123456789',
  ];
  for (const text of asTheyAre) {
    it(`is not changed: ${text}`, () => {
      deepEqual(readPastedKey(text), { ok: true, key: text });
    });
  }

  const wrong: Record<string, string> = {
    '': 'empty',
    ' \u200b': 'empty',
    'Bearer ': 'empty',
    'curl https://api.example.com/v1/models': 'empty',
    'https://api.example.com/v1': 'address',
    'sk-abc***xyz': 'masked',
    'sk-abc...xyz': 'masked',
    'sk-abc…xyz': 'masked',
    'sk-••••••••': 'masked',
    $OPENAI_API_KEY: 'placeholder',
    '${OPENAI_API_KEY}': 'placeholder',
    'Bearer $OPENAI_API_KEY': 'placeholder',
    '%OPENAI_API_KEY%': 'placeholder',
    '{{API_KEY}}': 'placeholder',
    '<YOUR_API_KEY>': 'placeholder',
    YOUR_API_KEY: 'placeholder',
    'sk-your-key': 'placeholder',
    'sk-xxxxxxxx': 'placeholder',
    你的密钥: 'placeholder',
    'curl https://a.example/v1 -H "Authorization: Bearer $KEY"': 'placeholder',
    'two words': 'characters',
    'schlüssel-0123456789': 'characters',
  };
  for (const [text, problem] of Object.entries(wrong)) {
    it(`is not ${JSON.stringify(text)}`, () => {
      equal(read(text), problem);
    });
  }

  it('has the header of the pasted command', () => {
    deepEqual(readPastedKey(`curl https://x.example -H "api-key: ${key}"`), {
      ok: true,
      key,
      header: 'api-key',
    });
    deepEqual(readPastedKey(`x-api-key: ${key}`), { ok: true, key, header: 'x-api-key' });
    deepEqual(readPastedKey(`curl https://x.example -H "Authorization: Bearer ${key}"`), { ok: true, key });
  });

  it('of random letters is not changed', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', 'X', 'Y', 'Z', '0', '1', '9', '_', '-'),
      minLength: 16,
      maxLength: 60,
    });
    fc.assert(
      fc.property(letters, (random) => {
        const text = `sk-${random}`;
        fc.pre(!/your|x{4}/i.test(text));
        equal(read(text), text);
      }),
    );
  });
});
