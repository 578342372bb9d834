import type { BlockToken } from './blockTokens';
import { plainText, type OutlineItem, type OutlinedText } from './outline';
import { plainLine } from '../lines/plainLine';

/** The part of the file for each token of the block: indexes of the file's parts by indexes of tokens. */
type PartMatches = ReadonlyMap<number, number>;

/** The most pairs of equal parts that are compared. */
const mostEqual = 10_000;

/**
 * Pairs the parts of a block with those of a file, first by equal text, then by equal names. Among several parts with the same
 * name, the first line, the order or the neighbours decide.
 *
 * @returns Undefined when several parts with the same name remain possible.
 */
export function matchParts(
  block: OutlinedText,
  tokens: readonly BlockToken[],
  file: OutlinedText,
  items: readonly OutlineItem[],
): PartMatches | undefined {
  const matches = new Map<number, number>();
  const taken = new Set<number>();
  const parts = tokens.flatMap((token, index) =>
    token.kind === 'part' ? [{ index, item: token.item }] : [],
  );
  const pair = (index: number, at: number): void => {
    matches.set(index, at);
    taken.add(at);
  };
  const passes = [
    [(item: OutlineItem) => plainText(block, item), (item: OutlineItem) => plainText(file, item)],
    [nameOf, nameOf],
  ] as const;
  for (const [left, right] of passes) {
    const known = groupBy(items, right, taken);
    const wanted = groupBy(
      parts.map(({ item }) => item),
      left,
      new Set(parts.flatMap(({ index }, at) => (matches.has(index) ? [at] : []))),
    );
    for (const [key, own] of wanted) {
      const found = known.get(key);
      if (found === undefined) continue;
      const chosen = choosePairs(own, found, parts, items, block, file, matches);
      if (chosen === undefined) return undefined;
      for (const [at, target] of chosen) {
        const index = parts[at]?.index;
        if (index !== undefined) pair(index, target);
      }
    }
  }
  return matches;
}

/** The text by which a part is matched: its key, including the keys of conditions and calls. */
function nameOf(item: OutlineItem): string {
  return item.key?.text ?? '';
}

function groupBy(
  items: readonly OutlineItem[],
  by: (item: OutlineItem) => string,
  taken: ReadonlySet<number>,
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    if (taken.has(index)) continue;
    const key = by(item);
    if (key === '') continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return groups;
}

function choosePairs(
  own: readonly number[],
  found: readonly number[],
  parts: readonly { readonly index: number; readonly item: OutlineItem }[],
  items: readonly OutlineItem[],
  block: OutlinedText,
  file: OutlinedText,
  matches: ReadonlyMap<number, number>,
): readonly (readonly [number, number])[] | undefined {
  const [first] = own;
  const [only] = found;
  if (own.length === 1 && found.length === 1 && first !== undefined && only !== undefined)
    return [[first, only]];
  if (own.length * found.length > mostEqual) return undefined;
  if (own.length === found.length) return own.map((at, rank) => [at, found[rank] ?? 0] as const);
  const pairs: (readonly [number, number])[] = [];
  for (const at of own) {
    const part = parts[at];
    if (part === undefined) return undefined;
    const free = found.filter((target) => !pairs.some(([, used]) => used === target));
    const head = plainLine(block.lines[part.item.start] ?? '');
    const same = free.filter((target) => plainLine(file.lines[items[target]?.start ?? -1] ?? '') === head);
    // The first line has changed, so it does not show which of several parts it was.
    if (same.length === 0 && free.length > 1) return undefined;
    const candidates = same.length > 0 ? same : free;
    const low = nearestMatch(matches, part.index, -1) ?? -1;
    const high = nearestMatch(matches, part.index, 1) ?? Infinity;
    const between = candidates.filter((target) => target > low && target < high);
    const [target] = candidates.length === 1 ? candidates : between.length === 1 ? between : [];
    // If the block has more such parts than the file, the others are new.
    if (target === undefined && (candidates.length > 1 || own.length <= found.length)) return undefined;
    if (target !== undefined) pairs.push([at, target]);
  }
  return pairs;
}

/** The part of the file for the nearest matched token before (`step` -1) or after (`step` 1) a token. */
function nearestMatch(matches: ReadonlyMap<number, number>, index: number, step: 1 | -1): number | undefined {
  const keys = [...matches.keys()].filter((key) => (step < 0 ? key < index : key > index));
  const nearest = keys.length === 0 ? undefined : step < 0 ? Math.max(...keys) : Math.min(...keys);
  return nearest === undefined ? undefined : matches.get(nearest);
}
