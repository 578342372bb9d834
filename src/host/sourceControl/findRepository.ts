import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { gitApi, type Repository } from '../workspace/gitApi';

/**
 * The repository that a command is about: the one whose button was clicked, else that of the active file, else the only one, else
 * the one that the user picks.
 *
 * @param clicked What VS Code passes to a command in the title of Source Control.
 * @returns undefined if no repository was found, which a message has said, or if the user cancelled.
 */
export async function findRepository(clicked: unknown): Promise<Repository | undefined> {
  const api = await gitApi();
  if (api === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t("VS Code's Git extension is missing or disabled."));
    return undefined;
  }
  const { repositories } = api;
  const root = rootOf(clicked);
  const named = repositories.find(({ rootUri }) => rootUri.toString() === root);
  if (named !== undefined) return named;
  const active = vscode.window.activeTextEditor?.document.uri;
  const ofActive = active === undefined ? null : api.getRepository(active);
  if (ofActive !== null) return ofActive;
  if (repositories.length === 0)
    void vscode.window.showWarningMessage(vscode.l10n.t('No Git repository is open.'));
  if (repositories.length <= 1) return repositories[0];
  const rows = repositories.map((repository) => ({
    label: baseName(repository.rootUri.path),
    description: vscode.workspace.asRelativePath(repository.rootUri),
    repository,
  }));
  const title = vscode.l10n.t('Choose a Repository');
  return (await vscode.window.showQuickPick(rows, { title }))?.repository;
}

function rootOf(clicked: unknown): string | undefined {
  if (typeof clicked !== 'object' || clicked === null || !('rootUri' in clicked)) return undefined;
  return clicked.rootUri instanceof vscode.Uri ? clicked.rootUri.toString() : undefined;
}
