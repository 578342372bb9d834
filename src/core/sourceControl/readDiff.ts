/** One `@@` section of a diff. */
export interface DiffHunk {
  /** First line of the hunk in the old and in the new text, counted from 1; 0 for an empty text. */
  readonly oldStart: number;
  readonly newStart: number;
  /** The `@@` line. */
  readonly head: string;
  /** The lines below it, each with its first character (space, `+`, `-` or `\`). */
  readonly lines: readonly string[];
}

/** What a diff says about one file. */
export interface ChangedFile {
  /** The path in the new text, or in the old one if the file was deleted. Relative to the repository, with forward slashes. */
  readonly path: string;
  /** The path before a rename or copy; undefined if there was none. */
  readonly oldPath: string | undefined;
  /** Every text of the header that may be a path. With spaces in a path, git's `diff --git` line is ambiguous. */
  readonly names: readonly string[];
  readonly kind: 'modified' | 'added' | 'deleted' | 'renamed' | 'copied' | 'submodule';
  readonly isBinary: boolean;
  /** Counts of `+` and `-` lines. */
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly DiffHunk[];
}

/** A longer diff is read up to here, in UTF-16 units. */
const longestDiff = 60_000_000;

/** The start of a file's section. In a diff, all lines of content begin with a space, `+`, `-` or `\`. */
const sectionStart = /^(?:diff --(?:git|cc|combined) |Submodule )/;

/**
 * Reads a unified diff of git. Understands the forms that the user's git settings produce: other prefixes of paths or none,
 * quoted paths, colours, combined diffs, and `Submodule` lines. Text that is not a diff gives no files. Linear time.
 */
export function readDiff(diff: string): ChangedFile[] {
  const text = diff.slice(0, longestDiff);
  const lines = withoutColours(text).split('\n');
  const files: ChangedFile[] = [];
  let start = lines.findIndex((line) => sectionStart.test(line));
  while (start !== -1 && start < lines.length) {
    let end = start + 1;
    while (end < lines.length && !sectionStart.test(lines[end] ?? '')) end += 1;
    files.push(readSection(lines.slice(start, end)));
    start = end;
  }
  return files;
}

/** Removes the colours of `color.ui=always`. */
function withoutColours(text: string): string {
  const [first = '', ...rest] = text.split('\u001b[');
  return first + rest.map((part) => part.replace(/^[\d;]{0,20}[mK]/, '')).join('');
}

function readSection(lines: readonly string[]): ChangedFile {
  const firstHunk = lines.findIndex((line) => line.startsWith('@@'));
  const head = firstHunk === -1 ? lines : lines.slice(0, firstHunk);
  const hunks = firstHunk === -1 ? [] : readHunks(lines.slice(firstHunk));
  const [first = ''] = head;
  const field = (name: string): string | undefined =>
    head.find((line) => line.startsWith(name))?.slice(name.length);
  const isSubmodule =
    first.startsWith('Submodule ') || head.some((line) => /^(?:index|new file|deleted).* 160000$/.test(line));
  const ways = first.startsWith('Submodule ')
    ? [first.slice('Submodule '.length).replace(/ [^ ]*:?$/, '')]
    : pathsOfFirstLine(first);
  const before = pathIn(field('--- '));
  const after = pathIn(field('+++ '));
  const from = renamed(field('rename from ') ?? field('copy from '));
  const to = renamed(field('rename to ') ?? field('copy to '));
  const path = to ?? after ?? before ?? ways.at(-1) ?? '';
  const kind = isSubmodule
    ? 'submodule'
    : field('rename to ') !== undefined
      ? 'renamed'
      : field('copy to ') !== undefined
        ? 'copied'
        : field('new file') !== undefined
          ? 'added'
          : field('deleted file') !== undefined
            ? 'deleted'
            : 'modified';
  let added = 0;
  let removed = 0;
  for (const hunk of hunks)
    for (const line of hunk.lines)
      if (line.startsWith('+')) added += 1;
      else if (line.startsWith('-')) removed += 1;
  return {
    path,
    oldPath: from !== undefined && from !== path ? from : undefined,
    names: [
      ...new Set(
        [path, from, before, after, ...ways, ...wordsOf(first)].filter((name) => name !== undefined),
      ),
    ],
    kind,
    isBinary: head.some((line) => /^(?:Binary files |GIT binary patch)/.test(line)),
    added,
    removed,
    hunks,
  };
}

function readHunks(lines: readonly string[]): DiffHunk[] {
  const hunks: { oldStart: number; newStart: number; head: string; lines: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith('@@')) {
      const [, old = '0'] = / -(\d{1,9})/.exec(line) ?? [];
      const [, start = '0'] = / \+(\d{1,9})/.exec(line) ?? [];
      hunks.push({ oldStart: Number(old), newStart: Number(start), head: line, lines: [] });
    } else if (/^[-+ \\]/.test(line)) hunks.at(-1)?.lines.push(line.replace(/\r$/, ''));
  }
  return hunks;
}

/** The paths of a `diff` line as far as they are certain, the new one last. */
function pathsOfFirstLine(line: string): string[] {
  const rest = line.replace(/^diff --(?:git|cc|combined) /, '').trimEnd();
  if (!line.startsWith('diff --git ')) return [unquoted(rest)];
  if (rest.includes('"')) return quotedParts(rest).map((part) => withoutPrefix(unquoted(part)));
  const middle = rest.length >> 1;
  const [left, right] = [rest.slice(0, middle), rest.slice(middle + 1)];
  // A file that was not renamed has the same path twice, so the line has a middle. Without prefixes, both halves are equal.
  if (left === right) return [left];
  if (left.slice(2) === right.slice(2)) return [left.slice(2)];
  return rest.split(' ').map(withoutPrefix);
}

/** Each word of a `diff` line: if one of them is the name of a secret file, the whole section counts as secret. */
function wordsOf(line: string): string[] {
  const words = line.split(' ').slice(2, 200);
  return words.map((word) => withoutPrefix(unquoted(word)));
}

/** The path of a `---` or `+++` line; undefined for `/dev/null`. */
function pathIn(field: string | undefined): string | undefined {
  // Git ends a path with spaces by a tab.
  const path = field?.replace(/[\t\r]{1,4}$/, '');
  return path === undefined || path === '/dev/null' ? undefined : withoutPrefix(unquoted(path));
}

function renamed(field: string | undefined): string | undefined {
  return field === undefined ? undefined : unquoted(field.replace(/\r$/, ''));
}

/** Removes `a/` and `b/`, and the letters of `diff.mnemonicPrefix`. */
function withoutPrefix(path: string): string {
  return path.replace(/^[abciow]\//, '');
}

function quotedParts(text: string): string[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"|[^" ][^ ]*/g)].map(([part]) => part);
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
};

/** Undoes git's quoting (`core.quotePath`): `"\346\226\207.txt"` is `文.txt`. */
function unquoted(path: string): string {
  if (!path.startsWith('"')) return path.replace(/"$/, '');
  const inside = path.slice(1).replace(/"$/, '');
  if (!inside.includes('\\')) return inside;
  try {
    const encoded = inside.replaceAll(
      /\\([0-7]{3})|\\(.)|[^\\]+/gs,
      (part, octal?: string, letter?: string) =>
        octal !== undefined
          ? `%${(Number.parseInt(octal, 8) & 0xff).toString(16).padStart(2, '0')}`
          : encodeURIComponent(letter === undefined ? part : (escapes[letter] ?? letter)),
    );
    return decodeURIComponent(encoded);
  } catch {
    // Not UTF-8: the name is in another encoding.
    return inside;
  }
}
