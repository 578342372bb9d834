import { compareLines } from '../lines/compareLines';
import { withoutBlankEdges } from '../lines/lineEdit';
import type { FilePatch, Hunk, HunkLine } from './filePatch';
import { looksLikePath } from '../paths/looksLikePath';
import { isCertainPlaceholder } from '../placeholders/placeholderShape';

const searchMark =
  /^\s*(?:<{5,12}|-{5,12})\s?(?:SEARCH|ORIGINAL|OLD|BEFORE|FIND|HEAD|CURRENT)\b[^<]{0,200}$/i;
const dividerMark = /^\s*={5,12}\s*$/;
const replaceMark =
  /^\s*(?:>{5,12}|\+{5,12})\s?(?:REPLACE|UPDATED|NEW|AFTER|MODIFIED|PROPOSED|[\w./-]{0,80})\s*>?\s*$/i;
/** `<old_text line=12>`, `<search>`, `<old_str>`: the form in the prompts of Zed and other tools. */
const oldTag = /^\s*<(old_text|old_str|old_string|search|original|old|find)(?:\s[^<>]{0,80})?>\s?/i;
const newTags = String.raw`(?:new_text|new_str|new_string|replace|updated|new|replacement)`;
const newTag = new RegExp(String.raw`^\s*<${newTags}(?:\s[^<>]{0,80})?>\s?`, 'i');
const newEnd = new RegExp(String.raw`</${newTags}>\s*$`, 'i');

/** One search with its replacement. */
interface Pair {
  readonly path: string | undefined;
  readonly line: number | undefined;
  readonly search: readonly string[];
  readonly replace: readonly string[];
}

/** True for a SEARCH/REPLACE block, in the spelling of aider, Cline, Roo or Zed. */
export function isSearchReplace(block: readonly string[]): boolean {
  const start = block.findIndex((line) => searchMark.test(line));
  if (start !== -1 && block.slice(start).some((line) => dividerMark.test(line))) return true;
  return block.some((line) => oldTag.test(line)) && block.some((line) => newTag.test(line));
}

/** Reads SEARCH/REPLACE blocks. Never throws. Ignores a block without a divider. */
export function readSearchReplace(block: readonly string[]): readonly FilePatch[] {
  const pairs = block.some((line) => searchMark.test(line)) ? readMarked(block) : readTagged(block);
  const patches: { path: string | undefined; hunks: Hunk[] }[] = [];
  for (const pair of pairs) {
    const last = patches.at(-1);
    const isSame = last !== undefined && (pair.path === undefined || pair.path === last.path);
    const patch = isSame ? last : { path: pair.path, hunks: [] };
    if (!isSame) patches.push(patch);
    patch.hunks.push(...hunksOf(pair));
  }
  return patches.map(({ path, hunks }) => ({ oldPath: path, newPath: path, hunks }));
}

