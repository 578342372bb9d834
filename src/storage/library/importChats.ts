import { setImmediate } from 'node:timers/promises';
import { importChat } from '../../core/exchange/importChat';
import { ImportProblem } from '../../core/exchange/importProblem';
import type { ConversationStore } from '../../core/ports/conversationStore';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { jsonElements } from './jsonElements';

/** What `importChats` needs. */
interface ImportOptions {
  readonly store: ConversationStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called for each conversation that was read, and later for each that was written. `count` starts at 1. */
  readonly onProgress: (step: 'read' | 'imported', count: number) => void;
}

/** An import failed, and some of the chats that it had written could not be removed. */
export class HalfImported extends Error {
  override readonly name = 'HalfImported';

  constructor(
    /** The number of chats that could not be removed. */
    readonly count: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The result of an import. */
export interface ImportedChats {
  /** The ids of the imported conversations; the one that changed last is the last. */
  readonly ids: readonly string[];
  /** One problem for each chat of the file that was left out, in the order of the file. */
  readonly problems: readonly ImportProblem[];
}

/**
 * Writes all conversations of a file that can be read to the store. If the disk fails, removes those that are already
 * written.
 *
 * @throws `ImportProblem` if no conversation in the file can be read; the errors of the store; `HalfImported` if a
 *   conversation could not be removed after such an error.
 */
export async function importChats(bytes: Uint8Array, options: ImportOptions): Promise<ImportedChats> {
  const { store, now, onProgress } = options;
  // The file is read twice, with one chat in memory at a time: first to check all of it, then to write.
  const problems: ImportProblem[] = [];
  let isAnyGood = false;
  for await (const { count, problem } of chatsIn(bytes, now)) {
    if (problem === undefined) isAnyGood = true;
    else problems.push(problem);
    onProgress('read', count);
  }
  const [first] = problems;
  if (!isAnyGood && first !== undefined) throw first;
  const ids: string[] = [];
  /** The time of the last change of each conversation, in milliseconds since the epoch. */
  const changed = new Map<string, number>();
  try {
    for await (const { id, events } of chatsIn(bytes, now)) {
      if (events.length === 0) continue;
      ids.push(id);
      changed.set(
        id,
        events.reduce((latest, { at }) => Math.max(latest, at), 0),
      );
      await store.append(id, events);
      onProgress('imported', ids.length);
    }
  } catch (error) {
    const removals = await Promise.allSettled(ids.map((id) => store.remove(id)));
    const kept = removals.filter(({ status }) => status === 'rejected').length;
    throw kept > 0 ? new HalfImported(kept, error) : error;
  }
  return {
    ids: ids.toSorted((left, right) => (changed.get(left) ?? 0) - (changed.get(right) ?? 0)),
    problems,
  };
}

interface ReadChat {
  readonly id: string;
  /** Empty if the chat could not be read. */
  readonly events: readonly ConversationEvent[];
  /** Why the chat could not be read; undefined if it could. */
  readonly problem: ImportProblem | undefined;
  /** The number of elements of the file that were read so far. */
  readonly count: number;
}

/** Leaves out chats without messages. Yields to the event loop between two chats, because all extensions share it. */
async function* chatsIn(bytes: Uint8Array, now: () => number): AsyncGenerator<ReadChat> {
  let count = 0;
  for (const value of jsonElements(bytes)) {
    count += 1;
    const id = crypto.randomUUID();
    const read = readOne(value, id, count, now());
    await setImmediate();
    if (read.events.length > 0 || read.problem !== undefined) yield { id, count, ...read };
  }
}

function readOne(
  value: unknown,
  id: string,
  count: number,
  now: number,
): Pick<ReadChat, 'events' | 'problem'> {
  try {
    return { events: importChat(value, id, now), problem: undefined };
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    return { events: [], problem: new ImportProblem(error.kind, count) };
  }
}
