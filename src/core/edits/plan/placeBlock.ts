import { alignLines } from '../lines/alignLines';
import { alignSegment, type LinePair } from '../lines/alignSegment';
import { settle, unclear, type ApplyPlan, type Evidence, type Place } from '../lines/applyPlan';
import type { ReadBlock } from '../structure/blockTokens';
import { resolveInlineGaps } from '../placeholders/resolveInlineGaps';
import { adaptIndentation, restoreFirstIndent } from '../lines/adaptIndentation';
import { fileEnd, isOrdered, trimEdits, withoutBlankEdges, type LineEdit } from '../lines/lineEdit';
import { indentWidth, isTelling, plainLine } from '../lines/likeness';
import { findLosses, vanishedLines } from '../structure/findLosses';
import { gapLine, outlinedText, type OutlinedText } from '../structure/outline';
import { withoutPathComment } from '../paths/withoutPathComment';
import { placeSegment, type Placement } from './placeSegment';
import { placeStructure } from '../structure/placeStructure';
import { splitAtGaps, type ShownPart } from '../placeholders/splitAtGaps';
import { readingsOf, type Reading } from '../placeholders/readingsOf';

/** From this share of the file's telling lines on, a block may be the whole file. */
const mayBeWhole = 0.5;

/** Longer blocks and files are not looked at. */
const maxLines = 100_000;
/** More placeholders than this are no block that a model writes. */
const maxGaps = 400;

/** What one reading of a block comes to. */
interface Outcome {
  /** Undefined when it is not to be done unasked. */
  readonly edits: readonly LineEdit[] | undefined;
  readonly evidence: Evidence;
  readonly confidence: number;
  /** What is worth offering instead, the likeliest first. */
  readonly places: readonly Place[];
}

/**
 * Finds what a code block that is in no exact form changes in a file. Both are lines; the file's last is '' when it ends with a line
 * end.
 *
 * @param language The language as the fence names it; '' when it names none.
 */
export function placeBlock(block: readonly string[], lines: readonly string[], language: string): ApplyPlan {
  const bare = withoutPathComment(block, lines);
  if (block.length > maxLines || lines.length > maxLines) return unclear([]);
  if (lines.every((line) => line.trim() === ''))
    return settle(lines, [wholeEdit(bare, lines)], { confidence: 1, evidence: 'whole' });
  const file = outlinedText(lines, language);
  const { lines: shown, open } = resolveInlineGaps(bare, lines);
  if (open.length > 0) return unclear([]);
  const readings = readingsOf(shown, lines);
  if (readings.some(({ gaps }) => gaps.size > maxGaps)) return unclear([]);
  const outcomes = readings.map((reading) => ({
    ...reading,
    ...placeReading(shown, reading.gaps, file, language),
  }));
  const chosen = chooseReading(outcomes, file);
  if (chosen?.edits !== undefined)
    return settle(lines, chosen.edits, { confidence: chosen.confidence, evidence: chosen.evidence });
  const places = outcomes.flatMap(({ edits, evidence, places: others }): readonly Place[] => {
    const range = edits && rangeOf(edits);
    return range === undefined || edits === undefined
      ? others
      : [{ kind: evidence === 'structure' ? 'merge' : 'lines', edits, ...range }, ...others];
  });
  const [fewest] = readings.toReversed();
  return ask(
    file,
    places,
    shown.filter((_, line) => fewest?.gaps.has(line) !== true),
  );
}

/**
 * Of several readings the one with the fewest placeholders is right where nothing vanishes by it: then the lines in question are
 * comments. Words that say clearly that something is left out are believed; where both readings could be, the user decides.
 */
function chooseReading<T extends Outcome & Reading>(
  outcomes: readonly T[],
  file: OutlinedText,
): T | undefined {
  const fewest = outcomes.at(-1);
  if (outcomes.length === 1 || fewest === undefined) return fewest;
  const clear = outcomes.find(({ isClear }) => isClear);
  if (fewest.edits !== undefined && vanishedLines(file, fewest.edits).length === 0) return clear ?? fewest;
  const sure = outcomes.find(({ trusts }) => trusts !== 'doubtful');
  const doubtful = outcomes.find(({ trusts }) => trusts === 'doubtful');
  if (doubtful !== undefined && sure?.edits !== undefined && doubtful.edits !== undefined) return undefined;
  const chosen =
    doubtful === undefined || (doubtful.edits === undefined && sure?.trusts === 'certain') ? sure : doubtful;
  // Words that would make the whole block come to nothing are rather a comment of it.
  const isIdle = chosen?.edits !== undefined && trimEdits(file.lines, chosen.edits).length === 0;
  return isIdle && fewest.edits !== undefined ? undefined : chosen;
}