function readMarked(block: readonly string[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let above: string[] = [];
  for (let index = 0; index < block.length; index++) {
    if (!searchMark.test(block[index] ?? '')) {
      above.push(block[index] ?? '');
      continue;
    }
    const next = block.findIndex((line, at) => at > index && searchMark.test(line));
    const end = next === -1 ? block.length : next;
    const divider = block.findIndex((line, at) => at > index && at < end && dividerMark.test(line));
    if (divider === -1) break;
    const close = block.findIndex((line, at) => at > divider && at < end && replaceMark.test(line));
    const to = close === -1 ? end : close;
    const { lines, line } = readRooHead(block.slice(index + 1, divider));
    pairs.push({ path: pathIn(above), line, search: lines, replace: block.slice(divider + 1, to) });
    above = [];
    index = close === -1 ? end - 1 : close;
  }
  return pairs;
}

/** Removes the lines `:start_line:12` and `-------` that Roo writes before the search text, and reads the line number. */
function readRooHead(search: readonly string[]): { lines: readonly string[]; line: number | undefined } {
  let from = 0;
  let line: number | undefined;
  while (/^\s*:(?:start|end)_line:\s*\d{1,9}\s*$/.test(search[from] ?? '')) {
    if ((search[from] ?? '').includes('start')) line = Number(/\d{1,9}/.exec(search[from] ?? '')?.[0]) - 1;
    from++;
  }
  if (from > 0 && /^\s*-{3,20}\s*$/.test(search[from] ?? '')) from++;
  return { lines: search.slice(from), line };
}

function readTagged(block: readonly string[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let above: string[] = [];
  for (let index = 0; index < block.length; index++) {
    const open = oldTag.exec(block[index] ?? '');
    if (open === null) {
      above.push(block[index] ?? '');
      continue;
    }
    const close = new RegExp(String.raw`</${open[1] ?? ''}>\s*$`, 'i');
    const oldEnd = block.findIndex((line, at) => at >= index && close.test(line));
    const begin = block.findIndex((line, at) => at >= oldEnd && newTag.test(line));
    if (oldEnd === -1 || begin === -1) break;
    const found = block.findIndex((line, at) => at >= begin && newEnd.test(line));
    const end = found === -1 ? block.length - 1 : found;
    const line = /\bline\s?=\s?"?(\d{1,9})/i.exec(open[0])?.[1];
    pairs.push({
      path: pathIn(above),
      line: line === undefined ? undefined : Number(line) - 1,
      search: between(block, index, oldEnd, open[0], close),
      replace: between(block, begin, end, newTag.exec(block[begin] ?? '')?.[0] ?? '', newEnd),
    });
    above = [];
    index = end;
  }
  return pairs;
}

function between(
  block: readonly string[],
  start: number,
  end: number,
  open: string,
  close: RegExp,
): readonly string[] {
  const lines = block.slice(start, end + 1).map((line, index) => {
    const opened = index === 0 ? line.slice(open.length) : line;
    return index === end - start ? opened.replace(close, '') : opened;
  });
  const first = lines[0]?.trim() === '' ? 1 : 0;
  const last = lines.length > first && lines.at(-1)?.trim() === '' ? lines.length - 1 : lines.length;
  return lines.slice(first, last);
}

/** The path in the last lines above a block: alone, as a heading, or in a fence. */
function pathIn(above: readonly string[]): string | undefined {
  for (const line of above.slice(-3).toReversed()) {
    const text = line
      .trim()
      .replace(/^(?:\/\/|#{1,6}|\*{2}|`{3,}\w{0,20}|<(?:file|path)[^<>]{0,40}>)\s{0,9}/, '')
      .replace(/^`|[`:*]{1,3}$/g, '')
      .trim();
    if (looksLikePath(text)) return text;
  }
  return undefined;
}

/** The hunks of a pair: the differences of both texts are the changes, their common lines are the context. */
function hunksOf({ search, replace, line }: Pair): readonly Hunk[] {
  const old = withoutBlankEdges(search);
  const lead = search.length - search.slice(search.findIndex((text) => text.trim() !== '')).length;
  const pieces = splitPieces(old, lead > 0 ? withoutBlankEdges(replace) : trimEnd(search, replace));
  return pieces.flatMap(([from, to], index) => {
    const lines: HunkLine[] = [];
    let at = 0;
    const keep = (end: number): void => {
      for (; at < end; at++) lines.push({ kind: 'kept', text: from[at] ?? '' });
    };
    for (const edit of compareLines(from, to)) {
      keep(edit.start);
      lines.push(...from.slice(edit.start, edit.end).map((text): HunkLine => ({ kind: 'removed', text })));
      lines.push(...edit.lines.map((text): HunkLine => ({ kind: 'added', text })));
      at = edit.end;
    }
    keep(from.length);
    const changes = lines.some(({ kind }) => kind !== 'kept');
    return changes ? [{ hint: index === 0 ? line : undefined, headings: [], lines }] : [];
  });
}

/** Removes the blank lines at the end of the replacement if the search text ends with one too. */
function trimEnd(search: readonly string[], replace: readonly string[]): readonly string[] {
  return search.at(-1)?.trim() === '' ? withoutBlankEdges(replace) : replace;
}

/** Splits both sides at lines of dots if they have equally many: the dots stand for the same left-out lines. */
function splitPieces(
  search: readonly string[],
  replace: readonly string[],
): readonly (readonly [readonly string[], readonly string[]])[] {
  const left = splitAtDots(search);
  const right = splitAtDots(replace);
  return left.length === right.length && left.length > 1
    ? left.map((piece, index) => [piece, right[index] ?? []] as const)
    : [[search, replace]];
}

function splitAtDots(lines: readonly string[]): readonly (readonly string[])[] {
  const pieces: string[][] = [[]];
  for (const line of lines) {
    if (isCertainPlaceholder(line)) pieces.push([]);
    else pieces.at(-1)?.push(line);
  }
  return pieces;
}
