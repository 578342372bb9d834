import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ViewStateFile } from '../../../src/host/storage/viewStateFile';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { rememberingLog } from '../../support/storage/workplace';
import { extent, isLong } from '../support/extent';
import { figures } from './figures';
import { namesIn } from './journalFile';
import { checkLibrary, checkNextWindow, emptyLibrary, type LibraryContent } from './libraryCheck';
import { RandomNumbers } from './randomNumbers';
import { WindowPool, type WindowHandle } from './windowPool';
import { reportOf, type WindowReport } from './windowReport';
import { actKinds, type ActKind, type Death, type WindowTask } from './windowTask';

const kills = extent(200, 10_000);
/** The number of kills in one library before a new one is created. */
const killsPerLibrary = 10;
/** The number of processes at the same time. */
const lanes = 3;
/** The disk operations that change something. */
const changes = [
  'append',
  'create',
  'rename',
  'writeFile',
  'touch',
  'sync',
  'remove',
  'makeFolder',
  'open append',
  'close',
];
const moments = ['before', 'during', 'amid', 'after'] as const;
/** A process that has reported this many lines has not reached the chosen moment. */
const longestStory = 400;

/** Kills windows at any moment, thousands of times, and checks the library each time. */
export function describeKills(): void {
  describe('a window that is killed', () => {
    let folder: string;
    let pool: WindowPool;
    const inFlight = new Map<ActKind, number>();
    const diedAt = new Map<string, number>();

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'parley-kills-'));
      pool = await WindowPool.create(folder, lanes);
    });

    after(async () => {
      await pool.close();
      await rm(folder, { recursive: true, force: true });
    });

    it('loses no acknowledged event at any moment', async () => {
      const libraries = Array.from(
        { length: Math.ceil(kills / killsPerLibrary) },
        (_, index) => index,
      ).values();
      let isFailing = false;
      const work = async (): Promise<void> => {
        for (const library of libraries) {
          // The other lanes must end before the folder is deleted.
          if (isFailing) return;
          await killInLibrary(library).catch((error: unknown) => {
            isFailing = true;
            throw error;
          });
        }
      };
      const outcomes = await Promise.allSettled(Array.from({ length: lanes }, work));
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      ok(figures.kills >= kills);
      equal(figures.lost, 0);
    }).timeout(isLong ? 3 * 60 * 60_000 : 180_000);

    it('was killed during every kind of act', () => {
      const missing = actKinds.filter((kind) => (inFlight.get(kind) ?? 0) < (isLong ? 20 : 1));
      // Two hundred moments may not include rare ones.
      ok(missing.length <= (isLong ? 0 : 3), JSON.stringify([...inFlight]));
      ok(figures.tornLines > 0, 'no write was cut');
      if (!isLong) return;
      const spared = changes.filter((operation) => (diedAt.get(operation) ?? 0) < 20);
      deepStrictEqual(spared, [], JSON.stringify([...diedAt]));
    });

    async function killInLibrary(number: number): Promise<void> {
      const library = join(folder, `library-${number}`);
      await mkdir(library);
      const random = new RandomNumbers(number + 1);
      let content: LibraryContent = emptyLibrary;
      for (let kill = 0; kill < killsPerLibrary; kill += 1) {
        const report = await runUntilKilled(library, content, `w${number}-${kill}`, random);
        deepStrictEqual(report.complaints, [], `library ${number}, kill ${kill}`);
        const findings = await checkLibrary(library, content, [report]).catch((error: unknown) => {
          throw new Error(`library ${number}, kill ${kill}: ${String(error)}`, { cause: error });
        });
        ({ content } = findings);
        figures.acknowledged += findings.acknowledged;
        figures.lost += findings.lost;
        await checkNextWindow(library, content, [report]);
      }
      for (const journal of [...content.live.values(), ...content.removed.values()]) {
        figures.tornLines += journal.tornLines;
      }
      await checkLeftovers(library);
      await rm(library, { recursive: true });
    }

    async function runUntilKilled(
      library: string,
      { live, removed }: LibraryContent,
      writer: string,
      random: RandomNumbers,
    ): Promise<WindowReport> {
      const death = random.once(2) ? null : chooseDeath(random);
      const window = await pool.take();
      window.start({
        ...alone,
        folder: library,
        writer,
        seed: random.below(2 ** 31),
        live: [...live.keys()],
        removed: [...removed.keys()],
        death,
      });
      if (death === null) await letItWork(window, random);
      else await window.told(longestStory);
      window.kill();
      equal(await window.ended, 'SIGKILL', 'it ended by itself');
      const report = reportOf(window.lines);
      count(report);
      return report;
    }

    function count({ acts, diedAt: operation }: WindowReport): void {
      figures.kills += 1;
      const open = acts.filter(({ outcome }) => outcome === 'open');
      if (open.length > 0) figures.killsInFlight += 1;
      for (const kind of new Set(open.map((act) => act.kind)))
        inFlight.set(kind, (inFlight.get(kind) ?? 0) + 1);
      if (operation !== undefined) diedAt.set(operation, (diedAt.get(operation) ?? 0) + 1);
    }
  });
}

const alone: Omit<WindowTask, 'folder' | 'writer' | 'seed' | 'live' | 'removed' | 'death'> = {
  clockOffset: 0,
  mostActs: null,
};

/** A random moment: when an act begins or is acknowledged, or a little later. */
async function letItWork(window: WindowHandle, random: RandomNumbers): Promise<void> {
  await window.told(2 + random.below(60));
  if (random.once(2)) await wait(random.below(8));
}

/** A random moment: at any disk operation, at one kind of operation, or during a write to a journal. */
function chooseDeath(random: RandomNumbers): Death {
  const moment = random.oneOf(moments);
  if (random.once(3)) return { operation: null, count: 1 + random.below(120), moment };
  if (random.once(3)) return { operation: 'append', count: 1 + random.below(12), moment: 'amid' };
  return { operation: random.oneOf(changes) ?? null, count: 1 + random.below(6), moment };
}

/** Temporary files that kills left behind are deleted when they are old. */
async function checkLeftovers(library: string): Promise<void> {
  const folders = [library, join(library, 'texts'), join(library, 'views')];
  const temporaries = async (): Promise<string[]> => {
    const names = await Promise.all(
      folders.map(async (folder) => (await namesIn(folder)).map((name) => join(folder, name))),
    );
    return names.flat().filter((name) => name.endsWith('.tmp'));
  };
  for (const path of await temporaries()) await utimes(path, 1, 1);
  const store = createConversationStore({ folder: library, log: rememberingLog(), now: Date.now });
  await store.search('words');
  await store.flush();
  await new ViewStateFile(join(library, 'views', 'viewState.json'), rememberingLog()).load();
  deepStrictEqual(await temporaries(), []);
}
