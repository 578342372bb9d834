import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { RawServer } from '../../support/rawServer';
import type { Attack } from './attack';
import { ExposedClient, leaks, type Door, type Outcome } from './exposedClient';
import { Supply } from './supply';

/** How long the socket of an attack that is over may stay open, in milliseconds: after `[DONE]` it gets a second. */
const closingPatience = 20_000;

/** What attacks tried and got, all in all. */
export interface Tally {
  tried: number;
  /** Bytes that the gateways had to send. */
  offered: number;
  /** Bytes that were taken of them. */
  taken: number;
  /** Places where the key or the prompt turned up. */
  leaked: number;
}

/** Tries an attack on one door, and checks that it ended as it has to, that the socket is closed and that nothing leaked. */
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

/** Where the key or the prompt is: it goes to the gateway in its header, to nobody else, and into no word that anybody hears. */
function secretsFound({ told }: Outcome, { log }: ExposedClient, elsewhere: RawServer): string[] {
  const called = elsewhere.connections > 0 ? ['somebody else was called'] : [];
  return [...called, ...leaks(told), ...leaks(log.join('\n'))];
}

async function untilClosed(server: RawServer, which: string): Promise<void> {
  const deadline = performance.now() + closingPatience;
  while (server.openConnections > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  equal(server.openConnections, 0, `${which}: the socket is still open`);
}
