import ignore, { type Ignore } from 'ignore';

/** A .gitignore file. */
export interface IgnoreFile {
  /** The folder that it is in, relative to the workspace folder; '' for the workspace folder itself. */
  readonly folder: string;
  readonly text: string;
}

/**
 * Which files of a workspace folder are hidden: by its .gitignore files, as git reads them (a deeper file has the
 * last word, but cannot bring back what is in a hidden folder), or by VS Code's exclude settings.
 */
export class IgnoreRules {
  private readonly byFolder = new Map<string, Ignore>();
  private readonly excludes: Ignore;
  private readonly hiddenFolders = new Map<string, boolean>();

  /**
   * @param files The .gitignore files, in any order.
   * @param globs The patterns of `files.exclude` and `search.exclude` that are on.
   */
  constructor(files: readonly IgnoreFile[], globs: readonly string[]) {
    for (const { folder, text } of files)
      this.byFolder.set(folder, ignore().add(withoutEndless(text.split(/\r?\n/))));
    this.excludes = ignore().add(withoutEndless(globs.flatMap(expandBraces).map(asIgnoreLine)));
  }

  /** @param path Of a file, relative to the workspace folder, with forward slashes. */
  hides(path: string): boolean {
    if (!ignore.isPathValid(path)) return true;
    const parts = path.split('/');
    // Git's own folder holds what was once committed, and addresses with tokens in them.
    if (parts.includes('.git')) return true;
    return this.hidesFolder(parts.slice(0, -1)) || this.hidesEntry(parts, false);
  }

  private hidesFolder(parts: readonly string[]): boolean {
    if (parts.length === 0) return false;
    const folder = parts.join('/');
    const known = this.hiddenFolders.get(folder);
    if (known !== undefined) return known;
    const hidden = this.hidesFolder(parts.slice(0, -1)) || this.hidesEntry(parts, true);
    this.hiddenFolders.set(folder, hidden);
    return hidden;
  }

  /** One file or folder, whose parents are not hidden. */
  private hidesEntry(parts: readonly string[], isFolder: boolean): boolean {
    const tail = isFolder ? '/' : '';
    if (this.excludes.ignores(parts.join('/') + tail)) return true;
    for (let depth = parts.length - 1; depth >= 0; depth -= 1) {
      const rules = this.byFolder.get(parts.slice(0, depth).join('/'));
      const result = rules?.test(parts.slice(depth).join('/') + tail);
      if (result?.ignored === true) return true;
      if (result?.unignored === true) return false;
    }
    return false;
  }
}

/** A glob of the settings as a line of .gitignore: without a leading `**` it counts from the top. */
function asIgnoreLine(glob: string): string {
  const bare = glob.trim();
  return bare.startsWith('**') || bare.startsWith('/') ? bare : `/${bare}`;
}

/** More alternatives than this are no setting that a person wrote. */
const mostAlternatives = 500;

/** `*.{js,ts}` as `*.js` and `*.ts`, which .gitignore knows; sets within sets included. A glob with too many stays as it is. */
function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const waiting = [glob];
  // Each set multiplies what there is: of a workspace's settings, thirty of `{a,b}` would never end.
  while (done.length + waiting.length <= mostAlternatives) {
    const next = waiting.pop();
    if (next === undefined) return done;
    const [, before, choices, after] = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(next) ?? [];
    if (before === undefined || choices === undefined || after === undefined) done.push(next);
    else waiting.push(...choices.split(',', mostAlternatives).map((choice) => `${before}${choice}${after}`));
  }
  return [glob];
}

/** With more `**` than this, matching one deep path tries more ways than anybody waits for. */
const mostStarPairs = 4;

function withoutEndless(lines: readonly string[]): string[] {
  return lines.filter((line) => line.split('**').length - 1 <= mostStarPairs);
}
