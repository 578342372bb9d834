import type { FileHandle } from '../files/fileSystem';
import { decodeLine, journalVersion, lineEnd } from './journalLine';
import { JournalReader } from './journalReader';

/** A header is somewhere in the first bytes, or it is missing. */
const headerReach = 4096;

/** Whether this version may write to a journal: its header says so, it must not, or there is no header that says anything. */
export type JournalOrigin = 'ours' | 'newer' | 'unknown';

/** What the header at a journal's beginning says. */
export async function readOrigin(file: FileHandle): Promise<JournalOrigin> {
  const buffer = Buffer.alloc(headerReach);
  const beginning = buffer.subarray(0, await file.read(buffer, 0));
  for (let start = 0; start < beginning.length;) {
    const found = beginning.indexOf(lineEnd, start);
    const end = found === -1 ? beginning.length : found;
    const content = decodeLine(beginning.subarray(start, end));
    if (content.kind === 'header') return content.version > journalVersion ? 'newer' : 'ours';
    start = end + 1;
  }
  return 'unknown';
}

/**
 * The origin of a journal whose beginning is damaged, from all that is whole in it: what this version
 * does not understand, a newer one wrote.
 */
export async function guessOrigin(file: FileHandle): Promise<JournalOrigin> {
  const reader = new JournalReader('', 'withoutDeltas');
  await reader.readFile(file);
  const { isNewer, unknownLines } = reader.finish();
  return isNewer || unknownLines > 0 ? 'newer' : 'unknown';
}
