import { join } from 'node:path';
import type { FileHandle, FileSystem } from '../../../src/storage/files/fileSystem';
import { nodeFileSystem } from '../../../src/storage/files/fileSystem';

/**
 * The fault of an operation. A write that fails `halfway` leaves half of its bytes in the file; an
 * append that is `short` reports fewer bytes instead of failing. An operation that fails `afterwards` has had its full effect.
 */
export type Fate = 'fine' | 'beforehand' | 'halfway' | 'short' | 'afterwards';

/** System errors: I/O error, disk full, not permitted, too many open files. */
export const errorCodes = ['EIO', 'ENOSPC', 'EACCES', 'EROFS', 'EMFILE'] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Decides the fault of an operation by its number, counted from 0, and its name. */
export type Plan = (index: number, operation: string) => Fate;

/** The real file system, with operations that fail according to a plan. */
export class FaultyFileSystem implements FileSystem {
  readonly operations: string[] = [];
  openFiles = 0;
  mostOpenFiles = 0;

  constructor(
    private readonly plan: Plan = () => 'fine',
    private readonly code: ErrorCode = 'EIO',
  ) {}

  readonly open: FileSystem['open'] = async (path, purpose) =>
    this.wrap(await this.attempt(`open ${purpose}`, () => nodeFileSystem.open(path, purpose), closeAgain));
  readonly create: FileSystem['create'] = async (path) =>
    this.wrap(await this.attempt('create', () => nodeFileSystem.create(path), closeAgain));
  readonly facts: FileSystem['facts'] = (path) => this.attempt('facts', () => nodeFileSystem.facts(path));
  readonly factsOfAll: FileSystem['factsOfAll'] = (folder, names) =>
    Promise.all(names.map((name) => this.facts(join(folder, name)).catch(() => undefined)));
  readonly names: FileSystem['names'] = (folder) => this.attempt('names', () => nodeFileSystem.names(folder));
  readonly makeFolder: FileSystem['makeFolder'] = (path) =>
    this.attempt('makeFolder', () => nodeFileSystem.makeFolder(path));
  readonly touch: FileSystem['touch'] = (path, at) =>
    this.attempt('touch', () => nodeFileSystem.touch(path, at));
  readonly rename: FileSystem['rename'] = (from, to) =>
    this.attempt('rename', () => nodeFileSystem.rename(from, to));
  readonly remove: FileSystem['remove'] = (path) => this.attempt('remove', () => nodeFileSystem.remove(path));
  readonly readText: FileSystem['readText'] = (path) =>
    this.attempt('readText', () => nodeFileSystem.readText(path));
  readonly readBytes: FileSystem['readBytes'] = (path) =>
    this.attempt('readBytes', () => nodeFileSystem.readBytes(path));
  readonly writeFile: FileSystem['writeFile'] = (path, content) =>
    this.attempt(
      'writeFile',
      () => nodeFileSystem.writeFile(path, content),
      undefined,
      () => nodeFileSystem.writeFile(path, content.slice(0, content.length / 2)),
    );

  private wrap(file: FileHandle | undefined): FileHandle | undefined {
    if (file === undefined) return undefined;
    this.openFiles += 1;
    this.mostOpenFiles = Math.max(this.mostOpenFiles, this.openFiles);
    return {
      size: () => this.attempt('size', () => file.size()),
      read: (buffer, position) => this.attempt('read', () => file.read(buffer, position)),
      append: (bytes) =>
        this.attempt(
          'append',
          () => file.append(bytes),
          undefined,
          () => file.append(bytes.subarray(0, bytes.length / 2)),
        ),
      sync: () => this.attempt('sync', () => file.sync()),
      close: async () => {
        this.openFiles -= 1;
        await file.close();
        await this.attempt('close', () => Promise.resolve());
      },
    };
  }

  private async attempt<Result>(
    operation: string,
    action: () => Promise<Result>,
    letGo?: (result: Result) => Promise<void>,
    half?: () => Promise<Result>,
  ): Promise<Result> {
    const fate = this.plan(this.operations.length, operation);
    this.operations.push(operation);
    if (fate === 'fine' || (fate === 'short' && operation !== 'append')) return action();
    if (fate === 'short' && half !== undefined) return half();
    if (fate === 'halfway') await half?.();
    if (fate === 'afterwards') {
      const result = await action();
      await letGo?.(result);
    }
    throw Object.assign(new Error(`The disk failed at: ${operation} (${this.code})`), { code: this.code });
  }
}

/** Closes a file that was opened by an operation that is reported as failed. */
async function closeAgain(file: FileHandle | undefined): Promise<void> {
  await file?.close();
}
