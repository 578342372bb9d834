import ignore, { type Ignore } from 'ignore';

/** A .gitignore file. */
export interface IgnoreFile {
  /** The file's folder, relative to the workspace folder; '' for the workspace folder itself. */
  readonly folder: string;
  readonly text: string;
}

/**
 * Tells which files of a workspace folder are hidden: by its .gitignore files, as git reads them, or by VS Code's exclude
 * settings. As in git, a deeper .gitignore overrides the ones above, but cannot show files in a hidden folder.
 */
export class IgnoreRules {
  private readonly byFolder = new Map<string, Ignore>();
  private readonly excludes: Ignore;
  private readonly hiddenFolders = new Map<string, boolean>();

  /**
   * @param files The .gitignore files, in any order.
   * @param globs The patterns of `files.exclude` and `search.exclude` whose value is true.
   */
  constructor(files: readonly IgnoreFile[], globs: readonly string[]) {
    for (const { folder, text } of files)
      this.byFolder.set(folder, ignore().add(withoutSlowPatterns(text.split(/\r?\n/))));
    this.excludes = ignore().add(withoutSlowPatterns(globs.flatMap(expandBraces).map(asIgnoreLine)));
  }

  /**
   * True if a file is hidden. Also true for a path that is not inside the workspace folder.
   *
   * @param path A file's path, relative to the workspace folder, with forward slashes.
   */
  hides(path: string): boolean {
    if (!ignore.isPathValid(path)) return true;
    const parts = path.split('/');
    // Git's own folder may hold secrets: old file contents, and remote URLs with tokens.
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

  /** True if a rule hides a file or folder. Its parent folders are visible. */
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

/** Turns a glob of the settings into a .gitignore line. A glob without a leading `**` is relative to the workspace folder. */
function asIgnoreLine(glob: string): string {
  const bare = glob.trim();
  return bare.startsWith('**') || bare.startsWith('/') ? bare : `/${bare}`;
}

/** The most alternatives that one glob expands to. */
const mostAlternatives = 500;

/**
 * Expands braces, which .gitignore does not support: `*.{js,ts}` becomes `*.js` and `*.ts`. Braces may be nested. A glob with too
 * many alternatives is returned unchanged.
 */
function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const waiting = [glob];
  // Each set multiplies the alternatives: a hostile setting with thirty `{a,b}` would have a billion.
  while (done.length + waiting.length <= mostAlternatives) {
    const next = waiting.pop();
    if (next === undefined) return done;
    const [, before, choices, after] = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(next) ?? [];
    if (before === undefined || choices === undefined || after === undefined) done.push(next);
    else waiting.push(...choices.split(',', mostAlternatives).map((choice) => `${before}${choice}${after}`));
  }
  return [glob];
}

/** Patterns with more `**` than this are dropped: matching a deep path takes exponential time. */
const mostStarPairs = 4;

function withoutSlowPatterns(lines: readonly string[]): string[] {
  return lines.filter((line) => line.split('**').length - 1 <= mostStarPairs);
}
