import { join } from 'node:path';
import type { Log } from '../../core/ports/log';
import type { FileSystem } from '../files/fileSystem';
import { mapConcurrently } from '../files/mapConcurrently';

/** How long a removed conversation can be restored, in milliseconds. */
const trashAge = 30 * 24 * 60 * 60 * 1000;
const concurrentFiles = 8;

/** What `emptyTrash` needs. */
interface TrashPorts {
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The trash folder of the library in `folder`. */
export function trashFolderIn(folder: string): string {
  return join(folder, 'trash');
}

/** The folders of all journals of the library in `folder`: of conversations, deleted ones and damaged ones. */
export function journalFoldersIn(folder: string): readonly string[] {
  return [join(folder, 'conversations'), trashFolderIn(folder), join(folder, 'damaged')];
}

/** Deletes the journals that were removed more than 30 days ago. Never rejects: an error is logged, and a later call tries again. */
export async function emptyTrash(trashFolder: string, { fileSystem, log, now }: TrashPorts): Promise<void> {
  try {
    const names = (await fileSystem.names(trashFolder)).filter((name) => name.endsWith('.jsonl'));
    const limit = now() - trashAge;
    await mapConcurrently(names, concurrentFiles, async (name) => {
      const path = join(trashFolder, name);
      const facts = await fileSystem.facts(path);
      if (facts !== undefined && facts.modifiedAt < limit) await fileSystem.remove(path);
    });
  } catch (error) {
    log.warn(`The trash could not be emptied: ${String(error)}`);
  }
}
