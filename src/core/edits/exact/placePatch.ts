import { alignSegment } from '../lines/alignSegment';
import { settle, unclear, type ApplyPlan, type Place } from '../lines/applyPlan';
import { byHeadings } from './byHeadings';
import {
  findDonePlaces,
  findHunkPlaces,
  searchedFile,
  type HunkPlace,
  type SearchedFile,
} from './hunkPlaces';
import { adaptIndentation } from '../lines/adaptIndentation';
import { fileEnd, isOrdered, type LineEdit } from '../lines/lineEdit';
import { isSameHunk, newSide, oldSide, type Hunk, type HunkLine } from './filePatch';
import { isCertainPlaceholder } from '../placeholders/placeholderShape';

/** A hunk with the places where it fits. */
interface Candidate {
  readonly hunk: Hunk;
  readonly places: readonly HunkPlace[];
  readonly confidence: number;
  /** Set once the place is known; 'done' when the file has it already. */
  chosen: HunkPlace | 'done' | undefined;
}

/** A wrong line number still tells the nearest of several places: it is off by no more than this, and the next is this much farther. */
const nearest = { lines: 25, factor: 3 };
const maxPlaces = 6;

/**
 * Finds where the hunks of an exact form belong, in any order. Line numbers are believed only where several places fit. All
 * hunks are placed, or the plan is unclear.
 */
export function placePatch(hunks: readonly Hunk[], lines: readonly string[]): ApplyPlan {
  if (hunks.length === 0) return unclear([]);
  const file = searchedFile(lines);
  const candidates = withoutRepeats(hunks)
    .flatMap((hunk) => readHunk(hunk, file))
    .map(({ hunk, places, confidence }): Candidate => ({ hunk, places, confidence, chosen: undefined }));
  if (file.budget <= 0) return unclear([]);
  chooseAll(candidates, file);
  const open = candidates.find(({ chosen }) => chosen === undefined);
  const placed = candidates.filter((candidate): candidate is Placed => typeof candidate.chosen === 'object');
  if (open !== undefined) return unclear(placesToOffer(open, placed, candidates, lines));
  const edits = joinEdits(placed, lines);
  if (edits === undefined) return unclear([]);
  return settle(lines, edits, {
    confidence: Math.min(1, ...placed.map(({ confidence }) => confidence)),
    evidence: 'exact',
  });
}

type Placed = Candidate & { readonly chosen: HunkPlace };

/** A hunk that comes twice with the same number is meant once. */
function withoutRepeats(hunks: readonly Hunk[]): readonly Hunk[] {
  return hunks.filter(
    (hunk, index) =>
      hunk.hint === undefined ||
      !hunks.some((other, at) => at < index && other.hint === hunk.hint && isSameHunk(other, hunk)),
  );
}

/** A hunk with its places. One that has lines of dots in it may leave something out there: then it is several. */
function readHunk(
  hunk: Hunk,
  file: SearchedFile,
): readonly { hunk: Hunk; places: readonly HunkPlace[]; confidence: number }[] {
  if (oldSide(hunk).length === 0)
    return [{ hunk, places: insertionPlaces(hunk, file.lines), confidence: 0.5 }];
  const found = findHunkPlaces(hunk, file);
  if (found.places.length > 0) return [found];
  const parts = splitAtDots(hunk);
  return parts.length < 2 ? [found] : parts.map((part) => findHunkPlaces(part, file));
}

/** A hunk that only adds and keeps nothing has its header's word alone. */
function insertionPlaces(hunk: Hunk, file: readonly string[]): readonly HunkPlace[] {
  const end = fileEnd(file);
  if (file.every((line) => line === '')) return [{ start: 0, end: 0, lines: [] }];
  if (hunk.atEnd === true) return [{ start: end, end, lines: [] }];
  return hunk.hint === undefined || hunk.hint > end ? [] : [{ start: hunk.hint, end: hunk.hint, lines: [] }];
}

