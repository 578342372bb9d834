import { blockTokens, type BlockToken, type ReadBlock } from './blockTokens';
import { indentUnit } from '../lines/adaptIndentation';
import { isOrdered, type LineEdit } from '../lines/lineEdit';
import { indentOf, isTelling, plainLine } from '../lines/plainLine';
import { mergeLevel } from './mergeLevel';
import type { Level, MergeState } from './mergeState';
import { outline, outlineBody, plainText, type Body, type OutlineItem, type OutlinedText } from './outline';
import { partKind } from './partKind';

/** The result of merging a block into the structure of a file. */
interface StructurePlan {
  /** In the order of their lines; undefined when something is unclear. */
  readonly edits: readonly LineEdit[] | undefined;
  /** Lines of the file that are in doubt, counted from 0. */
  readonly doubted: readonly number[];
  /** The bodies in which the block may belong, if several levels have parts with its names. */
  readonly rivals: readonly Body[];
}

/** The most parts of a file that are indexed. */
const maxParts = 60_000;

/**
 * Merges a block into a file by structure. Parts with the same name become the block's parts, new parts go next to their
 * neighbours, and parts that the block leaves out stay.
 *
 * @returns Undefined when the block and the file have no part in common, or the block's brackets are not balanced.
 */
export function placeStructure(block: ReadBlock, file: OutlinedText): StructurePlan | undefined {
  if (!isBalanced(block)) return undefined;
  const tokens = blockTokens(block);
  const levels = readLevels(file);
  const groups = groupByLevel(block, tokens, file, levels);
  if (groups === undefined) return undefined;
  if ('rivals' in groups) return { edits: undefined, doubted: [], rivals: groups.rivals };
  const counts = new Map<string, number>();
  for (const line of file.lines.map(plainLine)) counts.set(line, (counts.get(line) ?? 0) + 1);
  const state: MergeState = {
    counts,
    block,
    file,
    unit: indentUnit(file.lines),
    edits: [],
    doubted: [],
  };
  for (const { level, tokens: own } of groups.groups) {
    if (level.kind === 'code' && !own.every((token) => isKnownPart(token, level))) return undefined;
    if (!mergeLevel(state, own, { ...level, isOpen: true }))
      return { edits: undefined, doubted: state.doubted, rivals: [] };
  }
  const edits = state.edits.toSorted((left, right) => left.start - right.start || left.end - right.end);
  return { edits: isOrdered(edits) ? edits : undefined, doubted: state.doubted, rivals: [] };
}

/**
 * True when all brackets of the block are closed. If there are placeholders, each bracket must also close at the indentation at
 * which it opened. A segment that is cut at any line has no structure.
 */
function isBalanced({ text, gaps }: ReadBlock): boolean {
  const widths: number[] = [];
  for (const [line, { delta, width, isInside }] of text.facts.entries()) {
    if (gaps.has(line)) {
      // A placeholder that is not deeper than the part around it may stand for the end of one part and the start of another.
      if (width <= (widths.at(-1) ?? -1)) return false;
      continue;
    }
    const closing = /^\s*[)\]}]/.test(text.lines[line] ?? '');
    if (closing && !isInside && gaps.size > 0 && widths.at(-1) !== undefined && !widths.includes(width))
      return false;
    if (closing && !isInside && gaps.size > 0 && delta === -1 && widths.at(-1) !== width) return false;
    if (delta < 0) {
      if (widths.length < -delta) return false;
      widths.length += delta;
    }
    for (let count = 0; count < delta; count++) widths.push(width);
  }
  return widths.length === 0;
}

/** All levels of a file, the outermost one first. */
function readLevels(file: OutlinedText): readonly Level[] {
  const root: Level = {
    kind: 'parts',
    items: outline(file),
    body: { start: 0, end: file.lines.length },
    depth: 0,
    isOpen: true,
    isElided: false,
    outer: undefined,
  };
  const levels = [root];
  let count = root.items.length;
  for (const level of levels)
    for (const item of level.items) {
      if (count > maxParts) return levels;
      for (const body of item.bodies) {
        if (body === undefined) continue;
        const items = outlineBody(file, body, level.depth + 1);
        count += items.length;
        const outer = indentOf(file.lines[item.start] ?? '');
        levels.push({
          kind: partKind(file, item),
          items,
          body,
          depth: level.depth + 1,
          isOpen: true,
          isElided: false,
          outer,
        });
      }
    }
  return levels;
}

interface Group {
  readonly level: Level;
  readonly tokens: readonly BlockToken[];
}

