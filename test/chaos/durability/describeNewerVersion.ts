import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict';
import { join } from 'node:path';
import type { Corruption } from '../../../src/storage/library/corruptionWatch';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { encodeLine } from '../../support/storage/encodeLine';
import { answerEvent, endEvent, promptEvent, textEvent } from '../../support/storage/exampleEvents';
import { MemoryFileSystem } from '../../support/storage/memoryFileSystem';
import { rememberingLog } from '../../support/storage/workplace';
import { isLong } from '../support/extent';
import { damagesOf } from './damages';
import { figures } from './figures';

const folder = '/library';
const path = join(folder, 'conversations', 'c.jsonl');
const trashPath = join(folder, 'trash', 'c.jsonl');

const header = encodeLine({ format: 'parley-conversation', version: 2, compressed: false });
const star = encodeLine({ kind: 'message-starred', id: 'p', at: 3 });
const chat = [promptEvent('p'), answerEvent('a', 'p'), textEvent('a', 'Because.'), endEvent('a')].map(
  encodeLine,
);

/** Journals of a later version, as far as this version can read them. */
const journals: Readonly<Record<string, string>> = {
  'that is understood in part': [header, ...chat, star, ''].join('\n'),
  'of which nothing is understood': [header, star, 'ZSTD\u0001\u0002\u0003', star].join('\n'),
  'whose header comes late': ['garbage', '', header, ...chat].join('\n'),
  'in one line': header,
};

/** Opens the journals of a later version with this version. */
export function describeNewerVersion(): void {
  describe('a journal of a newer version', () => {
    for (const [name, content] of Object.entries(journals)) {
      it(`is never written to, never lost, and reported: ${name}`, async () => {
        const bytes = Buffer.from(content);
        const disk = new MemoryFileSystem();
        disk.damage(path, bytes);
        const log = rememberingLog();
        const damages: Corruption[] = [];
        const store = open(disk, log, damages);
        const before = await store.load('c');
        deepStrictEqual(damages, [{ kind: 'newer-version', id: 'c' }]);
        for (const event of [
          promptEvent('mine'),
          textEvent('a', 'More.'),
          { kind: 'title-changed', title: 'Mine', source: 'user', at: 9 },
          { kind: 'pin-changed', pinned: true, at: 9 },
        ] as const) {
          await rejects(store.append('c', [event]), /newer version/);
          figures.operationsFailed += 1;
        }
        await store.list();
        await store.search('sky');
        await store.flush();
        deepStrictEqual(await store.load('c'), before);
        deepStrictEqual(disk.bytesOf(path), bytes);
        await store.remove('c');
        deepStrictEqual(disk.bytesOf(trashPath), bytes);
        await store.restore('c');
        await store.flush();
        deepStrictEqual(disk.bytesOf(path), bytes);
        ok(log.lines.some((line) => line.includes('a newer version wrote it')));
      });
    }

    it('is not written to if its header is damaged but another line shows the newer version', async () => {
      const bytes = Buffer.from(journals['that is understood in part'] ?? '');
      for (const damage of damagesOf(bytes)) {
        const disk = new MemoryFileSystem();
        disk.damage(path, damage.bytes);
        if (damage.kind === 'cut') figures.cuts += 1;
        else figures.bytesChanged += 1;
        const tells = [header, star].some((line) =>
          damage.bytes.toString('latin1').split('\n').includes(line),
        );
        const store = open(disk, rememberingLog(), []);
        await store.load('c');
        const written = await store.append('c', [promptEvent('mine')]).then(
          () => true,
          () => false,
        );
        if (tells) equal(written, false, damage.what);
        const kept = disk.bytesOf(path)?.subarray(0, damage.bytes.length);
        const aside = disk.bytesOf(join(folder, 'damaged', 'c.jsonl'));
        ok(
          damage.bytes.equals(kept ?? Buffer.alloc(0)) || damage.bytes.equals(aside ?? Buffer.alloc(0)),
          damage.what,
        );
      }
    }).timeout(isLong ? 60 * 60_000 : 120_000);
  });
}

function open(
  fileSystem: MemoryFileSystem,
  log: ReturnType<typeof rememberingLog>,
  damages: Corruption[],
): ConversationStore {
  const onDamage = (damage: Corruption): void => void damages.push(damage);
  return createConversationStore({ folder, log, now: () => 0, fileSystem, onDamage });
}
