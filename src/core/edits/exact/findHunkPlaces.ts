import { isTelling, measureSimilarity, plainLine } from '../lines/plainLine';
import { newSide, type Hunk, type HunkLine } from './filePatch';

/** A place where a hunk fits. */
export interface HunkPlace {
  /** The first line of the file that the hunk expects, counted from 0. */
  readonly start: number;
  /** The line after the last one. */
  readonly end: number;
  /** For each kept or removed line of the hunk, its line in the file; -1 for a blank line that the file does not have. */
  readonly lines: readonly number[];
}

/** All places of a hunk at the strictest level of comparison that finds any. */
interface HunkPlaces {
  /** The hunk, without the space that some models write after each sign. */
  readonly hunk: Hunk;
  readonly places: readonly HunkPlace[];
  /** From 0 to 1: how strict the comparison was. */
  readonly confidence: number;
}

/** A file that is prepared for searching: its lines in the compared forms. */
export interface SearchedFile {
  readonly lines: readonly string[];
  /** Lines without white space at the end. */
  readonly exact: readonly string[];
  /** Lines in their plain form; see `plainLine`. */
  readonly plain: readonly string[];
  /** How many lines may still be compared. The search stops at 0. Bounds the time. */
  budget: number;
}

/** The most comparisons of lines in one search: a few dozen milliseconds. */
const maxComparisons = 3_000_000;
/** The share of kept lines that may differ in a fuzzy match. */
const maxStrangers = 0.34;

type Level = 'exact' | 'plain' | 'typography' | 'blanks' | 'fuzzy';

/** Prepares a file for searches. */
export function prepareFile(lines: readonly string[]): SearchedFile {
  return {
    lines,
    exact: lines.map((line) => line.trimEnd()),
    plain: lines.map(plainLine),
    budget: maxComparisons,
  };
}

/** Finds the places of a hunk's old lines in the file, at the strictest level of comparison that finds any. */
export function findHunkPlaces(hunk: Hunk, file: SearchedFile): HunkPlaces {
  const readings = [hunk, ...withoutSignBlanks(hunk)];
  for (const reading of readings) {
    const places = placesAt(reading, file, 'exact');
    if (places.length > 0) return { hunk: reading, places, confidence: 1 };
  }
  for (const [rank, level] of (['plain', 'typography', 'blanks', 'fuzzy'] as const).entries()) {
    const places = placesAt(hunk, file, level);
    if (places.length > 0) return { hunk, places, confidence: 0.8 - rank * 0.1 };
  }
  return { hunk, places: [], confidence: 0 };
}

/** Finds the places where the file already has the hunk's new lines. Returns their first lines, counted from 0. */
export function findDonePlaces(hunk: Hunk, file: SearchedFile): readonly number[] {
  const wanted = newSide(hunk).map((line) => line.trimEnd());
  if (!wanted.some(isTelling)) return [];
  const starts: number[] = [];
  for (let start = 0; start + wanted.length <= file.lines.length; start++) {
    let length = 0;
    while (length < wanted.length && file.exact[start + length] === wanted[length]) length++;
    file.budget -= length + 1;
    if (length === wanted.length) starts.push(start);
  }
  return starts;
}

/** Readings of a hunk with a space after each sign: the space is removed from all lines, or from changed lines only. */
function withoutSignBlanks(hunk: Hunk): readonly Hunk[] {
  const filled = hunk.lines.filter(({ text }) => text.trim() !== '');
  const isBlank = ({ text }: HunkLine): boolean => text.startsWith(' ');
  const changed = filled.filter(({ kind }) => kind !== 'kept');
  if (changed.length === 0 || !changed.every(isBlank)) return [];
  const strip = (line: HunkLine): HunkLine => ({
    ...line,
    text: isBlank(line) ? line.text.slice(1) : line.text,
  });
  const onlyChanged = hunk.lines.map((line) => (line.kind === 'kept' ? line : strip(line)));
  const all = filled.every(isBlank) ? [{ ...hunk, lines: hunk.lines.map(strip) }] : [];
  return [...all, { ...hunk, lines: onlyChanged }];
}

