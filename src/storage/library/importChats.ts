import { setImmediate } from 'node:timers/promises';
import { importChat } from '../../core/exchange/importChat';
import { ImportProblem } from '../../core/exchange/importProblem';
import type { ConversationStore } from '../../core/ports/conversationStore';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { jsonElements } from './jsonElements';

/** What an import needs. */
export interface ImportOptions {
  readonly store: ConversationStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Hears of each conversation that was read or, later, written; `count` counts from 1. */
  readonly onProgress: (step: 'read' | 'imported', count: number) => void;
}

/** An import that failed half-way, after which some of its chats could not be taken away again. */
export class HalfImported extends Error {
  override readonly name = 'HalfImported';

  constructor(
    /** How many chats stayed. */
    readonly count: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** What an import brought. */
export interface ImportedChats {
  /** Those that changed last at the end. */
  readonly ids: readonly string[];
  /** Why chats of the file were left out, one each, in the file's order. */
  readonly problems: readonly ImportProblem[];
}

/**
 * Writes the conversations in a file to the store: all that can be read, or none when the disk fails (unless it fails twice).
 * Throws an `ImportProblem` when no conversation in the file can be read, and the store's own errors; a `HalfImported` when
 * what was written before such an error could not be undone.
 */
export async function importChats(bytes: Uint8Array, options: ImportOptions): Promise<ImportedChats> {
  const { store, now, onProgress } = options;
  // Read twice: first to see that the file is whole, then to write, with one chat in memory at a time.
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
  /** When each changed last, in milliseconds since the epoch. */
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
  /** Empty when it could not be read. */
  readonly events: readonly ConversationEvent[];
  /** Why it could not be read; undefined when it could. */
  readonly problem: ImportProblem | undefined;
  /** How many elements of the file were read so far. */
  readonly count: number;
}

/** Leaves out what has no message. Lets others run between two chats: this is everybody's extension host. */
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
