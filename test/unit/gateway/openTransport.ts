/**
 * Runs in a separate process: loads the transport at the path in the first argument, before or after the first `fetch` (second
 * argument), and prints whether it changed anything global.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type * as transportModule from '../../../src/gateway/network/openTransport';
import { directNetwork } from '../../../src/gateway/network/networkSettings';

const symbols = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];
const globals = (): unknown[] => symbols.map((symbol): unknown => Reflect.get(globalThis, symbol));

async function main(transport: string, order: string): Promise<void> {
  const server = createServer((_request, response) => response.end('pong'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ping = async (): Promise<string> => await (await fetch(`http://127.0.0.1:${port}/`)).text();

  if (order === 'fetch-first') await ping();
  const before = globals();
  const fetchBefore = globalThis.fetch;
  const loaded = (await import(transport)) as typeof transportModule;
  const write = (): void => undefined;
  const log = { info: write, warn: write, error: write };
  await loaded.openTransport({ network: () => directNetwork, log }).dispose();
  const after = globals();
  const unchanged =
    before.every((value, index) => value === after[index]) && fetchBefore === globalThis.fetch;
  console.log(JSON.stringify({ unchanged, inUse: before.some(Boolean), fetched: await ping() }));
  server.closeAllConnections();
  server.close();
}

void main(process.argv[2] ?? '', process.argv[3] ?? '');