function placesAt(hunk: Hunk, file: SearchedFile, level: Level): readonly HunkPlace[] {
  const old = hunk.lines.filter(({ kind }) => kind !== 'added');
  if (level === 'fuzzy' && !old.some(({ kind, text }) => kind === 'kept' && isTelling(text))) return [];
  const wanted = old.map(({ text }) => wantedForm(text, level));
  const places: HunkPlace[] = [];
  for (let start = 0; start < file.lines.length && file.budget > 0; start++) {
    const lines =
      level === 'fuzzy'
        ? matchFuzzily(old, wanted, file, start)
        : level === 'blanks'
          ? matchAroundBlanks(wanted, file, start)
          : matchEach(wanted, file, start, level);
    if (lines === undefined) continue;
    const end = Math.max(start, ...lines) + 1;
    places.push({ start, end, lines });
  }
  return places;
}

function wantedForm(text: string, level: Level): string {
  return level === 'exact' ? text.trimEnd() : level === 'typography' ? withPlainSigns(text) : plainLine(text);
}

function matchEach(
  wanted: readonly string[],
  file: SearchedFile,
  start: number,
  level: Level,
): readonly number[] | undefined {
  if (start + wanted.length > file.lines.length) return undefined;
  for (let index = 0; index < wanted.length; index++) {
    file.budget--;
    const line = start + index;
    const actual =
      level === 'exact'
        ? file.exact[line]
        : level === 'plain'
          ? file.plain[line]
          : withPlainSigns(file.lines[line] ?? '');
    if (actual !== wanted[index]) return undefined;
  }
  return wanted.map((_, index) => start + index);
}

/** Compares plain lines and ignores blank lines that only the hunk or only the file has. */
function matchAroundBlanks(
  wanted: readonly string[],
  file: SearchedFile,
  start: number,
): readonly number[] | undefined {
  if (wanted.find((text) => text !== '') === undefined || file.plain[start] === '') return undefined;
  const lines: number[] = [];
  let line = start;
  for (const text of wanted) {
    file.budget--;
    if (text === '') {
      lines.push(file.plain[line] === '' && lines.length > 0 ? line++ : -1);
      continue;
    }
    while (lines.length > 0 && file.plain[line] === '' && line < file.lines.length) line++;
    if (file.plain[line] !== text) return undefined;
    lines.push(line++);
  }
  return lines;
}

/** Compares plain lines. Some kept lines may differ a little, but removed lines must be equal. */
function matchFuzzily(
  old: readonly HunkLine[],
  wanted: readonly string[],
  file: SearchedFile,
  start: number,
): readonly number[] | undefined {
  if (start + wanted.length > file.lines.length) return undefined;
  const kept = old.filter(({ kind }) => kind === 'kept').length;
  let strangers = 0;
  let familiar = 0;
  for (const [index, { kind, text }] of old.entries()) {
    file.budget--;
    const actual = file.plain[start + index] ?? '';
    if (actual === wanted[index]) {
      if (isTelling(text)) familiar++;
      continue;
    }
    strangers++;
    if (kind === 'removed' || strangers > kept * maxStrangers) return undefined;
    file.budget -= 50;
    if (measureSimilarity(actual, text) < 0.5) return undefined;
  }
  return familiar > 0 ? old.map((_, index) => start + index) : undefined;
}

/** A plain line with ASCII quotes, dashes and spaces. Models write these where the file has typographic ones. */
function withPlainSigns(line: string): string {
  return plainLine(
    line
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\u2018-\u201b]/g, "'")
      .replace(/[\u201c-\u201f]/g, '"')
      .replace(/[\u00a0\u2002-\u200a\u202f\u205f\u3000]/g, ' '),
  );
}
