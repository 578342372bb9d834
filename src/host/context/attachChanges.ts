import * as vscode from 'vscode';
import { isBinary } from '../../core/context/isBinary';
import { describeChanges, newFileDiff } from '../../core/context/diffText';
import { mayHoldSecrets } from '../../core/paths/mayHoldSecrets';
import type { TextAttachment } from '../../shared/conversation/attachment';

/** What we use of the API of VS Code's own git extension, version 1. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}
interface GitApi {
  readonly repositories: readonly Repository[];
  getRepository(uri: vscode.Uri): Repository | null;
}
interface Change {
  readonly uri: vscode.Uri;
  readonly status: number;
}
interface Repository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly workingTreeChanges: readonly Change[];
    /** Filled where the setting `git.untrackedChanges` is "separate"; elsewhere new files are among the others. */
    readonly untrackedChanges?: readonly Change[];
  };
  /** Asks git again what has changed. */
  status(): Promise<void>;
  /** Unified diff: of what is staged, or of the working tree against it. */
  diff(cached?: boolean): Promise<string>;
}

/** The changes that are not committed, of the repository that the active file is in; or a sentence that says why there are none. */
export async function attachChanges(): Promise<TextAttachment | { readonly problem: string }> {
  const api = await gitApi();
  if (api === undefined) {
    return { problem: vscode.l10n.t('VS Code’s Git extension is not there or is turned off.') };
  }
  const repository = chooseRepository(api);
  if (repository === undefined) {
    return { problem: vscode.l10n.t('No Git repository is open.') };
  }
  // VS Code notices a new file some time later.
  await repository.status();
  const [staged, unstaged, untracked] = await Promise.all([
    repository.diff(true),
    repository.diff(false),
    untrackedDiff(repository),
  ]);
  const { text, truncated, secret } = describeChanges([
    { title: 'Staged', diff: staged },
    { title: 'Not staged', diff: unstaged },
    { title: 'New files, not added yet', diff: untracked },
  ]);
  if (text === '') {
    return {
      problem:
        secret.length > 0
          ? vscode.l10n.t('Only files that may hold secrets have changed. They were left out.')
          : vscode.l10n.t('Nothing has changed since the last commit.'),
    };
  }
  return {
    kind: 'text',
    id: crypto.randomUUID(),
    scope: 'changes',
    name: vscode.l10n.t('Changes in {0}', repository.rootUri.path.split('/').at(-1) ?? ''),
    languageId: 'diff',
    text,
    truncated,
  };
}

/** `Status.UNTRACKED` of the git extension's API. */
const untrackedStatus = 7;
/** A folder of build results that nothing ignores has thousands. */
const mostNewFiles = 200;
/** Of all of them together, in bytes; what goes along is cut to much less. */
const mostNewBytes = 2_000_000;
const largestNewFile = 500_000;

/** The files that git does not know yet, as if they were added. Of binary, large and further files only the names. */
async function untrackedDiff({ rootUri, state }: Repository): Promise<string> {
  const changes = [
    ...state.workingTreeChanges.filter(({ status }) => status === untrackedStatus),
    ...(state.untrackedChanges ?? []),
  ];
  const uris = [...new Map(changes.map(({ uri }) => [uri.toString(), uri])).values()];
  const sections: string[] = [];
  let bytesLeft = mostNewBytes;
  for (const [index, uri] of uris.entries()) {
    const path = uri.path.slice(rootUri.path.length + 1);
    // A secret's content is not even read; its name lets the section be left out and told.
    const mayRead = index < mostNewFiles && bytesLeft > 0 && !mayHoldSecrets(path);
    const text = mayRead ? await readNewText(uri, Math.min(bytesLeft, largestNewFile)) : undefined;
    if (text !== undefined) bytesLeft -= text.length;
    sections.push(
      text === undefined
        ? `diff --git a/${path} b/${path}\nnew file, its content is left out\n`
        : newFileDiff(path, text),
    );
  }
  return sections.join('');
}

/** Undefined for what is no text, too large, a link, or cannot be read. */
async function readNewText(uri: vscode.Uri, limit: number): Promise<string | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > limit) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (isBinary(bytes)) return undefined;
    return await vscode.workspace.decode(bytes, { uri });
  } catch {
    // It is gone, or may not be read: its name is what is known of it.
    return undefined;
  }
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return undefined;
  try {
    const git = await extension.activate();
    return git.enabled ? git.getAPI(1) : undefined;
  } catch {
    // It is there and does not work: without git on this computer, for one.
    return undefined;
  }
}

function chooseRepository(api: GitApi): Repository | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  return (active === undefined ? null : api.getRepository(active)) ?? api.repositories[0];
}
