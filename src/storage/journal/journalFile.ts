import type { FileHandle, FileSystem } from '../files/fileSystem';
import { moveWithoutOverwriting } from '../files/replaceFile';

/** How often a move is tried while other windows move the same file. */
const mostTries = 20;

/** The paths of one journal: its normal place, its place in the trash, and its place among damaged files. */
export interface JournalPlace {
  readonly id: string;
  readonly path: string;
  readonly trashPath: string;
  readonly damagedPath: string;
  /** The folder of `path`. */
  readonly folder: string;
}

/** The file of one journal. Other windows may move or delete it at any time. */
export class JournalFile {
  constructor(
    private readonly place: JournalPlace,
    private readonly fileSystem: FileSystem,
  ) {}

  /** Undefined if the file is not in its normal place. */
  open(purpose: 'read' | 'append'): Promise<FileHandle | undefined> {
    return this.fileSystem.open(this.place.path, purpose);
  }

  /** Creates the file and opens it as for `append`. Undefined if another window moved it away at the same moment. */
  async create(): Promise<FileHandle | undefined> {
    const { path, folder } = this.place;
    await this.fileSystem.makeFolder(folder);
    // Another window may have created it first.
    return (await this.fileSystem.create(path)) ?? (await this.open('append'));
  }

  /** True if the file is in its normal place. */
  async isThere(): Promise<boolean> {
    return (await this.size()) !== undefined;
  }

  /** The size of the file in bytes; undefined if it is not in its normal place. */
  size(): Promise<number | undefined> {
    return this.sizeOf(this.place.path);
  }

  /** True if the file is in the trash. */
  isInTrash(): Promise<boolean> {
    return this.exists(this.place.trashPath);
  }

  /** True if a file of this conversation is among the damaged files. */
  wasSetAside(): Promise<boolean> {
    return this.exists(this.place.damagedPath);
  }

  /** Does nothing if the file is not in its normal place. `removedAt` in milliseconds since the epoch. */
  async moveToTrash(removedAt: number): Promise<void> {
    const { path, trashPath } = this.place;
    await this.whileThere(path, async () => {
      // The trash is emptied by the time of the last change, which a rename does not update.
      await this.fileSystem.touch(path, removedAt);
      await this.fileSystem.rename(path, trashPath);
    });
  }

  /** Does nothing if the file is not in the trash. */
  async takeFromTrash(): Promise<void> {
    const { path, trashPath, folder } = this.place;
    await this.fileSystem.makeFolder(folder);
    await this.whileThere(trashPath, () => this.fileSystem.rename(trashPath, path));
  }

  /** See `Journal.setAside`. */
  async setAside(size: number): Promise<string | undefined> {
    const { path, damagedPath } = this.place;
    if ((await this.size()) !== size) return undefined;
    const newPath = await moveWithoutOverwriting(path, damagedPath, this.fileSystem);
    if ((await this.sizeOf(newPath)) === size) return newPath;
    // Another window wrote to the file in the meantime, so it goes back.
    if (!(await this.isThere())) await this.fileSystem.rename(newPath, path);
    return undefined;
  }

  private async sizeOf(path: string): Promise<number | undefined> {
    return (await this.fileSystem.facts(path))?.size;
  }

  private async exists(path: string): Promise<boolean> {
    return (await this.fileSystem.facts(path)) !== undefined;
  }

  /** Calls `move` until it succeeds or the file is gone, because other windows may move the file at the same time. */
  private async whileThere(path: string, move: () => Promise<void>): Promise<void> {
    for (let tries = 1; await this.exists(path); tries += 1) {
      try {
        await move();
        return;
      } catch (error) {
        // The file was gone, but another window may have moved it back.
        const mayHaveMoved = isMissing(error) && tries < mostTries;
        if (!mayHaveMoved && (await this.exists(path))) throw error;
      }
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
