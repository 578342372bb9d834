import * as vscode from 'vscode';
import { readDiff, type ChangedFile } from '../../core/sourceControl/readDiff';
import { plainText } from '../ui/plainText';
import type { Repository } from '../workspace/gitApi';
import { branchBase } from './branchBase';
import { readUnstaged } from './readUncommitted';
import { subjectOf } from './subjectOf';

/** So many commits are offered. */
const mostCommits = 20;

/** Changes to review. */
interface ReviewScope extends vscode.QuickPickItem {
  /** What is reviewed, as the name of an attachment. */
  readonly name: string;
  readonly read: () => Promise<readonly ChangedFile[]>;
}

/** Lets the user choose what to review in a repository. Undefined if the user cancels, or if nothing can be reviewed. */
export async function pickReviewScope(repository: Repository): Promise<ReviewScope | undefined> {
  await repository.status();
  const scopes = [...uncommitted(repository), ...(await ofBranch(repository))];
  const commits = await lastCommits(repository);
  if (scopes.length + commits.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no changes to review.'));
    return undefined;
  }
  const separator = { label: vscode.l10n.t('Commits'), kind: vscode.QuickPickItemKind.Separator };
  const title = vscode.l10n.t('Review Changes');
  const picked = await vscode.window.showQuickPick(
    [...scopes, ...(commits.length > 0 ? [separator, ...commits] : [])],
    {
      title,
      matchOnDescription: true,
    },
  );
  return picked !== undefined && 'read' in picked ? picked : undefined;
}

function uncommitted(repository: Repository): ReviewScope[] {
  const { indexChanges, workingTreeChanges, untrackedChanges } = repository.state;
  const unstaged = workingTreeChanges.length + (untrackedChanges?.length ?? 0);
  const staged = vscode.l10n.t('Staged Changes');
  const others = vscode.l10n.t('Unstaged Changes');
  return [
    ...(indexChanges.length === 0
      ? []
      : [
          {
            label: staged,
            description: vscode.l10n.t('{0} files', indexChanges.length),
            name: staged,
            read: async () => readDiff(await repository.diff(true)),
          },
        ]),
    ...(unstaged === 0
      ? []
      : [
          {
            label: others,
            description: vscode.l10n.t('{0} files', unstaged),
            name: others,
            read: () => readUnstaged(repository),
          },
        ]),
  ];
}

async function ofBranch(repository: Repository): Promise<ReviewScope[]> {
  const base = await branchBase(repository);
  const branch = repository.state.HEAD?.name;
  if (base === undefined || branch === undefined) return [];
  const name = vscode.l10n.t('{0} against {1}', plainText(branch), plainText(base));
  const read = async (): Promise<readonly ChangedFile[]> =>
    readDiff(await repository.diffBetweenPatch(base, 'HEAD'));
  return [{ label: name, description: vscode.l10n.t('The commits of this branch'), name, read }];
}

async function lastCommits(repository: Repository): Promise<ReviewScope[]> {
  // Rejects before the first commit.
  const commits = await repository.log({ maxEntries: mostCommits }).catch(() => []);
  return commits.flatMap((commit) => {
    const [parent] = commit.parents;
    // The first commit of a repository has nothing to compare it with.
    if (parent === undefined) return [];
    const short = commit.hash.slice(0, 8);
    return [
      {
        label: plainText(subjectOf(commit)),
        description: [short, commit.authorName ?? ''].join(' '),
        name: vscode.l10n.t('Commit {0}', short),
        read: async () => readDiff(await repository.diffBetweenPatch(parent, commit.hash)),
      },
    ];
  });
}
