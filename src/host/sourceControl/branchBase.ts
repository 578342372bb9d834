import type { Repository } from '../workspace/gitApi';

/** What a branch is compared with if git does not tell where it comes from. */
const usualBases = [
  'origin/HEAD',
  'origin/main',
  'origin/master',
  'upstream/main',
  'main',
  'master',
  'develop',
];

/**
 * The branch that the current branch was made from, such as `origin/main`.
 *
 * @returns undefined for a detached HEAD, before the first commit, and if no other branch is known.
 */
export async function branchBase(repository: Repository): Promise<string | undefined> {
  const { HEAD } = repository.state;
  if (HEAD?.name === undefined || HEAD.commit === undefined) return undefined;
  const base = await repository.getBranchBase(HEAD.name).catch(() => undefined);
  if (base?.name !== undefined && base.name !== HEAD.name)
    return base.remote === undefined ? base.name : `${base.remote}/${base.name}`;
  for (const name of usualBases) {
    if (name === HEAD.name || name === `origin/${HEAD.name}`) continue;
    const commit = await repository.getCommit(name).catch(() => undefined);
    if (commit !== undefined && commit.hash !== HEAD.commit) return name;
  }
  return undefined;
}
