import { planApply } from '../edits/plan/planApply';
import { readExactForm } from '../edits/exact/readExactForm';
import { declaredName } from '../edits/lines/declaration';
import { placeInsertion } from '../edits/lines/insertion';
import { applyLineEdits, splitBlock } from '../edits/lines/lineEdit';
import { indentWidth, isTelling, measureOverlap, plainLine } from '../edits/lines/plainLine';
import { withoutPathComment } from '../edits/paths/withoutPathComment';
import { isCertainPlaceholder } from '../edits/placeholders/placeholderShape';
import { selectedLines, type EditPlace } from './editPlace';
import { fitIndentation, keepLineEnds } from './fitIndentation';
import { reachedRow } from './reachedRow';
import { readAnswerCode } from './readAnswerCode';
import { mayBeNeighbours, withoutNeighbours } from './withoutNeighbours';

/** How far an answer has come. `cut`: it ended before the model was done, for example at its output limit. */
export type AnswerState = 'streaming' | 'complete' | 'cut';

/** What an answer does to the file. */
export type Replacement =
  /** Nothing can be shown yet. Only while the answer streams. */
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'change';
      /** The lines of the whole file with the change. */
      readonly lines: readonly string[];
      /** False if the answer streams or was cut: the rows that it did not reach are unchanged. */
      readonly isComplete: boolean;
      /** How many other code blocks of the answer are not used. */
      readonly others: number;
    }
  /** The answer is the code as it is. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'empty' }
  /** The answer has only sentences. */
  | { readonly kind: 'words' }
  /** The answer leaves out code, or is a diff, and it has no unambiguous place. */
  | { readonly kind: 'unclear' };

const exactStart = /^\s{0,8}(?:<{5,12}|-{5,12}\s?SEARCH|\*\*\* Begin|diff --git|--- \S|@@ )/;
/** This share of the code around the selection shows that the answer repeats it. */
const mostOfIt = 0.7;
const fewestLeft = 2;

/**
 * Turns an answer into the new text of the file. An unfinished answer gives the change so far: rows that it has not reached stay as
 * they are. Never throws; the time is linear in the answer, except where lines are compared.
 */
export function readReplacement(answer: string, place: EditPlace, state: AnswerState): Replacement {
  const replacement = read(answer, place, state);
  return replacement.kind === 'waiting' && state !== 'streaming' ? { kind: 'empty' } : replacement;
}

function read(answer: string, place: EditPlace, state: AnswerState): Replacement {
  const selection = selectedLines(place);
  const isOver = state !== 'streaming';
  const found = readAnswerCode(answer, { selection, languageId: place.languageId }, isOver);
  if (found.kind !== 'code') return found;
  const code = state === 'cut' && !endsLine(answer) ? withoutHalfLine(found.lines, answer) : found.lines;
  const { info, others } = found;
  const block = withoutPathComment(code, place.file.slice(place.start));
  if (isExact(block, info, selection)) {
    if (!isOver) return { kind: 'waiting' };
    return state === 'cut' ? { kind: 'unclear' } : applied(block, info, place, others);
  }
  const gap = block.findIndex(isCertainPlaceholder);
  const hasGap = gap !== -1 && !selection.some(isCertainPlaceholder);
  if (state === 'complete') {
    if (hasGap) return applied(block, info, place, others);
    const wider = repeatsSurroundings(block, place) ? applied(block, info, place, others) : undefined;
    if (wider !== undefined && wider.kind !== 'unclear') return wider;
  }
  const reached = hasGap ? block.slice(0, gap) : block;
  if (!isOver && mayBeNeighbours(reached, place)) return { kind: 'waiting' };
  const lines = withoutNeighbours(reached, place, state === 'complete');
  return asChange(lines, place, { isComplete: state === 'complete', others });
}

interface ChangeFacts {
  readonly isComplete: boolean;
  readonly others: number;
}

/** Puts the new lines into the file. */
function asChange(code: readonly string[], place: EditPlace, facts: ChangeFacts): Replacement {
  const selection = selectedLines(place);
  if (place.end === place.start || place.cursorColumn !== undefined) {
    if (code.length === 0) return { kind: facts.isComplete ? 'empty' : 'waiting' };
    return changed(insertAtCursor(code, place), place, facts);
  }
  if (code.length === 0 && !facts.isComplete) return { kind: 'waiting' };
  const row = facts.isComplete ? selection.length : reachedRow(code, selection);
  const old = selection.slice(0, Math.max(row, 1));
  const whole = withFragment(code, place, facts.isComplete);
  const fitted = keepLineEnds(fitIndentation(whole, old, place.unit), old);
  const blank = { before: blankAtStart(selection), after: blankAtStart(selection.toReversed()) };
  const middle = facts.isComplete
    ? [...blank.before, ...fitted, ...(fitted.length === 0 ? [] : blank.after)]
    : [...(row > 0 ? blank.before : []), ...fitted, ...selection.slice(row)];
  return changed(
    [...place.file.slice(0, place.start), ...middle, ...place.file.slice(place.end)],
    place,
    facts,
  );
}

function changed(lines: readonly string[], { file }: EditPlace, facts: ChangeFacts): Replacement {
  const isSame = lines.length === file.length && lines.every((line, at) => line === file[at]);
  if (isSame) return { kind: facts.isComplete ? 'unchanged' : 'waiting' };
  return { kind: 'change', lines, ...facts };
}

