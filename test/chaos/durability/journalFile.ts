import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { couldBeLine, decodeLine } from '../../../src/storage/journal/journalLine';
import { atomsOf } from './atoms';

/** A journal on the disk, read without the code of the product. */
export class JournalContent {
  private foundAtoms: readonly string[] | undefined;

  /** @param tornLines The beginnings of lines that a kill has truncated. */
  constructor(
    readonly events: readonly ConversationEvent[],
    readonly tornLines: number,
  ) {}

  /** See `atomsOf`. */
  get atoms(): readonly string[] {
    this.foundAtoms ??= this.events.flatMap(atomsOf);
    return this.foundAtoms;
  }
}

/** The journals in a folder of a library, by the ids of their conversations. Throws if a line is damaged. */
export async function readJournals(folder: string): Promise<Map<string, JournalContent>> {
  const names = await namesIn(folder);
  const journals = names.filter((name) => name.endsWith('.jsonl'));
  return new Map(
    await Promise.all(
      journals.map(
        async (name) =>
          [name.slice(0, -'.jsonl'.length), parseJournal(await readFile(join(folder, name)))] as const,
      ),
    ),
  );
}

/** The names of the files in a folder; empty if the folder does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The complete lines of a journal. Throws if a line is neither complete nor the beginning of one. */
export function parseJournal(bytes: Buffer): JournalContent {
  const events: ConversationEvent[] = [];
  let tornLines = 0;
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf('\n', start);
    const end = found === -1 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    start = end + 1;
    if (line.length === 0) continue;
    const content = decodeLine(line, found !== -1);
    if (content.kind === 'event') events.push(JSON.parse(line.toString('utf8', 9)) as ConversationEvent);
    else if (content.kind === 'header') continue;
    else if (couldBeLine(line)) tornLines += 1;
    else throw new Error(`A damaged line: ${line.toString('utf8', 0, 200)}`);
  }
  return new JournalContent(events, tornLines);
}
