import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import { ViewStateFile } from '../../../src/host/storage/viewStateFile';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import type { Corruption } from '../../../src/storage/library/corruptionWatch';
import {
  answerEvent,
  endEvent,
  exampleSteps,
  promptEvent,
  textEvent,
} from '../../support/storage/exampleEvents';
import { MemoryFileSystem } from '../../support/storage/memoryFileSystem';
import { rememberingLog } from '../../support/storage/workplace';
import { isLong } from '../support/extent';
import { damagesOf, type DamagedFile } from './damages';
import { figures } from './figures';
import { checkWhatIsLeft, intactLines } from './intactLines';

const folder = '/library';
const journalPath = join(folder, 'conversations', 'c.jsonl');
const damagedPath = join(folder, 'damaged', 'c.jsonl');
const indexPath = join(folder, 'index.json');
/** The texts of `c`, and those of `other`: the name is the beginning of a checksum of the id. */
const textPath = join(folder, 'texts', '06.texts');
const otherTextPath = join(folder, 'texts', 'd9.texts');
const draftsPath = join(folder, 'viewState.json');
const drafts = {
  changedAt: 1_700_000_000_000,
  views: [{ key: 'c', draft: 'Half a thought – 半分', anchor: null }],
};

interface Window {
  readonly store: ConversationStore;
  readonly drafts: ViewStateFile;
  readonly log: ReturnType<typeof rememberingLog>;
  readonly damages: Corruption[];
}

function openWindow(fileSystem: MemoryFileSystem): Window {
  const log = rememberingLog();
  const damages: Corruption[] = [];
  const onDamage = (damage: Corruption): void => void damages.push(damage);
  const store = createConversationStore({ folder, log, now: () => 0, fileSystem, onDamage });
  return { store, drafts: new ViewStateFile(draftsPath, log, fileSystem), log, damages };
}

