import type { Commit } from '../workspace/gitApi';

/** The first line of a commit's message. */
export function subjectOf({ message }: Commit): string {
  return (message.split('\n')[0] ?? '').slice(0, 200);
}
