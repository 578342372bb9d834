import { deepEqual, equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { directNetwork, type NetworkSettings } from '../../../src/gateway/network/networkSettings';
import { explainFailure } from '../../../src/shared/failure/explainFailure';
import { createTranslate } from '../../../src/shared/kit/translate';
import { authorityFile, serverCertificate } from '../../support/certificates';
import { ProxyServer } from '../../support/proxyServer';
import { RawServer, type RawScript } from '../../support/rawServer';
import { gatewayWith, patient, summary, TestClient } from './asking';
import { delta, done, finish, reply } from './replies';

const run = promisify(execFile);

/** Runs askOnce.ts with additional environment variables and resolves with its output. */
async function askInProcess(
  url: string,
  settings: Partial<NetworkSettings>,
  env: NodeJS.ProcessEnv,
  what?: 'media',
): Promise<string> {
  const script = path.resolve('test/unit/gateway/askOnce.ts');
  const more = what === undefined ? [] : [what];
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', script, url, JSON.stringify(settings), ...more],
    { env: { ...process.env, ...env } },
  );
  return stdout.trim();
}

const answerHi: RawScript = async (exchange) => {
  await exchange.write(reply(delta('Hi') + finish() + done));
  exchange.end();
};

describe('The client', () => {
  const servers: RawServer[] = [];
  const clients: TestClient[] = [];

  afterEach(async () => {
    for (const { client } of clients.splice(0)) await client.dispose();
    for (const server of servers.splice(0)) await server.stop();
  });

  async function serve(script: RawScript, tls?: typeof serverCertificate): Promise<RawServer> {
    const server = await RawServer.start(script, tls);
    servers.push(server);
    return server;
  }

  function clientWith(settings: Partial<NetworkSettings>): TestClient {
    const client = new TestClient(undefined, { network: () => ({ ...directNetwork, ...settings }) });
    clients.push(client);
    return client;
  }

  describe('certificates', () => {
    it('of an unknown authority are rejected, and the failure names the host', async () => {
      const server = await serve(answerHi, serverCertificate);
      const { ending } = await clientWith({}).answer({ baseUrl: server.baseUrl });
      if (ending.outcome !== 'failed') throw new Error('It did not fail.');
      equal(ending.failure.kind, 'certificate-rejected');
      equal(ending.failure.host, new URL(server.baseUrl).host);
      equal(server.requests.length, 0);
    });

    it('are not verified if the user switched that off, and the log says so once', async () => {
      const server = await serve(answerHi, serverCertificate);
      const client = clientWith({ strictTls: false });
      equal((await client.answer({ baseUrl: server.baseUrl })).text, 'Hi');
      equal((await client.answer({ baseUrl: server.baseUrl })).text, 'Hi');
      equal(client.log.filter((line) => line.includes('http.proxyStrictSSL')).length, 1);
    });

    for (const systemCertificates of [true, false]) {
      it(`of the system's authorities are ${systemCertificates ? 'trusted' : 'refused'} when they are switched ${systemCertificates ? 'on' : 'off'}`, async () => {
        const server = await serve(answerHi, serverCertificate);
        // Node reads the system's authorities once per process.
        const printed = await askInProcess(
          server.baseUrl,
          { systemCertificates },
          { SSL_CERT_FILE: authorityFile },
        );
        equal(printed, systemCertificates ? 'completed stop' : 'failed certificate-rejected');
      });
    }
  });

  describe('NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment', () => {
    const unverified = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const servePicture: RawScript = async (exchange) => {
      await exchange.write('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\nPNG');
      exchange.end();
    };

    for (const systemCertificates of [false, true]) {
      it(`does not make it send the key to an unverified server, ${systemCertificates ? 'with' : 'without'} the system's authorities`, async () => {
        const server = await serve(answerHi, serverCertificate);
        const printed = await askInProcess(server.baseUrl, { systemCertificates }, unverified);
        equal(printed, 'failed certificate-rejected');
        equal(server.requests.length, 0);
      });
    }

    it('does not make it accept an unverified proxy', async () => {
      const proxy = await ProxyServer.start({ tls: serverCertificate });
      const forHttps = `https://${proxy.host}`;
      const url = 'https://gateway.test/v1';
      equal(await askInProcess(url, { proxy: { forHttps } }, unverified), 'failed certificate-rejected');
      equal(proxy.heads.length, 0);
      await proxy.stop();
    });

    it('does not make it accept an unverified gateway behind a proxy', async () => {
      const server = await serve(answerHi, serverCertificate);
      const port = Number(new URL(server.baseUrl).port);
      const proxy = await ProxyServer.start({ routes: { 'gateway.test:443': port } });
      const settings = { proxy: { forHttps: `http://${proxy.host}` } };
      const printed = await askInProcess('https://gateway.test/v1', settings, unverified);
      equal(printed, 'failed certificate-rejected');
      deepEqual([proxy.heads.length, server.requests.length], [1, 0]);
      await proxy.stop();
    });

    it('does not make it download pictures from an unverified server', async () => {
      const server = await serve(servePicture, serverCertificate);
      equal(await askInProcess(`${server.baseUrl}/cat.png`, {}, unverified, 'media'), 'nothing');
      equal(server.requests.length, 0);
    });

    it("does not change the effect of the user's settings", async () => {
      const server = await serve(answerHi, serverCertificate);
      const trusted = { ...unverified, SSL_CERT_FILE: authorityFile };
      equal(await askInProcess(server.baseUrl, { systemCertificates: true }, trusted), 'completed stop');
      equal(await askInProcess(server.baseUrl, { strictTls: false }, unverified), 'completed stop');
    });
  });

  describe('redirects', () => {
    for (const status of [301, 302, 303, 307, 308]) {
      for (const where of ['another origin', 'the same origin'] as const) {
        it(`does not follow ${status} to ${where}, and shows the target`, async () => {
          const other = await serve(answerHi);
          const server: RawServer = await serve(async (exchange) => {
            const base = where === 'another origin' ? other.baseUrl : server.baseUrl;
            const headers = [`Location: ${base}/elsewhere?key=secret`];
            await exchange.write(reply('', { status: `${status} Go`, headers }));
            exchange.end();
          });
          const { ending } = await clientWith({}).answer({ baseUrl: server.baseUrl });
          if (ending.outcome !== 'failed') throw new Error('It did not fail.');
          const { kind, host, detail } = ending.failure;
          const target = new URL((where === 'another origin' ? other : server).baseUrl);
          deepEqual([kind, host, detail], ['redirect-refused', target.host, `${target.href}/elsewhere`]);
          equal(other.connections, 0);
          equal(server.requests.length, 1);
        });
      }
    }
  });

  describe('addresses without TLS', () => {
    for (const host of [
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.7',
      'box.local',
      'api.example.com',
      '[fd00::1]',
    ]) {
      it(`get no key without permission: ${host}`, async () => {
        const { ending } = await clientWith({}).answer({ baseUrl: `http://${host}:8080/v1` });
        if (ending.outcome !== 'failed') throw new Error('It did not fail.');
        equal(ending.failure.kind, 'insecure-address');
        equal(ending.failure.host, `${host}:8080`);
        const { sentence, action, actionLabel } = explainFailure(ending.failure, createTranslate({}));
        match(sentence, /unencrypted/);
        deepEqual([action, actionLabel], ['allow-insecure', 'Send Anyway']);
      });
    }

    it('get no key for a list of models without permission', async () => {
      const gateway = gatewayWith({ baseUrl: 'http://10.1.2.3/v1' });
      const { failure } = await clientWith({}).client.listModels(gateway, patient);
      equal(failure?.kind, 'insecure-address');
    });

    // The host does not exist. The attempt to look it up shows that the key would be sent.
    const asked = 'failed name-not-resolved';

    it('get a key only if the user allowed that origin', async () => {
      const client = clientWith({ clearTextOrigins: ['http://one.invalid:8080'] });
      equal(summary(await client.answer({ baseUrl: 'http://one.invalid:8080/v1' })), asked);
      for (const baseUrl of [
        'http://one.invalid:8081/v1',
        'http://one.invalid/v1',
        'http://two.invalid:8080/v1',
      ]) {
        equal(summary(await client.answer({ baseUrl })), 'failed insecure-address');
      }
    });

    it('need no permission without a key', async () => {
      const answer = await clientWith({}).answer({ baseUrl: 'http://one.invalid/v1', auth: 'none' });
      equal(summary(answer), asked);
    });

    it('get no key with any host name that is not this computer', async () => {
      const client = clientWith({});
      const hosts = fc.oneof(
        fc.domain(),
        fc.ipV4().filter((address) => !address.startsWith('127.')),
        fc
          .ipV6()
          .filter((address) => new URL(`http://[${address}]`).hostname !== '[::1]')
          .map((a) => `[${a}]`),
        fc.domain().map((domain) => `127.0.0.1.${domain}`),
        fc.domain().map((domain) => `localhost.${domain}`),
        fc.constant('some.localhost'),
      );
      await fc.assert(
        fc.asyncProperty(hosts, async (host) => {
          const ended = summary(await client.answer({ baseUrl: `http://${host}/v1` }));
          equal(
            ended === 'failed insecure-address' || host.startsWith('[::ffff:7f'),
            true,
            `${host}: ${ended}`,
          );
        }),
      );
    });
  });
});
