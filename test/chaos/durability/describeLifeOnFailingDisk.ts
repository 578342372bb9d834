import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { exampleSteps } from '../../support/storage/exampleEvents';
import { errorCodes, FaultyFileSystem, type Fate } from '../../support/storage/faultyFileSystem';
import { rememberingLog } from '../../support/storage/workplace';
import { reduceAll } from '../../unit/shared/reduceAll';
import { extent } from '../support/extent';
import { figures } from './figures';
import { isSame } from './inventory';

const id = 'conversation-1';
const steps = exampleSteps(id);
const events = steps.flat();
/** More disk operations than the example needs. */
const mostOperations = 60;
const fates: readonly Fate[] = ['beforehand', 'halfway', 'short', 'afterwards'];
const durations = extent([1], [1, 2, 3, 4, 5, 6, 7, 8, 9, 20]);

/** The conversation after 0, 1, 2 … events; the first is undefined. */
const prefixes: readonly (Conversation | undefined)[] = [
  undefined,
  ...events.map((_, index) => reduceAll(id, events.slice(0, index + 1))),
];

/** A whole chat, from its first prompt to a new title, on a disk that fails for a while from any moment on. */
export function describeLifeOnFailingDisk(): void {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-life-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  for (const fate of fates) {
    for (const duration of durations) {
      it(`loses nothing of a chat: ${duration} operations in a row, ${fate}`, async () => {
        const beginnings = Array.from({ length: mostOperations }, (_, first) => first);
        await Promise.all(beginnings.map((first) => writeWithFaults(fate, first, first + duration)));
      }).timeout(120_000);
    }
  }

  /** Writes the example while the operations from `first` to before `end` fail, then checks the outcome. */
  async function writeWithFaults(fate: Fate, first: number, end: number): Promise<void> {
    const fateOf = (index: number, operation: string): Fate => {
      if (index < first || index >= end) return 'fine';
      if (fate !== 'short' || operation === 'append') figures.operationsFailed += 1;
      return fate;
    };
    const disk = new FaultyFileSystem(fateOf, errorCodes[first % errorCodes.length]);
    const options = { folder: join(folder, String(first)), log: rememberingLog(), now: () => 0 };
    const store = createConversationStore({ ...options, fileSystem: disk });
    for (const [index, step] of steps.entries()) {
      const wasWritten = await isFulfilled(store.append(id, step));
      const acknowledged = wasWritten ? steps.slice(0, index + 1).flat().length : 0;
      figures.acknowledged += wasWritten ? step.length : 0;
      // What another process would find if this one ended here.
      const found = await createConversationStore(options).load(id);
      ok(prefixLengthOf(found) >= acknowledged, `operation ${first}, step ${index}`);
    }
    const used = disk.operations.length;
    ok(used - (end - first) < mostOperations, 'not every operation had its turn to fail');
    while (!(await isFulfilled(store.flush())));
    deepStrictEqual(await createConversationStore(options).load(id), prefixes.at(-1), `operation ${first}`);
    let loading = store.load(id);
    while (!(await isFulfilled(loading))) loading = store.load(id);
    deepStrictEqual(await loading, prefixes.at(-1), `operation ${first}`);
    equal(disk.openFiles, 0);
  }
}

/** The smallest number of events in a conversation. Fails if the conversation is not one of the expected states. */
function prefixLengthOf(conversation: Conversation | undefined): number {
  const length = prefixes.findIndex((prefix) => isSame(prefix, conversation));
  ok(length !== -1, `Never was so: ${JSON.stringify(conversation)}`);
  return length;
}

async function isFulfilled(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  );
}
