import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mayHoldSecrets } from '../../../../src/core/context/secretPaths';

const secret = [
  '.env',
  '.env.local',
  'apps/web/.env.production',
  '.envrc',
  'server.pem',
  'tls/server.KEY',
  'id_rsa',
  'id_rsa.pub',
  'id_ed25519',
  'cert.pfx',
  'cert.p12',
  '.npmrc',
  '.netrc',
  'credentials',
  'credentials.json',
  'secrets.yaml',
  'secret.ts',
  'release.keystore',
  '.aws/config',
  '/home/me/.ssh/config',
  'C:\\Users\\me\\.kube\\cache',
  'kubeconfig',
  'kubeconfig.yaml',
  'terraform.tfstate',
];
const plain = [
  'src/index.ts',
  'README.md',
  'keyboard.ts',
  'src/monkey.ts',
  'environment.ts',
  'src/env.ts',
  'package.json',
  'docs/secretary.md',
  'pemmican.md',
  'aws/config.ts',
];

describe('secret paths', () => {
  for (const path of secret) {
    it(`keeps ${path} back`, () => {
      assert.equal(mayHoldSecrets(path), true);
    });
  }

  for (const path of plain) {
    it(`lets ${path} pass`, () => {
      assert.equal(mayHoldSecrets(path), false);
    });
  }

  it('is fooled by no case, no folder, no backslash, and none of what Windows takes for the same name', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...secret),
        fc.array(fc.stringMatching(/^[a-z0-9 _-]{1,8}$/), { maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom('', '.', '. ', '::$DATA', ':stream'),
        fc.constantFrom('/', '\\'),
        (path, folders, upper, tail, slash) => {
          const whole = [...folders, path].join('/').replaceAll('/', slash) + tail;
          assert.equal(mayHoldSecrets(upper ? whole.toUpperCase() : whole), true, whole);
        },
      ),
    );
  });

  it('answers for any text, at once', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000 }), (path) => {
        assert.equal(typeof mayHoldSecrets(path), 'boolean');
      }),
    );
    assert.equal(mayHoldSecrets(`${'.'.repeat(200_000)}x`), false);
  });
});
