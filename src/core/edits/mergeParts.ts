import { alignLines } from './alignLines';
import { bodyTokens, hasGap, type BlockToken, type ReadBlock } from './blockTokens';
import { adaptIndentation, reindent, type IndentUnit } from './indentation';
import type { LineEdit } from './lineEdit';
import { indentOf, indentWidth, isTelling, likeness, plainLine } from './lineLikeness';
import { matchParts } from './matchParts';
import { outlineBody, plainText, type Body, type OutlineItem, type OutlinedText } from './outline';
import { partKind, type PartKind } from './partKind';
import { hasCommas, withComma } from './separators';

/** What merging a block into a file needs, and what it has found. */
export interface Merging {
  readonly block: ReadBlock;
  readonly file: OutlinedText;
  readonly unit: IndentUnit | undefined;
  readonly edits: LineEdit[];
  /** Lines of the file that are in doubt: shown to the user with the question. */
  readonly doubted: number[];
}

/** A level of the file: the parts within one part, or the outermost ones. */
export interface Level {
  readonly kind: PartKind;
  readonly items: readonly OutlineItem[];
  /** The lines of the level, blank ones at the edges left out. */
  readonly body: Body;
  /** How deep it is. */
  readonly depth: number;
  /** Whether the block shows only some of the level's parts, so that the others stay. */
  readonly isOpen: boolean;
  /** Whether the block has gaps in the level: it says itself where it leaves something out, and may forget the one at an end. */
  readonly isElided: boolean;
  /** The indentation of the part that holds the level; undefined for the outermost one. */
  readonly outer: string | undefined;
}

type Part = Extract<BlockToken, { kind: 'part' }>;

/** New parts of a block between two edges, which are parts that the file has, gaps, or the level's ends. */
interface Run {
  readonly parts: readonly Part[];
  readonly left: Edge;
  readonly right: Edge;
}
type Edge = { readonly kind: 'part'; readonly at: number } | { readonly kind: 'gap' | 'end' };

/** Parts alike by this much may be one part, changed. */
const alike = 0.6;
/** From this share of a part's named members on, those that a block leaves out may be meant to go. */
const nearlyAll = 0.5;

/**
 * Merges the parts of a block into a level of a file; adds to `edits`.
 *
 * @returns false when something stays unclear; `edits` are then of no use.
 */
export function mergeLevel(merging: Merging, tokens: readonly BlockToken[], level: Level): boolean {
  const { block, file } = merging;
  const matches = matchParts(block.text, tokens, file, level.items);
  if (matches === undefined) return false;
  const order = [...matches].sort(([left], [right]) => left - right).map(([, at]) => at);
  const isOrdered = order.every((at, index) => index === 0 || (order[index - 1] ?? -1) < at);
  if (!isOrdered && (level.kind !== 'parts' || movesLines(merging, tokens, level, matches))) return false;
  for (const [index, at] of matches) {
    const token = tokens[index];
    const item = level.items[at];
    if (token?.kind !== 'part' || item === undefined) return false;
    if (!mergePart(merging, token.item, item, level, at, isBeforeGap(tokens, index))) return false;
  }
  return readRuns(tokens, matches).every((run) => placeRun(merging, run, level, isOrdered));
}

/** Whether a changed line is in another order than in the file: its name may come twice. */
function movesLines(
  { block, file }: Merging,
  tokens: readonly BlockToken[],
  { items }: Level,
  matches: ReadonlyMap<number, number>,
): boolean {
  return [...matches].some(([index, at]) => {
    const token = tokens[index];
    const item = items[at];
    if (token?.kind !== 'part' || item === undefined) return true;
    if (item.end - item.start > 1 || plainText(block.text, token.item) === plainText(file, item))
      return false;
    return [...matches].some(([other, place]) => other < index !== place < at && other !== index);
  });
}

function isBeforeGap(tokens: readonly BlockToken[], index: number): boolean {
  return tokens[index + 1]?.kind === 'gap';
}

