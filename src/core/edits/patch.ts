/** A line of a hunk. */
export interface HunkLine {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** A piece of a unified diff. */
export interface Hunk {
  /** The line of the old file that its header names, from 0; undefined when it names none. */
  readonly hint: number | undefined;
  readonly lines: readonly HunkLine[];
}

/** What a unified diff says of one file. */
export interface FilePatch {
  /** Paths as the headers have them, without `a/` and `b/`; undefined when there is no header, null for `/dev/null`. */
  readonly oldPath: string | null | undefined;
  readonly newPath: string | null | undefined;
  readonly hunks: readonly Hunk[];
}

interface Building {
  oldPath: string | null | undefined;
  newPath: string | null | undefined;
  readonly hunks: { hint: number | undefined; readonly lines: HunkLine[] }[];
}

const hunkHeader = /^@@(?:.*?-(\d+)(?:,\d+)?\s+\+\d+(?:,\d+)?)?.*$/;
const meta =
  /^(?:diff --git |index [0-9a-f]+\.\.|(?:new|deleted) file mode |old mode |new mode |similarity index |rename (?:from|to) |\\ No newline)/;

/** Whether a block reads as a unified diff: by its headers, or by its language and its lines. */
export function isPatch(block: readonly string[], info: string): boolean {
  const hasHunk = block.some((line) => /^@@(?:\s|$)/.test(line));
  const changed = block.some((line) => /^[+-](?![+-]{2} )/.test(line));
  if (hasHunk && changed) return true;
  const headers = block.some(
    (line, index) => line.startsWith('--- ') && block[index + 1]?.startsWith('+++ '),
  );
  return changed && (headers || /^\s*\{?\.?(?:diff|patch|udiff)\b/i.test(info));
}

/**
 * Reads a unified diff as models write it: counts and line numbers may be wrong or missing, headers too, and blank lines may
 * have lost their blank. Throws nothing; what is no diff gives a patch without changes.
 */
export function readPatch(block: readonly string[]): readonly FilePatch[] {
  const patches: Building[] = [];
  let patch: Building | undefined;
  const begin = (): Building => {
    const begun: Building = { oldPath: undefined, newPath: undefined, hunks: [] };
    patches.push(begun);
    return begun;
  };
  for (let index = 0; index < block.length; index++) {
    const line = block[index] ?? '';
    if (meta.test(line)) {
      if (line.startsWith('diff --git ')) patch = begin();
      continue;
    }
    const next = block[index + 1] ?? '';
    if (line.startsWith('--- ') && next.startsWith('+++ ')) {
      if (patch === undefined || patch.hunks.length > 0 || patch.oldPath !== undefined) patch = begin();
      patch.oldPath = headerPath(line);
      patch.newPath = headerPath(next);
      index++;
      continue;
    }
    patch ??= begin();
    const header = hunkHeader.exec(line);
    if (header !== null) {
      patch.hunks.push({
        hint: header[1] === undefined ? undefined : Math.max(0, Number(header[1]) - 1),
        lines: [],
      });
      continue;
    }
    if (patch.hunks.length === 0) {
      // Words before the first hunk; without any header the lines are one hunk.
      if (line.trim() === '') continue;
      patch.hunks.push({ hint: undefined, lines: [] });
    }
    patch.hunks.at(-1)?.lines.push(readHunkLine(line));
  }
  return patches.map(({ oldPath, newPath, hunks }) => ({
    oldPath,
    newPath,
    hunks: hunks.flatMap(({ hint, lines }) => {
      const trimmed = withoutEmptyEnd(lines);
      return trimmed.some(({ kind }) => kind !== 'kept') ? [{ hint, lines: trimmed }] : [];
    }),
  }));
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

/** Blank lines between a hunk and the next header are the writer's, not the file's. */
function withoutEmptyEnd(lines: readonly HunkLine[]): readonly HunkLine[] {
  const last = lines.findLastIndex(({ kind, text }) => kind !== 'kept' || text !== '');
  return lines.slice(0, last + 1);
}

function headerPath(line: string): string | null {
  const path = line
    .slice(4)
    .replace(/\t.*$/, '')
    .trim()
    .replace(/^"(.*)"$/, '$1');
  return path === '/dev/null' ? null : path.replace(/^[ab]\//, '');
}
