import * as vscode from 'vscode';
import type { Repository } from '../workspace/gitApi';
import { subjectOf } from './subjectOf';

/** The commit that a merge in progress takes in, and the message that git prepared for it; undefined without a merge. */
export async function readMerge(
  repository: Repository,
): Promise<{ readonly name: string; readonly prepared: string } | undefined> {
  const head = await repository.getCommit('MERGE_HEAD').catch(() => undefined);
  if (head === undefined) return undefined;
  const text = await readGitFile(repository, 'MERGE_MSG');
  const prepared = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .trim();
  return { name: `${head.hash.slice(0, 10)} (${subjectOf(head)})`, prepared };
}

/** A file of git's own folder; '' if it cannot be read. In a submodule or a worktree, `.git` is a file that names the folder. */
async function readGitFile({ rootUri }: Repository, name: string): Promise<string> {
  const read = async (uri: vscode.Uri): Promise<string | undefined> => {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch {
      // The file or the folder is missing.
      return undefined;
    }
  };
  const dotGit = vscode.Uri.joinPath(rootUri, '.git');
  const inside = await read(vscode.Uri.joinPath(dotGit, name));
  if (inside !== undefined) return inside;
  const folder = /^gitdir: (.*)$/m.exec((await read(dotGit)) ?? '')?.[1];
  if (folder === undefined) return '';
  const isAbsolute = /^(?:\/|[A-Za-z]:)/.test(folder);
  const place = isAbsolute
    ? rootUri.with({ path: vscode.Uri.file(folder).path })
    : vscode.Uri.joinPath(rootUri, folder);
  return (await read(vscode.Uri.joinPath(place, name))) ?? '';
}
