import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  errorCodes,
  FaultyFileSystem,
  type ErrorCode,
  type Fate,
} from '../../support/storage/faultyFileSystem';
import { rememberingLog } from '../../support/storage/workplace';
import { isLong } from '../support/extent';
import { describeLifeOnFailingDisk } from './describeLifeOnFailingDisk';
import {
  failingDiskScenarios,
  openDesk,
  prepareLibrary,
  statesOf,
  type Scenario,
} from './failingDiskScenarios';
import { figures } from './figures';
import { isSame, takeInventory, type Inventory } from './inventory';

/** More disk operations than any act needs. An act with more operations never ends. */
const mostOperations = 200;
/** The number of libraries that are tested at the same time, because most of the time is spent waiting for the disk. */
const atOnce = 6;

/** How an operation fails, and whether all later operations fail, too. */
interface Failure {
  readonly fate: Fate;
  readonly lasts: boolean;
  readonly code: ErrorCode;
}

const kinds: readonly Omit<Failure, 'code'>[] = [
  { fate: 'beforehand', lasts: false },
  { fate: 'beforehand', lasts: true },
  { fate: 'halfway', lasts: false },
  { fate: 'afterwards', lasts: false },
  ...(isLong ? [{ fate: 'short', lasts: false } as const, { fate: 'afterwards', lasts: true } as const] : []),
];

/** The short form uses one error code for each kind of failure in turn, because the handling does not depend on the code. */
const failures: readonly Failure[] = isLong
  ? kinds.flatMap((kind) => errorCodes.map((code) => ({ ...kind, code })))
  : kinds.map((kind, index) => ({ ...kind, code: errorCodes[index % errorCodes.length] ?? 'EIO' }));

/** An act on a working disk: the library before and after it, and its result. */
interface Course {
  readonly before: Inventory;
  readonly after: Inventory;
  readonly outcome: unknown;
}

/** Lets each disk operation fail in turn, for each act of a window. */
export function describeFailingDisk(): void {
  describe('a disk that fails', () => {
    let folder: string;
    let template: string;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'parley-failing-'));
      template = join(folder, 'template');
      await prepareLibrary(template);
    });

    after(async () => {
      await rm(folder, { recursive: true, force: true });
    });

    for (const [name, scenario] of Object.entries(failingDiskScenarios)) {
      it(`loses nothing and reports the failure: ${name}`, async () => {
        const course = await runWell(scenario);
        for (const failure of failures) await failAtEach(scenario, course, failure);
      }).timeout(isLong ? 60 * 60_000 : 120_000);
    }

    describeLifeOnFailingDisk();

    async function copyTemplate(name: string): Promise<string> {
      const path = join(folder, name);
      // The index compares the times of the journals.
      await cp(template, path, { recursive: true, preserveTimestamps: true });
      return path;
    }

    async function runWell(scenario: Scenario): Promise<Course> {
      const path = await copyTemplate('well');
      const before = await takeInventory(path);
      const desk = openDesk(path, new FaultyFileSystem(), rememberingLog());
      const outcome = await scenario.act(desk);
      await desk.store.flush();
      const after = await takeInventory(path);
      await rm(path, { recursive: true });
      return { before, after, outcome };
    }

    async function failAtEach(scenario: Scenario, course: Course, failure: Failure): Promise<void> {
      let isOver = false;
      for (let first = 0; !isOver; first += atOnce) {
        ok(first < mostOperations, 'the operations of the disk have no end');
        const numbers = Array.from({ length: atOnce }, (_, index) => first + index);
        const hadMore = await Promise.all(numbers.map((number) => failAt(number, scenario, course, failure)));
        isOver = hadMore.includes(false);
      }
    }

    /** Resolves with true if the act has that many disk operations. */
    async function failAt(
      first: number,
      scenario: Scenario,
      { before, after, outcome }: Course,
      { fate, lasts, code }: Failure,
    ): Promise<boolean> {
      const what = `operation ${first}${lasts ? ' and all that follow' : ''}, ${fate}, ${code}`;
      const path = await copyTemplate(`failing-${first}`);
      let isWell = false;
      const disk = new FaultyFileSystem((index, operation) => {
        const fails = !isWell && (lasts ? index >= first : index === first);
        if (!fails) return 'fine';
        if (fate !== 'short' || operation === 'append') figures.operationsFailed += 1;
        return fate;
      }, code);
      const log = rememberingLog();
      const desk = openDesk(path, disk, log);
      const seen = await scenario.act(desk).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      const isOver = disk.operations.length <= first;

      // What another window would find if this one ended here.
      const found = await takeInventory(path);
      for (const id of before.chats.keys()) {
        const { place, conversation } = found.chats.get(id) ?? {};
        ok(
          statesOf(id, scenario).some((state) => isSame(state, conversation)),
          `${what}: ${id}`,
        );
        ok(
          [before, after].map(({ chats }) => chats.get(id)?.place).includes(place),
          `${what}: ${id} is ${place}`,
        );
      }
      ok(isSame(found.drafts, before.drafts) || isSame(found.drafts, after.drafts), `${what}: drafts`);
      if ('value' in seen && log.lines.length === 0) {
        deepStrictEqual(scenario.view(seen.value), scenario.view(outcome), `${what}: in silence`);
        deepStrictEqual(scenario.sum(found), scenario.sum(after), `${what}: in silence`);
      }

      // The disk works again: the act succeeds by itself, or when it is repeated.
      isWell = true;
      await desk.store.flush();
      await desk.drafts.flush();
      if ('error' in seen && scenario.isAskedAgain) await scenario.act(desk);
      if (!scenario.isChange)
        deepStrictEqual(scenario.view(await scenario.act(desk)), scenario.view(outcome), what);
      await desk.store.flush();
      deepStrictEqual(scenario.sum(await takeInventory(path)), scenario.sum(after), what);
      equal(disk.openFiles, 0, what);
      await rm(path, { recursive: true });
      return !isOver;
    }
  });
}
