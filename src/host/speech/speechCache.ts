import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../core/ports/log';
import { readSound, type Sound } from '../../gateway/endpoints/speech/readSound';

/** All sounds together, in bytes. */
const largestCache = 50_000_000;

/** How many sounds stay in memory if they cannot be written. */
const mostUnwritten = 20;

/** Keeps spoken sounds on disk, so that the gateway charges for each text once. The sounds used longest ago are deleted first. */
export class SpeechCache {
  /** Sounds that could not be written: they were paid for, too. */
  private readonly unwritten = new Map<string, Sound>();

  constructor(
    private readonly folder: string,
    private readonly log: Log,
    private readonly largest = largestCache,
  ) {}

  /** Finds a sound. `name` is a file name. */
  async find(name: string): Promise<Sound | undefined> {
    const kept = this.unwritten.get(name);
    if (kept !== undefined) return kept;
    const file = join(this.folder, name);
    try {
      const sound = readSound(await readFile(file), '');
      const now = new Date();
      await utimes(file, now, now);
      return sound;
    } catch {
      // The sound was never made, or was deleted to make room.
      return undefined;
    }
  }

  /** Keeps a sound. Never rejects. */
  async keep(name: string, sound: Sound): Promise<void> {
    const file = join(this.folder, name);
    try {
      await mkdir(this.folder, { recursive: true });
      // Another window may read the file at any time, so it gets its name when it is complete.
      const part = `${file}.${crypto.randomUUID()}.part`;
      await writeFile(part, sound.bytes);
      await rename(part, file);
      await this.makeRoom();
    } catch (error) {
      this.log.warn(`A spoken sound could not be written to disk: ${String(error)}`);
      this.unwritten.set(name, sound);
      const [oldest] = this.unwritten.keys();
      if (this.unwritten.size > mostUnwritten && oldest !== undefined) this.unwritten.delete(oldest);
    }
  }

  private async makeRoom(): Promise<void> {
    const names = await readdir(this.folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const file = join(this.folder, name);
        const { size, mtimeMs } = await stat(file);
        return { file, size, mtimeMs };
      }),
    );
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { file, size } of files.toSorted((left, right) => left.mtimeMs - right.mtimeMs)) {
      if (total <= this.largest) return;
      await rm(file, { force: true });
      total -= size;
    }
  }
}
