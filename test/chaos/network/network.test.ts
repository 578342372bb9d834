import { deepEqual, ok } from 'node:assert/strict';
import { printFigures } from '../support/printFigures';
import type { Attack } from './attack';
import { layBombs } from './bombs';
import { Burden, type Weight } from './burden';
import type { Door } from './exposedClient';
import { cuts } from './cuts';
import { drips } from './drips';
import { floods } from './floods';
import { brokenHeads } from './heads';
import { mutations } from './mutations';
import { redirects } from './redirects';
import { slowReplies } from './slowReplies';
import { tryAttack, type Tally } from './tryAttack';

/** What attacks may add to the memory, in MB: the largest answer twice, since text is copied, and garbage. */
const mostMemory = 1_000;
/** What may be left of it, in MB. */
const mostKept = 40;
/**
 * How long nothing else may run, in milliseconds, on the slowest machine that runs this: what is read again and again
 * takes minutes.
 */
const longestBlock = 15_000;

const tally: Tally = { tried: 0, offered: 0, taken: 0, leaked: 0 };
const heaviest = { peak: 0, longestBlock: 0 };

async function weighed(action: () => Promise<void>): Promise<void> {
  const burden = new Burden();
  let weight: Weight;
  try {
    await action();
  } finally {
    weight = await burden.weigh();
  }
  heaviest.peak = Math.max(heaviest.peak, weight.peak);
  heaviest.longestBlock = Math.max(heaviest.longestBlock, weight.longestBlock);
  ok(weight.peak < mostMemory, `${weight.peak} MB at its peak`);
  ok(weight.kept < mostKept, `${weight.kept} MB kept`);
  ok(weight.longestBlock < longestBlock, `${weight.longestBlock} ms of standstill`);
}

/** Tries many small attacks, `atOnce` at a time. */
async function tryAll(attacks: readonly Attack[], atOnce: number): Promise<void> {
  const tries: (readonly [Attack, Door])[] = attacks.flatMap((attack) =>
    attack.doors.map((door) => [attack, door] as const),
  );
  const problems: string[] = [];
  const workers = Array.from({ length: atOnce }, async () => {
    for (let next = tries.pop(); next !== undefined; next = tries.pop()) {
      await tryAttack(...next, tally).catch((error: unknown) => problems.push(String(error)));
    }
  });
  await Promise.all(workers);
  deepEqual(problems, []);
}

/** Tries attacks that need the whole machine, one after the other. */
const tryEach = (attacks: readonly Attack[]): Promise<void> => tryAll(attacks, 1);

describe('A hostile gateway', () => {
  after(() => {
    printFigures('network', {
      'attacks tried': tally.tried,
      'MB refused': Math.round((tally.offered - tally.taken) / 1e6),
      'MB of memory at most': Math.round(heaviest.peak),
      'ms of standstill at most': Math.round(heaviest.longestBlock),
      'keys leaked': tally.leaked,
    });
  });

  it('gets neither key nor prompt to follow a redirect', () => weighed(() => tryAll(redirects, 8)));

  it('confuses nobody with a broken head', () => weighed(() => tryAll(brokenHeads, 8)));

  it('confuses nobody with bytes changed at random', () => weighed(() => tryAll(mutations, 8)));

  it('misleads nobody by breaking off, whatever the byte', () => weighed(() => tryAll(cuts, 8)));

  it('lets nobody wait for more than the limits say, however it drips', () =>
    weighed(() => tryAll(drips, drips.length)));

  it('stops nobody with what is slow to read', () => weighed(() => tryEach(slowReplies)));

  it("fills nobody's memory with 10 GB", () => weighed(() => tryEach(floods)));

  it("fills nobody's memory with what unfolds to 10 GB", async () => {
    const bombs = await layBombs();
    await weighed(() => tryEach(bombs));
  });
});
