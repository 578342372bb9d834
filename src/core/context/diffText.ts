import { cutText } from './cutText';
import { mayHoldSecrets } from '../paths/mayHoldSecrets';

/** How much of a diff goes along, in characters. */
const budget = 60_000;

/** What of git's diffs goes along. */
export interface DiffText {
  readonly text: string;
  readonly truncated: boolean;
  /** Files whose changes were left out, because their names are those of secrets. */
  readonly secret: readonly string[];
}

/** Joins git's diffs without the changes of files that may hold secrets, and cuts at a line's end. */
export function describeChanges(
  parts: readonly { readonly title: string; readonly diff: string }[],
): DiffText {
  const secret = new Set<string>();
  const texts = parts.flatMap(({ title, diff }) => {
    const sections = splitDiff(diff).filter((section) => {
      const paths = pathsOf(section);
      const isSecret = paths.some(mayHoldSecrets);
      if (isSecret) secret.add(paths[0] ?? '');
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
    secret: [...secret],
  };
}

/** A new file as git would show it once it is added. `path` is relative to the repository, with forward slashes. */
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

/** A diff's sections, one a file; each begins with its `diff --git` line. */
function splitDiff(diff: string): string[] {
  return diff.split(/^(?=diff --)/m).filter((section) => section.trim() !== '');
}

/** Every path that the head of a section names, in whatever way git quotes it. */
function pathsOf(section: string): string[] {
  const head = section.slice(0, startOfChanges(section));
  const lines = head.split('\n');
  return lines.flatMap((line) => {
    const named = /^(?:---|\+\+\+|rename (?:from|to)|copy (?:from|to)) (.*)$/.exec(line)?.[1];
    if (named !== undefined) return named === '/dev/null' ? [] : [unquoted(named)];
    const both = /^diff --(?:git|cc|combined) (.*)$/.exec(line)?.[1];
    // Where a path has spaces the two cannot be told apart; any word that looks secret is enough to leave it out.
    return both === undefined
      ? []
      : [...both.split(' ').map(unquoted), unquoted(both.split('/').at(-1) ?? '')];
  });
}

function startOfChanges(section: string): number {
  const start = section.search(/^@@/m);
  return start === -1 ? section.length : start;
}

function unquoted(path: string): string {
  return path
    .replace(/^"(.*)"$/s, '$1')
    .replace(/^[ab]\//, '')
    .replace(/[\t\r"]{1,4}$/, '');
}
