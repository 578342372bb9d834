import { dirname, join } from 'node:path';
import type { Log } from '../../core/ports/log';
import type { FileSystem } from './fileSystem';

/** No write takes so long: an older temporary file is what a killed window left. In milliseconds. */
const longestWrite = 60 * 60 * 1000;
const temporaryExtension = '.tmp';

/** Writes a file whole or not at all: whoever reads it meanwhile, or after a crash, finds the old or the new text. */
export async function replaceFile(
  path: string,
  text: string,
  { fileSystem, log }: { readonly fileSystem: FileSystem; readonly log: Log },
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}${temporaryExtension}`;
  try {
    await fileSystem.makeFolder(dirname(path));
    await fileSystem.writeText(temporary, text);
    await fileSystem.rename(temporary, path);
  } catch (error) {
    await fileSystem.remove(temporary).catch((failure: unknown) => {
      log.warn(`A temporary file is left behind: ${String(failure)}`);
    });
    throw error;
  }
}

/**
 * Deletes what windows that were killed amid a `replaceFile` have left in a folder. All temporary files in it must be ours.
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
