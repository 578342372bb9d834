import { alignSegment, type Alignment, type LinePair } from '../lines/alignSegment';
import {
  declarationEnd,
  declarationHead,
  declaredName,
  readDeclarations,
  type Declaration,
} from '../lines/declaration';
import { adaptIndentation, reindent, restoreFirstIndent, indentUnit } from '../lines/adaptIndentation';
import { isSamePart, isUnambiguous, type Gaps } from '../lines/isUnambiguous';
import type { LineEdit } from '../lines/lineEdit';
import {
  indentOf,
  indentWidth,
  isClosing,
  isTelling,
  measureSimilarity,
  outermostWidth,
  plainLine,
} from '../lines/plainLine';

/** A possible place of a segment, which is a run of lines of a code block. */
export interface Placement {
  readonly edits: readonly LineEdit[];
  /** The lines of the file that the segment replaces, `end` not included. */
  readonly start: number;
  readonly end: number;
  /** False when the user must be asked. */
  readonly sure: boolean;
}

/** The best alignment is ambiguous if another one has at least this share of its score. */
const clearLead = 0.85;

/**
 * Finds the lines of the file, between `low` and `high`, that a segment replaces. Whole declarations replace those with the same
 * names. Other code replaces the lines that it resembles, from the counterpart of its first line to that of its last line.
 *
 * @param elisionDepth Indentation of the placeholder after the segment, in columns; undefined without one.
 * @param gaps Whether placeholders are next to the segment.
 * @returns The possible placements, the likeliest first; empty when the segment resembles nothing.
 */
export function placeSegment(
  code: readonly string[],
  file: readonly string[],
  low: number,
  high: number,
  elisionDepth?: number,
  gaps: Gaps = { before: false, after: false },
): readonly Placement[] {
  const segment = restoreFirstIndent(code, file);
  const declared = continuesInGap(segment, elisionDepth)
    ? undefined
    : placeDeclarations(segment, file, low, high);
  if (declared !== undefined)
    return [{ ...declared, sure: elisionDepth === undefined || !stopsShort(segment, file, declared) }];
  const alignment = alignSegment(segment, file, low, high);
  if (alignment === undefined) return [];
  const best = placeAligned(segment, file, low, high, alignment, gaps);
  if (alignment.rival < alignment.score * clearLead) return [best];
  const [start, end] = alignment.rivalRange;
  const other = alignSegment(segment, file, start, end);
  const rival = other && { ...placeAligned(segment, file, low, high, other, gaps), sure: false };
  return [{ ...best, sure: false }, ...(rival === undefined ? [] : [rival])];
}

/** True when the placeholder after a segment stands for the rest of its last body, which no bracket closes. */
function continuesInGap(segment: readonly string[], elisionDepth: number | undefined): boolean {
  return (
    elisionDepth !== undefined && elisionDepth > outermostWidth(segment) && !isClosing(segment.at(-1) ?? '')
  );
}

/** True when the file's body continues after the last line of a segment: the placeholder may stand for the rest. */
function stopsShort(segment: readonly string[], file: readonly string[], { edits }: Placement): boolean {
  const { start, end } = edits.at(-1) ?? { start: 0, end: 0 };
  const last = plainLine(segment.at(-1) ?? '');
  const body = file.slice(start, end);
  const at = body.findLastIndex((line) => plainLine(line) === last);
  return isTelling(last) && at !== -1 && body.slice(at + 1).some((line) => line.trim() !== '');
}