/** Everything between two neighbouring edges, also when nothing is new there. */
function readRuns(tokens: readonly BlockToken[], matches: ReadonlyMap<number, number>): readonly Run[] {
  const runs: Run[] = [];
  let left: Edge = { kind: 'end' };
  let parts: Part[] = [];
  const close = (right: Edge): void => {
    runs.push({ parts, left, right });
    parts = [];
    left = right;
  };
  for (const [index, token] of tokens.entries()) {
    const at = matches.get(index);
    if (token.kind === 'gap') close({ kind: 'gap' });
    else if (at === undefined) parts.push(token);
    else close({ kind: 'part', at });
  }
  close({ kind: 'end' });
  return runs;
}

/** Puts new parts where they belong, and decides on the file's parts that the block does not show there. */
function placeRun(merging: Merging, run: Run, level: Level, isOrdered: boolean): boolean {
  const { parts, left, right } = run;
  const { items } = level;
  const isGap = left.kind === 'gap' || right.kind === 'gap';
  const low = left.kind === 'part' ? left.at + 1 : left.kind === 'end' ? 0 : undefined;
  const high = right.kind === 'part' ? right.at : right.kind === 'end' ? items.length : undefined;
  // Parts of the file between two edges that the block has next to each other.
  const between = low !== undefined && high !== undefined && isOrdered ? items.slice(low, high) : [];
  const unshown = between.filter((item) => !isNote(merging.file, item));
  const isEdge = left.kind === 'end' || right.kind === 'end';
  const isLarge = unshown.every((item) => item.end - item.start > 1);
  const stays = level.isOpen || (isEdge && level.isElided && level.kind === 'parts' && isLarge);
  if (!isGap && !stays && unshown.length > 0) return replaceBetween(merging, run, level, unshown);
  if (parts.length === 0) return true;
  // A new part with a placeholder in it leaves out what the file does not have.
  if (parts.some(({ item }) => hasGap(merging.block, item))) return false;
  if (level.isOpen && unshown.length > 0 && left.kind === 'part' && right.kind === 'part' && !areNames(parts))
    return doubt(merging, unshown);
  if (replacesJump(merging, run, level)) return true;
  if (!areNames(parts) && isLikeNeighbour(merging, run, level)) return false;
  if (left.kind === 'gap' && right.kind === 'gap' && level.kind === 'code') return false;
  return insertRun(merging, run, level);
}

/** Statements that the block replaces or takes away: both edges are shown, with nothing left out between them. */
function replaceBetween(
  merging: Merging,
  { parts, left, right }: Run,
  level: Level,
  unshown: readonly OutlineItem[],
): boolean {
  if (level.kind !== 'code' || left.kind === 'gap' || right.kind === 'gap') return doubt(merging, unshown);
  if (parts.some(({ item }) => hasGap(merging.block, item))) return false;
  const first = unshown[0];
  const last = unshown.at(-1);
  if (first === undefined || last === undefined) return true;
  const lines = linesOf(merging, parts, childIndent(merging, level));
  merging.edits.push({ start: first.lead, end: last.end, lines });
  return true;
}

function doubt(merging: Merging, items: readonly OutlineItem[]): false {
  for (const item of items)
    for (let at = item.start; at < item.end; at++)
      if (isTelling(merging.file.lines[at] ?? '')) merging.doubted.push(at);
  return false;
}

function isNote(file: OutlinedText, item: OutlineItem): boolean {
  return file.facts[item.start]?.isComment === true;
}

function areNames(parts: readonly Part[]): boolean {
  return parts.every(({ item }) => item.key?.isName === true);
}

