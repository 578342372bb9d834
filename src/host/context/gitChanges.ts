import * as vscode from 'vscode';
import { describeChanges } from '../../core/context/diffText';
import type { TextAttachment } from '../../shared/attachment';

/** What we use of the API of VS Code's own git extension, version 1. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}
interface GitApi {
  readonly repositories: readonly Repository[];
  getRepository(uri: vscode.Uri): Repository | null;
}
interface Repository {
  readonly rootUri: vscode.Uri;
  readonly state: { readonly untrackedChanges?: readonly { readonly uri: vscode.Uri }[] };
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
  const [staged, unstaged] = await Promise.all([repository.diff(true), repository.diff(false)]);
  const { text, truncated, secret } = describeChanges([
    { title: 'Staged', diff: staged },
    { title: 'Not staged', diff: unstaged },
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
