import { isTelling, measureSimilarity, plainLine } from '../lines/plainLine';
import {
  childIndent,
  recordDoubt,
  endWithComma,
  isNote,
  indentedLines,
  mayHaveCommas,
  type Level,
  type MergeState,
  type Part,
  type Run,
} from './mergeState';
import type { OutlineItem } from './outline';
import { hasCommas, withComma } from './withComma';

/** The least similarity of a changed part to its earlier form. */
const alike = 0.6;

/** True when all parts have names. */
export function areAllNamed(parts: readonly Part[]): boolean {
  return parts.every(({ item }) => item.key?.isName === true);
}

/** True when a part of the file next to new parts may be an earlier form of them. */
export function isLikeNeighbour(state: MergeState, { parts, left, right }: Run, level: Level): boolean {
  const { block, file } = state;
  const first = parts[0]?.item;
  const last = parts.at(-1)?.item;
  if (first === undefined || last === undefined) return false;
  const compare = (item: OutlineItem | undefined, own: OutlineItem): boolean => {
    if (item === undefined || isNote(file, item) || item.key?.isName === true) return false;
    const line = file.lines[item.start] ?? '';
    const other = block.text.lines[own.start] ?? '';
    return (
      firstWord(line) === firstWord(other) && measureSimilarity(plainLine(line), plainLine(other)) >= alike
    );
  };
  if (level.kind === 'code' || (left.kind !== 'gap' && right.kind !== 'gap')) {
    const after =
      left.kind === 'part' ? level.items[left.at + 1] : left.kind === 'end' ? level.items[0] : undefined;
    const before =
      right.kind === 'part'
        ? level.items[right.at - 1]
        : right.kind === 'end'
          ? level.items.at(-1)
          : undefined;
    const known = new Set([left, right].flatMap((edge) => (edge.kind === 'part' ? [edge.at] : [])));
    const isFree = (item: OutlineItem | undefined): boolean =>
      item !== undefined && !known.has(level.items.indexOf(item));
    return (isFree(after) && compare(after, first)) || (isFree(before) && compare(before, last));
  }
  return false;
}

function firstWord(line: string): string {
  return /[\p{L}\p{N}_$@#]+/u.exec(line)?.[0] ?? '';
}

/** Inserts new parts next to their neighbours or at an end of their level. Returns false when the place is unclear. */
export function insertRun(state: MergeState, run: Run, level: Level): boolean {
  const { items } = level;
  const { parts, left, right } = run;
  const lines = indentedLines(state, parts, childIndent(state, level));
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined || items.length === 0)
    return items.length === 0 && insertAlone(state, level, lines);
  const isBig = parts.some(({ item }) => item.end - item.start > 1);
  // Two functions have at least one blank line between them.
  const least =
    items.length === 1 && parts.every(({ item }) => item.key?.text.startsWith('name ') === true) ? 1 : 0;
  const gap = isBig ? Math.max(usualGap(items), least) : 0;
  const after = left.kind === 'part' ? items[left.at] : undefined;
  const before = right.kind === 'part' ? items[right.at] : undefined;
  if (after !== undefined)
    return insertAfter(state, level, after, parts, lines, Math.max(first.blankBefore, gap));
  if (before !== undefined) return insertBefore(state, level, before, lines, Math.max(last.blankAfter, gap));
  const top = items[0];
  const bottom = items.at(-1);
  if (top === undefined || bottom === undefined) return false;
  if (left.kind === 'end' && right.kind === 'gap')
    return insertBefore(state, level, top, lines, Math.max(last.blankAfter, gap));
  if (left.kind === 'end' && right.kind === 'end' && level.outer !== undefined) return false;
  if (level.kind === 'code') return insertAtCodeEnd(state, bottom, lines);
  return insertAfter(state, level, bottom, parts, lines, Math.max(first.blankBefore, gap));
}

/** Inserts lines into a level without parts. */
export function insertAlone(state: MergeState, { body }: Level, lines: readonly string[]): boolean {
  state.edits.push({ start: body.end, end: body.end, lines });
  return true;
}

function isJump(line: string): boolean {
  return /^\s*(?:return|throw|raise|break|continue|yield|exit|goto)(?![\w$])/.test(line);
}