/** Replaces declarations by name; undefined when the segment has other lines too, or no name or an ambiguous name matches. */
function placeDeclarations(
  segment: readonly string[],
  file: readonly string[],
  low: number,
  high: number,
): Placement | undefined {
  const declarations = readDeclarations(segment);
  if (declarations === undefined) return undefined;
  const places = new Map<string, number[]>();
  for (let line = low; line < high; line++) {
    const name = declaredName(file[line] ?? '');
    if (name !== undefined) places.set(name, [...(places.get(name) ?? []), line]);
  }
  const edits: LineEdit[] = [];
  let waiting: readonly string[] = [];
  for (const declaration of declarations) {
    const known = narrowCandidates(
      places.get(declaration.name) ?? [],
      segment[declaration.start] ?? '',
      file,
    );
    const [line] = known;
    if (known.length > 1) return undefined;
    if (line === undefined) {
      // A new declaration goes after the one that precedes it in the block.
      const before = edits.at(-1);
      const own = segment.slice(declaration.head, declaration.end);
      if (before === undefined) waiting = [...waiting, ...own];
      else
        edits[edits.length - 1] = {
          ...before,
          lines: [...before.lines, '', ...reindentLike(own, file, before.start)],
        };
      continue;
    }
    const edit = replaceDeclaration(segment, declaration, file, line, low);
    const lead = waiting.length === 0 ? [] : [...reindentLike(waiting, file, line), ''];
    edits.push({ ...edit, lines: [...lead, ...edit.lines] });
    waiting = [];
  }
  const ordered = edits.every((edit, index) => index === 0 || (edits[index - 1]?.end ?? 0) <= edit.start);
  const [first] = edits;
  const last = edits.at(-1);
  if (!ordered || first === undefined || last === undefined) return undefined;
  return { edits, start: first.start, end: last.end, sure: true };
}

/** Narrows several declarations of one name to those with the same first line, or else to those with a similar one. */
function narrowCandidates(
  places: readonly number[],
  line: string,
  file: readonly string[],
): readonly number[] {
  if (places.length < 2) return places;
  const same = places.filter((place) => plainLine(file[place] ?? '') === plainLine(line));
  if (same.length > 0) return same;
  const alike = places.filter((place) => measureSimilarity(file[place] ?? '', line) >= 0.6);
  return alike.length > 0 ? alike : places;
}

function replaceDeclaration(
  segment: readonly string[],
  declaration: Declaration,
  file: readonly string[],
  line: number,
  low: number,
): LineEdit {
  const commented = declaration.head < declaration.start;
  const start = commented ? declarationHead(file, line, low) : line;
  const end = declarationEnd(file, line);
  const own = segment.slice(declaration.head, declaration.end);
  const alignment = alignSegment(own, file, start, end);
  const shifted =
    indentOf(own[declaration.start - declaration.head] ?? '') === indentOf(file[line] ?? '')
      ? own
      : reindentLike(own, file, line);
  // Common lines show the file's indentation better than the first line alone.
  const lines =
    alignment && alignment.pairs.length > 2 ? adaptIndentation(own, file, alignment.pairs) : shifted;
  return { start, end, lines };
}

function reindentLike(lines: readonly string[], file: readonly string[], line: number): readonly string[] {
  return reindent(lines, indentOf(file[line] ?? ''), indentUnit(file));
}

function placeAligned(
  segment: readonly string[],
  file: readonly string[],
  low: number,
  high: number,
  alignment: Alignment,
  gaps: Gaps,
): Placement {
  const pairs = gaps.before ? alignment.pairs : withHeader(segment, file, low, alignment.pairs);
  const first = pairs[0] ?? { segment: 0, file: low, same: false };
  const last = pairs.at(-1) ?? first;
  const start = first.file;
  const end = last.file + 1;
  const edit = { start, end, lines: adaptIndentation(segment, file, pairs) };
  return { edits: [edit], start, end, sure: isUnambiguous(segment, file, low, high, pairs, gaps) };
}

/** Pairs the first line of a segment with the line above the first pair if both open the same body. */
function withHeader(
  segment: readonly string[],
  file: readonly string[],
  low: number,
  pairs: readonly LinePair[],
): readonly LinePair[] {
  const [first] = pairs;
  if (first?.segment !== 1 || first.file <= low) return pairs;
  const step = indentWidth(segment[1] ?? '') - indentWidth(segment[0] ?? '');
  const above = indentWidth(file[first.file] ?? '') - indentWidth(file[first.file - 1] ?? '');
  const opens = (line = ''): boolean => /[{(:[]\s*$|\b(?:do|then)\s*$/.test(line);
  const isHeader =
    step > 0 &&
    above > 0 &&
    opens(segment[0]) &&
    opens(file[first.file - 1]) &&
    isSamePart(segment[0] ?? '', file[first.file - 1] ?? '');
  return isHeader ? [{ segment: 0, file: first.file - 1, same: false }, ...pairs] : pairs;
}
