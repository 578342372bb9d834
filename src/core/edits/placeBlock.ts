import { diffArrays } from 'diff';
import { alignSegment, type LinePair } from './alignSegment';
import { settle as settlePlan, type ApplyPlan, type Evidence, type Place } from './applyPlan';
import { splitAtElisions, type ShownPart } from './elision';
import { adaptIndentation } from './indentation';
import { fileEnd, trimEdits, withoutBlankEdges, type LineEdit } from './lineEdit';
import { isTelling, plainLine } from './lineLikeness';
import { placeSegment, type Placement } from './placeSegment';

/** From this share of the file's telling lines on, a block may be the whole file. */
const mayBeWhole = 0.5;

/** Finds what a code block that is no diff changes in a file. Both are lines; the file's last is '' when it ends with a line end. */
export function placeBlock(block: readonly string[], file: readonly string[]): ApplyPlan {
  if (file.every((line) => line.trim() === '')) return settle(file, [wholeEdit(block, file)], 1);
  const parts = splitAtElisions(block, file);
  return parts.length === 1 ? placeWholeOrPart(block, file) : placeElided(parts, file);
}

function placeWholeOrPart(block: readonly string[], file: readonly string[]): ApplyPlan {
  const segment = withoutBlankEdges(block);
  const pairs = pairLines(segment, file);
  const told = file.filter(isTelling).length;
  const shared = pairs.filter(({ file: line }) => isTelling(file[line] ?? '')).length;
  const share = told === 0 ? Number(plainLine(file.join('')) === plainLine(block.join(''))) : shared / told;
  const whole = { ...wholeEdit(block, file), lines: wholeLines(block, file, pairs) };
  if (share >= mayBeWhole && coversEdges(file, pairs)) return settle(file, [whole], share);
  const placements = segment.length === 0 ? [] : placeSegment(segment, file, 0, fileEnd(file));
  const [best] = placements;
  if (best?.sure && (share < mayBeWhole || !isAmbiguous(share, file, best)))
    return settle(file, best.edits, 0.8);
  const places = placements.map(({ edits, start, end }): Place => ({ kind: 'lines', edits, start, end }));
  const wholePlace: Place = { kind: 'whole', edits: [whole], start: 0, end: file.length };
  return unclear(file, share >= mayBeWhole ? [...places, wholePlace] : places, block, share >= 0.2);
}

/** What a block leaves out of a file that it nearly covers may be meant to go. */
function isAmbiguous(share: number, file: readonly string[], best: Placement): boolean {
  const leftOut = [...file.slice(0, best.start), ...file.slice(best.end)].filter(isTelling).length;
  return share >= 0.85 || leftOut <= 1 || trimEdits(file, best.edits).length === 0 || best.edits.length === 0;
}

/** Whether nothing of the file stands before the first or after the last line that the block has too. */
function coversEdges(file: readonly string[], pairs: readonly LinePair[]): boolean {
  const shown = pairs.filter(({ file: line }) => (file[line] ?? '').trim() !== '');
  const first = shown[0]?.file ?? file.length;
  const last = shown.at(-1)?.file ?? -1;
  return [...file.slice(0, first), ...file.slice(last + 1)].every((line) => line.trim() === '');
}

function placeElided(parts: readonly ShownPart[], file: readonly string[]): ApplyPlan {
  const edits: LineEdit[] = [];
  let low = 0;
  const filled = parts.filter(({ lines }) => lines.length > 0);
  for (const { lines, elisionDepth } of filled) {
    const [best] = placeSegment(lines, file, low, fileEnd(file), elisionDepth);
    // Only code that begins or ends in a known place has a place; the whole is not done by halves.
    if (!best?.sure) return { kind: 'unclear', places: [], vanishing: [] };
    edits.push(...best.edits);
    low = best.end;
  }
  return filled.length === 0 ? { kind: 'unclear', places: [], vanishing: [] } : settle(file, edits, 0.8);
}

function unclear(
  file: readonly string[],
  places: readonly Place[],
  block: readonly string[],
  related: boolean,
): ApplyPlan {
  const changing = places.filter(({ edits }) => trimEdits(file, edits).length > 0);
  if (changing.length === 0 && places.length > 0 && related) return { kind: 'already' };
  const end = fileEnd(file);
  const gap = end > 0 && (file[end - 1] ?? '').trim() !== '' ? [''] : [];
  const append: Place = {
    kind: 'end',
    start: end,
    end,
    edits: [{ start: end, end, lines: [...gap, ...block] }],
  };
  return { kind: 'unclear', places: [...changing, append], vanishing: [] };
}

function settle(file: readonly string[], edits: readonly LineEdit[], confidence: number): ApplyPlan {
  const evidence: Evidence = edits[0]?.start === 0 && edits[0].end === fileEnd(file) ? 'whole' : 'lines';
  return settlePlan(file, edits, { confidence, evidence });
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
  const pairs: LinePair[] = [];
  let left = 0;
  let right = 0;
  for (const { value, added, removed } of diffArrays(file.map(plainLine), segment.map(plainLine))) {
    if (added) right += value.length;
    else if (removed) left += value.length;
    else pairs.push(...value.map(() => ({ segment: right++, file: left++, same: true })));
  }
  // A changed first or last line still has its counterpart.
  const alignment = pairs.length < segment.length ? alignSegment(segment, file, 0, file.length) : undefined;
  return alignment !== undefined && alignment.pairs.length > pairs.length ? alignment.pairs : pairs;
}
