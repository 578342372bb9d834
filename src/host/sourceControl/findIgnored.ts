import * as vscode from 'vscode';
import type { ChangedFile } from '../../core/sourceControl/readDiff';
import type { Repository } from '../workspace/gitApi';
import { WorkspaceRules } from '../workspace/workspaceRules';

/** Finds which changed files the ignore rules and the exclude settings of the workspace hide. */
export async function findIgnored(
  { rootUri }: Repository,
  files: readonly ChangedFile[],
): Promise<(path: string) => boolean> {
  const rules = new WorkspaceRules();
  try {
    const paths = new Set(
      files.flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [path, oldPath])),
    );
    const hidden = new Set<string>();
    for (const path of paths) if (await rules.hides(vscode.Uri.joinPath(rootUri, path))) hidden.add(path);
    return (path) => hidden.has(path);
  } finally {
    rules.dispose();
  }
}
