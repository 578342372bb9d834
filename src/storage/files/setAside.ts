import { dirname, join, parse } from 'node:path';
import type { FileSystem } from './fileSystem';

/**
 * Moves a damaged file to `place`, or beside what lies there already: nothing is overwritten, and somebody may
 * still find in it what a program does not. Resolves with where it is now.
 */
export async function setAside(path: string, place: string, fileSystem: FileSystem): Promise<string> {
  await fileSystem.makeFolder(dirname(place));
  const { dir, name, ext } = parse(place);
  const isTaken = (await fileSystem.facts(place)) !== undefined;
  const free = isTaken ? join(dir, `${name}.${crypto.randomUUID()}${ext}`) : place;
  await fileSystem.rename(path, free);
  return free;
}
