import { mayHoldSecrets } from './secretPaths';

/** Who named a file: Parley's own listing, the page (whose word counts for little), or a person in VS Code itself. */
export type NamedBy = 'listing' | 'page' | 'person';

/** What is known of a file before it is read. */
export interface GuardedFile {
  /** Where it really is, symbolic links followed; with forward slashes. */
  readonly path: string;
  /** Where it was found; another path than `path` when links lead there. */
  readonly foundAt: string;
  /** True when `path` is in no folder of the workspace. */
  readonly outside: boolean;
  /** True when .gitignore or VS Code's exclude settings hide it. */
  readonly hidden: boolean;
}

/** Why a file needs a person's word before it goes along with a prompt. */
export type GuardReason = 'secret' | 'outside' | 'hidden';

/** What may happen to a file. */
export type Verdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused' }
  /** Ask; the most important reason first. */
  | { readonly kind: 'asked'; readonly reasons: readonly GuardReason[] };

/**
 * Decides whether a file may go along with a prompt. What Parley lists by itself is never hidden, never
 * outside, and has no name that secrets have. What was named one by one is asked about: always when it may
 * hold secrets; and when the page named it, also when it is outside or hidden.
 */
export function decideAboutFile(file: GuardedFile, namedBy: NamedBy): Verdict {
  const secret = mayHoldSecrets(file.path) || mayHoldSecrets(file.foundAt);
  if (namedBy === 'listing') {
    return { kind: secret || file.outside || file.hidden ? 'refused' : 'allowed' };
  }
  const reasons: GuardReason[] = [];
  if (secret) reasons.push('secret');
  if (namedBy === 'page' && file.outside) reasons.push('outside');
  if (namedBy === 'page' && file.hidden) reasons.push('hidden');
  return reasons.length === 0 ? { kind: 'allowed' } : { kind: 'asked', reasons };
}
