import type { FileHandle } from '../files/fileSystem';
import { decodeLine, journalVersion, lineEnd } from './journalLine';
import { JournalReader } from './journalReader';

/** How many bytes at the start of a journal are searched for a header. */
const headerReach = 4096;

/**
 * Who wrote a journal. `ours`: this or an older version of Parley. `newer`: a newer version, so this version must not write.
 * `unknown`: the journal has no readable header.
 */
type JournalOrigin = 'ours' | 'newer' | 'unknown';

/** Reads the origin from the header at the start of a journal. */
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

/** Finds the origin of a journal with a damaged beginning: a complete line that this version cannot read is from a newer one. */
export async function guessOrigin(file: FileHandle): Promise<JournalOrigin> {
  const reader = new JournalReader('', 'withoutDeltas');
  await reader.readFile(file);
  const { isNewer, unknownLines } = reader.finish();
  return isNewer || unknownLines > 0 ? 'newer' : 'unknown';
}
