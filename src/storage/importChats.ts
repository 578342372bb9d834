import { setImmediate } from 'node:timers/promises';
import { importChat } from '../core/importChat';
import { ImportProblem } from '../core/importProblem';
import type { ConversationStore } from '../core/ports';
import type { ConversationEvent } from '../shared/events';
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

/**
 * Writes the conversations in a file to the store: all, or none unless the disk fails twice. Resolves with their ids,
 * those that changed last at the end. Throws an
 * `ImportProblem` when something is wrong in the file, and the store's own errors; a `HalfImported` when
 * what was written before such an error could not be undone.
 */
export async function importChats(bytes: Uint8Array, options: ImportOptions): Promise<string[]> {
  const { store, now, onProgress } = options;
  // Read twice: first to see that all of it is good, then to write, with one chat in memory at a time.
  for await (const { count } of chatsIn(bytes, now)) onProgress('read', count);
  const ids: string[] = [];
  /** When each changed last, in milliseconds since the epoch. */
  const changed = new Map<string, number>();
  try {
    for await (const { id, events } of chatsIn(bytes, now)) {
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
  return ids.toSorted((left, right) => (changed.get(left) ?? 0) - (changed.get(right) ?? 0));
}

interface ReadChat {
  readonly id: string;
  readonly events: readonly ConversationEvent[];
  /** How many elements of the file were read so far. */
  readonly count: number;
}

/** Leaves out what has no message. Lets others run between two chats: this is everybody's extension host. */
async function* chatsIn(bytes: Uint8Array, now: () => number): AsyncGenerator<ReadChat> {
  let count = 0;
  for (const value of jsonElements(bytes)) {
    count += 1;
    const id = crypto.randomUUID();
    const events = readOne(value, id, count, now());
    await setImmediate();
    if (events.length > 0) yield { id, events, count };
  }
}

function readOne(value: unknown, id: string, count: number, now: number): ConversationEvent[] {
  try {
    return importChat(value, id, now);
  } catch (error) {
    throw error instanceof ImportProblem ? new ImportProblem(error.kind, count) : error;
  }
}