function placeReading(
  shown: readonly string[],
  gaps: ReadonlySet<number>,
  file: OutlinedText,
  language: string,
): Outcome {
  const block = readBlock(shown, gaps, file, language);
  const places: Place[] = [];
  const attempt = (
    edits: readonly LineEdit[],
    evidence: Evidence,
    confidence: number,
  ): Outcome | undefined => {
    const losses = findLosses(file, edits);
    if (losses.length === 0) return { edits, evidence, confidence, places };
    const range = rangeOf(edits);
    if (range !== undefined)
      places.push({ kind: evidence === 'whole' ? 'whole' : 'lines', edits, ...range, vanishing: losses });
    return undefined;
  };
  if (gaps.size === 0) {
    const whole = placeWhole(shown, file.lines);
    const outcome = whole && attempt(whole.edits, 'whole', whole.share);
    if (outcome !== undefined) return outcome;
  }
  const structure = placeStructure(block, file);
  if (structure?.edits !== undefined) {
    const outcome = attempt(structure.edits, 'structure', 0.9);
    if (outcome !== undefined) return outcome;
  }
  const rivals = structure?.rivals ?? [];
  if (structure !== undefined && structure.doubted.length > 0) {
    const places2 = places.map((place) => ({ ...place, vanishing: structure.doubted }));
    return { edits: undefined, evidence: 'structure', confidence: 0, places: places2 };
  }
  const flat =
    gaps.size === 0 ? placePart(shown, file.lines) : placeElided(splitAtGaps(shown, gaps), file.lines);
  if (flat.edits !== undefined && rivals.length === 0) {
    const outcome = attempt(flat.edits, 'lines', 0.8);
    if (outcome !== undefined) return outcome;
  }
  return { edits: undefined, evidence: 'lines', confidence: 0, places: [...flat.places, ...places] };
}

function readBlock(
  shown: readonly string[],
  gaps: ReadonlySet<number>,
  file: OutlinedText,
  language: string,
): ReadBlock {
  const lines = restoreFirstIndent(shown, file.lines).map((line, index) =>
    gaps.has(index) ? ' '.repeat(indentWidth(line)) + gapLine : line,
  );
  return { text: { ...outlinedText(lines, language), sections: file.sections }, gaps };
}

