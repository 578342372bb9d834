import { alignLines } from '../lines/alignLines';
import { bodyTokens, hasGap, type BlockToken } from './blockTokens';
import { adaptIndentation, reindent } from '../lines/adaptIndentation';
import { indentOf, indentWidth, isTelling, plainLine } from '../lines/plainLine';
import { matchParts } from './matchParts';
import {
  childIndent,
  recordDoubt,
  endWithComma,
  isNote,
  indentedLines,
  mayHaveCommas,
  type Edge,
  type Level,
  type MergeState,
  type Part,
  type Run,
} from './mergeState';
import {
  areAllNamed,
  comesFromElsewhere,
  insertAlone,
  insertRun,
  isLikeNeighbour,
  replacesJump,
} from './insertRun';
import { outlineBody, plainText, type OutlineItem, type OutlinedText } from './outline';
import { isRecipe, partKind, type PartKind } from './partKind';
import { hasCommas, withComma } from './withComma';

/** If a block shows more than this share of a part's members, those that it leaves out may be meant to be deleted. */
const nearlyAll = 0.5;

/**
 * Merges the parts of a block into a level of a file and adds the changes to `state.edits`.
 *
 * @returns False when something is unclear. The edits are then incomplete and must not be used.
 */
export function mergeLevel(state: MergeState, tokens: readonly BlockToken[], level: Level): boolean {
  const { block, file } = state;
  const matches = matchParts(block.text, tokens, file, level.items);
  if (matches === undefined) return false;
  const order = [...matches].sort(([left], [right]) => left - right).map(([, at]) => at);
  const isOrdered = order.every((at, index) => index === 0 || (order[index - 1] ?? -1) < at);
  if (!isOrdered && (level.kind !== 'parts' || movesLines(state, tokens, level, matches))) return false;
  for (const [index, at] of matches) {
    const token = tokens[index];
    const item = level.items[at];
    if (token?.kind !== 'part' || item === undefined) return false;
    if (!mergePart(state, token.item, item, level, at, isBeforeGap(tokens, index))) return false;
  }
  return readRuns(tokens, matches).every((run) => placeRun(state, run, level, isOrdered));
}

/** True when a changed line is in another order than in the file. Its name may then occur twice. */
function movesLines(
  { block, file }: MergeState,
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

/** The runs of new parts between the edges, including empty runs. */
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

/** Inserts the new parts of a run, and decides about the parts of the file that the block does not show there. */
function placeRun(state: MergeState, run: Run, level: Level, isOrdered: boolean): boolean {
  const { parts, left, right } = run;
  const { items } = level;
  const isGap = left.kind === 'gap' || right.kind === 'gap';
  const low = left.kind === 'part' ? left.at + 1 : left.kind === 'end' ? 0 : undefined;
  const high = right.kind === 'part' ? right.at : right.kind === 'end' ? items.length : undefined;
  // Parts of the file between two edges that are adjacent in the block.
  const between = low !== undefined && high !== undefined && isOrdered ? items.slice(low, high) : [];
  const unshown = between.filter((item) => !isNote(state.file, item));
  const isEdge = left.kind === 'end' || right.kind === 'end';
  const isLarge = unshown.every((item) => item.end - item.start > 1);
  const stays = level.isOpen || (isEdge && level.isElided && level.kind === 'parts' && isLarge);
  if (!isGap && !stays && unshown.length > 0) return replaceBetween(state, run, level, unshown);
  if (parts.length === 0) return true;
  // A placeholder in a new part stands for code that the file does not have.
  if (parts.some(({ item }) => hasGap(state.block, item))) return false;
  if (
    level.isOpen &&
    unshown.length > 0 &&
    left.kind === 'part' &&
    right.kind === 'part' &&
    !areAllNamed(parts)
  )
    return recordDoubt(state, unshown);
  if (isGap && level.kind === 'code' && comesFromElsewhere(state, parts)) return false;
  if (replacesJump(state, run, level)) return true;
  if (!areAllNamed(parts) && isLikeNeighbour(state, run, level)) return false;
  if (left.kind === 'gap' && right.kind === 'gap' && level.kind === 'code') return false;
  return insertRun(state, run, level);
}

/** Replaces or deletes statements between two edges that the block shows without a gap between them. */
function replaceBetween(
  state: MergeState,
  { parts, left, right }: Run,
  level: Level,
  unshown: readonly OutlineItem[],
): boolean {
  if (level.kind !== 'code' || left.kind === 'gap' || right.kind === 'gap')
    return recordDoubt(state, unshown);
  if (parts.some(({ item }) => hasGap(state.block, item))) return false;
  const first = unshown[0];
  const last = unshown.at(-1);
  if (first === undefined || last === undefined) return true;
  const lines = indentedLines(state, parts, childIndent(state, level));
  state.edits.push({ start: first.lead, end: last.end, lines });
  return true;
}

/** Merges a part of the block into the part of the file with the same name. */
function mergePart(
  state: MergeState,
  own: OutlineItem,
  item: OutlineItem,
  level: Level,
  at: number,
  beforeGap: boolean,
): boolean {
  const { block, file } = state;
  mergeLead(state, own, item);
  if (plainText(block.text, own) === plainText(file, item)) return true;
  const isElided = hasGap(block, own);
  const isPlain =
    own.bodies.every((body) => body === undefined) || item.bodies.every((body) => body === undefined);
  if (isPlain) return !isElided && replacePart(state, own, item, level, at);
  const kind = !isElided && isRecipe(file, item, level.depth) ? 'code' : partKind(file, item);
  if (!isElided && kind !== 'parts') {
    if (beforeGap && stopsShort(state, own, item)) return recordDoubt(state, [item]);
    return replacePart(state, own, item, level, at);
  }
  if (own.rows.length !== item.rows.length)
    return !isElided && kind === 'code' && replacePart(state, own, item, level, at);
  return mergeRows(state, own, item) && mergeBodies(state, own, item, kind, level.depth + 1);
}

/** Merges the comments and decorators above a part. The file's comments stay if the block has none. */
function mergeLead(state: MergeState, own: OutlineItem, item: OutlineItem): void {
  const { block, file, unit } = state;
  if (own.lead === own.start) return;
  const isComment = (text: OutlinedText, line: number): boolean =>
    text.facts[line]?.isComment === true || text.facts[line]?.isInside === true;
  const lead = block.text.lines.slice(own.lead, own.start);
  const commented = lead.some((_, index) => isComment(block.text, own.lead + index));
  let start = item.lead;
  // If the block has only decorators, the file's comments above them stay.
  if (!commented) while (start < item.start && isComment(file, start)) start++;
  const lines = reindent(lead, indentOf(file.lines[item.start] ?? ''), unit);
  const old = file.lines.slice(start, item.start);
  if (old.map(plainLine).join('\n') === lines.map(plainLine).join('\n')) return;
  if (old.length > 0 && !commented && old.length > lead.length) return;
  state.edits.push({ start, end: item.start, lines });
}

/** Replaces the own lines of a part (first line, `} else {`, closing line) where the block's lines differ. */
function mergeRows({ block, file, edits }: MergeState, own: OutlineItem, item: OutlineItem): boolean {
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
  state: MergeState,
  own: OutlineItem,
  item: OutlineItem,
  kind: PartKind,
  depth: number,
): boolean {
  const { block, file } = state;
  return item.bodies.every((body, index) => {
    const shown = own.bodies[index];
    const row = item.rows[index] ?? item.start;
    if (shown === undefined) return body === undefined || recordDoubt(state, outlineBody(file, body, depth));
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
        insertAlone(state, level, indentedLines(state, parts, childIndent(state, level)))
      );
    }
    const items = outlineBody(file, body, depth);
    const elided = tokens.some((token) => token.kind === 'gap');
    const isOpen = kind === 'parts' && !elided && isPartial(state, tokens, items);
    return mergeLevel(state, tokens, { kind, items, body, depth, isOpen, isElided: elided, outer });
  });
}