/** Writes new code at the cursor. What the line already has before or after the cursor is not written again. */
function insertAtCursor(code: readonly string[], place: EditPlace): readonly string[] {
  const { file, start, cursorColumn = 0, unit } = place;
  const line = file[start] ?? '';
  const before = line.slice(0, cursorColumn).trim();
  const after = line.slice(cursorColumn).trim();
  const lines = [...code];
  const [first = ''] = lines;
  if (before.length >= 2 && first.trim().startsWith(before))
    lines[0] = first.trim().slice(before.length).trimStart();
  const last = lines.at(-1) ?? '';
  if (after !== '' && last.trimEnd().endsWith(after) && (lines.length > 1 || last.trim() !== after))
    lines[lines.length - 1] = last.trimEnd().slice(0, -after.length);
  const spot = { startLine: line, startColumn: cursorColumn, endLine: line, endColumn: cursorColumn };
  const insertion = placeInsertion(lines.join('\n'), { ...spot, isOneLine: true, unit });
  const text =
    line.slice(0, insertion.startColumn) + insertion.lines.join('\n') + line.slice(insertion.endColumn);
  return [...file.slice(0, start), ...text.split('\n'), ...file.slice(start + 1)];
}

/** The whole line, if only a part of it was selected and the answer is only the new part. */
function withFragment(code: readonly string[], place: EditPlace, isComplete: boolean): readonly string[] {
  const { fragment, file, start } = place;
  if (fragment === undefined || code.length === 0) return code;
  const line = file[start] ?? '';
  const before = line.slice(0, fragment.startColumn);
  const after = line.slice(fragment.endColumn);
  const [first = ''] = code;
  const last = code.at(-1) ?? '';
  const isWholeLine =
    first.trim().startsWith(before.trim()) && (!isComplete || last.trim().endsWith(after.trim()));
  if (isWholeLine) return code;
  const inner = [first.trimStart(), ...code.slice(1)];
  inner[0] = before + (inner[0] ?? '');
  if (isComplete) inner[inner.length - 1] = (inner.at(-1) ?? '').trimEnd() + after;
  return inner;
}

/** Applies a block that says itself what it changes, or that leaves out code: first in the selection, then in the file. */
function applied(block: readonly string[], info: string, place: EditPlace, others: number): Replacement {
  const { file, start, end } = place;
  const selection = selectedLines(place);
  const text = block.join('\n');
  const inside = planApply({ block: text, info, file: selection.join('\n') });
  const facts = { isComplete: true, others };
  if (inside.kind === 'edits' && selection.length > 0 && !repeatsSurroundings(block, place)) {
    const lines = applyLineEdits(selection, inside.edits);
    return changed([...file.slice(0, start), ...lines, ...file.slice(end)], place, facts);
  }
  const plan = planApply({ block: text, info, file: file.join('\n') });
  if (plan.kind === 'already') return { kind: 'unchanged' };
  return plan.kind === 'edits'
    ? changed(applyLineEdits(file, plan.edits), place, facts)
    : { kind: 'unclear' };
}

function isExact(block: readonly string[], info: string, selection: readonly string[]): boolean {
  const first = block.find((line) => line.trim() !== '') ?? '';
  const isMarked = exactStart.test(first) && !selection.some((line) => plainLine(line) === plainLine(first));
  return isMarked || /^(?:diff|patch)\b/i.test(info) || readExactForm(block, info, selection) !== undefined;
}

/**
 * True if the answer is about more than the selection: it has most of the code around it, or it declares what the selection is a
 * part of. Exact copies of the neighbours at both ends do not count; `withoutNeighbours` removes them.
 */
function repeatsSurroundings(block: readonly string[], place: EditPlace): boolean {
  const { file, start, end } = place;
  const selection = selectedLines(place);
  const own = new Set(selection.map(plainLine));
  const inner = withoutNeighbours(block, place, true);
  const code = new Set(inner.map(plainLine));
  const around = [...file.slice(0, start), ...file.slice(end)].filter(
    (line) => isTelling(line) && !own.has(plainLine(line)),
  );
  const left = around.filter((line) => code.has(plainLine(line))).length;
  if (left >= fewestLeft && measureOverlap(around, block) >= mostOfIt) return true;
  const name = declaredName(inner.find((line) => line.trim() !== '') ?? '');
  if (name === undefined || selection.some((line) => declaredName(line) === name)) return false;
  const at = file.findLastIndex((line, index) => index < start && declaredName(line) === name);
  const depth = indentWidth(file[at] ?? '');
  return (
    at !== -1 && file.slice(at + 1, end).every((line) => line.trim() === '' || indentWidth(line) > depth)
  );
}

function blankAtStart(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(0, first);
}

function endsLine(answer: string): boolean {
  return answer.slice(answer.lastIndexOf('\n') + 1).trim() === '';
}

/** Leaves out the last line if the answer was cut in it. */
function withoutHalfLine(lines: readonly string[], answer: string): readonly string[] {
  const last = splitBlock(answer).at(-1) ?? '';
  return lines.at(-1)?.trim() === last.trim() ? lines.slice(0, -1) : lines;
}
