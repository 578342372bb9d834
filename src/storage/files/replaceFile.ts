import { dirname, join, parse } from 'node:path';
import type { Log } from '../../core/ports/log';
import type { FileSystem } from './fileSystem';

/** An older temporary file belongs to a window that was killed; in milliseconds. */
const longestWrite = 60 * 60 * 1000;
const temporaryExtension = '.tmp';

/**
 * Replaces a file atomically: a reader, also after a crash, finds either the old or the new content. Creates the folder if it
 * does not exist. Rejects with the error of the file system.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  { fileSystem, log }: { readonly fileSystem: FileSystem; readonly log: Log },
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}${temporaryExtension}`;
  try {
    await fileSystem.makeFolder(dirname(path));
    await fileSystem.writeFile(temporary, content);
    await fileSystem.rename(temporary, path);
  } catch (error) {
    await fileSystem.remove(temporary).catch((failure: unknown) => {
      log.warn(`A temporary file is left behind: ${String(failure)}`);
    });
    throw error;
  }
}

/**
 * Deletes temporary files that a killed window left behind during `replaceFile`. All temporary files in the folder must
 * belong to Parley.
 *
 * @param now Milliseconds since the epoch.
 */
export async function removeLeftovers(folder: string, now: number, fileSystem: FileSystem): Promise<void> {
  for (const name of await fileSystem.names(folder)) {
    if (!name.endsWith(temporaryExtension)) continue;
    const temporary = join(folder, name);
    const facts = await fileSystem.facts(temporary);
    if (facts !== undefined && facts.modifiedAt < now - longestWrite) await fileSystem.remove(temporary);
  }
}

/**
 * Moves a damaged file to `to`, or to a similar path if a file is already there, so that no data is lost. Creates the folder
 * if it does not exist. Resolves with the new path; rejects with the error of the file system.
 */
export async function moveWithoutOverwriting(
  from: string,
  to: string,
  fileSystem: FileSystem,
): Promise<string> {
  await fileSystem.makeFolder(dirname(to));
  const { dir, name, ext } = parse(to);
  const isTaken = (await fileSystem.facts(to)) !== undefined;
  const free = isTaken ? join(dir, `${name}.${crypto.randomUUID()}${ext}`) : to;
  await fileSystem.rename(from, free);
  return free;
}
