import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Long enough ago for a disk to note the next reading, whatever it spares itself. */
const longAgo = new Date(Date.now() - 3 * 24 * 3_600_000);

/** A folder that nobody should read or write: it knows afterwards who did. */
export class WatchedFolder {
  private readonly contents = new Map<string, string>();
  /** False on a disk that does not note readings. */
  notesReadings = false;

  constructor(private readonly folder: string) {}

  /** Remembers what is there. Readings count from here. */
  async watch(): Promise<void> {
    this.contents.clear();
    for (const path of await this.files()) this.contents.set(path, await readFile(path, 'utf8'));
    await this.forgetReadings();
    const [first] = this.contents.keys();
    if (first === undefined) throw new Error('There is nothing to watch.');
    await readFile(first);
    this.notesReadings = (await this.wasRead()).includes(first);
    await this.forgetReadings();
  }

  /** What was read since. */
  async wasRead(): Promise<readonly string[]> {
    const read = await Promise.all(
      [...this.contents.keys()].map(async (path) => (await stat(path)).atime.getTime() !== longAgo.getTime()),
    );
    return [...this.contents.keys()].filter((_, index) => read[index]);
  }

  /** What was written, made or removed since. Reads all of it. */
  async wasWritten(): Promise<readonly string[]> {
    const now = await this.files();
    const contents = await Promise.all(now.map((path) => readFile(path, 'utf8')));
    const gone = [...this.contents.keys()].filter((path) => !now.includes(path));
    return [...gone, ...now.filter((path, index) => this.contents.get(path) !== contents[index])];
  }

  private async forgetReadings(): Promise<void> {
    for (const path of this.contents.keys()) await utimes(path, longAgo, new Date());
  }

  private async files(): Promise<string[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }
}