/** Assigns a block's parts to the levels that have parts with the same names. New parts go with their neighbours. */
function groupByLevel(
  block: ReadBlock,
  tokens: readonly BlockToken[],
  file: OutlinedText,
  levels: readonly Level[],
): { readonly groups: readonly Group[] } | { readonly rivals: readonly Body[] } | undefined {
  const index = indexLevels(file, levels);
  const places = tokens.map((token) => (token.kind === 'part' ? placesOf(block, token.item, index) : []));
  const scores = new Map<number, number>();
  for (const found of places)
    for (const { level, weight } of found) scores.set(level, (scores.get(level) ?? 0) + weight);
  const best = [...scores].sort((left, right) => right[1] - left[1] || left[0] - right[0]);
  const [first, second] = best;
  if (first === undefined) return appendToFile(block, tokens, levels);
  if (second?.[1] === first[1]) {
    const rivals = best.filter(([, score]) => score === first[1]);
    // Levels that have different parts of the block do not compete.
    const shared = places.some(
      (found) => rivals.filter(([level]) => found.some((place) => place.level === level)).length > 1,
    );
    if (shared) return { rivals: rivals.flatMap(([level]) => levels[level]?.body ?? []) };
  }
  const groups: { at: number; tokens: BlockToken[] }[] = [];
  let waiting: BlockToken[] = [];
  for (const [at, token] of tokens.entries()) {
    const found = places[at] ?? [];
    const here = found.some(({ level }) => level === first[0])
      ? first[0]
      : found.length === 1
        ? found[0]?.level
        : undefined;
    const last = groups.at(-1);
    if (token.kind === 'part' && found.length > 1 && here === undefined) return undefined;
    if (here === undefined) waiting.push(token);
    else if (last?.at === here) {
      last.tokens.push(...waiting, token);
      waiting = [];
    } else {
      const lead = leadingTokens(waiting, last?.tokens);
      groups.push({ at: here, tokens: [...lead, token] });
      waiting = [];
    }
  }
  groups.at(-1)?.tokens.push(...waiting);
  return {
    groups: groups.flatMap(({ at, tokens: own }) => {
      const level = levels[at];
      return level === undefined ? [] : [{ level, tokens: own }];
    }),
  };
}

/** New parts between two levels belong to the first one, unless a gap separates them from it. */
function leadingTokens(
  waiting: readonly BlockToken[],
  before: BlockToken[] | undefined,
): readonly BlockToken[] {
  if (before === undefined) return waiting;
  const gap = waiting.findIndex(({ kind }) => kind === 'gap');
  if (gap === -1) {
    before.push(...waiting);
    return [];
  }
  before.push(...waiting.slice(0, gap + 1));
  return waiting.slice(gap);
}

interface LevelIndex {
  readonly names: ReadonlyMap<string, readonly number[]>;
  readonly texts: ReadonlyMap<string, readonly number[]>;
  readonly heads: ReadonlyMap<string, readonly number[]>;
}

function indexLevels(file: OutlinedText, levels: readonly Level[]): LevelIndex {
  const names = new Map<string, number[]>();
  const texts = new Map<string, number[]>();
  const heads = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, key: string, level: number): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [level]);
    else known.push(level);
  };
  for (const [at, level] of levels.entries())
    for (const item of level.items) {
      if (item.key !== undefined) add(names, item.key.text, at);
      const first = plainLine(file.lines[item.start] ?? '');
      if (item.end - item.start > 1) add(heads, first, at);
      if (isTelling(first)) add(texts, item.end - item.start > 1 ? plainText(file, item) : first, at);
    }
  return { names, texts, heads };
}

/** The levels with a part of the same name or text. Parts of several lines have the largest weights. */
function placesOf(
  { text }: ReadBlock,
  item: OutlineItem,
  { names, texts, heads }: LevelIndex,
): readonly { readonly level: number; readonly weight: number }[] {
  const first = plainLine(text.lines[item.start] ?? '');
  const isBig = item.end - item.start > 1;
  const same = isTelling(first) ? (texts.get(isBig ? plainText(text, item) : first) ?? []) : [];
  const named = item.key !== undefined && (item.key.isName || isBig) ? (names.get(item.key.text) ?? []) : [];
  const found = new Map<number, number>();
  for (const level of named) found.set(level, isBig ? 2 : item.key?.isName === true ? 1 : 0.5);
  if (isBig) for (const level of heads.get(first) ?? []) if (found.has(level)) found.set(level, 2.5);
  for (const level of same) found.set(level, Math.max(found.get(level) ?? 0, isBig ? 3 : 1.2));
  // A line that occurs in many levels does not show the place.
  if (found.size > 12 && !isBig) return [];
  return [...found].map(([level, weight]) => ({ level, weight }));
}

const declares =
  /^(?:@|export\b|async\b|function\b|class\b|interface\b|type\b|enum\b|def\b|fn\b|func\b|pub\b|struct\b|impl\b|trait\b|const\b|let\b|var\b|static\b|public\b|namespace\b|module\b|resource\b|data\b|variable\b|output\b|model\b|message\b|service\b|create\b|describe\b|test\b|\[)/i;

/** Appends parts that are all new and follow a gap to the file, if they are declarations. */
function appendToFile(
  { text }: ReadBlock,
  tokens: readonly BlockToken[],
  levels: readonly Level[],
): { readonly groups: readonly Group[] } | undefined {
  const [root] = levels;
  const [first] = tokens;
  const parts = tokens.flatMap((token) => (token.kind === 'part' ? [token.item] : []));
  if (root === undefined || first?.kind !== 'gap' || parts.length === 0) return undefined;
  const kindOf = (key: string | undefined): string => key?.split(' ')[0] ?? '';
  const isDeclared = parts.every(({ start, key }) => {
    if (key?.isName !== true) return false;
    if (declares.test(text.lines[start] ?? '') || text.sections !== undefined) return true;
    const kind = kindOf(key.text);
    return kind !== 'name' && root.items.some((item) => kindOf(item.key?.text) === kind);
  });
  return isDeclared ? { groups: [{ level: root, tokens }] } : undefined;
}

/** True for a gap, and for a named part of several lines that the level has. Other parts have no own place among statements. */
function isKnownPart(token: BlockToken, { items }: Level): boolean {
  if (token.kind === 'gap') return true;
  const { key, start, end } = token.item;
  return (
    key?.isName === true &&
    end - start > 1 &&
    items.some((item) => item.key?.text === key.text && item.end - item.start > 1)
  );
}
