import type { FilePatch } from './filePatch';

/** What a patch does to a file as a whole, beside its hunks. Paths are the model's own words and not to be trusted. */
export type FileChange =
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'move'; readonly from: string; readonly to: string };

/**
 * Reads whether a patch deletes or moves its file. Two different paths alone are not a move: models also write
 * `--- original` and `+++ modified`.
 */
export function readFileChange({ oldPath, newPath, isMove }: FilePatch): FileChange | undefined {
  if (typeof oldPath !== 'string') return undefined;
  if (newPath === null) return { kind: 'delete', path: oldPath };
  return isMove === true && newPath !== undefined && newPath !== oldPath
    ? { kind: 'move', from: oldPath, to: newPath }
    : undefined;
}
