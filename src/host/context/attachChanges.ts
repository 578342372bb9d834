import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { describeChanges } from '../../core/context/diffText';
import type { TextAttachment } from '../../shared/conversation/attachment';
import { chooseRepository, gitApi } from '../workspace/gitApi';
import { untrackedDiff } from '../workspace/untrackedDiff';

/**
 * Attaches the uncommitted changes (staged, not staged and new files) of the active file's repository.
 *
 * @returns `problem`, a sentence for the user, if there is nothing to attach.
 */
export async function attachChanges(): Promise<TextAttachment | { readonly problem: string }> {
  const api = await gitApi();
  if (api === undefined) {
    return { problem: vscode.l10n.t("VS Code's Git extension is missing or disabled.") };
  }
  const repository = chooseRepository(api);
  if (repository === undefined) {
    return { problem: vscode.l10n.t('No Git repository is open.') };
  }
  // VS Code notices new files only after a delay.
  await repository.status();
  const [staged, unstaged, untracked] = await Promise.all([
    repository.diff(true),
    repository.diff(false),
    untrackedDiff(repository),
  ]);
  const { text, truncated, secret, amount } = describeChanges([
    { title: 'Staged', diff: staged },
    { title: 'Not staged', diff: unstaged },
    { title: 'New files, not added yet', diff: untracked },
  ]);
  if (text === '') {
    return {
      problem:
        secret.length > 0
          ? vscode.l10n.t('Only files that may contain secrets have changed. They were left out.')
          : vscode.l10n.t('Nothing has changed since the last commit.'),
    };
  }
  return {
    kind: 'text',
    id: crypto.randomUUID(),
    scope: 'changes',
    name: vscode.l10n.t('Changes in {0}', baseName(repository.rootUri.path)),
    languageId: 'diff',
    text,
    truncated,
    amount,
  };
}
