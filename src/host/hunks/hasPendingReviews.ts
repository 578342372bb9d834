/** The key of the pending reviews in the workspace's state: the ids of their files. It is on users' disks: never change it. */
export const pendingReviewsKey = 'pendingReviews';

/** True if an earlier window left reviews. The entry then loads them, because VS Code restores their diffs. */
export function hasPendingReviews(workspaceState: { get(key: string): unknown }): boolean {
  const ids = workspaceState.get(pendingReviewsKey);
  return Array.isArray(ids) && ids.length > 0;
}
