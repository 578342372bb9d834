import { addedClosers } from './addedClosers';
import type { CompletionPlace } from './completionPlace';
import { cutRepeatedSuffix } from './cutRepeatedSuffix';

/** How much of the text around the cursor is compared and kept, in UTF-16 units. */
const comparedBefore = 1_000;
const keptAfter = 300;
/** How far back a completion still counts, in UTF-16 units. */
const mostDeleted = 40;

/** A completion and the place that it was made for. */
interface CachedCompletion {
  readonly documentId: string;
  readonly offset: number;
  readonly before: string;
  readonly after: string;
  /** '' if the model had nothing to add. */
  readonly text: string;
}

/**
 * The last completions. One is found again at its own place, after the user has typed a part of it, and after the user has deleted a
 * few characters before it. The least recently used one is dropped.
 */
export class CompletionCache {
  /** The most recently used one is the last. */
  private readonly entries = new Set<CachedCompletion>();

  /** @param limit The most completions that are kept. */
  constructor(private readonly limit: number) {}

  /** Keeps a completion of a place, in place of an earlier one. */
  add(place: CompletionPlace, text: string): void {
    for (const entry of this.entries) if (distanceTo(entry, place) === 0) this.entries.delete(entry);
    this.entries.add({
      documentId: place.documentId,
      offset: place.offset,
      before: place.before.slice(-comparedBefore - mostDeleted),
      after: place.after.slice(0, keptAfter),
      text,
    });
    for (const oldest of this.entries) {
      if (this.entries.size <= this.limit) break;
      this.entries.delete(oldest);
    }
  }

  /** The completion for a place; '' if the model had nothing to add; undefined if the place is new. */
  find(place: CompletionPlace): string | undefined {
    let best: { readonly entry: CachedCompletion; readonly text: string; readonly rank: number } | undefined;
    for (const entry of this.entries) {
      const distance = distanceTo(entry, place);
      const text = distance === undefined ? undefined : textAt(entry, distance, place);
      if (distance === undefined || text === undefined) continue;
      // The completion of the place itself is best, then the one after the fewest typed characters, then one from behind.
      const rank = distance >= 0 ? distance : 1_000_000 - distance;
      if (best === undefined || rank <= best.rank) best = { entry, text, rank };
    }
    if (best === undefined) return undefined;
    this.entries.delete(best.entry);
    this.entries.add(best.entry);
    return best.text;
  }

  /** Drops all completions. */
  clear(): void {
    this.entries.clear();
  }
}

/** How many characters were typed since the completion was made, negative if they were deleted; undefined if the texts differ. */
function distanceTo(entry: CachedCompletion, place: CompletionPlace): number | undefined {
  const distance = place.offset - entry.offset;
  if (entry.documentId !== place.documentId || distance < -mostDeleted || distance > entry.text.length)
    return undefined;
  const [longer, shorter] = distance >= 0 ? [place.before, entry.before] : [entry.before, place.before];
  const start = longer.slice(0, longer.length - Math.abs(distance));
  const compared = Math.min(comparedBefore, start.length, shorter.length);
  return sameEnd(start, shorter, compared) ? distance : undefined;
}

function sameEnd(one: string, other: string, length: number): boolean {
  return one.endsWith(other.slice(other.length - length));
}

/** What is left to show; undefined if the user has typed something else, or if nothing is left. */
function textAt(entry: CachedCompletion, distance: number, place: CompletionPlace): string | undefined {
  const { before, after } = place;
  const closers = addedClosers(after, entry.after);
  if (closers === undefined) return undefined;
  if (distance < 0) {
    if (closers !== '' || entry.text === '') return undefined;
    const deleted = entry.before.slice(distance);
    return deleted.includes('\n') ? undefined : deleted + entry.text;
  }
  if (distance === 0 && closers === '') return entry.text;
  const typed = distance === 0 ? '' : before.slice(-distance);
  if (!entry.text.startsWith(typed) || typed.length === entry.text.length) return undefined;
  const left = entry.text.slice(distance);
  return closers === '' ? left : cutRepeatedSuffix(left, place);
}
