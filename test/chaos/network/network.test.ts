import { deepEqual, ok } from 'node:assert/strict';
import { printFigures } from '../support/printFigures';
import type { Attack } from './attack';
import { Burden, type Weight } from './burden';
import type { Door } from './exposedClient';
import { brokenHeads } from './heads';
import { redirects } from './redirects';
import { slowReplies } from './slowReplies';
import { tryAttack, type Tally } from './tryAttack';

/** What attacks may add to the memory, in MB: the largest answer twice, since text is copied, and garbage. */
const mostMemory = 1_000;
/** What may be left of it, in MB. */
const mostKept = 40;
/** How many small attacks run at once. */
const atOnce = 8;

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
  console.log(weight);
  heaviest.peak = Math.max(heaviest.peak, weight.peak);
  heaviest.longestBlock = Math.max(heaviest.longestBlock, weight.longestBlock);
  ok(weight.peak < mostMemory, `${weight.peak} MB at its peak`);
  ok(weight.kept < mostKept, `${weight.kept} MB kept`);
}

/** Tries many small attacks, several at once. */
async function tryAll(attacks: readonly Attack[]): Promise<void> {
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

  it('gets neither key nor prompt to follow a redirect', () => weighed(() => tryAll(redirects)));

  it('confuses nobody with a broken head', () => weighed(() => tryAll(brokenHeads)));

  for (const attack of [...slowReplies]) {
    it(`stops nobody with ${attack.name}`, () =>
      weighed(async () => {
        for (const door of attack.doors) await tryAttack(attack, door, tally);
      }));
  }
});