/** Truncates every file of a library at every byte, and writes wrong bytes everywhere. */
export function describeDamage(): void {
  describe('a damaged file', () => {
    const healthy = new MemoryFileSystem();

    before(async () => {
      const { store, drafts: file } = openWindow(healthy);
      const later = { ...promptEvent('p2', 'And the sea?', 1_005), parent: 'a' };
      const steps = [
        ...exampleSteps('c'),
        [later],
        [answerEvent('a2', 'p2', 1_006)],
        [textEvent('a2', 'It mirrors ', 1_007)],
        [textEvent('a2', 'the sky.', 1_008)],
        [endEvent('a2', 1_009)],
      ];
      for (const step of steps) for (const event of step) await store.append('c', [event]);
      await store.append('other', exampleSteps('other').flat());
      await store.search('rayleigh');
      await store.flush();
      file.save(drafts);
      await file.flush();
    });

    it('that is a journal shows all its complete lines, is not changed, and can be appended to', async () => {
      await forEachDamage(journalPath, checkJournal);
    }).timeout(isLong ? 60 * 60_000 : 120_000);

    it('that is the index is moved, and the list is rebuilt from the journals', async () => {
      const expected = await openWindow(healthy.copy()).store.list();
      await forEachDamage(indexPath, async (disk, { bytes }) => {
        const window = openWindow(disk);
        deepStrictEqual(await window.store.list(), expected);
        ok(window.log.lines.some((line) => line.includes('rebuilt from the journals')));
        deepStrictEqual(disk.bytesOf(join(folder, 'damaged', 'index.json')), bytes);
        await window.store.flush();
        const next = openWindow(disk);
        deepStrictEqual(await next.store.list(), expected);
        deepStrictEqual(next.log.lines, []);
      });
    }).timeout(isLong ? 60 * 60_000 : 120_000);

    it('that is a text for the search is rebuilt from the journal', async () => {
      const expected = await openWindow(healthy.copy()).store.search('rayleigh');
      equal(expected.length, 2);
      await forEachDamage(textPath, async (disk) => {
        deepStrictEqual(await openWindow(disk).store.search('rayleigh'), expected);
        const next = openWindow(disk);
        deepStrictEqual(await next.store.search('rayleigh'), expected);
        deepStrictEqual(next.log.lines, []);
      });
    }).timeout(isLong ? 60 * 60_000 : 120_000);

    it('that has the drafts is moved', async () => {
      await forEachDamage(draftsPath, async (disk, { bytes }) => {
        const window = openWindow(disk);
        equal(await window.drafts.load(), undefined);
        deepStrictEqual(disk.bytesOf(join(folder, 'damaged', 'viewState.json')), bytes);
        ok(window.log.lines.some((line) => line.includes('The drafts could not be read')));
        window.drafts.save(drafts);
        await window.drafts.flush();
        deepStrictEqual(await window.drafts.load(), drafts);
      });
    }).timeout(isLong ? 60 * 60_000 : 120_000);

    it('does not affect other files, because the journals are enough', async () => {
      const { store } = openWindow(healthy.copy());
      const expected = [await store.list(), await store.search('rayleigh')];
      const caches = [indexPath, textPath, otherTextPath];
      for (const content of [undefined, '', 'garbage', '\0'.repeat(1_000)]) {
        const disk = healthy.copy();
        for (const path of caches) {
          if (content === undefined) disk.files.delete(path);
          else disk.damage(path, Buffer.from(content));
        }
        const window = openWindow(disk);
        deepStrictEqual([await window.store.list(), await window.store.search('rayleigh')], expected);
      }
    });

    it('that is the index of another library is not used', async () => {
      const other = new MemoryFileSystem();
      const elsewhere = openWindow(other);
      for (const id of ['c', 'other', 'third'])
        await elsewhere.store.append(id, [promptEvent('p', 'Elsewhere')]);
      await elsewhere.store.list();
      await elsewhere.store.flush();
      const expected = await openWindow(healthy.copy()).store.list();
      const disk = healthy.copy();
      disk.damage(indexPath, other.bytesOf(indexPath) ?? Buffer.alloc(0));
      deepStrictEqual(await openWindow(disk).store.list(), expected);
    });

    async function forEachDamage(
      path: string,
      check: (disk: MemoryFileSystem, damage: DamagedFile) => Promise<void>,
    ): Promise<void> {
      const original = healthy.bytesOf(path);
      ok(original !== undefined && original.length > 100);
      for (const damage of damagesOf(original)) {
        if (damage.bytes.equals(original)) continue;
        if (damage.kind === 'cut') figures.cuts += 1;
        else figures.bytesChanged += 1;
        const disk = healthy.copy();
        disk.damage(path, damage.bytes);
        try {
          await check(disk, damage);
        } catch (error) {
          throw new Error(`${path}, ${damage.what}: ${String(error)}`, { cause: error });
        }
      }
    }

    async function checkJournal(disk: MemoryFileSystem, { bytes, kind }: DamagedFile): Promise<void> {
      const original = healthy.bytesOf(journalPath) ?? Buffer.alloc(0);
      const { events, hasOthers } = intactLines(original, bytes);
      const window = openWindow(disk);
      const conversation = await window.store.load('c');
      checkWhatIsLeft(conversation, events);
      if (hasOthers) ok(window.log.lines.length > 0, 'the damage was not reported');
      const wasSetAside = disk.bytesOf(damagedPath) !== undefined;
      deepStrictEqual(disk.bytesOf(wasSetAside ? damagedPath : journalPath), bytes, 'the file was changed');
      equal(
        wasSetAside,
        window.damages.some(({ kind }) => kind === 'set-aside'),
      );
      // The title and the other facts in the list must match the journal, if they can be read.
      const other = openWindow(disk);
      const listed = (await other.store.list()).find(({ id }) => id === 'c');
      if (kind === 'cut' && !wasSetAside) deepStrictEqual(other.damages, [{ kind: 'damaged', id: 'c' }]);
      equal((listed?.messageCount ?? 0) > 0, (conversation?.messages.size ?? 0) > 0);

      const added = promptEvent('later', 'And the night?', 2_000);
      await window.store.append('c', [added]);
      const next = await openWindow(disk).store.load('c');
      checkWhatIsLeft(next, [...events, added]);
      equal(next?.messages.size, (conversation?.messages.size ?? 0) + 1);
      const kept = disk.bytesOf(wasSetAside ? damagedPath : journalPath)?.subarray(0, bytes.length);
      deepStrictEqual(kept, bytes, 'the damaged bytes were changed');
    }
  });
}
