import { figureOf, type Figure } from '../figure';
import { medianOf, mediansOf } from '../quantile';
import { takeTurns } from '../takeTurns';
import type { Contestant } from './contestants/contestant';
import { baseUrlOf } from './deliveries';
import { closeField, openField } from './field';
import { firstDelta } from './firstDelta';

/** Questions of each round, one after the other. */
const questions = 150;

/** From asking to the first text of the answer, over a socket that is open already; the raw socket's is the gateway's own. */
export async function measureFirstDelta(port: number): Promise<Figure[]> {
  const field = openField(baseUrlOf(port, { kind: 'alike', delivery: 'first' }));
  const { wait } = await takeTurns(field, { rounds: 15, warmUps: 2 }, waitOf);
  await closeField(field);
  const { parley = Number.NaN, 'raw-socket': floor = Number.NaN, ...peers } = mediansOf(wait);
  return [figureOf('client-first-delta-warm', 'ms', parley, { floor, peers, goals: { overFloor: 0.35 } })];
}

async function waitOf(contestant: Contestant): Promise<{ readonly wait: number }> {
  const waits: number[] = [];
  for (let asked = 0; asked < questions; asked += 1) waits.push(await firstDelta(contestant));
  return { wait: medianOf(waits) };
}