/**
 * Replaces the last statement of the file's level by a jump (`return`, `throw` …) that follows a gap, if the last statement is a
 * jump too: no statement can follow a jump. Returns false when that is not the case.
 */
export function replacesJump(state: MergeState, { parts, left, right }: Run, level: Level): boolean {
  const { file, block } = state;
  const bottom = level.items.at(-1);
  const last = parts.at(-1)?.item;
  if (level.kind !== 'code' || left.kind !== 'gap' || right.kind !== 'end') return false;
  if (bottom === undefined || last === undefined || !isJump(file.lines[bottom.start] ?? '')) return false;
  if (!isJump(block.text.lines[last.start] ?? '')) return false;
  state.edits.push({
    start: bottom.lead,
    end: bottom.end,
    lines: indentedLines(state, parts, childIndent(state, level)),
  });
  return true;
}

/** Inserts statements at the end of a level. In doubt if the last statement is a jump, because they would never run. */
function insertAtCodeEnd(state: MergeState, bottom: OutlineItem, lines: readonly string[]): boolean {
  if (isJump(state.file.lines[bottom.start] ?? '')) return recordDoubt(state, [bottom]);
  state.edits.push({ start: bottom.end, end: bottom.end, lines });
  return true;
}

function insertAfter(
  state: MergeState,
  level: Level,
  item: OutlineItem,
  parts: readonly Part[],
  lines: readonly string[],
  gap: number,
): boolean {
  const commas =
    mayHaveCommas(level) &&
    hasCommas(
      state.file,
      level.items,
      state.block.text,
      parts.map((part) => part.item),
    );
  const isLast = level.items.at(-1) === item;
  const at = item.end - 1;
  const line = state.file.lines[at] ?? '';
  if (commas && isLast) {
    const had = withComma(line, true) === line;
    if (!had && !state.edits.some(({ start, end }) => start <= at && end > at))
      state.edits.push({ start: at, end: at + 1, lines: [withComma(line, true)] });
    else if (!had) fixComma(state, at);
    state.edits.push({
      start: item.end,
      end: item.end,
      lines: [...blank(gap), ...endWithComma(lines, had)],
    });
  } else
    state.edits.push({
      start: item.end,
      end: item.end,
      lines: [...blank(gap), ...(commas ? endWithComma(lines, true) : lines)],
    });
  return true;
}

/** Adds a comma to the last line of the edit that already changes this line. */
function fixComma(state: MergeState, at: number): void {
  const index = state.edits.findIndex(({ start, end }) => start <= at && end === at + 1);
  const edit = state.edits[index];
  if (edit !== undefined) state.edits[index] = { ...edit, lines: endWithComma(edit.lines, true) };
}

function insertBefore(
  state: MergeState,
  level: Level,
  item: OutlineItem,
  lines: readonly string[],
  gap: number,
): boolean {
  const commas = mayHaveCommas(level) && hasCommas(state.file, level.items, state.file, []);
  state.edits.push({
    start: item.lead,
    end: item.lead,
    lines: [...(commas ? endWithComma(lines, true) : lines), ...blank(gap)],
  });
  return true;
}

function blank(count: number): readonly string[] {
  return Array.from({ length: Math.min(count, 3) }, () => '');
}

/** The median number of blank lines between the parts of a level, at most 2. */
function usualGap(items: readonly OutlineItem[]): number {
  const gaps = items.slice(1).flatMap((item, index) => {
    const before = items[index];
    return before === undefined || (item.end - item.start < 2 && before.end - before.start < 2)
      ? []
      : [item.lead - before.end];
  });
  const [middle] = gaps.toSorted((left, right) => left - right).slice(Math.floor(gaps.length / 2));
  return Math.max(0, Math.min(middle ?? 0, 2));
}

/** True when the file has a new statement exactly once elsewhere: the placeholder then stands for the end of one part and more. */
export function comesFromElsewhere({ block, counts }: MergeState, parts: readonly Part[]): boolean {
  return parts.some(({ item }) => {
    const line = plainLine(block.text.lines[item.start] ?? '');
    return isTelling(line) && counts.get(line) === 1;
  });
}
