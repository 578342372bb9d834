import type { FilePatch, HunkLine } from './filePatch';
import { looksLikePath } from '../paths/looksLikePath';

interface BuildingHunk {
  hint: number | undefined;
  readonly headings: string[];
  /** How many old and new lines the header promises; 0 when it promises none. */
  old: number;
  new: number;
  readonly lines: HunkLine[];
}

interface Building {
  oldPath: string | null | undefined;
  newPath: string | null | undefined;
  /** Set by `--- ` and `+++ `; lines like `rename from` may tell the paths before. */
  hasHeader: boolean;
  isMove: boolean;
  readonly hunks: BuildingHunk[];
}

const meta =
  /^(?:diff --git |index [0-9a-f]+\.\.|(?:new|deleted) file mode |old mode |new mode |(?:dis)?similarity index |rename (?:from|to) |\\ No newline|Binary files )/;

/** Lines of Git that say what becomes of the whole file. */
const wholeFile = /^(?:deleted file mode \d|rename to .)/;

/** Whether a line begins a hunk: `@@ -1,2 +1,3 @@ heading`, `@@ heading`, `@@`. */
function isHunkHeader(line: string): boolean {
  return /^@@(?:$|\s|-\d)/.test(line);
}

/** Whether a block reads as a unified diff: by its headers, or by its language and its lines. */
export function isUnifiedDiff(block: readonly string[], info: string): boolean {
  const hasHunk = block.some(isHunkHeader);
  const headers = block.flatMap((_, index) => (isFileHeader(block, index, hasHunk) ? [index] : []));
  const inHeader = new Set(headers.flatMap((index) => [index, index + 1]));
  const changed = block.some((line, index) => /^[+-]/.test(line) && !inHeader.has(index));
  if (changed && (hasHunk || headers.length > 0 || isDiffInfo(info))) return true;
  // A move without changes and the deletion of an empty file have no hunk.
  return block.some((line) => line.startsWith('diff --git ')) && block.some((line) => wholeFile.test(line));
}

