import assert from 'node:assert/strict';
import { secretValuesIn, withoutKeys } from '../../../../src/core/sourceControl/withoutKeys';

describe('withoutKeys', () => {
  for (const [what, text, secret] of [
    ['a key of an API', '+const key = "sk-proj-a1b2c3d4e5f6g7h8i9";', 'a1b2c3d4'],
    ['a token of GitHub', `+ghp_${'a1B2'.repeat(9)}`, 'a1B2a1B2'],
    ['a key of AWS', '+AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7'],
    ['a key of Alibaba Cloud', '+LTAI5tAbCdEfGhIjKlMn12', '5tAbCdEf'],
    [
      'a web token',
      `+${['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'dozjgNryP4J3jVmNHl0w5N'].join('.')}`,
      'dozjgNry',
    ],
    ['a literal that is assigned to a password', '+  password: "hunter2hunter2",', 'hunter2'],
    ['a JSON field', '+  "apiKey": "0123456789abcdef"', '0123456789'],
    ['a Chinese name', '+密码："abc12345"', 'abc12345'],
    ['a bearer token', "+'Authorization: Bearer abcdefghijklmnop1234'", 'abcdefghijkl'],
    ['a password in an address', '+postgres://app:S3cretPass@db.local/x', 'S3cretPass'],
    [
      'a private key',
      '+-----BEGIN RSA PRIVATE KEY-----\n+MIIEowIBAAKCAQEA\n+abcd/efg+hij==\n+-----END RSA PRIVATE KEY-----\n+next',
      'MIIEow',
    ],
    ['a private key that is cut', '+-----BEGIN PRIVATE KEY-----\n+MIIEowIBAAKCAQEA', 'MIIEow'],
  ] as const)
    it(`replaces ${what}`, () => {
      const clean = withoutKeys(text);
      assert.ok(!clean.text.includes(secret), clean.text);
      assert.equal(clean.count, 1);
    });

  it('keeps ordinary code', () => {
    const code = [
      '+import { token } from "./tokens";',
      '+const password = readPassword();',
      '+.sk-fading-circle-container-large { color: red }',
      '+const apiKey = process.env.API_KEY;',
      '+password: "${PASSWORD}"',
      '+see https://example.com/a:b@c',
    ].join('\n');
    assert.deepEqual(withoutKeys(code), { text: code, count: 0 });
  });

  it('keeps what comes after a private key', () => {
    const { text } = withoutKeys(
      '+-----BEGIN PRIVATE KEY-----\n+AAAA\n+-----END PRIVATE KEY-----\n+export {};',
    );
    assert.match(text, /\+export \{\};$/);
  });

  it('finds the values of a secret file, longest first, and no plain words', () => {
    const values = secretValuesIn([
      'NODE_ENV=production',
      'PORT=3000',
      "DB='p4ss-w0rd-xyz'",
      'URL=https://u:secret1@h/',
    ]);
    assert.deepEqual(values, ['https://u:secret1@h/', 'p4ss-w0rd-xyz']);
  });
});