function splitAtDots(hunk: Hunk): readonly Hunk[] {
  const parts: HunkLine[][] = [[]];
  for (const line of hunk.lines) {
    if (line.kind === 'kept' && isCertainPlaceholder(line.text)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  let headings = hunk.headings;
  return parts.flatMap((lines, index) => {
    const own = { hint: index === 0 ? hunk.hint : undefined, headings, lines };
    const last = lines.findLast(({ kind, text }) => kind !== 'added' && text.trim() !== '');
    if (last !== undefined) headings = [...headings, last.text];
    return lines.some(({ kind }) => kind !== 'kept') ? [own] : [];
  });
}

function chooseAll(candidates: readonly Candidate[], file: SearchedFile): void {
  const numbered = candidates.every(
    ({ hunk, places }) => hunk.hint !== undefined && places.some(({ start }) => start === hunk.hint),
  );
  for (const candidate of candidates) {
    const { hunk, places } = candidate;
    const hinted = numbered ? places.find(({ start }) => start === hunk.hint) : undefined;
    const only = places.length === 1 ? places[0] : undefined;
    candidate.chosen = hinted ?? only ?? byHeadings(hunk, places, file.lines);
    const done = findDonePlaces(hunk, file);
    const { chosen } = candidate;
    if (chosen === undefined ? places.length === 0 && done.length > 0 : isDoneRather(hunk, done, chosen))
      candidate.chosen = 'done';
  }
  chooseRepeated(candidates);
  for (const candidate of candidates) candidate.chosen ??= byNeighbours(candidate, candidates);
  for (const candidate of candidates) candidate.chosen ??= byNumber(candidate, candidates);
}

/**
 * Whether a hunk that fits was carried out there before: both its sides are there, one within the other, and the longer one
 * tells. What only takes lines away is not done as long as they are there.
 */
function isDoneRather(hunk: Hunk, done: readonly number[], { start, end }: HunkPlace): boolean {
  const wanted = newSide(hunk).length;
  return done.some((at) => wanted >= oldSide(hunk).length && start < at + wanted && at < end);
}

/** As many equal hunks as the file has places are meant for one place each. */
function chooseRepeated(candidates: readonly Candidate[]): void {
  for (const candidate of candidates) {
    if (candidate.chosen !== undefined || candidate.places.length < 2) continue;
    const equal = candidates.filter(({ hunk }) => isSameHunk(hunk, candidate.hunk));
    if (equal.length !== candidate.places.length) continue;
    const byHint = equal.toSorted((left, right) => (left.hunk.hint ?? 0) - (right.hunk.hint ?? 0));
    for (const [index, each] of byHint.entries()) each.chosen = candidate.places[index];
  }
}

/** The only place between those of the hunks before and after, provided that the known ones are in the diff's order. */
function byNeighbours(candidate: Candidate, all: readonly Candidate[]): HunkPlace | undefined {
  const known = all.filter((other): other is Placed => typeof other.chosen === 'object');
  const inOrder = known.every(
    ({ chosen }, index) => index === 0 || (known[index - 1]?.chosen.start ?? 0) <= chosen.start,
  );
  if (!inOrder || known.length === 0) return undefined;
  const at = all.indexOf(candidate);
  const low = known.findLast((other) => all.indexOf(other) < at)?.chosen.end ?? 0;
  const high = known.find((other) => all.indexOf(other) > at)?.chosen.start ?? Infinity;
  const between = candidate.places.filter(({ start, end }) => start >= low && end <= high);
  return between.length === 1 ? between[0] : undefined;
}

/** The place that a line number means, corrected by how far those of the other hunks are off. */
function byNumber({ hunk, places }: Candidate, all: readonly Candidate[]): HunkPlace | undefined {
  const { hint } = hunk;
  if (hint === undefined || places.length < 2) return undefined;
  const shifts = all.flatMap(({ hunk: other, chosen }) =>
    typeof chosen === 'object' && other.hint !== undefined ? [chosen.start - other.hint] : [],
  );
  const [shift] = shifts;
  const expected = shift !== undefined && shifts.every((other) => other === shift) ? hint + shift : hint;
  const sorted = places.toSorted((left, right) => distance(left, expected) - distance(right, expected));
  const [best, next] = sorted;
  if (best === undefined || next === undefined) return best;
  const near = distance(best, expected);
  return near <= nearest.lines && near * nearest.factor < distance(next, expected) ? best : undefined;
}

function distance({ start }: HunkPlace, line: number): number {
  return Math.abs(start - line);
}

/** All edits in the order of their lines; undefined when two hunks change the same lines differently. */
function joinEdits(placed: readonly Placed[], file: readonly string[]): readonly LineEdit[] | undefined {
  const edits = placed
    .flatMap(({ hunk, chosen }) => editsOf(hunk, file, chosen))
    .toSorted((left, right) => left.start - right.start || left.end - right.end);
  const single = edits.filter((edit, index) => {
    const before = edits[index - 1];
    return before === undefined || !isSameEdit(before, edit);
  });
  return isOrdered(single) ? single : undefined;
}

function isSameEdit(left: LineEdit, right: LineEdit): boolean {
  return (
    left.start === right.start &&
    left.end === right.end &&
    left.lines.length === right.lines.length &&
    left.lines.every((line, index) => line === right.lines[index])
  );
}

/** A hunk's edits: kept lines stay as the file has them, and new ones get the file's indentation. */
function editsOf(hunk: Hunk, file: readonly string[], place: HunkPlace): readonly LineEdit[] {
  const side = newSide(hunk);
  const pairs: { segment: number; file: number; same: boolean }[] = [];
  const removed: { file: number; text: string }[] = [];
  let old = 0;
  let right = 0;
  for (const { kind, text } of hunk.lines) {
    const line = kind === 'added' ? -1 : (place.lines[old++] ?? -1);
    if (kind === 'removed') removed.push({ file: line, text });
    else {
      if (kind === 'kept' && line !== -1) pairs.push({ segment: right, file: line, same: true });
      right++;
    }
  }
  // Removed lines tell how the diff's indentation differs from the file's even where none is kept.
  const told = [...side, ...removed.map(({ text }) => text)];
  const taken = removed.map(({ file: line }, index) => ({
    segment: side.length + index,
    file: line,
    same: true,
  }));
  const adapted = adaptIndentation(told, file, [...pairs, ...taken.filter(({ file: line }) => line !== -1)]);
  const edits: LineEdit[] = [];
  let from = place.start;
  let at = place.start;
  let lines: string[] = [];
  let added = 0;
  old = 0;
  const flush = (): void => {
    if (at > from || lines.length > 0) edits.push({ start: from, end: at, lines });
    lines = [];
  };
  for (const { kind } of hunk.lines) {
    if (kind === 'added') {
      lines.push(adapted[added++] ?? '');
      continue;
    }
    const line = place.lines[old++] ?? -1;
    if (kind === 'kept') {
      added++;
      if (line === -1) continue;
      flush();
      from = at = line + 1;
    } else if (line !== -1) {
      if (at === from && lines.length === 0) from = line;
      at = line + 1;
    }
  }
  flush();
  return edits;
}

/** What the user may choose from where a hunk has several places, or none. */
function placesToOffer(
  open: Candidate,
  placed: readonly Placed[],
  all: readonly Candidate[],
  file: readonly string[],
): readonly Place[] {
  const others = all.filter(({ chosen }) => chosen === undefined);
  if (others.length > 1) return [];
  if (open.places.length > 0)
    return open.places.slice(0, maxPlaces).flatMap((chosen): readonly Place[] => {
      const edits = joinEdits([...placed, { ...open, chosen }], file);
      return edits === undefined ? [] : [{ kind: 'lines', edits, start: chosen.start, end: chosen.end }];
    });
  const old = oldSide(open.hunk);
  const alike = alignSegment(old, file, 0, file.length);
  const first = alike?.pairs[0];
  const last = alike?.pairs.at(-1);
  if (alike === undefined || first === undefined || last === undefined || alike.pairs.length * 2 < old.length)
    return [];
  const edit = {
    start: first.file,
    end: last.file + 1,
    lines: adaptIndentation(newSide(open.hunk), file, []),
  };
  const rest = joinEdits(placed, file) ?? [];
  const edits = [...rest, edit].toSorted((left, right) => left.start - right.start);
  return isOrdered(edits) ? [{ kind: 'lines', edits, start: edit.start, end: edit.end }] : [];
}
