import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Copies of pictures that people opened from chips: `opened/CHAT/PICTURE/NAME` below Parley's storage. VS Code shows a picture
 * from a file only. They go when their chat is deleted, and at the next start.
 */
export class OpenedCopies {
  private readonly folder: string;

  /** @param storage Parley's folder on this disk. */
  constructor(storage: string) {
    this.folder = join(storage, 'opened');
  }

  /**
   * Writes a copy that only this user can read.
   *
   * @returns Its path. Rejects with the file system's error.
   */
  async write(chatId: string, pictureId: string, name: string, bytes: Uint8Array): Promise<string> {
    const folder = join(this.folder, folderName(chatId), folderName(pictureId));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    await writeFile(path, bytes, { mode: 0o600 });
    return path;
  }

  /** Removes the copies of a chat. Rejects with the file system's error. */
  async forget(chatId: string): Promise<void> {
    await rm(join(this.folder, folderName(chatId)), { recursive: true, force: true });
  }

  /**
   * Removes all copies but those of chats that an open editor shows. Rejects with the file system's error.
   *
   * @param shown Paths of files in open editors.
   */
  async forgetAll(shown: readonly string[]): Promise<void> {
    for (const name of await namesIn(this.folder)) {
      const folder = join(this.folder, name);
      if (shown.some((path) => path.startsWith(join(folder, '/')))) continue;
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** An id cannot lead out of its folder. */
function folderName(id: string): string {
  return `_${id.replaceAll(/[^\w-]/g, '')}`;
}

/** None when the folder does not exist. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
