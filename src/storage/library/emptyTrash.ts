import { join } from 'node:path';
import type { Log } from '../../core/ports/log';
import type { FileSystem } from '../files/fileSystem';
import { mapConcurrently } from '../files/mapConcurrently';

/** How long a deleted conversation can be brought back, in milliseconds. */
const trashAge = 30 * 24 * 60 * 60 * 1000;
const concurrentFiles = 8;

/** What emptying the trash needs from outside. */
export interface TrashPorts {
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Where a library below `folder` keeps what was deleted. */
export function trashFolderIn(folder: string): string {
  return join(folder, 'trash');
}

/** Erases the journals that were deleted more than 30 days ago. A failure goes to the log: it is tried again later. */
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
