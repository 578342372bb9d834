import { readDiff, type ChangedFile } from '../../core/sourceControl/readDiff';
import type { Repository } from '../workspace/gitApi';
import { untrackedDiff } from '../workspace/untrackedDiff';

/** The staged changes; without any, all changes, also of new files. */
export async function readUncommitted(
  repository: Repository,
): Promise<{ readonly files: readonly ChangedFile[]; readonly isStaged: boolean }> {
  // VS Code notices changes only after a delay.
  await repository.status();
  const staged = readDiff(await repository.diff(true));
  if (staged.length > 0) return { files: staged, isStaged: true };
  return { files: await readUnstaged(repository), isStaged: false };
}

/** The changes that are not staged, also of new files. */
export async function readUnstaged(repository: Repository): Promise<readonly ChangedFile[]> {
  const [diff, untracked] = await Promise.all([repository.diff(false), untrackedDiff(repository)]);
  return [...readDiff(diff), ...readDiff(untracked)];
}
