import type { FileHandle, FileSystem } from '../files/fileSystem';
import { setAside } from '../files/setAside';

/** Other windows do not move one file to and fro more often than this while one looks. */
const mostTries = 20;

/** Where one journal lies, and where it goes when it is removed or nothing of it can be read. */
export interface JournalPlace {
  readonly id: string;
  readonly path: string;
  readonly trashPath: string;
  readonly damagedPath: string;
  /** The folder of `path`. */
  readonly folder: string;
}

/** One journal as a file that comes and goes; other windows may move it at any time. */
export class JournalFile {
  constructor(
    private readonly place: JournalPlace,
    private readonly fileSystem: FileSystem,
  ) {}

  /** Undefined when it is not there. */
  open(purpose: 'read' | 'append'): Promise<FileHandle | undefined> {
    return this.fileSystem.open(this.place.path, purpose);
  }

  /** A new file, open as for `append`; undefined when it has gone again at once. */
  async begin(): Promise<FileHandle | undefined> {
    const { path, folder } = this.place;
    await this.fileSystem.makeFolder(folder);
    // Another window may be quicker.
    return (await this.fileSystem.create(path)) ?? (await this.open('append'));
  }

  /** Whether it is in its place. */
  async isThere(): Promise<boolean> {
    return (await this.size()) !== undefined;
  }

  /** Bytes of what is in its place; undefined when nothing is. */
  size(): Promise<number | undefined> {
    return this.sizeOf(this.place.path);
  }

  isInTrash(): Promise<boolean> {
    return this.exists(this.place.trashPath);
  }

  /** Whether one of its name was set aside. */
  wasSetAside(): Promise<boolean> {
    return this.exists(this.place.damagedPath);
  }

  /** Does nothing when it is not there. */
  async moveToTrash(removedAt: number): Promise<void> {
    const { path, trashPath } = this.place;
    await this.whileThere(path, async () => {
      // The trash is emptied by age, and a rename alone keeps the time of the last answer.
      await this.fileSystem.touch(path, removedAt);
      await this.fileSystem.rename(path, trashPath);
    });
  }

  /** Does nothing when it is not there. */
  async takeFromTrash(): Promise<void> {
    const { path, trashPath, folder } = this.place;
    await this.fileSystem.makeFolder(folder);
    await this.whileThere(trashPath, () => this.fileSystem.rename(trashPath, path));
  }

  /** See `Journal.setAside`. */
  async setAside(size: number): Promise<string | undefined> {
    const { path, damagedPath } = this.place;
    if ((await this.size()) !== size) return undefined;
    const place = await setAside(path, damagedPath, this.fileSystem);
    if ((await this.sizeOf(place)) === size) return place;
    // Another window has written to it meanwhile.
    if (!(await this.isThere())) await this.fileSystem.rename(place, path);
    return undefined;
  }

  private async sizeOf(path: string): Promise<number | undefined> {
    return (await this.fileSystem.facts(path))?.size;
  }

  private async exists(path: string): Promise<boolean> {
    return (await this.fileSystem.facts(path)) !== undefined;
  }

  /** Moves a file, which other windows may be moving away and back at the same time. */
  private async whileThere(path: string, move: () => Promise<void>): Promise<void> {
    for (let tries = 1; await this.exists(path); tries += 1) {
      try {
        await move();
        return;
      } catch (error) {
        // It has gone, and may be there again by now.
        const mayHaveMoved = isMissing(error) && tries < mostTries;
        if (!mayHaveMoved && (await this.exists(path))) throw error;
      }
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
