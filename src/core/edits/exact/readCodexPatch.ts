import type { FilePatch, Hunk, HunkLine } from './filePatch';

const fileMark = /^\*\*\* (Add|Update|Delete) File:\s*(\S.{0,500})$/;
const moveMark = /^\*\*\* Move to:\s*(\S.{0,500})$/;

interface Building {
  oldPath: string | null;
  newPath: string | null;
  isMove: boolean;
  readonly hunks: { headings: string[]; atEnd: boolean; readonly lines: HunkLine[] }[];
}

/** True for a patch for `apply_patch`, the form that OpenAI's models write. */
export function isCodexPatch(block: readonly string[]): boolean {
  return block.some((line) => fileMark.test(line.trim()));
}

/** Reads a patch for `apply_patch`. Never throws. Ignores lines outside of its sections. */
export function readCodexPatch(block: readonly string[]): readonly FilePatch[] {
  const patches: Building[] = [];
  let patch: Building | undefined;
  for (const line of block) {
    const mark = line.trim();
    const file = fileMark.exec(mark);
    if (file !== null) {
      const path = file[2]?.trim() ?? '';
      patch = {
        oldPath: file[1] === 'Add' ? null : path,
        newPath: file[1] === 'Delete' ? null : path,
        isMove: false,
        hunks: [],
      };
      patches.push(patch);
      continue;
    }
    if (mark === '*** Begin Patch') continue;
    if (mark === '*** End Patch') {
      patch = undefined;
      continue;
    }
    if (patch === undefined) continue;
    const moved = moveMark.exec(mark)?.[1];
    if (moved !== undefined && patch.oldPath !== null && patch.newPath !== null) {
      patch.newPath = moved.trim();
      patch.isMove = true;
    } else if (moved !== undefined) continue;
    else if (mark === '*** End of File') {
      const last = patch.hunks.at(-1);
      if (last !== undefined) last.atEnd = true;
    } else addLine(patch, line);
  }
  return patches.map(({ oldPath, newPath, isMove, hunks }) => ({
    oldPath,
    newPath,
    ...(isMove ? { isMove } : {}),
    hunks: hunks.flatMap(({ headings, atEnd, lines }): readonly Hunk[] =>
      lines.some(({ kind }) => kind !== 'kept')
        ? [{ hint: undefined, headings, lines: withoutBlankEnd(lines), ...(atEnd ? { atEnd } : {}) }]
        : [],
    ),
  }));
}

function addLine(patch: Building, line: string): void {
  const last = patch.hunks.at(-1);
  if (patch.oldPath !== null && /^\s*@@/.test(line)) {
    const heading = line.trim().slice(2).replace(/@@$/, '').trim();
    // Consecutive headings lead from the outer to the inner declaration.
    const open = last?.lines.length === 0 ? last : { headings: [], atEnd: false, lines: [] };
    if (open !== last) patch.hunks.push(open);
    if (heading !== '') open.headings.push(heading);
    return;
  }
  const open = last ?? { headings: [], atEnd: false, lines: [] };
  if (last === undefined) {
    if (line.trim() === '') return;
    patch.hunks.push(open);
  }
  open.lines.push(readLine(line, patch.oldPath === null));
}

function readLine(line: string, isNew: boolean): HunkLine {
  const text = line.slice(1);
  if (line.startsWith('+')) return { kind: 'added', text };
  if (isNew) return { kind: 'added', text: line };
  if (line.startsWith('-')) return { kind: 'removed', text };
  return { kind: 'kept', text: line.startsWith(' ') ? text : line };
}

function withoutBlankEnd(lines: readonly HunkLine[]): readonly HunkLine[] {
  return lines.slice(0, lines.findLastIndex(({ kind, text }) => kind !== 'kept' || text.trim() !== '') + 1);
}