/** Whether a part of the file beside new ones may be an earlier form of them. */
function isLikeNeighbour(merging: Merging, { parts, left, right }: Run, level: Level): boolean {
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

function insertRun(merging: Merging, run: Run, level: Level): boolean {
  const { items } = level;
  const { parts, left, right } = run;
  const lines = linesOf(merging, parts, childIndent(merging, level));
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined || items.length === 0)
    return items.length === 0 && insertAlone(merging, level, lines);
  const isBig = parts.some(({ item }) => item.end - item.start > 1);
  const gap = isBig ? usualGap(items) : 0;
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
function insertAlone(merging: Merging, { body }: Level, lines: readonly string[]): boolean {
  merging.edits.push({ start: body.end, end: body.end, lines });
  return true;
}

function isJump(line: string): boolean {
  return /^\s*(?:return|throw|raise|break|continue|yield|exit|goto)(?![\w$])/.test(line);
}

/** A jump at the end of statements, with a gap before it, is the file's jump there, changed: nothing follows a jump. */
function replacesJump(merging: Merging, { parts, left, right }: Run, level: Level): boolean {
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

/** Statements and what is outermost in a file have none. */
function mayHaveCommas({ kind, outer }: Level): boolean {
  return kind !== 'code' && outer !== undefined;
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

function endWithComma(lines: readonly string[], has: boolean): readonly string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? withComma(line, has) : line));
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

/** The indentation of a level's parts. */
function childIndent({ file, unit }: Merging, { items, outer }: Level): string {
  const [first] = items;
  if (first !== undefined) return indentOf(file.lines[first.start] ?? '');
  if (outer === undefined) return '';
  return outer + (unit === '\t' ? '\t' : ' '.repeat(unit ?? 4));
}

/** The lines of neighbouring parts of the block, as deep as the file has them. */
function linesOf({ block, unit }: Merging, parts: readonly Part[], indent: string): readonly string[] {
  const first = parts[0]?.item;
  const last = parts.at(-1)?.item;
  if (first === undefined || last === undefined) return [];
  return reindent(block.text.lines.slice(first.lead, last.end), indent, unit);
}

/** Merges one part of the block into the file's part of the same name. */
function mergePart(
  merging: Merging,
  own: OutlineItem,
  item: OutlineItem,
  level: Level,
  at: number,
  beforeGap: boolean,
): boolean {
  const { block, file } = merging;
  mergeLead(merging, own, item);
  if (plainText(block.text, own) === plainText(file, item)) return true;
  const isElided = hasGap(block, own);
  const isPlain =
    own.bodies.every((body) => body === undefined) || item.bodies.every((body) => body === undefined);
  if (isPlain) return !isElided && replacePart(merging, own, item, level, at);
  const kind = partKind(file, item);
  if (!isElided && kind !== 'parts') {
    if (beforeGap && stopsShort(merging, own, item)) return doubt(merging, [item]);
    return replacePart(merging, own, item, level, at);
  }
  if (own.rows.length !== item.rows.length)
    return !isElided && kind === 'code' && replacePart(merging, own, item, level, at);
  return mergeRows(merging, own, item) && mergeBodies(merging, own, item, kind, level.depth + 1);
}

/** Comments above a part replace the file's; without any, the file's stay. */
function mergeLead(merging: Merging, own: OutlineItem, item: OutlineItem): void {
  const { block, file, unit } = merging;
  if (own.lead === own.start) return;
  const isComment = (text: OutlinedText, line: number): boolean =>
    text.facts[line]?.isComment === true || text.facts[line]?.isInside === true;
  const lead = block.text.lines.slice(own.lead, own.start);
  const commented = lead.some((_, index) => isComment(block.text, own.lead + index));
  let start = item.lead;
  // Decorators alone leave the comments above them.
  if (!commented) while (start < item.start && isComment(file, start)) start++;
  const lines = reindent(lead, indentOf(file.lines[item.start] ?? ''), unit);
  const old = file.lines.slice(start, item.start);
  if (old.map(plainLine).join('\n') === lines.map(plainLine).join('\n')) return;
  if (old.length > 0 && !commented && old.length > lead.length) return;
  merging.edits.push({ start, end: item.start, lines });
}

/** The block's own lines of a part (its head, what closes it) replace the file's where they differ. */
function mergeRows({ block, file, edits }: Merging, own: OutlineItem, item: OutlineItem): boolean {
  const indent = indentOf(file.lines[item.start] ?? '');
  for (const [index, row] of item.rows.entries()) {
    const line = file.lines[row] ?? '';
    const other = block.text.lines[own.rows[index] ?? -1] ?? '';
    const bare = (text: string): string => plainLine(text).replace(/[,;]$/, '');
    if (bare(line) === bare(other)) continue;
    edits.push({ start: row, end: row + 1, lines: [indent + other.trimStart()] });
  }
  return true;
}

function mergeBodies(
  merging: Merging,
  own: OutlineItem,
  item: OutlineItem,
  kind: PartKind,
  depth: number,
): boolean {
  const { block, file } = merging;
  return item.bodies.every((body, index) => {
    const shown = own.bodies[index];
    const row = item.rows[index] ?? item.start;
    if (shown === undefined) return body === undefined || doubt(merging, outlineBody(file, body, depth));
    const tokens = bodyTokens(block, shown, depth);
    if (tokens.every((token) => token.kind === 'gap')) return true;
    const outer = indentOf(file.lines[item.start] ?? '');
    if (body === undefined) {
      const parts = tokens.filter((token) => token.kind === 'part');
      const level: Level = {
        kind,
        items: [],
        body: { start: row + 1, end: row + 1 },
        depth,
        isOpen: false,
        isElided: false,
        outer,
      };
      return (
        parts.length === tokens.length &&
        !parts.some((part) => hasGap(block, part.item)) &&
        insertAlone(merging, level, linesOf(merging, parts, childIndent(merging, level)))
      );
    }
    const items = outlineBody(file, body, depth);
    const elided = tokens.some((token) => token.kind === 'gap');
    const isOpen = kind === 'parts' && !elided && isPartial(merging, tokens, items);
    return mergeLevel(merging, tokens, { kind, items, body, depth, isOpen, isElided: elided, outer });
  });
}

/**
 * Whether a block shows so few of a part's members that the others can only be left out. As many new ones could be what becomes
 * of the others.
 */
function isPartial(
  { block, file }: Merging,
  tokens: readonly BlockToken[],
  items: readonly OutlineItem[],
): boolean {
  const matches = matchParts(block.text, tokens, file, items);
  const members = items.filter((item) => !isNote(file, item)).length;
  if (matches === undefined || matches.size === 0 || matches.size > members * nearlyAll) return false;
  // What shows nothing new may show what is left when the others go.
  const changes = tokens.some((token, index) => {
    const item = items[matches.get(index) ?? -1];
    return (
      token.kind === 'part' &&
      !isNote(block.text, token.item) &&
      (item === undefined || plainText(block.text, token.item) !== plainText(file, item))
    );
  });
  return changes && (tokens.length - matches.size) * 2 <= members - matches.size;
}

/** Replaces a part by the block's as a whole; lines that both have keep the file's indentation. */
function replacePart(
  merging: Merging,
  own: OutlineItem,
  item: OutlineItem,
  level: Level,
  at: number,
): boolean {
  const { block, file } = merging;
  const lines = block.text.lines.slice(own.start, own.end);
  const told = file.lines.slice(item.start, item.end);
  const isShort =
    own.bodies.every((body) => body === undefined) && item.bodies.some((body) => body !== undefined);
  if (isShort && !/[{(].*[)}]|=>|\[.*\]/.test((lines[0] ?? '').slice(0, 2_000)))
    return doubt(merging, [item]);
  if (isShort && told.filter(isTelling).length > lines.filter(isTelling).length + 3)
    return doubt(merging, [item]);
  const pairs = alignLines(lines, told).map((pair) => ({ ...pair, file: pair.file + item.start }));
  const indent = indentOf(file.lines[item.start] ?? '');
  const shifted = indentOf(lines[0] ?? '') === indent ? lines : reindent(lines, indent, merging.unit);
  const adapted = pairs.length > 2 ? adaptIndentation(lines, file.lines, pairs) : shifted;
  const commas = mayHaveCommas(level) && hasCommas(file, level.items, block.text, [own]);
  const last = file.lines[item.end - 1] ?? '';
  const isLast = at === level.items.length - 1;
  const fixed = commas && !isLast ? endWithComma(adapted, withComma(last, true) === last) : adapted;
  merging.edits.push({ start: item.start, end: item.end, lines: fixed });
  return true;
}

/** Whether a part ends, with no bracket, before a gap, at a line after which the file's goes on: the gap may be the rest of it. */
function stopsShort(merging: Merging, own: OutlineItem, item: OutlineItem): boolean {
  const { block, file } = merging;
  if (own.rows.length > 1) return false;
  const last = plainLine(block.text.lines[own.end - 1] ?? '');
  const body = file.lines.slice(item.start, item.end);
  const at = body.findLastIndex((line) => plainLine(line) === last);
  const rest = body.slice(at + 1).filter((line) => line.trim() !== '');
  return at !== -1 && isTelling(last) && rest.some((line) => indentWidth(line) > 0);
}
