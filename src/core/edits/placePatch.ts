import type { ApplyPlan } from './applyPlan';
import { adaptIndentation } from './indentation';
import { trimEdits, type LineEdit } from './lineEdit';
import { isTelling, likeness, plainLine } from './lineLikeness';
import type { Hunk } from './patch';

/** How exactly a hunk's lines must be those of the file; tried in this order. */
const strictness = ['exact', 'plain', 'fuzzy'] as const;

type Strictness = (typeof strictness)[number];

/** In a fuzzy match so many of the kept lines may differ. */
const maxStrangers = 0.34;

/**
 * Finds where the hunks of a diff belong. Line numbers are believed only where several places fit, and only when every
 * hunk of the diff has a place just there. Hunks follow each other in the file.
 */
export function placePatch(hunks: readonly Hunk[], file: readonly string[]): ApplyPlan {
  if (hunks.length === 0) return { kind: 'unclear', places: [] };
  const places = hunks.map((hunk) => findPlaces(hunk, file));
  const numbered = hunks.every(
    (hunk, index) => hunk.hint !== undefined && places[index]?.starts.includes(hunk.hint),
  );
  const edits: LineEdit[] = [];
  let low = 0;
  let weakest = 1;
  for (const [index, hunk] of hunks.entries()) {
    const found = places[index];
    if (found === undefined) continue;
    const later = found.starts.filter((start) => start >= low);
    const start = numbered ? hunk.hint : later.length === 1 ? later[0] : undefined;
    const done = findDone(hunk, file, low);
    if (done !== undefined && (start === undefined ? later.length === 0 : isDoneRather(hunk, done, start))) {
      low = done + newSide(hunk).length;
      continue;
    }
    if (start === undefined) return { kind: 'unclear', places: [] };
    // Several hunks in a row must not only fit somewhere, but leave room for those after them.
    edits.push(...editsOf(hunk, file, start));
    low = start + oldSide(hunk).length;
    weakest = Math.min(weakest, found.confidence);
  }
  const changes = trimEdits(file, edits);
  return changes.length === 0 ? { kind: 'already' } : { kind: 'edits', edits: changes, confidence: weakest };
}

function oldSide(hunk: Hunk): readonly string[] {
  return hunk.lines.flatMap(({ kind, text }) => (kind === 'added' ? [] : [text]));
}

function newSide(hunk: Hunk): readonly string[] {
  return hunk.lines.flatMap(({ kind, text }) => (kind === 'removed' ? [] : [text]));
}

/** Where a hunk's old lines stand in the file, by the strictest reading that finds any. */
function findPlaces(hunk: Hunk, file: readonly string[]): { starts: readonly number[]; confidence: number } {
  const old = oldSide(hunk);
  if (old.length === 0) {
    const end = file.at(-1) === '' ? file.length - 1 : file.length;
    const isNew = file.every((line) => line === '');
    return {
      starts: isNew ? [0] : hunk.hint === undefined || hunk.hint > end ? [] : [hunk.hint],
      confidence: 0.5,
    };
  }
  for (const [rank, level] of strictness.entries()) {
    const starts: number[] = [];
    for (let start = 0; start + old.length <= file.length; start++)
      if (matchesAt(hunk, file, start, level)) starts.push(start);
    if (starts.length > 0) return { starts, confidence: 1 - rank * 0.2 };
  }
  return { starts: [], confidence: 0 };
}

function matchesAt(hunk: Hunk, file: readonly string[], start: number, level: Strictness): boolean {
  let line = start;
  let strangers = 0;
  let kept = 0;
  let familiar = 0;
  for (const { kind, text } of hunk.lines) {
    if (kind === 'added') continue;
    const actual = file[line++] ?? '';
    const fits =
      level === 'exact' ? actual.trimEnd() === text.trimEnd() : plainLine(actual) === plainLine(text);
    if (kind === 'kept') kept++;
    if (fits) {
      if (isTelling(text)) familiar++;
      continue;
    }
    // What is taken away must be what it says it is.
    if (level !== 'fuzzy' || kind === 'removed' || likeness(actual, text) < 0.5) return false;
    strangers++;
  }
  return level !== 'fuzzy' || (familiar > 0 && strangers <= kept * maxStrangers);
}

/** Where the file already has what the hunk makes of it; undefined when it does not. */
function findDone(hunk: Hunk, file: readonly string[], low: number): number | undefined {
  const wanted = newSide(hunk);
  if (!wanted.some(isTelling)) return undefined;
  for (let start = low; start + wanted.length <= file.length; start++)
    if (wanted.every((text, index) => (file[start + index] ?? '').trimEnd() === text.trimEnd())) return start;
  return undefined;
}

/**
 * Whether a hunk that fits at `start` was carried out there before: both its sides stand there, one within the other, and the
 * longer one tells. What only takes lines away is not done as long as they are there.
 */
function isDoneRather(hunk: Hunk, done: number, start: number): boolean {
  const wanted = newSide(hunk).length;
  const old = oldSide(hunk).length;
  return wanted >= old && start < done + wanted && done < start + old;
}

/** A hunk's edits: kept lines stay as the file has them, and new ones get the file's indentation. */
function editsOf(hunk: Hunk, file: readonly string[], start: number): readonly LineEdit[] {
  const side = newSide(hunk);
  const pairs: { segment: number; file: number; same: boolean }[] = [];
  let left = start;
  let right = 0;
  const removed: { file: number; text: string }[] = [];
  for (const { kind, text } of hunk.lines) {
    if (kind === 'kept') pairs.push({ segment: right++, file: left++, same: true });
    else if (kind === 'added') right++;
    else removed.push({ file: left++, text });
  }
  // Removed lines tell how the diff's indentation differs from the file's even where none is kept.
  const told = [...side, ...removed.map(({ text }) => text)];
  const taken = removed.map(({ file: line }, index) => ({
    segment: side.length + index,
    file: line,
    same: true,
  }));
  const adapted = adaptIndentation(told, file, [...pairs, ...taken]).slice(0, side.length);
  const edits: LineEdit[] = [];
  let from = start;
  let lines: string[] = [];
  let added = 0;
  let at = start;
  const flush = (): void => {
    if (at > from || lines.length > 0) edits.push({ start: from, end: at, lines });
    lines = [];
  };
  for (const { kind } of hunk.lines) {
    if (kind === 'kept') {
      flush();
      from = ++at;
      added++;
    } else if (kind === 'added') lines.push(adapted[added++] ?? '');
    else at++;
  }
  flush();
  return edits;
}
