import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Gateway } from '../../../src/core/models/gateway';
import { directNetwork, type NetworkSettings } from '../../../src/gateway/network/networkSettings';
import { explainFailure } from '../../../src/shared/failure/explainFailure';
import type { Failure } from '../../../src/shared/failure/failure';
import { createTranslate } from '../../../src/shared/kit/translate';
import { authorityFile, serverCertificate } from '../../support/certificates';
import { ProxyServer, type ProxyBehaviour } from '../../support/proxyServer';
import { RawServer, type RawScript } from '../../support/rawServer';
import { canaryKey, collect, summary, TestClient, type Answer } from './asking';
import { delta, done, finish, reply } from './replies';

const english = createTranslate({});
const secureGateway = { baseUrl: 'https://gateway.test/v1' };
const plainGateway = { baseUrl: 'http://gateway.test:8080/v1' };

const answerHi: RawScript = async (exchange) => {
  await exchange.write(reply(delta('Hi') + finish() + done));
  exchange.end();
};

function portOf(server: RawServer): number {
  return Number(new URL(server.baseUrl).port);
}

function failureOf({ ending }: Answer): Failure {
  if (ending.outcome !== 'failed') throw new Error(`It did not fail: ${JSON.stringify(ending)}`);
  return ending.failure;
}

