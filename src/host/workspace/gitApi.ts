import * as vscode from 'vscode';

/** The part that Parley uses of the API of VS Code's Git extension, version 1 (`extensions/git/src/api/git.d.ts`). */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}
/** The repositories that are open in VS Code. */
export interface GitApi {
  readonly repositories: readonly Repository[];
  readonly onDidOpenRepository: vscode.Event<unknown>;
  readonly onDidCloseRepository: vscode.Event<unknown>;
  getRepository(uri: vscode.Uri): Repository | null;
}
/** A changed file. */
interface Change {
  readonly uri: vscode.Uri;
  readonly status: number;
}
/** A commit, as git's log has it. */
export interface Commit {
  readonly hash: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly authorDate?: Date;
  readonly authorName?: string;
  readonly authorEmail?: string;
}
/** A branch, local or of a remote. */
interface Branch {
  readonly name?: string;
  readonly remote?: string;
  readonly commit?: string;
}
/** A repository and what has changed in it since the last commit. */
export interface Repository {
  readonly rootUri: vscode.Uri;
  /** The text in the box for the commit message. */
  readonly inputBox: { value: string };
  readonly state: {
    /** Without `name` if HEAD is detached, without `commit` before the first commit. */
    readonly HEAD: Branch | undefined;
    readonly workingTreeChanges: readonly Change[];
    /** Staged changes, and conflicts of a merge. */
    readonly indexChanges: readonly Change[];
    /** Files with conflicts. */
    readonly mergeChanges: readonly Change[];
    readonly onDidChange: vscode.Event<void>;
    /** Filled if the setting `git.untrackedChanges` is "separate"; otherwise new files are in `workingTreeChanges`. */
    readonly untrackedChanges?: readonly Change[];
  };
  /** Refreshes the state from git. */
  status(): Promise<void>;
  /** A unified diff: of the staged changes if `cached` is true, else of the working tree against the index. */
  diff(cached?: boolean): Promise<string>;
  /** A unified diff from the merge base of two commits to the second one. */
  diffBetweenPatch(from: string, to: string): Promise<string>;
  /** The branch that a branch was made from. VS Code remembers it in the repository's settings. */
  getBranchBase(name: string): Promise<Branch | undefined>;
  /** Newest first. Rejects before the first commit. */
  log(options: { readonly maxEntries?: number; readonly range?: string }): Promise<readonly Commit[]>;
  /** Rejects if there is no such commit. */
  getCommit(name: string): Promise<Commit>;
  /** A value of git's settings; '' if it is not set. */
  getConfig(key: string): Promise<string>;
}

/** The API of VS Code's Git extension; undefined if the extension is missing, disabled or cannot start. */
export async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return undefined;
  try {
    const git = await extension.activate();
    return git.enabled ? git.getAPI(1) : undefined;
  } catch {
    // The extension could not start, for example because git is not installed.
    return undefined;
  }
}

/** The repository of the active file, else the first one. */
export function chooseRepository(api: GitApi): Repository | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  return (active === undefined ? null : api.getRepository(active)) ?? api.repositories[0];
}
