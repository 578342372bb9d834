import { deepStrictEqual, ok } from 'node:assert/strict';
import { join } from 'node:path';
import type { ConversationSummary } from '../../../src/core/ports/conversationStore';
import { ViewStateFile } from '../../../src/host/storage/viewStateFile';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { summarise } from '../../../src/storage/library/summarise';
import { rememberingLog } from '../../support/storage/workplace';
import { reduceAll } from '../../unit/shared/reduceAll';
import { namesIn, readJournals, type JournalContent } from './journalFile';
import type { Act, WindowReport } from './windowReport';

/** The content of a library's journals at a moment when no window writes. */
export interface LibraryContent {
  readonly live: ReadonlyMap<string, JournalContent>;
  readonly removed: ReadonlyMap<string, JournalContent>;
}

/** The result of a check. */
export interface Findings {
  readonly content: LibraryContent;
  /** The number of events and deltas that were acknowledged since the previous check. */
  readonly acknowledged: number;
  /** The number of them that are missing. */
  readonly lost: number;
}

/** A library without a journal. */
export const emptyLibrary: LibraryContent = { live: new Map(), removed: new Map() };

/**
 * Checks a library after its windows have ended. Every acknowledged atom of each window is there once, in order, after the
 * earlier ones. Atoms that were not acknowledged are there up to some point. A conversation is either in the list or in the
 * trash, as it was left.
 */
export async function checkLibrary(
  folder: string,
  before: LibraryContent,
  windows: readonly WindowReport[],
): Promise<Findings> {
  const content = {
    live: await readJournals(join(folder, 'conversations')),
    removed: await readJournals(join(folder, 'trash')),
  };
  const all = allOf(content);
  const beginning = allOf(before);
  deepStrictEqual(await namesIn(join(folder, 'damaged')), []);
  ok(all.size === content.live.size + content.removed.size, 'a conversation is listed and in the trash');
  let acknowledged = 0;
  let lost = 0;
  const ids = new Set([...all.keys(), ...beginning.keys(), ...windows.flatMap((window) => idsOf(window))]);
  for (const id of ids) {
    const known = beginning.get(id)?.atoms ?? [];
    const found = all.get(id)?.atoms ?? [];
    deepStrictEqual(found.slice(0, known.length), known, `${id}: what was there before has changed`);
    const added = found.slice(known.length);
    const writers = windows.map((window) => writingOf(window, id));
    const authors = new Map(
      writers.flatMap(({ atoms }, index) => atoms.map((atom) => [atom, index] as const)),
    );
    for (const atom of added) ok(authors.has(atom), `${id}: no window wrote ${atom.slice(0, 200)}`);
    for (const [index, { atoms, acknowledgedCount, acknowledgedAtoms }] of writers.entries()) {
      const own = added.filter((atom) => authors.get(atom) === index);
      const isThere = new Set(own);
      acknowledged += acknowledgedAtoms.length;
      lost += acknowledgedAtoms.filter((atom) => !isThere.has(atom)).length;
      deepStrictEqual(own, atoms.slice(0, own.length), `${id}: not as it was written`);
      ok(own.length >= acknowledgedCount, `${id}: acknowledged events are lost`);
    }
  }
  if (windows.length === 1) for (const window of windows) checkPlaces(content, before, window);
  return { content, acknowledged, lost };
}

/**
 * Opens the library like the next window would. Checks that its list matches the journals, that the search finds their text, and
 * that the drafts are at least the acknowledged ones. Returns the titles in the list.
 */
export async function checkNextWindow(
  folder: string,
  { live }: LibraryContent,
  windows: readonly WindowReport[],
): Promise<void> {
  const log = rememberingLog();
  const complaints: unknown[] = [];
  const onDamage = (damage: { readonly kind: string }): void => {
    // A line that a kill has truncated may look like a damaged one.
    if (damage.kind !== 'damaged') complaints.push(damage);
  };
  const store = createConversationStore({ folder, log, now: Date.now, onDamage });
  const expected = [...live].flatMap(([id, { events }]) => summarise(reduceAll(id, [...events])) ?? []);
  deepStrictEqual(
    [...(await store.list())].sort(byId),
    expected.sort(byId),
    'the list is not that of the journals',
  );
  const hits = await store.search('words of');
  deepStrictEqual(
    hits.map(({ conversation }) => conversation.id).sort(),
    expected.map(({ id }) => id).sort(),
  );
  await store.flush();
  const drafts = windows.flatMap(({ acts }) => acts.filter(({ kind }) => kind === 'draft'));
  if (drafts.length > 0) await checkDrafts(folder, drafts, log);
  complaints.push(...log.lines.filter((line) => /rebuilt|has \d+ now|could not|left behind/.test(line)));
  deepStrictEqual(complaints, []);
}

async function checkDrafts(
  folder: string,
  drafts: readonly Act[],
  log: ReturnType<typeof rememberingLog>,
): Promise<void> {
  const file = new ViewStateFile(join(folder, 'views', 'viewState.json'), log);
  const state = (await file.load()) as { changedAt?: number } | undefined;
  const acknowledged = drafts.filter(({ outcome }) => outcome === 'acknowledged').map(({ id }) => Number(id));
  ok((state?.changedAt ?? 0) >= Math.max(0, ...acknowledged), 'acknowledged drafts are lost');
}

function allOf({ live, removed }: LibraryContent): Map<string, JournalContent> {
  return new Map([...live, ...removed]);
}

function idsOf({ acts }: WindowReport): string[] {
  return acts.filter(({ atoms }) => atoms.length > 0).map(({ id }) => id);
}

interface Writing {
  /** In the order in which they were appended. */
  readonly atoms: readonly string[];
  readonly acknowledgedAtoms: readonly string[];
  /** The number of `atoms` up to the last acknowledged one. */
  readonly acknowledgedCount: number;
}

function writingOf({ acts }: WindowReport, id: string): Writing {
  const atoms: string[] = [];
  const acknowledgedAtoms: string[] = [];
  let acknowledgedCount = 0;
  for (const act of acts) {
    if (act.id !== id || act.atoms.length === 0) continue;
    atoms.push(...act.atoms);
    if (act.outcome !== 'acknowledged') continue;
    acknowledgedAtoms.push(...act.atoms);
    acknowledgedCount = atoms.length;
  }
  return { atoms, acknowledgedAtoms, acknowledgedCount };
}

/** A removal or a restoration that was not acknowledged may have happened or not. All others have happened. */
function checkPlaces(content: LibraryContent, before: LibraryContent, { acts }: WindowReport): void {
  for (const id of allOf(content).keys()) {
    let allowed = [before.removed.has(id) ? 'removed' : 'live'];
    for (const { kind, outcome } of acts.filter((act) => act.id === id)) {
      if (kind !== 'remove' && kind !== 'restore') continue;
      const place = kind === 'remove' ? 'removed' : 'live';
      if (outcome === 'acknowledged') allowed = [place];
      else if (outcome === 'open') allowed.push(place);
    }
    const place = content.removed.has(id) ? 'removed' : 'live';
    ok(allowed.includes(place), `${id} is ${place}, but was left ${allowed.join(' or ')}`);
  }
}

function byId(left: ConversationSummary, right: ConversationSummary): number {
  return left.id < right.id ? -1 : 1;
}
