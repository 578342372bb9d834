import { mayHoldSecrets } from '../paths/mayHoldSecrets';

/**
 * How a file came to be attached. `listing`: Parley listed it itself. `page`: the webview named it; the webview is not trusted.
 * `person`: the user named it in a list or a dialog of VS Code. `editor`: the user has it open in an editor, or chose its folder
 * and can see it there.
 */
export type NamedBy = 'listing' | 'page' | 'person' | 'editor';

/** What is known about a file before Parley reads it. */
export interface GuardedFile {
  /** The real path, with symbolic links resolved and with forward slashes. */
  readonly path: string;
  /** The path under which the file was found. It differs from `path` when a symbolic link leads to the file. */
  readonly foundAt: string;
  /** True when `path` is outside all workspace folders. */
  readonly outside: boolean;
  /** True when .gitignore or VS Code's exclude settings hide the file. */
  readonly hidden: boolean;
  /** True when the file is known to be binary. */
  readonly binary?: boolean;
}

/** Why the user must confirm that a file is sent with a prompt. */
export type GuardReason = 'secret' | 'outside' | 'hidden' | 'binary';

/** The decision about a file. */
export type Verdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused' }
  /** The user must confirm. The most important reason comes first. */
  | { readonly kind: 'asked'; readonly reasons: readonly GuardReason[] };

/**
 * Decides whether a file may be sent with a prompt.
 *
 * A file that Parley listed itself is refused when it is hidden, outside the workspace or may hold secrets. For a file that was
 * named one by one the user is asked if the file may hold secrets or is binary; if it is hidden and not open in an editor;
 * and if the webview named it and it is outside the workspace.
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
