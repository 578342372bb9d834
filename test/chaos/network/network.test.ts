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

/** The largest increase of memory during attacks, in MB: twice the largest answer, because text is copied, plus garbage. */
const mostMemory = 1_000;
/** The largest increase of memory after attacks, in MB. */
const mostKept = 40;
/**
 * The longest time during which the event loop may be blocked, in milliseconds, on the slowest computer that runs this. An
 * algorithm with quadratic time would need minutes.
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
  ok(weight.longestBlock < longestBlock, `the event loop was blocked for ${weight.longestBlock} ms`);
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

/** Tries large attacks one after the other. */
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

  it('gets neither the key nor the prompt by a redirect', () => weighed(() => tryAll(redirects, 8)));

  it('causes no wrong result with a broken head', () => weighed(() => tryAll(brokenHeads, 8)));

  it('causes no wrong result with random changes of bytes', () => weighed(() => tryAll(mutations, 8)));

  it('causes no wrong result by closing the connection after any byte', () => weighed(() => tryAll(cuts, 8)));

  it('cannot exceed the time limits with single bytes', () => weighed(() => tryAll(drips, drips.length)));

  it('cannot block the event loop with a reply that is slow to read', () =>
    weighed(() => tryEach(slowReplies)));

  it('cannot fill the memory with 10 GB', () => weighed(() => tryEach(floods)));

  it('cannot fill the memory with bytes that decompress to 10 GB', async () => {
    const bombs = await layBombs();
    await weighed(() => tryEach(bombs));
  });
});
