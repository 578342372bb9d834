import { equal } from 'node:assert/strict';
import { directNetwork } from '../../../src/gateway/network/networkSettings';
import { openTransport } from '../../../src/gateway/network/openTransport';
import { RawServer } from '../../support/rawServer';
import { delta, done, finish, gzipped } from './replies';

const silent = (): void => undefined;
const silentLog = { info: silent, warn: silent, error: silent };

describe('A reply', () => {
  it('continues if it was paused before its head named an encoding', async () => {
    const text = delta('Hello') + finish() + done;
    const server = await RawServer.start(async (exchange) => {
      await exchange.write(gzipped(text));
      exchange.end();
    });
    const transport = openTransport({ network: () => directNetwork, log: silentLog });
    const collected: Uint8Array[] = [];
    await new Promise<void>((resolve, reject) => {
      const url = new URL(`${server.baseUrl}/chat/completions`);
      const exchange = transport.exchange(
        { method: 'POST', url, headers: {}, body: '{}' },
        {
          onConnected: () => {
            exchange.pause();
          },
          onHead: () => {
            setTimeout(() => {
              exchange.resume();
            });
          },
          onBytes: (bytes) => void collected.push(bytes),
          onEnd: resolve,
          onError: reject,
        },
      );
    });
    await transport.dispose();
    await server.stop();
    equal(Buffer.concat(collected).toString(), text);
  });
});