describe('A request through a proxy', () => {
  const opened: { stop(): Promise<void> }[] = [];
  const clients: TestClient[] = [];
  const trusted = getCACertificates('default');

  before(() => {
    setDefaultCACertificates([...trusted, readFileSync(authorityFile, 'utf8')]);
  });
  after(() => {
    setDefaultCACertificates(trusted);
  });
  afterEach(async () => {
    for (const { client } of clients.splice(0)) await client.dispose();
    for (const server of opened.splice(0)) await server.stop();
  });

  async function startGateway(tls?: typeof serverCertificate): Promise<RawServer> {
    const server = await RawServer.start(answerHi, tls);
    opened.push(server);
    return server;
  }

  async function startProxy(behaviour: ProxyBehaviour): Promise<ProxyServer> {
    const proxy = await ProxyServer.start(behaviour);
    opened.push(proxy);
    return proxy;
  }

  function clientWith(settings: () => Partial<NetworkSettings>): TestClient {
    const network = (): NetworkSettings => ({
      ...directNetwork,
      clearTextOrigins: ['http://gateway.test:8080'],
      ...settings(),
    });
    const client = new TestClient(undefined, { network });
    clients.push(client);
    return client;
  }

  function clientThrough(proxy: string, more: Partial<NetworkSettings> = {}): TestClient {
    return clientWith(() => ({ proxy: { forHttp: proxy, forHttps: proxy }, ...more }));
  }

  it('reaches the gateway, and the proxy sees neither key nor prompt', async () => {
    const gateway = await startGateway(serverCertificate);
    const proxy = await startProxy({ routes: { 'gateway.test:443': portOf(gateway) } });
    const answer = await clientThrough(`http://${proxy.host}`).answer(secureGateway);
    equal(answer.text, 'Hi');
    match(gateway.requests[0]?.head ?? '', /^authorization: Bearer/im);
    equal(proxy.heads.length, 1);
    match(proxy.heads[0] ?? '', /^CONNECT gateway\.test:443 HTTP\/1\.1\r\nHost: gateway\.test:443$/);
  });

  it('reaches a gateway without TLS through a tunnel, too', async () => {
    const gateway = await startGateway();
    const proxy = await startProxy({ routes: { 'gateway.test:8080': portOf(gateway) } });
    equal((await clientThrough(proxy.host).answer(plainGateway)).text, 'Hi');
    doesNotMatch(proxy.heads.join('\n'), /bearer|canary/i);
    match(
      gateway.requests[0]?.head ?? '',
      /^POST \/v1\/chat\/completions HTTP\/1\.1\r\nhost: gateway\.test:8080/i,
    );
  });

  it('reaches the gateway if the proxy uses TLS', async () => {
    const gateway = await startGateway(serverCertificate);
    const proxy = await startProxy({
      routes: { 'gateway.test:443': portOf(gateway) },
      tls: serverCertificate,
    });
    equal((await clientThrough(`https://${proxy.host}`).answer(secureGateway)).text, 'Hi');
  });

  it('reaches the gateway if the proxy answers byte by byte', async () => {
    const gateway = await startGateway(serverCertificate);
    const proxy = await startProxy({ routes: { 'gateway.test:443': portOf(gateway) }, drips: true });
    equal((await clientThrough(proxy.host).answer(secureGateway)).text, 'Hi');
  });

  describe('with a password', () => {
    const credentials = 'max muster:p@ss/word%';
    const inUrl = `${encodeURIComponent('max muster')}:${encodeURIComponent('p@ss/word%')}`;
    const secrets = ['p@ss', 'p%40ss', Buffer.from(credentials).toString('base64')];

    function holdsNoSecret(text: string): void {
      for (const secret of secrets) ok(!text.includes(secret), `${secret} is in ${text}`);
    }

    it('sends the password to the proxy and never to the gateway', async () => {
      const gateway = await startGateway(serverCertificate);
      const proxy = await startProxy({ routes: { 'gateway.test:443': portOf(gateway) }, credentials });
      const client = clientThrough(`http://${inUrl}@${proxy.host}`);
      equal((await client.answer(secureGateway)).text, 'Hi');
      doesNotMatch(gateway.requests[0]?.head ?? '', /proxy/i);
      holdsNoSecret(client.log.join('\n'));
    });

    it('prefers the value of http.proxyAuthorization', async () => {
      const gateway = await startGateway(serverCertificate);
      const proxy = await startProxy({ routes: { 'gateway.test:443': portOf(gateway) }, credentials });
      const proxyAuthorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
      const client = clientThrough(`http://wrong:words@${proxy.host}`, { proxyAuthorization });
      equal((await client.answer(secureGateway)).text, 'Hi');
    });

    for (const [what, userInfo] of [
      ['missing', ''],
      ['wrong', `${inUrl}x@`],
    ] as const) {
      it(`names the proxy but not the password if the password is ${what}`, async () => {
        const proxy = await startProxy({ credentials });
        const client = clientThrough(`http://${userInfo}${proxy.host}`);
        const failure = failureOf(await client.answer(secureGateway));
        equal(failure.kind, 'proxy-authentication-required');
        equal(failure.host, proxy.host);
        equal(failure.retryable, false);
        equal(explainFailure(failure, english).action, 'open-proxy-settings');
        holdsNoSecret(JSON.stringify(failure) + client.log.join('\n'));
      });
    }
  });

  describe('that fails names the proxy if', () => {
    async function failWith(proxy: string, gateway: Partial<Gateway> = secureGateway): Promise<Failure> {
      return failureOf(await clientThrough(proxy).answer(gateway));
    }

    it('nothing listens at its address', async () => {
      const proxy = await ProxyServer.start({});
      const { host } = proxy;
      await proxy.stop();
      const failure = await failWith(`http://${host}`);
      equal(failure.kind, 'connection-refused');
      equal(failure.host, host);
      const { sentence, action } = explainFailure(failure, english);
      equal(sentence, `Couldn't connect to the proxy ${host}. Is it running?`);
      equal(action, 'open-proxy-settings');
    });

    it('its host name is unknown', async () => {
      const failure = await failWith('http://no-such-proxy.invalid:3128');
      equal(failure.kind, 'name-not-resolved');
      match(explainFailure(failure, english).sentence, /proxy no-such-proxy\.invalid:3128/);
    });

    for (const [what, answer, retryable] of [
      ['it refuses the gateway', 'HTTP/1.1 403 Forbidden\r\n\r\n', false],
      ['it cannot reach the gateway', 'HTTP/1.1 504 Gateway Timeout\r\n\r\n', true],
      ['it closes the connection without a reply', '', true],
      ['it closes the connection in the middle of its reply', 'HTTP/1.1 200 Conn', true],
      ['it is not a proxy', 'SSH-2.0-OpenSSH_9.9\r\n\r\n', false],
      ['its reply never ends', `HTTP/1.1 200 OK\r\n${'x'.repeat(70_000)}`, false],
    ] as const) {
      it(what, async () => {
        const proxy = await startProxy({ answer });
        const failure = await failWith(proxy.host);
        deepEqual(
          [failure.kind, failure.host, failure.retryable],
          ['connection-failed', proxy.host, retryable],
        );
        match(
          explainFailure(failure, english).sentence,
          /The proxy 127\.0\.0\.1:\d+ can't reach the gateway/,
        );
      });
    }

    it('its certificate is not trusted', async () => {
      const proxy = await startProxy({
        tls: {
          key: readFileSync('test/fixtures/selfSigned.key.pem', 'utf8'),
          cert: readFileSync('test/fixtures/selfSigned.cert.pem', 'utf8'),
        },
      });
      const failure = await failWith(`https://${proxy.host}`);
      deepEqual([failure.kind, failure.host], ['certificate-rejected', proxy.host]);
    });

    for (const address of ['socks5://127.0.0.1:1080', 'socks://max:secret@127.0.0.1:1080', 'ftp://p:1']) {
      it(`Parley does not support ${address.split(':')[0]}, and bypasses no proxy`, async () => {
        const failure = await failWith(address, plainGateway);
        deepEqual([failure.kind, failure.retryable], ['connection-failed', false]);
        match(failure.detail ?? '', /supports HTTP and HTTPS proxies, but not (?:socks5?|ftp) proxies/);
        doesNotMatch(JSON.stringify(failure), /secret/);
      });
    }

    it('its address is invalid', async () => {
      const failure = await failWith('http://max:secret@:80:80');
      equal(failure.kind, 'connection-failed');
      match(failure.detail ?? '', /not a valid address/);
      doesNotMatch(JSON.stringify(failure), /secret/);
    });
  });

  it('leaves no connection after it is cancelled', async () => {
    const proxy = await startProxy({ silent: true });
    const stream = clientThrough(proxy.host).ask(secureGateway);
    await proxy.asked();
    stream.cancel();
    equal(summary(await collect(stream)), 'cancelled');
    while (proxy.open > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('ends at the limit for connecting if the proxy never answers', async () => {
    const proxy = await startProxy({ silent: true });
    const timeouts = { connect: 0.1, firstToken: 30, idle: 30 };
    const answer = await clientThrough(proxy.host).answer(secureGateway, { timeouts });
    equal(summary(answer), 'failed connect-timeout');
  });

  it('bypasses the proxy for this computer', async () => {
    const gateway = await startGateway();
    const proxy = await startProxy({});
    equal((await clientThrough(proxy.host).answer({ baseUrl: gateway.baseUrl })).text, 'Hi');
    equal(proxy.connections, 0);
  });

  it('bypasses the proxy for the hosts in noProxy', async () => {
    const proxy = await startProxy({});
    const client = clientThrough(proxy.host, { noProxy: ['.invalid'] });
    equal(summary(await client.answer({ baseUrl: 'https://some.invalid/v1' })), 'failed name-not-resolved');
    equal(proxy.connections, 0);
  });

  it('uses changed settings for the next question and continues the running answer', async () => {
    let finishAnswer: () => void = () => undefined;
    const slow = await RawServer.start(async (exchange) => {
      await exchange.write(reply(delta('Slow, ')));
      await new Promise<void>((resolve) => (finishAnswer = resolve));
      await exchange.write(delta('but whole') + finish() + done);
      exchange.end();
    }, serverCertificate);
    opened.push(slow);
    const gateway = await startGateway(serverCertificate);
    const first = await startProxy({ routes: { 'gateway.test:443': portOf(slow) } });
    const second = await startProxy({ routes: { 'gateway.test:443': portOf(gateway) } });
    let forHttps = first.host;
    const client = clientWith(() => ({ proxy: { forHttps } }));
    const slowStream = client.ask(secureGateway);
    const parts = slowStream[Symbol.asyncIterator]();
    await parts.next();
    forHttps = second.host;
    equal((await client.answer(secureGateway)).text, 'Hi');
    equal(first.connections, 1);
    finishAnswer();
    const rest = await collect({ cancel: () => undefined, [Symbol.asyncIterator]: () => parts });
    equal(rest.text, 'but whole');
    equal(summary(rest), 'completed stop');
  });

  it('uses settings that are changed and changed back while answers run', async () => {
    const slow = await RawServer.start(async (exchange) => {
      await exchange.write(reply(delta('Slow')));
    }, serverCertificate);
    opened.push(slow);
    const gateway = await startGateway(serverCertificate);
    const first = await startProxy({ routes: { 'gateway.test:443': portOf(slow) } });
    const second = await startProxy({ routes: { 'gateway.test:443': portOf(gateway) } });
    let forHttps = first.host;
    const client = clientWith(() => ({ proxy: { forHttps } }));
    for (let round = 1; round <= 3; round += 1) {
      forHttps = first.host;
      await client.ask(secureGateway)[Symbol.asyncIterator]().next();
      equal(first.connections, round);
      forHttps = second.host;
      equal((await client.answer(secureGateway)).text, 'Hi');
    }
    await client.client.dispose();
    while (first.open > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('writes the key to no line of the log', async () => {
    const proxy = await startProxy({ answer: `HTTP/1.1 403 ${canaryKey}\r\n\r\n` });
    const client = clientThrough(proxy.host);
    const failure = failureOf(await client.answer(secureGateway));
    ok(!(JSON.stringify(failure) + client.log.join('\n')).includes('canary'));
  });
});