/** Whether a fence names a language of diffs. */
function isDiffInfo(info: string): boolean {
  return /^\s*\{?\.?(?:diff|patch|udiff)(?![a-z])/i.test(info.slice(0, 100));
}

/**
 * Reads a unified diff as models write it: counts and line numbers may be wrong or missing, headers too, and blank lines may
 * have lost their blank. Never throws; a text that is not a diff gives a patch without changes.
 */
export function readUnifiedDiff(block: readonly string[]): readonly FilePatch[] {
  const patches: Building[] = [];
  const hasHunk = block.some(isHunkHeader);
  let patch: Building | undefined;
  let gitPath: string | undefined;
  const begin = (): Building => {
    const begun: Building = {
      oldPath: undefined,
      newPath: undefined,
      hasHeader: false,
      isMove: false,
      hunks: [],
    };
    patches.push(begun);
    return begun;
  };
  for (let index = 0; index < block.length; index++) {
    const line = block[index] ?? '';
    const hunk = patch?.hunks.at(-1);
    if (meta.test(line)) {
      if (line.startsWith('diff --git ')) {
        patch = begin();
        gitPath = pathOfGit(line);
      } else if (patch?.hunks.length === 0) readWholeFile(patch, line, gitPath);
      continue;
    }
    if (isFileHeader(block, index, hasHunk) && !isPromised(hunk)) {
      if (patch === undefined || patch.hunks.length > 0 || patch.hasHeader) patch = begin();
      patch.hasHeader = true;
      patch.oldPath = headerPath(line);
      patch.newPath = headerPath(block[index + 1] ?? '');
      index++;
      continue;
    }
    patch ??= begin();
    if (isHunkHeader(line)) {
      const begun = readHunkHeader(line, patch.hunks);
      // Several headings in a row tell the way to one change: the class, then the method.
      if (hunk?.lines.length === 0) begun.headings.unshift(...hunk.headings);
      patch.hunks.push(begun);
      continue;
    }
    if (patch.hunks.length === 0) {
      // A path alone above the first hunk, and words; without any header the lines are one hunk.
      if (line.trim() === '' || (hasHunk && !/^[+ -]/.test(line)) || isLoneHeader(block, index)) continue;
      patch.hunks.push({ hint: undefined, headings: [], old: 0, new: 0, lines: [] });
    }
    const open = patch.hunks.at(-1);
    if (open !== undefined) addLine(open, line);
  }
  return patches.map(({ oldPath, newPath, isMove, hunks }) => ({
    oldPath,
    newPath,
    ...(isMove ? { isMove } : {}),
    hunks: finishHunks(hunks),
  }));
}

/** Reads `rename from`, `rename to` and `deleted file mode`, which Git writes before the hunks or in their place. */
function readWholeFile(patch: Building, line: string, gitPath: string | undefined): void {
  const [, side, path = ''] = /^rename (from|to) (\S.{0,500})$/.exec(line) ?? [];
  if (side === 'from') patch.oldPath = unquoted(path.trim());
  else if (side === 'to') {
    patch.newPath = unquoted(path.trim());
    patch.isMove = true;
  } else if (gitPath !== undefined && line.startsWith('deleted file mode ')) {
    patch.oldPath = gitPath;
    patch.newPath = null;
  }
}

/** The path of `diff --git a/x b/x`; undefined when both sides differ. */
function pathOfGit(line: string): string | undefined {
  const text = line.slice('diff --git '.length, 1_200).trim();
  const middle = (text.length - 1) / 2;
  const sides = [text.slice(0, middle), text.slice(middle + 1)].map((side) =>
    unquoted(side).replace(/^[ab]\//, ''),
  );
  return text[middle] === ' ' && sides[0] === sides[1] ? sides[0] : undefined;
}

function unquoted(path: string): string {
  return path.replace(/^"(.*)"$/, '$1');
}

/** Whether two lines are `--- old` and `+++ new`, and not a removed and an added line that begin with `--` and `++`. */
function isFileHeader(block: readonly string[], index: number, hasHunk: boolean): boolean {
  const line = block[index] ?? '';
  const next = block[index + 1] ?? '';
  if (!line.startsWith('--- ') || !next.startsWith('+++ ')) return false;
  const after = block.slice(index + 2).find((other) => other.trim() !== '' && !meta.test(other));
  if (hasHunk && after !== undefined) return isHunkHeader(after);
  const paths = [headerPath(line), headerPath(next)];
  return paths.every((path) => path === null || looksLikePath(path) || !path.includes(' '));
}

/** Whether a lone `--- a/x` or `+++ b/x` before the first hunk is half of a header. */
function isLoneHeader(block: readonly string[], index: number): boolean {
  const line = block[index] ?? '';
  return /^(?:---|\+\+\+) /.test(line) && isHunkHeader(block[index + 1] ?? '');
}

/** Whether a hunk's header promises more lines of both sides. */
function isPromised(hunk: BuildingHunk | undefined): boolean {
  return hunk !== undefined && hunk.old > 0 && hunk.new > 0;
}

function readHunkHeader(line: string, before: readonly BuildingHunk[]): BuildingHunk {
  const text = line.slice(2, 2_000);
  const close = text.indexOf('@@');
  const range = close === -1 ? text : text.slice(0, close);
  const found = /-(\d{1,9})(?:,(\d{1,9}))?(?:\s+\+(\d{1,9})(?:,(\d{1,9}))?)?/.exec(range);
  const heading = (close === -1 ? (found === null ? text : '') : text.slice(close + 2)).trim();
  const headings = heading === '' || isDots(heading) ? [] : [heading];
  if (found === null) return { hint: undefined, headings, old: 0, new: 0, lines: [] };
  const start = Number(found[1]);
  const old = found[2] === undefined ? 1 : Number(found[2]);
  const added = found[4] === undefined ? 1 : Number(found[4]);
  const begins = found[3] === undefined ? undefined : Number(found[3]);
  const shift = before.reduce((sum, hunk) => sum + ((hunk.hint ?? 0) < start ? growth(hunk.lines) : 0), 0);
  const isAfter = begins === start + 1 || begins === start + shift + 1;
  // An empty range names the line after which the gap is (GNU diffutils, "Detailed Unified"); the new range then begins one line
  // later. Numbers that contradict each other say nothing.
  const hint =
    old > 0 ? Math.max(0, isAfter && shift === 0 ? start : start - 1) : isAfter ? start : undefined;
  return { hint, headings, old, new: added, lines: [] };
}

function isDots(text: string): boolean {
  return /^(?:\.{2,}|…)$/.test(text);
}

function growth(lines: readonly HunkLine[]): number {
  return lines.reduce((sum, { kind }) => sum + (kind === 'added' ? 1 : kind === 'removed' ? -1 : 0), 0);
}

function addLine(hunk: BuildingHunk, line: string): void {
  const read = readHunkLine(line);
  if (read.kind !== 'added') hunk.old--;
  if (read.kind !== 'removed') hunk.new--;
  hunk.lines.push(read);
}

function readHunkLine(line: string): HunkLine {
  switch (line[0]) {
    case '+':
      return { kind: 'added', text: line.slice(1) };
    case '-':
      return { kind: 'removed', text: line.slice(1) };
    case ' ':
      return { kind: 'kept', text: line.slice(1) };
    default:
      // A blank line that lost its blank, or a line whose sign was forgotten.
      return { kind: 'kept', text: line };
  }
}

/** Hunks that change something. */
function finishHunks(hunks: readonly BuildingHunk[]): FilePatch['hunks'] {
  return hunks.flatMap(({ hint, headings, lines }) => {
    const trimmed = withoutEmptyEnd(lines);
    return trimmed.some(({ kind }) => kind !== 'kept') ? [{ hint, headings, lines: trimmed }] : [];
  });
}

/** Blank lines between a hunk and the next header are the writer's, not the file's. */
function withoutEmptyEnd(lines: readonly HunkLine[]): readonly HunkLine[] {
  const last = lines.findLastIndex(({ kind, text }) => kind !== 'kept' || text !== '');
  return lines.slice(0, last + 1);
}

function headerPath(line: string): string | null {
  const tab = line.indexOf('\t');
  const path = unquoted(line.slice(4, tab === -1 ? undefined : tab).trim());
  return path === '/dev/null' ? null : path.replace(/^[ab]\//, '');
}
