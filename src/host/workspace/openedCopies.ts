import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Stores copies of pictures that the user opens from chips, as `opened/CHAT/PICTURE/NAME` in Parley's storage folder. VS Code can
 * show a picture only from a file. The copies are removed when their chat is deleted, and at the next start.
 */
export class OpenedCopies {
  private readonly folder: string;

  /** @param storage The path of Parley's storage folder. */
  constructor(storage: string) {
    this.folder = join(storage, 'opened');
  }

  /**
   * Writes a copy that only this user can read.
   *
   * @returns The path of the copy.
   * @throws the file system's error.
   */
  async write(chatId: string, pictureId: string, name: string, bytes: Uint8Array): Promise<string> {
    const folder = join(this.folder, folderName(chatId), folderName(pictureId));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    await writeFile(path, bytes, { mode: 0o600 });
    return path;
  }

  /**
   * Removes the copies of a chat.
   *
   * @throws the file system's error.
   */
  async forget(chatId: string): Promise<void> {
    await rm(join(this.folder, folderName(chatId)), { recursive: true, force: true });
  }

  /**
   * Removes all copies, except those of chats with a picture in an open editor.
   *
   * @param shown The paths of files in open editors.
   * @throws the file system's error.
   */
  async forgetAll(shown: readonly string[]): Promise<void> {
    for (const name of await namesIn(this.folder)) {
      const folder = join(this.folder, name);
      if (shown.some((path) => path.startsWith(join(folder, '/')))) continue;
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** A safe folder name for an id: it cannot lead out of the parent folder. */
function folderName(id: string): string {
  return `_${id.replaceAll(/[^\w-]/g, '')}`;
}

/** Lists the names in a folder. Empty if the folder does not exist. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
