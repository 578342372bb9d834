import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { RawServer } from '../../support/rawServer';
import type { Attack } from './attack';
import { ExposedClient, leaks, type Door, type Outcome } from './exposedClient';
import { Supply } from './supply';

/** How long the socket may stay open after an attack, in milliseconds. After `[DONE]` it stays open for a second. */
const closingPatience = 20_000;

/** The total of all attacks. */
export interface Tally {
  tried: number;
  /** The bytes that the gateways offered. */
  offered: number;
  /** The bytes that the client read. */
  taken: number;
  /** The places where the key or the prompt was found. */
  leaked: number;
}

/** Tries an attack on one door. Checks its ending, that the socket is closed, and that nothing leaked. */
export async function tryAttack(attack: Attack, door: Door, tally: Tally): Promise<void> {
  const supply = new Supply();
  const elsewhere = await RawServer.start(() => undefined);
  const server: RawServer = await RawServer.start((exchange) =>
    attack.serve(exchange, { self: server.baseUrl, elsewhere: elsewhere.baseUrl, supply }),
  );
  const client = new ExposedClient();
  const which = `${attack.name} (${door})`;
  try {
    const outcome = await client.go(door, server.baseUrl, attack.timeouts);
    match(outcome.how, attack.ends[door] ?? /^(?!completed|listed|shown)/, `${which}: ${outcome.how}`);
    ok(server.requests.length <= (attack.requests ?? 1), `${which}: ${server.requests.length} requests`);
    const found = secretsFound(outcome, client, elsewhere);
    tally.leaked += found.length;
    deepEqual(found, [], `${which}: ${outcome.told}\n${client.log.join('\n')}`);
    await untilClosed(server, which);
    ok(supply.taken <= (attack.mostTaken ?? Infinity), `${which}: ${supply.taken} bytes taken`);
    tally.tried += 1;
    tally.offered += supply.offered;
    tally.taken += supply.taken;
  } finally {
    await client.dispose();
    await server.stop();
    await elsewhere.stop();
  }
}

/** The places of the key or the prompt. Only the gateway may get them, and the key only in its header. */
function secretsFound({ told }: Outcome, { log }: ExposedClient, elsewhere: RawServer): string[] {
  const called = elsewhere.connections > 0 ? ['another server was called'] : [];
  return [...called, ...leaks(told), ...leaks(log.join('\n'))];
}

async function untilClosed(server: RawServer, which: string): Promise<void> {
  const deadline = performance.now() + closingPatience;
  while (server.openConnections > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  equal(server.openConnections, 0, `${which}: the socket is still open`);
}
