import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { RawServer, type RawExchange } from '../../support/rawServer';
import { extent } from '../support/extent';
import { printFigures } from '../support/printFigures';
import { ExposedClient, leaks } from './exposedClient';
import { Supply } from './supply';

const tenGigabytes = 10e9;
/** The largest number of bytes that may be read of a proxy's reply: the limit of its head, plus the buffers on the way. */
const mostTaken = 8e6;

type Answer = (exchange: RawExchange, supply: Supply) => Promise<void>;

/** Replies of a proxy to the request for a tunnel. */
const answers: Readonly<Record<string, Answer>> = {
  'headers without an end': async (exchange, supply) => {
    await exchange.write('HTTP/1.1 200 OK\r\n');
    await supply.flood(exchange, 'X-Header: value\r\n', tenGigabytes);
  },
  'a reason without an end': async (exchange, supply) => {
    await exchange.write('HTTP/1.1 200 ');
    await supply.flood(exchange, 'O', tenGigabytes);
  },
  'a refusal without an end': async (exchange, supply) => {
    await exchange.write('HTTP/1.1 403 No\r\nContent-Type: text/html\r\n\r\n');
    await supply.flood(exchange, '<p>no</p>', tenGigabytes);
  },
  'a redirect': async (exchange) => {
    await exchange.write('HTTP/1.1 302 Go\r\nLocation: http://127.0.0.1:9/\r\n\r\n');
    exchange.end();
  },
  'a head that drips': (exchange, supply) => supply.drip(exchange, 'H', 10),
  'something that is no HTTP': async (exchange) => {
    await exchange.write('SSH-2.0-OpenSSH_9.6\r\n\r\n');
    exchange.end();
  },
  nothing: async (exchange) => {
    await exchange.closed;
  },
};

describe('A hostile proxy', () => {
  const tally = { tried: 0, refused: 0, leaked: 0 };
  after(() => {
    printFigures('proxies', {
      'attacks tried': tally.tried,
      'MB refused': Math.round(tally.refused / 1e6),
      'keys leaked': tally.leaked,
    });
  });

  for (const [name, answer] of Object.entries(answers)) {
    it(`gets neither the key nor the prompt with any reply: ${name}`, async () => {
      const supply = new Supply();
      const proxy = await RawServer.start((exchange) => answer(exchange, supply));
      const client = new ExposedClient({
        proxy: { forHttps: proxy.baseUrl.replace('/v1', ''), forHttp: proxy.baseUrl.replace('/v1', '') },
        clearTextOrigins: ['http://gateway.test'],
      });
      try {
        for (const door of ['question', 'list'] as const) {
          for (const baseUrl of ['https://gateway.test/v1', 'http://gateway.test/v1']) {
            const outcome = await client.go(door, baseUrl, { connect: extent(0.2, 5) });
            match(outcome.how, /^failed (?:connection-failed|connection-reset|connect-timeout)$/);
            const heard = proxy.requests.map(({ head, body }) => head + body).join('\n');
            const found = leaks(heard + outcome.told + client.log.join('\n'));
            deepEqual(found, []);
            tally.tried += 1;
            tally.leaked += found.length;
          }
        }
        ok(supply.taken <= 8 * mostTaken, `${supply.taken} bytes taken`);
        tally.refused += supply.offered - supply.taken;
        equal(
          proxy.requests.every(({ head }) => head.startsWith('CONNECT gateway.test:')),
          true,
        );
      } finally {
        await client.dispose();
        await proxy.stop();
      }
    });
  }
});