/**
 * True when a block shows so few members of a part that the others are certainly left out, not deleted. False if there are
 * many new members, because these may replace the others.
 */
function isPartial(
  { block, file }: MergeState,
  tokens: readonly BlockToken[],
  items: readonly OutlineItem[],
): boolean {
  const matches = matchParts(block.text, tokens, file, items);
  const members = items.filter((item) => !isNote(file, item)).length;
  if (matches === undefined || matches.size === 0 || matches.size > members * nearlyAll) return false;
  // A block without any change may show what remains after a deletion.
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

/** Replaces a whole part by the block's part. The indentation is converted to that of the file. */
function replacePart(
  state: MergeState,
  own: OutlineItem,
  item: OutlineItem,
  level: Level,
  at: number,
): boolean {
  const { block, file } = state;
  const lines = block.text.lines.slice(own.start, own.end);
  const told = file.lines.slice(item.start, item.end);
  const isShort =
    own.bodies.every((body) => body === undefined) && item.bodies.some((body) => body !== undefined);
  if (isShort && !/[{(].*[)}]|=>|\[.*\]/.test((lines[0] ?? '').slice(0, 2_000)))
    return recordDoubt(state, [item]);
  if (isShort && told.filter(isTelling).length > lines.filter(isTelling).length + 3)
    return recordDoubt(state, [item]);
  const pairs = alignLines(lines, told).map((pair) => ({ ...pair, file: pair.file + item.start }));
  const indent = indentOf(file.lines[item.start] ?? '');
  const shifted = indentOf(lines[0] ?? '') === indent ? lines : reindent(lines, indent, state.unit);
  const adapted = pairs.length > 2 ? adaptIndentation(lines, file.lines, pairs) : shifted;
  const commas = mayHaveCommas(level) && hasCommas(file, level.items, block.text, [own]);
  const last = file.lines[item.end - 1] ?? '';
  const isLast = at === level.items.length - 1;
  const fixed = commas && !isLast ? endWithComma(adapted, withComma(last, true) === last) : adapted;
  state.edits.push({ start: item.start, end: item.end, lines: fixed });
  return true;
}

/**
 * True when a part without closing bracket ends before a gap, but the file's part continues after the same line: the gap may stand
 * for the rest of the part.
 */
function stopsShort(state: MergeState, own: OutlineItem, item: OutlineItem): boolean {
  const { block, file } = state;
  if (own.rows.length > 1) return false;
  const last = plainLine(block.text.lines[own.end - 1] ?? '');
  const body = file.lines.slice(item.start, item.end);
  const at = body.findLastIndex((line) => plainLine(line) === last);
  const rest = body.slice(at + 1).filter((line) => line.trim() !== '');
  return at !== -1 && isTelling(last) && rest.some((line) => indentWidth(line) > 0);
}
