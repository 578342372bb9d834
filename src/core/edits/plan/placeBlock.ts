import { alignLines } from '../lines/alignLines';
import { alignSegment, type LinePair } from '../lines/alignSegment';
import { makePlan, makeUnclearPlan, type ApplyPlan, type Evidence, type Place } from '../lines/applyPlan';
import type { ReadBlock } from '../structure/blockTokens';
import { resolveInlineGaps } from '../placeholders/resolveInlineGaps';
import { adaptIndentation, restoreFirstIndent } from '../lines/adaptIndentation';
import { fileEnd, isOrdered, trimEdits, withoutBlankEdges, type LineEdit } from '../lines/lineEdit';
import { indentWidth, isTelling, plainLine } from '../lines/plainLine';
import { findLosses, vanishedLines } from '../structure/findLosses';
import { gapLine, outlinedText, type OutlinedText } from '../structure/outline';
import { withoutPathComment } from '../paths/withoutPathComment';
import { placeSegment, type Placement } from './placeSegment';
import { placeStructure } from '../structure/placeStructure';
import { splitAtGaps, type ShownPart } from '../placeholders/splitAtGaps';
import { listReadings, type Reading } from '../placeholders/listReadings';

/** A block may be the whole file if it has at least this share of the file's telling lines. */
const mayBeWhole = 0.5;

/** The most lines of a block or a file that is processed. */
const maxLines = 100_000;
/** The most placeholders in a block. A model does not write more. */
const maxGaps = 400;

/** The result of placing one reading of a block. */
interface Outcome {
  /** Undefined when the user must be asked. */
  readonly edits: readonly LineEdit[] | undefined;
  readonly evidence: Evidence;
  readonly confidence: number;
  /** The places to offer instead, the likeliest first. */
  readonly places: readonly Place[];
}

/**
 * Finds what a code block that is in no exact form changes in a file. Both are lists of lines; the last line of the file is ''
 * when the file ends with a line end.
 *
 * @param language The language from the fence; '' for none.
 */
export function placeBlock(block: readonly string[], lines: readonly string[], language: string): ApplyPlan {
  const bare = withoutPathComment(block, lines);
  if (block.length > maxLines || lines.length > maxLines) return makeUnclearPlan([]);
  if (lines.every((line) => line.trim() === ''))
    return makePlan(lines, [wholeEdit(bare, lines)], { confidence: 1, evidence: 'whole' });
  const file = outlinedText(lines, language);
  const { lines: shown, open } = resolveInlineGaps(bare, lines);
  if (open.length > 0) return makeUnclearPlan([]);
  const readings = listReadings(shown, lines);
  if (readings.some(({ gaps }) => gaps.size > maxGaps)) return makeUnclearPlan([]);
  const outcomes = readings.map((reading) => ({
    ...reading,
    ...placeReading(shown, reading.gaps, file, language),
  }));
  const chosen = chooseReading(outcomes, file);
  if (chosen?.edits !== undefined)
    return makePlan(lines, chosen.edits, { confidence: chosen.confidence, evidence: chosen.evidence });
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
 * Chooses one of several readings. If nothing vanishes with the fewest placeholders, that reading is right: the other lines are
 * ordinary comments. Otherwise a placeholder whose words are clear is one. Returns undefined if two readings are possible: the
 * user decides.
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
  // If a reading changes nothing at all, its placeholders are more likely ordinary comments.
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

/** Places the block as the whole file: it has half of the file's telling lines, including the first and the last one. */
function placeWhole(block: readonly string[], file: readonly string[]): WholePlan | undefined {
  const segment = withoutBlankEdges(block);
  if (mostShare(segment, file) < mayBeWhole) return undefined;
  const pairs = pairLines(segment, file);
  const share = shareOf(pairs, file, segment);
  if (share < mayBeWhole || !coversEdges(file, pairs)) return undefined;
  return { edits: [{ ...wholeEdit(block, file), lines: wholeLines(block, file, pairs) }], share };
}

/** An upper bound of the share of the file's telling lines that a block can have, from the line counts alone. */
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

/** Places the block at the part of the file that it resembles. */
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

/** True when a block covers nearly the whole file: the few lines that it leaves out may be meant to be deleted. */
function isAmbiguous(share: number, file: readonly string[], best: Placement): boolean {
  const leftOut = [...file.slice(0, best.start), ...file.slice(best.end)].filter(isTelling).length;
  return share >= 0.85 || leftOut <= 1 || trimEdits(file, best.edits).length === 0 || best.edits.length === 0;
}

/** True when the file has nothing before the first and after the last common line. */
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
    // If one part has no unambiguous place, the whole block is not applied.
    if (!best?.sure) {
      isSure = false;
      if (best !== undefined)
        places.push({ kind: 'lines', edits: best.edits, start: best.start, end: best.end });
      continue;
    }
    edits.push(...best.edits);
    low = best.end;
  }
  // If just one part is ambiguous, its place is offered together with the edits of the others.
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
  return makeUnclearPlan([...places, append], places[0]?.vanishing ?? []);
}

/** An edit that replaces the whole file except its last line end. */
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
  // `alignSegment` also pairs lines that are only similar, such as a changed first or last line.
  const alignment = pairs.length < segment.length ? alignSegment(segment, file, 0, file.length) : undefined;
  return alignment !== undefined && alignment.pairs.length > pairs.length ? alignment.pairs : pairs;
}
