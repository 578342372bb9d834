import { deepStrictEqual } from 'node:assert/strict';
import { dirname } from 'node:path';
import fc from 'fast-check';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { answerEvent, endEvent, promptEvent, textEvent } from '../../support/storage/exampleEvents';
import { MemoryFileSystem } from '../../support/storage/memoryFileSystem';
import { rememberingLog } from '../../support/storage/workplace';

const folder = '/library';
const words = ['apple', 'pear', 'plum', 'Öl', '青い'];
const ids = Array.from({ length: 8 }, (_, index) => `c${index}`);

/** Something that another process does to the library. */
type Change =
  | {
      readonly kind: 'write' | 'remove' | 'restore' | 'delete' | 'copy';
      readonly id: string;
      readonly word: string;
    }
  | { readonly kind: 'lose-cache' | 'damage-cache' | 'old-cache'; readonly place: number };

const id = fc.constantFrom(...ids);
const word = fc.constantFrom(...words);
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom('write', 'remove', 'restore', 'delete', 'copy'), id, word }),
  fc.record({ kind: fc.constantFrom('lose-cache', 'damage-cache', 'old-cache'), place: fc.nat() }),
);

describe('the caches of the library', () => {
  it('are never stale, whatever another process changes before, during and after a search', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ change: changes, word }), { maxLength: 20 }), async (steps) => {
        const disk = new MemoryFileSystem();
        const windows = [openStore(disk), openStore(disk)];
        for (const step of [
          { change: { kind: 'write', id: 'c0', word: 'apple' }, word: 'pear' } as const,
          ...steps,
        ]) {
          const before = disk.copy();
          // The answers of these searches may be of before or after the change.
          await Promise.all([
            ...windows.map((window) => window.search(step.word)),
            make(step.change, disk, before),
            ...windows.map((window) => window.list()),
          ]);
          const truth = openStore(withoutCaches(disk));
          for (const store of [...windows, openStore(disk)]) {
            deepStrictEqual(await store.list(), await truth.list());
            for (const query of ['', step.word, ...words]) {
              deepStrictEqual(await store.search(query), await truth.search(query));
            }
          }
        }
        for (const path of disk.files.keys())
          if (path.endsWith('.tmp')) throw new Error(`${path} is left behind.`);
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);
});

function openStore(fileSystem: MemoryFileSystem): ConversationStore {
  return createConversationStore({ folder, log: rememberingLog(), now: () => 0, fileSystem });
}

function withoutCaches(disk: MemoryFileSystem): MemoryFileSystem {
  const copy = disk.copy();
  for (const path of cachesIn(copy)) copy.files.delete(path);
  return copy;
}

function cachesIn(disk: MemoryFileSystem): string[] {
  return [...disk.files.keys()].filter((path) => path.includes('/texts/') || path.endsWith('/index.json'));
}

async function make(change: Change, disk: MemoryFileSystem, before: MemoryFileSystem): Promise<void> {
  if ('place' in change) {
    const caches = cachesIn(disk);
    const path = caches[change.place % Math.max(1, caches.length)];
    const bytes = path === undefined ? undefined : disk.bytesOf(path);
    if (path === undefined || bytes === undefined) return;
    if (change.kind === 'lose-cache') disk.files.delete(path);
    else if (change.kind === 'old-cache') disk.damage(path, before.bytesOf(path) ?? bytes);
    else if (bytes.length > 0) {
      const damaged = Buffer.from(bytes);
      damaged[change.place % damaged.length] = 0x20 + (change.place % 90);
      disk.damage(path, damaged);
    }
    return;
  }
  const other = openStore(disk);
  const path = `${folder}/conversations/${change.id}.jsonl`;
  switch (change.kind) {
    case 'write':
      // Rejects if the conversation is in the trash.
      await Promise.allSettled([
        other.append(change.id, [
          promptEvent('p', `Question about ${change.word}`),
          answerEvent('a', 'p'),
          textEvent('a', `An answer about ${change.word}. `),
          endEvent('a'),
        ]),
      ]);
      break;
    case 'remove':
      await other.remove(change.id);
      break;
    case 'restore':
      // Rejects if nothing is in the trash.
      await Promise.allSettled([other.restore(change.id)]);
      break;
    case 'delete':
      await disk.remove(path);
      break;
    case 'copy': {
      // Such as a program that synchronises folders.
      const source = [...disk.files.keys()].find((name) => dirname(name) === dirname(path) && name !== path);
      const bytes = source === undefined ? undefined : disk.bytesOf(source);
      if (bytes !== undefined) await disk.writeFile(path, bytes);
      break;
    }
  }
}
