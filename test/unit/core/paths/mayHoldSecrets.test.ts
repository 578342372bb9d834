import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mayHoldSecrets } from '../../../../src/core/paths/mayHoldSecrets';

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
  ...`secrets/prod.yaml .secrets/x secret/db.json .config/gcloud/x db-secret.yaml app.secrets.json client_secret_1.json
application_default_credentials.json x-firebase-adminsdk-1.json token.json tokens.json auth.json terraform.tfstate.backup
prod.tfvars.json .terraformrc .dockerconfigjson appsettings.Production.json local.settings.json wp-config.php database.yml
.dev.vars .flaskenv x.kdb x.gpg x.asc x.pkcs12 x.keytab x.ovpn wg0.conf x.mobileprovision x.pubxml.user x.publishsettings
.bash_history .psql_history my.cnf .mylogin.cnf .vault_pass .vault_pass.txt vault.yml key.properties keystore.properties
local.properties .yarnrc.yml settings-security.xml nuget.config sftp.json sftp-config.json rclone.conf .databrickscfg
.claude.json private_key private_key.txt passwords.txt password.csv api_key api_key.txt apikeys.json wallet.dat deploy_rsa
.npmrc.bak server.key.old ssl.key.bak .env~ .env.local.save id_rsa.1 credentials.json.orig 密码.txt 服务器密钥.csv`.split(
    /\s/,
  ),
  'server - Copy.key',
  'server copy.key',
  'server copy 2.pem',
  'Copy of server.key',
  'server (1).key',
  'server - 副本.key',
  '.npmrc copy',
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
  ...`tokens.ts src/token.ts tokenizer.json added_tokens.json design-tokens.json tokens.css tokenizer_config.json
secretary.md src/secrets/filter.ts src/secret/index.py keyboard.json keymap.json keys.ts src/keys/index.ts
passwordField.tsx password.ts passwords.py password_reset.html api_key.py apiKeys.ts privateKey.ts private_key.go
auth.ts auth.service.ts oauth.json author.json appsettings.md settings.json database.ts database.sql vault.ts vaults.yml
history.ts history.md key.ts keystore.ts local.ts nginx.conf app.conf my.ts web.config gradle.properties settings.xml
wallet.ts wp-content.php gpg.md asc.ts copy.ts backup.ts old.md 密码学笔记.md`.split(/\s/),
  'Copy of notes.md',
  'notes (1).md',
  'main.ts.bak',
];

describe('mayHoldSecrets', () => {
  for (const path of secret) {
    it(`is true for ${path}`, () => {
      assert.equal(mayHoldSecrets(path), true);
    });
  }

  for (const path of plain) {
    it(`is false for ${path}`, () => {
      assert.equal(mayHoldSecrets(path), false);
    });
  }

  it('is true in any case, in any folder, with backslashes, and with what Windows ignores after a name', () => {
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

  it('accepts any text and very long names', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000 }), (path) => {
        assert.equal(typeof mayHoldSecrets(path), 'boolean');
      }),
    );
    assert.equal(mayHoldSecrets(`${'.'.repeat(200_000)}x`), false);
  });
});
