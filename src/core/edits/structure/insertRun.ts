import { isTelling, likeness, plainLine } from '../lines/likeness';
import {
  childIndent,
  doubt,
  endWithComma,
  isNote,
  linesOf,
  mayHaveCommas,
  type Level,
  type Merging,
  type Part,
  type Run,
} from './merging';
import type { OutlineItem } from './outline';
import { hasCommas, withComma } from './withComma';

/** Parts alike by this much may be one part, changed. */
const alike = 0.6;
/** Whether all parts have names of their own. */
export function areNames(parts: readonly Part[]): boolean {
  return parts.every(({ item }) => item.key?.isName === true);
}

/** Whether a part of the file beside new ones may be an earlier form of them. */
export function isLikeNeighbour(merging: Merging, { parts, left, right }: Run, level: Level): boolean {
  const { block, file } = merging;
  const first = parts[0]?.item;
  const last = parts.at(-1)?.item;
  if (first === undefined || last === undefined) return false;
  const compare = (item: OutlineItem | undefined, own: OutlineItem): boolean => {
    if (item === undefined || isNote(file, item) || item.key?.isName === true) return false;
    const line = file.lines[item.start] ?? '';
    const other = block.text.lines[own.start] ?? '';
    return firstWord(line) === firstWord(other) && likeness(plainLine(line), plainLine(other)) >= alike;
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

/** Puts new parts beside their neighbours, or at an end of their level; false when that stays unclear. */
export function insertRun(merging: Merging, run: Run, level: Level): boolean {
  const { items } = level;
  const { parts, left, right } = run;
  const lines = linesOf(merging, parts, childIndent(merging, level));
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined || items.length === 0)
    return items.length === 0 && insertAlone(merging, level, lines);
  const isBig = parts.some(({ item }) => item.end - item.start > 1);
  // A function beside one other has a blank line before it.
  const least =
    items.length === 1 && parts.every(({ item }) => item.key?.text.startsWith('name ') === true) ? 1 : 0;
  const gap = isBig ? Math.max(usualGap(items), least) : 0;
  const after = left.kind === 'part' ? items[left.at] : undefined;
  const before = right.kind === 'part' ? items[right.at] : undefined;
  if (after !== undefined)
    return insertAfter(merging, level, after, parts, lines, Math.max(first.blankBefore, gap));
  if (before !== undefined)
    return insertBefore(merging, level, before, lines, Math.max(last.blankAfter, gap));
  const top = items[0];
  const bottom = items.at(-1);
  if (top === undefined || bottom === undefined) return false;
  if (left.kind === 'end' && right.kind === 'gap')
    return insertBefore(merging, level, top, lines, Math.max(last.blankAfter, gap));
  if (left.kind === 'end' && right.kind === 'end' && level.outer !== undefined) return false;
  if (level.kind === 'code') return insertAtCodeEnd(merging, bottom, lines);
  return insertAfter(merging, level, bottom, parts, lines, Math.max(first.blankBefore, gap));
}

/** A level without any part yet. */
export function insertAlone(merging: Merging, { body }: Level, lines: readonly string[]): boolean {
  merging.edits.push({ start: body.end, end: body.end, lines });
  return true;
}

function isJump(line: string): boolean {
  return /^\s*(?:return|throw|raise|break|continue|yield|exit|goto)(?![\w$])/.test(line);
}

/** A jump at the end of statements, with a gap before it, is the file's jump there, changed: nothing follows a jump. */
export function replacesJump(merging: Merging, { parts, left, right }: Run, level: Level): boolean {
  const { file, block } = merging;
  const bottom = level.items.at(-1);
  const last = parts.at(-1)?.item;
  if (level.kind !== 'code' || left.kind !== 'gap' || right.kind !== 'end') return false;
  if (bottom === undefined || last === undefined || !isJump(file.lines[bottom.start] ?? '')) return false;
  if (!isJump(block.text.lines[last.start] ?? '')) return false;
  merging.edits.push({
    start: bottom.lead,
    end: bottom.end,
    lines: linesOf(merging, parts, childIndent(merging, level)),
  });
  return true;
}

/** What comes after a jump is never reached. */
function insertAtCodeEnd(merging: Merging, bottom: OutlineItem, lines: readonly string[]): boolean {
  if (isJump(merging.file.lines[bottom.start] ?? '')) return doubt(merging, [bottom]);
  merging.edits.push({ start: bottom.end, end: bottom.end, lines });
  return true;
}

function insertAfter(
  merging: Merging,
  level: Level,
  item: OutlineItem,
  parts: readonly Part[],
  lines: readonly string[],
  gap: number,
): boolean {
  const commas =
    mayHaveCommas(level) &&
    hasCommas(
      merging.file,
      level.items,
      merging.block.text,
      parts.map((part) => part.item),
    );
  const isLast = level.items.at(-1) === item;
  const at = item.end - 1;
  const line = merging.file.lines[at] ?? '';
  if (commas && isLast) {
    const had = withComma(line, true) === line;
    if (!had && !merging.edits.some(({ start, end }) => start <= at && end > at))
      merging.edits.push({ start: at, end: at + 1, lines: [withComma(line, true)] });
    else if (!had) fixComma(merging, at);
    merging.edits.push({
      start: item.end,
      end: item.end,
      lines: [...blank(gap), ...endWithComma(lines, had)],
    });
  } else
    merging.edits.push({
      start: item.end,
      end: item.end,
      lines: [...blank(gap), ...(commas ? endWithComma(lines, true) : lines)],
    });
  return true;
}

/** The line is part of an edit already: its last line gets the comma. */
function fixComma(merging: Merging, at: number): void {
  const index = merging.edits.findIndex(({ start, end }) => start <= at && end === at + 1);
  const edit = merging.edits[index];
  if (edit !== undefined) merging.edits[index] = { ...edit, lines: endWithComma(edit.lines, true) };
}

function insertBefore(
  merging: Merging,
  level: Level,
  item: OutlineItem,
  lines: readonly string[],
  gap: number,
): boolean {
  const commas = mayHaveCommas(level) && hasCommas(merging.file, level.items, merging.file, []);
  merging.edits.push({
    start: item.lead,
    end: item.lead,
    lines: [...(commas ? endWithComma(lines, true) : lines), ...blank(gap)],
  });
  return true;
}

function blank(count: number): readonly string[] {
  return Array.from({ length: Math.min(count, 3) }, () => '');
}

/** How many blank lines most parts of a level have between them. */
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

/** Whether new statements are the only ones of their text elsewhere: the placeholder then leaves out the end of a part. */
export function comesFromElsewhere({ block, counts }: Merging, parts: readonly Part[]): boolean {
  return parts.some(({ item }) => {
    const line = plainLine(block.text.lines[item.start] ?? '');
    return isTelling(line) && counts.get(line) === 1;
  });
}
