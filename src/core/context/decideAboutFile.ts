import { mayHoldSecrets } from '../paths/mayHoldSecrets';

/**
 * Who named a file: Parley's own listing; the page, whose word counts for little; a person, by its name, in VS Code's own
 * lists and dialogs; or a person who has it open in an editor, or looks into it as a folder.
 */
export type NamedBy = 'listing' | 'page' | 'person' | 'editor';

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
  /** True when it is known to be no text. */
  readonly binary?: boolean;
}

/** Why a file needs a person's word before it goes along with a prompt. */
export type GuardReason = 'secret' | 'outside' | 'hidden' | 'binary';

/** What may happen to a file. */
export type Verdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused' }
  /** Ask; the most important reason first. */
  | { readonly kind: 'asked'; readonly reasons: readonly GuardReason[] };

/**
 * Decides whether a file may go along with a prompt. What Parley lists by itself is never hidden, never
 * outside, and has no name that secrets have. What was named one by one is asked about: always when it may
 * hold secrets or is no text; when it was named and not seen, also when it is hidden; and when the page named
 * it, also when it is outside.
 */
export function decideAboutFile(file: GuardedFile, namedBy: NamedBy): Verdict {
  const secret = mayHoldSecrets(file.path) || mayHoldSecrets(file.foundAt);
  if (namedBy === 'listing') {
    return { kind: secret || file.outside || file.hidden ? 'refused' : 'allowed' };
  }
  const reasons: GuardReason[] = [];
  if (secret) reasons.push('secret');
  if (namedBy === 'page' && file.outside) reasons.push('outside');
  if (namedBy !== 'editor' && file.hidden) reasons.push('hidden');
  if (file.binary === true) reasons.push('binary');
  return reasons.length === 0 ? { kind: 'allowed' } : { kind: 'asked', reasons };
}
