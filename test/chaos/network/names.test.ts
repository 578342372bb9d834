import { deepEqual, equal, match, ok } from 'node:assert/strict';
import dns, { type LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';
import { createServer, isIP, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { authorityFile, serverCertificate } from '../../support/certificates';
import { RawServer, type RawScript } from '../../support/rawServer';
import { printFigures } from '../support/printFigures';
import { ExposedClient, exposedKey, leaks } from './exposedClient';
import { goodBody, inChunks } from './goodReply';

const selfSigned = {
  key: readFileSync('test/fixtures/selfSigned.key.pem', 'utf8'),
  cert: readFileSync('test/fixtures/selfSigned.cert.pem', 'utf8'),
};

/** Answers and closes the connection, so that the next question looks up the name again. */
const answerOnce: RawScript = async (exchange) => {
  const head = 'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
  await exchange.write(head + inChunks(goodBody(exchange)).toString());
  exchange.end();
};

/** Another server at an address where a gateway was. Records what it receives. */
class Impostor {
  heard = '';
  private readonly sockets = new Set<Socket>();
  private constructor(private readonly server: Server) {}

  /** Listens at `port`, with TLS if there is a certificate. */
  static async at(port: number, certificate?: { key: string; cert: string }): Promise<Impostor> {
    const server = certificate === undefined ? createServer() : createTlsServer(certificate);
    const impostor = new Impostor(server);
    server.on('connection', (socket: Socket) => {
      impostor.sockets.add(socket);
      socket.on('error', () => undefined);
      if (certificate === undefined)
        socket.on('data', (bytes) => (impostor.heard += bytes.toString('latin1')));
    });
    server.on('secureConnection', (socket: Socket) => {
      socket.on('error', () => undefined).on('data', (bytes) => (impostor.heard += bytes.toString('latin1')));
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return impostor;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('A host name', () => {
  const tally = { tried: 0, leaked: 0 };
  const lookup = dns.lookup;
  const trusted = getCACertificates('default');
  /** The replies of the name server, and the names that it was asked for. */
  let addresses: Readonly<Record<string, string>> = {};
  let asked: string[] = [];
  let client: ExposedClient;

  before(() => {
    setDefaultCACertificates([...trusted, readFileSync(authorityFile, 'utf8')]);
    const answer = (
      hostname: string,
      options: { all?: boolean },
      callback: (...parts: unknown[]) => void,
    ): void => {
      // Servers also look up the addresses at which they listen.
      const isAddress = isIP(hostname) !== 0;
      if (!isAddress) asked.push(hostname);
      const address = isAddress ? hostname : addresses[hostname];
      const error = Object.assign(new Error(`no ${hostname}`), { code: 'ENOTFOUND' });
      const found: LookupAddress[] = address === undefined ? [] : [{ address, family: 4 }];
      process.nextTick(() => {
        if (address === undefined) callback(error);
        else if (options.all === true) callback(null, found);
        else callback(null, address, 4);
      });
    };
    dns.lookup = answer as unknown as typeof dns.lookup;
  });
  after(() => {
    dns.lookup = lookup;
    setDefaultCACertificates(trusted);
    printFigures('names', { 'names tried': tally.tried, 'keys leaked': tally.leaked });
  });
  beforeEach(() => {
    addresses = {};
    asked = [];
    client = new ExposedClient();
  });
  afterEach(async () => {
    await client.dispose();
  });

  function checkSecrets(heard: string): void {
    const found = leaks(heard);
    tally.tried += 1;
    tally.leaked += found.length;
    deepEqual(found, []);
  }

  describe('that leads to another server at the second look-up', () => {
    const impostors = {
      'with a certificate of his own': { certificate: selfSigned, how: /^failed certificate-rejected$/ },
      'without TLS': { certificate: undefined, how: /^failed (?:connection-|connect-timeout)/ },
    };
    for (const [who, { certificate, how }] of Object.entries(impostors)) {
      for (const door of ['question', 'list'] as const) {
        it(`does not get the key: ${who}, ${door}`, async () => {
          addresses = { 'gateway.test': '127.0.0.1' };
          const gateway = await RawServer.start(answerOnce, serverCertificate);
          const { port } = new URL(gateway.baseUrl);
          const baseUrl = `https://gateway.test:${port}/v1`;
          match((await client.go(door, baseUrl)).how, /^(?:completed stop|listed 1)$/);
          match(gateway.requests[0]?.head ?? '', new RegExp(exposedKey));
          await gateway.stop();

          const impostor = await Impostor.at(Number(port), certificate);
          try {
            const outcome = await client.go(door, baseUrl, { connect: 0.3 });
            match(outcome.how, how);
            ok(
              asked.filter((name) => name === 'gateway.test').length >= 2,
              'the name was not looked up again',
            );
            checkSecrets(impostor.heard + outcome.told);
          } finally {
            await impostor.stop();
          }
        });
      }
    }

    it('does not get the key with the certificate of another name', async () => {
      addresses = { 'other.test': '127.0.0.1' };
      const gateway = await RawServer.start(answerOnce, serverCertificate);
      try {
        const outcome = await client.go('question', `https://other.test:${new URL(gateway.baseUrl).port}/v1`);
        equal(outcome.how, 'failed certificate-rejected');
        equal(gateway.requests.length, 0);
        checkSecrets(outcome.told);
      } finally {
        await gateway.stop();
      }
    });
  });

  describe('that only resembles this computer', () => {
    const names = [
      'localhost.evil.test',
      'localhost.',
      'localhost.localdomain',
      'a.localhost',
      'localhost-evil.test',
      'notlocalhost',
      'local',
      'ip6-localhost',
      '127.0.0.1.nip.io',
      '127-0-0-1.evil.test',
      '127.0.0.1.evil.test',
      '127.evil.test',
      '127%2e0.evil.test',
      'localhost%2eevil.test',
      'localhost\t.evil.test',
      'lоcalhost',
      'loca1host',
      '0.0.0.0',
      '0',
      '10.0.0.1',
      '169.254.169.254',
      '192.168.0.1',
      '3232235521',
      '0xc0a80001',
      '0300.0250.0.1',
      '128.0.0.1',
      '126.255.255.255',
      '[::]',
      '[::2]',
      '[::ffff:10.0.0.1]',
      '[::ffff:0:127.0.0.1]',
      '[::127.0.0.1]',
      '[64:ff9b::127.0.0.1]',
      '[2002:7f00:1::]',
      '[fe80::1]',
      '[fd00::7f00:1]',
    ];
    for (const name of names) {
      it(`gets no key without TLS: ${JSON.stringify(name)}`, async () => {
        // The name server says that every name is this computer.
        addresses = new Proxy({}, { get: () => '127.0.0.1' });
        const impostor = await Impostor.at(0);
        try {
          for (const door of ['question', 'list', 'check'] as const) {
            const outcome = await client.go(door, `http://${name}:${impostor.port}/v1`);
            match(outcome.how, /^failed (?:insecure-address|invalid-url)$|^checked: address$/);
            checkSecrets(outcome.told);
          }
          deepEqual([impostor.heard, asked], ['', []]);
        } finally {
          await impostor.stop();
        }
      });
    }
  });

  describe('that is this computer, in any spelling', () => {
    for (const name of [
      'localhost',
      'LocalHost',
      '127.0.0.1',
      '127.1',
      '127.0.0.1.',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      'ⓛocalhost',
      '①②⑦.0.0.1',
      '127。0。0。1',
      '[::ffff:127.0.0.1]',
    ]) {
      it(`leads only to this computer: ${JSON.stringify(name)}`, async () => {
        // A hostile name server says that the name is another computer.
        addresses = { localhost: '192.0.2.1' };
        const gateway = await RawServer.start(answerOnce);
        try {
          const { port } = new URL(gateway.baseUrl);
          equal((await client.go('question', `http://${name}:${port}/v1`)).how, 'completed stop');
          equal(gateway.requests.length, 1);
          deepEqual(asked, [], 'a name server was asked');
          tally.tried += 1;
        } finally {
          await gateway.stop();
        }
      });
    }
  });

  describe('with another host in it', () => {
    for (const baseUrl of [
      'http://localhost@evil.test/v1',
      'http://localhost:80@evil.test/v1',
      'http://user:word@127.0.0.1/v1',
      'https://gateway.test\\@evil.test/v1',
      'https://evil.test#@gateway.test/v1',
      'https://evil.test?@gateway.test/v1',
      'https://gateway.test&@evil.test/v1',
      'https://gateway.test:443:443/v1',
      'https://[gateway.test]/v1',
      'https://gateway.test /v1',
      'https:///gateway.test/v1',
      'https:\\\\gateway.test\\v1',
      'https://gateway.test\u0000.evil.test/v1',
      'https://gateway.test\r\nHost: evil.test/v1',
      'javascript://localhost/%0aalert(1)',
      'file://localhost/etc/passwd',
      '//localhost/v1',
    ]) {
      it(`gets no request: ${JSON.stringify(baseUrl)}`, async () => {
        for (const door of ['question', 'list'] as const) {
          const outcome = await client.go(door, baseUrl);
          match(outcome.how, /^failed (?:invalid-url|insecure-address|name-not-resolved|missing-key)$/);
          checkSecrets(outcome.told);
        }
        deepEqual(
          asked.filter((name) => name !== 'gateway.test'),
          [],
          'a name was looked up',
        );
      });
    }
  });
});
