import { alignSegment } from '../lines/alignSegment';
import { makePlan, makeUnclearPlan, type ApplyPlan, type Place } from '../lines/applyPlan';
import { choosePlaceByHeadings } from './choosePlaceByHeadings';
import {
  findDonePlaces,
  findHunkPlaces,
  prepareFile,
  type HunkPlace,
  type SearchedFile,
} from './findHunkPlaces';
import { adaptIndentation } from '../lines/adaptIndentation';
import { fileEnd, isOrdered, type LineEdit } from '../lines/lineEdit';
import { isSameHunk, newSide, oldSide, type Hunk, type HunkLine } from './filePatch';
import { isCertainPlaceholder } from '../placeholders/placeholderShape';

/** A hunk and the places where it fits. */
interface Candidate {
  readonly hunk: Hunk;
  readonly places: readonly HunkPlace[];
  readonly confidence: number;
  /** Set when the place is known; 'done' when the file already has the change. */
  chosen: HunkPlace | 'done' | undefined;
}

/** A wrong line number chooses the nearest of several places if that is within `lines`, and the next one `factor` times as far. */
const nearest = { lines: 25, factor: 3 };
const maxPlaces = 6;

/**
 * Finds the places of the hunks of an exact form. The hunks may be in any order. Line numbers count only if a hunk fits several
 * places. The plan is `unclear` unless all hunks have a place.
 */
export function placePatch(hunks: readonly Hunk[], lines: readonly string[]): ApplyPlan {
  if (hunks.length === 0) return makeUnclearPlan([]);
  const file = prepareFile(lines);
  const candidates = withoutRepeats(hunks)
    .flatMap((hunk) => readHunk(hunk, file))
    .map(({ hunk, places, confidence }): Candidate => ({ hunk, places, confidence, chosen: undefined }));
  if (file.budget <= 0) return makeUnclearPlan([]);
  chooseAll(candidates, file);
  const open = candidates.find(({ chosen }) => chosen === undefined);
  const placed = candidates.filter((candidate): candidate is Placed => typeof candidate.chosen === 'object');
  if (open !== undefined) return makeUnclearPlan(placesToOffer(open, placed, candidates, lines));
  const edits = joinEdits(placed, lines);
  if (edits === undefined) return makeUnclearPlan([]);
  return makePlan(lines, edits, {
    confidence: Math.min(1, ...placed.map(({ confidence }) => confidence)),
    evidence: 'exact',
  });
}

type Placed = Candidate & { readonly chosen: HunkPlace };

/** Removes a hunk that is repeated with the same line number. */
function withoutRepeats(hunks: readonly Hunk[]): readonly Hunk[] {
  return hunks.filter(
    (hunk, index) =>
      hunk.hint === undefined ||
      !hunks.some((other, at) => at < index && other.hint === hunk.hint && isSameHunk(other, hunk)),
  );
}

/** Finds the places of a hunk. A hunk that fits nowhere is split at lines of dots, which stand for left-out lines. */
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

/** The places of a hunk without old lines: only its header tells the place. */
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
    candidate.chosen = hinted ?? only ?? choosePlaceByHeadings(hunk, places, file.lines);
    const done = findDonePlaces(hunk, file);
    const { chosen } = candidate;
    if (chosen === undefined ? places.length === 0 && done.length > 0 : isDoneRather(hunk, done, chosen))
      candidate.chosen = 'done';
  }
  chooseRepeated(candidates);
  for (const candidate of candidates) candidate.chosen ??= choosePlaceByNeighbours(candidate, candidates);
  for (const candidate of candidates) candidate.chosen ??= choosePlaceByNumber(candidate, candidates);
}

/**
 * True when a hunk that fits was already applied at that place: the new lines are there too and overlap the old ones. A hunk that
 * removes more lines than it adds is not applied as long as its old lines are there.
 */
function isDoneRather(hunk: Hunk, done: readonly number[], { start, end }: HunkPlace): boolean {
  const wanted = newSide(hunk).length;
  return done.some((at) => wanted >= oldSide(hunk).length && start < at + wanted && at < end);
}

/** If there are as many equal hunks as places, each hunk gets one place. */
function chooseRepeated(candidates: readonly Candidate[]): void {
  for (const candidate of candidates) {
    if (candidate.chosen !== undefined || candidate.places.length < 2) continue;
    const equal = candidates.filter(({ hunk }) => isSameHunk(hunk, candidate.hunk));
    if (equal.length !== candidate.places.length) continue;
    const byHint = equal.toSorted((left, right) => (left.hunk.hint ?? 0) - (right.hunk.hint ?? 0));
    for (const [index, each] of byHint.entries()) each.chosen = candidate.places[index];
  }
}

/** Chooses the only place between the hunks before and after, if the known places are in the order of the diff. */
function choosePlaceByNeighbours(candidate: Candidate, all: readonly Candidate[]): HunkPlace | undefined {
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

/** Chooses the place nearest to the line number, corrected by the common error of the other hunks' numbers. */
function choosePlaceByNumber({ hunk, places }: Candidate, all: readonly Candidate[]): HunkPlace | undefined {
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

/** The edits of a hunk at a place. Kept lines stay as they are in the file; added lines get the file's indentation. */
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
  // Removed lines show the difference of indentation between hunk and file too, also without kept lines.
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

/** The places that the user may choose from if one hunk has several places or none. */
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
