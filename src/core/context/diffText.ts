import { cutText } from '../text/cutText';
import { mayHoldSecrets } from '../paths/mayHoldSecrets';
import { readDiff } from '../sourceControl/readDiff';

/** Longest diff that is attached, in UTF-16 units. */
const budget = 60_000;

/** The part of git's diffs that is attached. */
export interface DiffText {
  /** Empty when there are no changes to attach. */
  readonly text: string;
  readonly truncated: boolean;
  /** How many files changed, without those that may hold secrets, and how many of them the text holds, at least in part. */
  readonly amount: { readonly shown: number; readonly total: number };
  /** Paths of files whose changes were left out because the files may hold secrets. */
  readonly secret: readonly string[];
}

/**
 * Joins diffs of git, each under its title. Leaves out the changes of files that may hold secrets and names these files at the
 * end. Cuts a long diff at a line's end.
 */
export function describeChanges(
  parts: readonly { readonly title: string; readonly diff: string }[],
): DiffText {
  const secret = new Set<string>();
  const changed = new Set<string>();
  const texts = parts.flatMap(({ title, diff }) => {
    const sections = splitDiff(diff).filter((section) => {
      const paths = pathsOf(section);
      const isSecret = paths.some(mayHoldSecrets);
      (isSecret ? secret : changed).add(paths[0] ?? '');
      return !isSecret;
    });
    const text = sections.join('').trimEnd();
    return text === '' ? [] : [`# ${title}\n${text}\n`];
  });
  const notice =
    secret.size === 0 ? '' : `# Left out, because they may hold secrets: ${[...secret].join(', ')}\n`;
  const whole = texts.join('\n');
  const cut = cutText(whole, budget);
  return {
    text: whole === '' ? '' : `${cut}${cut.endsWith('\n') ? '' : '\n'}${notice}`,
    truncated: cut.length < whole.length,
    amount: { shown: countFiles(cut), total: changed.size },
    secret: [...secret],
  };
}

/** The diff that git shows for a new file after `git add`. `path` is relative to the repository, with forward slashes. */
export function newFileDiff(path: string, text: string): string {
  const lines = text.split('\n');
  const endsWithLine = lines.at(-1) === '';
  if (endsWithLine) lines.pop();
  const head = `diff --git a/${path} b/${path}\nnew file mode 100644\n`;
  if (lines.length === 0) return head;
  const added = lines.map((line) => `+${line.replace(/\r$/, '')}\n`).join('');
  const end = endsWithLine ? '' : '\\ No newline at end of file\n';
  return `${head}--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${added}${end}`;
}

/** How many files a diff is about. A file with two sections, staged and not staged, counts once. */
function countFiles(diff: string): number {
  const sections = splitDiff(diff).filter((section) => section.startsWith('diff --'));
  return new Set(sections.map((section) => pathsOf(section)[0])).size;
}

/** The sections of a diff, one for each file. Each begins with its `diff --git` line. */
function splitDiff(diff: string): string[] {
  return diff.split(/^(?=diff --)/m).filter((section) => section.trim() !== '');
}

/** Every text in the header of a section that may be a path, as it is on disk. The first one is the file's path. */
function pathsOf(section: string): readonly string[] {
  return readDiff(section).flatMap(({ names }) => names);
}