function rangeOf(edits: readonly LineEdit[]): { readonly start: number; readonly end: number } | undefined {
  const first = edits[0];
  const last = edits.at(-1);
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

interface WholePlan {
  readonly edits: readonly LineEdit[];
  readonly share: number;
}

/** The block as the whole file: it has half of the file's telling lines, and the first and the last one among them. */
function placeWhole(block: readonly string[], file: readonly string[]): WholePlan | undefined {
  const segment = withoutBlankEdges(block);
  if (mostShare(segment, file) < mayBeWhole) return undefined;
  const pairs = pairLines(segment, file);
  const share = shareOf(pairs, file, segment);
  if (share < mayBeWhole || !coversEdges(file, pairs)) return undefined;
  return { edits: [{ ...wholeEdit(block, file), lines: wholeLines(block, file, pairs) }], share };
}

/** The most of a file's telling lines that a block may have, by their numbers. */
function mostShare(segment: readonly string[], file: readonly string[]): number {
  return (
    segment.filter(isTelling).length / Math.max(1, file.filter(isTelling).length) +
    (file.some(isTelling) ? 0 : 1)
  );
}

function shareOf(pairs: readonly LinePair[], file: readonly string[], segment: readonly string[]): number {
  const told = file.filter(isTelling).length;
  const shared = pairs.filter(({ file: line }) => isTelling(file[line] ?? '')).length;
  return told === 0 ? Number(plainLine(file.join('')) === plainLine(segment.join(''))) : shared / told;
}

interface FlatPlan {
  readonly edits: readonly LineEdit[] | undefined;
  readonly places: readonly Place[];
}

/** The block as a part of the file that resembles it. */
function placePart(block: readonly string[], file: readonly string[]): FlatPlan {
  const segment = withoutBlankEdges(block);
  const isSmall = mostShare(segment, file) < mayBeWhole;
  const pairs = isSmall ? [] : pairLines(segment, file);
  const share = isSmall ? 0 : shareOf(pairs, file, segment);
  const placements = segment.length === 0 ? [] : placeSegment(segment, file, 0, fileEnd(file));
  const [best] = placements;
  if (best?.sure && (share < mayBeWhole || !isAmbiguous(share, file, best)))
    return { edits: best.edits, places: [] };
  const places = placements.map(({ edits, start, end }): Place => ({ kind: 'lines', edits, start, end }));
  const whole = { ...wholeEdit(block, file), lines: wholeLines(block, file, pairs) };
  const wholePlace: Place = { kind: 'whole', edits: [whole], start: 0, end: file.length };
  return { edits: undefined, places: share >= mayBeWhole ? [...places, wholePlace] : places };
}

/** What a block leaves out of a file that it nearly covers may be meant to go. */
function isAmbiguous(share: number, file: readonly string[], best: Placement): boolean {
  const leftOut = [...file.slice(0, best.start), ...file.slice(best.end)].filter(isTelling).length;
  return share >= 0.85 || leftOut <= 1 || trimEdits(file, best.edits).length === 0 || best.edits.length === 0;
}

/** Whether nothing of the file is before the first or after the last line that the block has too. */
function coversEdges(file: readonly string[], pairs: readonly LinePair[]): boolean {
  const shown = pairs.filter(({ file: line }) => (file[line] ?? '').trim() !== '');
  const first = shown[0]?.file ?? file.length;
  const last = shown.at(-1)?.file ?? -1;
  return [...file.slice(0, first), ...file.slice(last + 1)].every((line) => line.trim() === '');
}

function placeElided(parts: readonly ShownPart[], file: readonly string[]): FlatPlan {
  const edits: LineEdit[] = [];
  const places: Place[] = [];
  let low = 0;
  let isSure = true;
  const filled = parts.filter(({ lines }) => lines.length > 0);
  for (const { lines, gapDepth, afterGap } of filled) {
    const gaps = { before: afterGap, after: gapDepth !== undefined };
    const [best] = placeSegment(lines, file, low, fileEnd(file), gapDepth, gaps);
    // Only code that begins or ends in a known place has a place; the whole is not done by halves.
    if (!best?.sure) {
      isSure = false;
      if (best !== undefined)
        places.push({ kind: 'lines', edits: best.edits, start: best.start, end: best.end });
      continue;
    }
    edits.push(...best.edits);
    low = best.end;
  }
  // One part that finds no sure place is offered together with those that do.
  const [only, ...others] = places;
  if (isSure && filled.length > 0) return { edits, places: [] };
  const joined = only === undefined || others.length > 0 ? [] : joinPlace(only, edits);
  return { edits: undefined, places: joined };
}

function joinPlace(place: Place, edits: readonly LineEdit[]): readonly Place[] {
  const all = [...edits, ...place.edits].toSorted((left, right) => left.start - right.start);
  return isOrdered(all) ? [{ ...place, edits: all }] : [];
}

function ask(file: OutlinedText, offered: readonly Place[], code: readonly string[]): ApplyPlan {
  const { lines } = file;
  const changing = offered.filter(({ edits }) => trimEdits(lines, edits).length > 0);
  const known = new Set(lines.map(plainLine));
  const told = code.filter(isTelling);
  const isThere = told.length > 0 && told.every((line) => known.has(plainLine(line)));
  if (changing.length === 0 && offered.length > 0 && isThere) return { kind: 'already' };
  const places = changing.slice(0, 6).map((place): Place => {
    const vanishing = place.vanishing ?? vanishedLines(file, place.edits);
    return vanishing.length === 0 ? place : { ...place, vanishing };
  });
  const end = fileEnd(lines);
  const gap = end > 0 && (lines[end - 1] ?? '').trim() !== '' ? [''] : [];
  const append: Place = {
    kind: 'end',
    start: end,
    end,
    edits: [{ start: end, end, lines: [...gap, ...withoutBlankEdges(code)] }],
  };
  return unclear([...places, append], places[0]?.vanishing ?? []);
}

/** The whole file, but for the line end at its end, which stays as it is. */
function wholeEdit(block: readonly string[], file: readonly string[]): LineEdit {
  return { start: 0, end: fileEnd(file), lines: block };
}

function wholeLines(
  block: readonly string[],
  file: readonly string[],
  pairs: readonly LinePair[],
): readonly string[] {
  const offset = block.findIndex((line) => line.trim() !== '');
  const shifted = pairs.map((pair) => ({ ...pair, segment: pair.segment + Math.max(offset, 0) }));
  return adaptIndentation(block, file, shifted);
}

function pairLines(segment: readonly string[], file: readonly string[]): readonly LinePair[] {
  const pairs = alignLines(segment, file);
  // A changed first or last line still has its counterpart.
  const alignment = pairs.length < segment.length ? alignSegment(segment, file, 0, file.length) : undefined;
  return alignment !== undefined && alignment.pairs.length > pairs.length ? alignment.pairs : pairs;
}
