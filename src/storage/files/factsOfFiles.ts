import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { FileFacts } from './fileFacts';
import { mapConcurrently } from './mapConcurrently';

/** How long the extension host is blocked before other work gets its turn, in milliseconds. */
const longestSlice = 4;
/** A disk, such as one on a network, is slow if it needs longer than this for some files; in milliseconds. */
const slowFile = 4;
const slowFiles = 5;
const concurrentFacts = 32;

/**
 * Size and time of many files. See `FileSystem.factsOfAll`.
 *
 * On a local disk, one synchronous call costs about 3 µs, but the dispatch of an asynchronous one blocks this thread for
 * about 10 µs. So short slices of synchronous calls block the extension host less than asynchronous calls. On a slow disk,
 * the remaining files are looked up asynchronously.
 */
export async function factsOfFiles(
  folder: string,
  names: readonly string[],
): Promise<(FileFacts | undefined)[]> {
  const facts: (FileFacts | undefined)[] = [];
  // `join` would take as long as the system call.
  const start = folder + sep;
  let sliceStart = performance.now();
  let before = sliceStart;
  let slow = 0;
  for (const name of names) {
    facts.push(factsNow(start + name));
    const now = performance.now();
    if (now - before > slowFile) slow += 1;
    if (slow === slowFiles) break;
    before = now;
    if (now - sliceStart < longestSlice) continue;
    // Not `node:timers/promises`, whose loading would be a third of activation.
    await new Promise((resolve) => setImmediate(resolve));
    before = sliceStart = performance.now();
  }
  const others = names.slice(facts.length);
  return facts.concat(await mapConcurrently(others, concurrentFacts, (name) => factsSoon(start + name)));
}

function factsNow(path: string): FileFacts | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && { size: found.size, modifiedAt: found.mtimeMs };
  } catch {
    // The caller opens the file next, and reports the error of that.
    return undefined;
  }
}

async function factsSoon(path: string): Promise<FileFacts | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, modifiedAt: mtimeMs };
  } catch {
    // As above.
    return undefined;
  }
}
