import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { promptEvent } from '../../support/storage/exampleEvents';
import { rememberingLog } from '../../support/storage/workplace';
import { extent, isLong } from '../support/extent';
import { figures } from './figures';
import { readJournals, type JournalContent } from './journalFile';
import { checkLibrary, checkNextWindow, type LibraryContent } from './libraryCheck';
import { WindowPool, type WindowHandle } from './windowPool';
import { reportOf } from './windowReport';
import type { WindowTask } from './windowTask';

const rounds = extent(8, 400);
const acts = 300;
/** The conversations that both windows have open. */
const sharedNames = ['both-1', 'both-2', 'both-3', 'both-4'];

/** Runs two windows in one library and in the same conversations, and reads the library at the same time. */
export function describeTwoWindows(): void {
  describe('two windows on one library', () => {
    let folder: string;
    let pool: WindowPool;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'parley-windows-'));
      pool = await WindowPool.create(folder, 2);
    });

    after(async () => {
      await pool.close();
      await rm(folder, { recursive: true, force: true });
    });

    it('lose nothing if they write to the same conversations while a third one reads', async () => {
      for (let round = 0; round < rounds; round += 2) await runRound(round, false);
    }).timeout(isLong ? 60 * 60_000 : 180_000);

    it('lose nothing if one of them is killed while the other continues', async () => {
      for (let round = 1; round < rounds; round += 2) await runRound(round, true);
    }).timeout(isLong ? 60 * 60_000 : 180_000);

    async function runRound(round: number, isOneKilled: boolean): Promise<void> {
      const library = join(folder, `library-${round}`);
      const before = await beginConversations(library);
      const windows = [await pool.take(), await pool.take()];
      for (const [index, window] of windows.entries()) window.start(taskFor(library, round, index));
      const [victim] = windows;
      if (isOneKilled && victim !== undefined) {
        await victim.told(60 + (round % 40));
        victim.kill();
        figures.kills += 1;
      }
      await lookOn(library, windows, isOneKilled);
      const signals = await Promise.all(windows.map(({ ended }) => ended));
      deepStrictEqual(signals, [isOneKilled ? 'SIGKILL' : null, null]);
      const reports = windows.map(({ lines }) => reportOf(lines));
      deepStrictEqual(
        reports.map(({ complaints, isDone }) => ({ complaints, isDone })),
        reports.map((_, index) => ({ complaints: [], isDone: index > 0 || !isOneKilled })),
      );
      const { content, acknowledged, lost } = await checkLibrary(library, before, reports);
      figures.windowsAtOnce += windows.length;
      figures.acknowledged += acknowledged;
      figures.lost += lost;
      equal(lost, 0);
      // Each draft belongs to one window, so its last value counts.
      await checkNextWindow(library, content, []);
      await rm(library, { recursive: true });
    }
  });
}

/** Creates the conversations in which both windows continue. Half of them have no message yet. */
async function beginConversations(folder: string): Promise<LibraryContent> {
  const store = createConversationStore({ folder, log: rememberingLog(), now: Date.now });
  for (const [index, id] of sharedNames.entries()) {
    const created: ConversationEvent = { kind: 'conversation-created', id, at: 1 };
    await store.append(id, [created, ...(index % 2 === 0 ? [promptEvent('p', 'Words of both')] : [])]);
  }
  const live = await readJournals(join(folder, 'conversations'));
  return { live, removed: new Map() };
}

function taskFor(folder: string, round: number, index: number): WindowTask {
  return {
    folder,
    writer: `w${index}`,
    seed: round * 2 + index,
    live: sharedNames,
    removed: [],
    clockOffset: (index + 1) / 4,
    mostActs: acts,
    death: null,
  };
}

/** Reads the whole library repeatedly until the windows have ended. */
async function lookOn(
  library: string,
  windows: readonly WindowHandle[],
  isOneKilled: boolean,
): Promise<void> {
  const log = rememberingLog();
  const damages: unknown[] = [];
  const store = createConversationStore({
    folder: library,
    log,
    now: Date.now,
    onDamage: (damage) => {
      // A line that a kill has truncated may look like a damaged one.
      if (!isOneKilled || damage.kind !== 'damaged') damages.push(damage);
    },
  });
  const seen = new Map<string, number>();
  do {
    // Throws if a line contains a part of another line.
    for (const [id, { atoms }] of await readJournals(join(library, 'conversations')).catch(unlessMoved)) {
      ok(atoms.length >= (seen.get(id) ?? 0), `${id} has become shorter`);
      seen.set(id, atoms.length);
    }
    for (const { id } of await store.list()) await store.load(id);
    await wait(5);
  } while (windows.some(({ hasEnded }) => !hasEnded));
  await store.flush();
  deepStrictEqual(damages, []);
  deepStrictEqual(
    log.lines.filter((line) => !(isOneKilled ? /lines (?:are|were)/ : /lines are/).test(line)),
    [],
  );
}

/** A conversation may be moved to the trash between reading the folder and reading the file. */
function unlessMoved(error: unknown): Map<string, JournalContent> {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
  throw error;
}
